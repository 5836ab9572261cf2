package widget

import (
	"strconv"
	"strings"

	"custos/tui/theme"
)

// sparks are the heights a value is drawn in, one column each.
var sparks = [2][]string{
	{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	{".", ":", "-", "=", "+", "*", "%", "#"}, // where the locale is not UTF-8
}

// Spark draws values as a line of small bars with the last and the largest in figures, at most so wide; what does not
// fit is left out from the beginning. A value of none is a gap, so that the least there was is seen.
func Spark(th *theme.Theme, values []int, width int) string {
	if len(values) == 0 {
		return ""
	}
	most := 0
	for _, v := range values {
		most = max(most, v)
	}
	last := values[len(values)-1]
	words := "  last " + Count(last) + ", most " + Count(most)
	if th.Spoken {
		all := make([]string, len(values))
		for i, v := range values {
			all[i] = strconv.Itoa(v)
		}
		return strings.Join(all, ", ")
	}
	marks := sparks[0]
	if th.ASCII {
		marks = sparks[1]
	}
	each := max(1, min(3, (width-len(words))/len(values)))
	values = values[max(0, len(values)-max(1, (width-len(words))/each)):]
	var b strings.Builder
	for _, v := range values {
		mark := " "
		if v > 0 {
			mark = marks[(v*len(marks)-1)/max(1, most)]
		}
		b.WriteString(strings.Repeat(mark, each))
	}
	return th.Cut(b.String()+words, width)
}
