package widget

import (
	"fmt"
	"strings"

	"custos/tui/theme"
)

// The smallest terminal the screens are drawn on.
const (
	MinWidth  = 60
	MinHeight = 15
)

// TooSmall gives the message to show instead of a screen on a terminal under 60x15, and whether it is needed. Nothing
// else changes: the screen is there again once the terminal has grown.
func TooSmall(th *theme.Theme, width, height int) (string, bool) {
	if width >= MinWidth && height >= MinHeight {
		return "", false
	}
	lines := []string{
		"The window is too small.",
		fmt.Sprintf("It is %d by %d; %d by %d is needed.", width, height, MinWidth, MinHeight),
		"Nothing is lost: make it larger to go on.",
	}
	return block(th, lines, width, height), true
}

// Box draws a border with a title around lines that are already cleaned. It is exactly width by height; lines that do
// not fit are cut.
func Box(th *theme.Theme, title string, lines []string, width, height int) string {
	switch {
	case th.Spoken:
		return strings.Join(append([]string{th.Clean(title)}, lines...), "\n")
	case width < 5 || height < 2:
		return block(th, lines, width, height)
	}
	b, inner := th.Lines, width-4
	out := make([]string, 0, height)
	name := ""
	if title != "" {
		name = " " + th.Cut(th.Clean(title), inner-2) + " "
	}
	rule := strings.Repeat(b.Top, max(0, width-3-theme.Width(name)))
	out = append(out, th.Border.Render(b.TopLeft+b.Top)+th.Title.Render(name)+th.Border.Render(rule+b.TopRight))
	for i := range height - 2 {
		text := ""
		if i < len(lines) {
			text = lines[i]
		}
		out = append(out, th.Border.Render(b.Left)+" "+th.Fit(text, inner)+" "+th.Border.Render(b.Right))
	}
	out = append(out, th.Border.Render(b.BottomLeft+strings.Repeat(b.Bottom, width-2)+b.BottomRight))
	return block(th, out, width, height)
}

// Breadcrumb is the title line, exactly width columns: "Custos > Requests > AR-2026-0042", with right at the end where
// there is room. On a narrow screen the middle parts go first.
func Breadcrumb(th *theme.Theme, width int, right string, parts ...string) string {
	clean := make([]string, len(parts))
	for i, p := range parts {
		clean[i] = th.Clean(p)
	}
	path := strings.Join(clean, " > ")
	for drop := 1; theme.Width(path) > width && drop < len(clean)-1; drop++ {
		path = clean[0] + " > " + th.Glyphs.Ellipsis + " > " + strings.Join(clean[drop+1:], " > ")
	}
	if len(clean) > 1 && theme.Width(path) > width {
		path = clean[len(clean)-1]
	}
	path, right = th.Cut(path, width), th.Clean(right)
	spare := width - theme.Width(path) - theme.Width(right)
	if spare < 2 {
		return th.Fit(th.Breadcrumb.Render(path), width)
	}
	return th.Fit(th.Breadcrumb.Render(path)+strings.Repeat(" ", spare)+th.Muted.Render(right), width)
}
