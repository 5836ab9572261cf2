package table

import (
	"fmt"
	"strings"
)

// shown is how many lines a tally names before it only counts.
const shown = 5

// Tally gathers the lines that share one finding, so that a file with ten thousand of them gets one notice. Lines are
// added in ascending order.
type Tally struct {
	count int
	lines []int
	last  int
}

// Add counts one finding on a line.
func (t *Tally) Add(line int) {
	t.count++
	if line == t.last {
		return
	}
	t.last = line
	if len(t.lines) <= shown {
		t.lines = append(t.lines, line)
	}
}

// Count is the number of findings added.
func (t *Tally) Count() int { return t.count }

// Notice words the findings: what, and the first lines they were found on. It starts at the first of them.
func (t *Tally) Notice(what string) Notice {
	if t.count == 0 {
		return Notice{Text: what}
	}
	words := make([]string, 0, shown)
	for _, line := range t.lines[:min(shown, len(t.lines))] {
		words = append(words, fmt.Sprint(line))
	}
	where := "line " + words[0]
	if len(words) > 1 {
		where = "lines " + strings.Join(words, ", ")
	}
	if len(t.lines) > shown {
		where += " and more"
	}
	return Notice{Line: t.lines[0], Text: fmt.Sprintf("%s (%d in all: %s)", what, t.count, where)}
}
