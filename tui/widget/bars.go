package widget

import (
	"strings"

	"custos/tui/theme"
)

// Bar is one value of a chart. A value below zero is drawn as none.
type Bar struct {
	Label string
	Value int
	Tone  theme.Tone
}

func largest(bars []Bar) int {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	return most
}

// BarsAcross draws one bar a line, label first and value last, in exactly width by height.
func BarsAcross(th *theme.Theme, bars []Bar, width, height int) string {
	if th.Spoken {
		return spokenBars(th.Clean, bars)
	}
	wide, most, digits := 0, largest(bars), 0
	for _, b := range bars {
		wide = max(wide, theme.Width(th.Clean(b.Label)))
		digits = max(digits, len(Count(b.Value)))
	}
	wide = min(wide, width/3)
	room := max(1, width-wide-digits-2)
	var lines []string
	for _, b := range bars {
		full := room * max(0, b.Value) / most
		if b.Value > 0 {
			full = max(1, full)
		}
		bar := th.Paint(b.Tone, strings.Repeat(th.Glyphs.Bar, full))
		lines = append(lines, th.Cell(b.Label, wide)+" "+bar+" "+Count(b.Value))
	}
	return block(th, lines, width, height)
}

// BarsUp draws one bar a column with its value above and its label below, in exactly width by height. Bars that do not
// fit are left out from the end.
func BarsUp(th *theme.Theme, bars []Bar, width, height int) string {
	return BarsUpTo(th, bars, largest(bars), width, height)
}

// BarsUpTo is BarsUp to the scale of another chart: most is the value that fills the height.
func BarsUpTo(th *theme.Theme, bars []Bar, most, width, height int) string {
	if th.Spoken {
		return spokenBars(th.Clean, bars)
	}
	each, rows := 3, height-2
	for _, b := range bars {
		each = max(each, min(8, theme.Width(th.Clean(b.Label))), len(Count(b.Value)))
	}
	bars = bars[:min(len(bars), max(1, (width+1)/(each+1)))]
	lines := make([]string, 0, height)
	for row := rows; row >= 0; row-- {
		lines = append(lines, barRow(th, bars, each, func(b Bar) string {
			full := scaled(b.Value, most, rows)
			switch {
			case row < full:
				return th.Paint(b.Tone, strings.Repeat(th.Glyphs.Bar, each))
			case row == full:
				return th.Fit(Count(b.Value), each)
			}
			return strings.Repeat(" ", each)
		}))
	}
	lines = append(lines, barRow(th, bars, each, func(b Bar) string { return th.Cell(b.Label, each) }))
	return block(th, lines, width, height)
}

func barRow(th *theme.Theme, bars []Bar, each int, cell func(Bar) string) string {
	cells := make([]string, len(bars))
	for i, b := range bars {
		cells[i] = th.Fit(cell(b), each)
	}
	return strings.Join(cells, " ")
}

// scaled is the height of a bar; anything above nothing is seen.
func scaled(value, most, rows int) int {
	if value <= 0 || rows <= 0 {
		return 0
	}
	return max(1, rows*value/most)
}
