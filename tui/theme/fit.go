package theme

import (
	"regexp"
	"strings"

	"custos/internal/display"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of terminal columns s takes; styling counts for nothing.
func Width(s string) int { return display.Width(s) }

// Fit returns s in exactly width columns: cut with an ellipsis where it is too long, filled with spaces where it is
// too short. A wide character that would straddle the edge goes. Styling in s survives. Nothing fits in no columns.
// What is spoken is never cut.
func (t *Theme) Fit(s string, width int) string {
	if width <= 0 && !t.Spoken {
		return ""
	}
	w := Width(s)
	if w > width && !t.Spoken {
		s = ansi.Truncate(s, width, t.Glyphs.Ellipsis)
		w = Width(s)
	}
	for w < width {
		s += strings.Repeat(" ", width-w)
		w = Width(s)
	}
	return s
}

// FitRight is Fit with the filling before the text, for numbers.
func (t *Theme) FitRight(s string, width int) string {
	w := Width(s)
	if w >= width {
		return t.Fit(s, width)
	}
	return strings.Repeat(" ", width-w) + s
}

// Cut is Fit without the filling: s, or as much of it as width columns hold.
func (t *Theme) Cut(s string, width int) string {
	switch {
	case t.Spoken:
		return s
	case width <= 0:
		return ""
	case Width(s) <= width:
		return s
	}
	return ansi.Truncate(s, width, t.Glyphs.Ellipsis)
}

// Cell cleans s and fits it: what a table does with every value.
func (t *Theme) Cell(s string, width int) string { return t.Fit(t.Clean(s), width) }

// Wrap breaks a cleaned line into lines of at most width columns, between words where it can.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	if Width(s) <= width {
		return []string{s}
	}
	whole := !strings.Contains(s, unbroken)
	if whole {
		s = inNumbers.ReplaceAllString(s, "$1"+unbroken+"$2")
	}
	lines := strings.Split(ansi.Wrap(s, width, " "), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(line, width, ""), " ")
		if whole {
			lines[i] = strings.ReplaceAll(lines[i], unbroken, "-")
		}
	}
	return lines
}

// A line is broken at a hyphen as between words, but for one before a figure: dates and case numbers stay whole.
var inNumbers = regexp.MustCompile(`([\pL\d])-(\d)`)

const unbroken = "\u2011"
