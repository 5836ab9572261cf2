package widget

import (
	"fmt"
	"strings"

	"custos/tui/theme"
)

// Pane shows long text and scrolls it. It always fills exactly its height.
type Pane struct {
	theme  *theme.Theme
	source []string
	styled bool
	lines  []string
	first  int
	width  int
	height int
}

// NewPane makes an empty pane.
func NewPane(th *theme.Theme) *Pane { return &Pane{theme: th} }

// SetText shows a text from outside: cleaned, wrapped between words, from its beginning.
func (p *Pane) SetText(text string) {
	p.source, p.styled, p.first = p.theme.CleanLines(text), false, 0
	p.layout()
}

// SetLines shows lines that are already cleaned and styled; they are cut, not wrapped. The place is kept.
func (p *Pane) SetLines(lines []string) {
	p.source, p.styled = lines, true
	p.layout()
}

// SetSize sets the columns and lines the pane fills.
func (p *Pane) SetSize(width, height int) {
	p.width, p.height = width, height
	p.layout()
}

func (p *Pane) layout() {
	p.lines = p.source
	if !p.styled {
		p.lines = nil
		for _, l := range p.source {
			p.lines = append(p.lines, theme.Wrap(l, p.width)...)
		}
	}
	p.scroll(p.first)
}

func (p *Pane) scroll(to int) { p.first = clamp(to, 0, max(0, len(p.lines)-p.height)) }

// Act scrolls and reports whether the action was one for a pane.
func (p *Pane) Act(a Action) bool {
	page := max(1, p.height-1)
	switch a {
	case Up:
		p.scroll(p.first - 1)
	case Down:
		p.scroll(p.first + 1)
	case PageUp:
		p.scroll(p.first - page)
	case PageDown:
		p.scroll(p.first + page)
	case First:
		p.scroll(0)
	case Last:
		p.scroll(len(p.lines))
	default:
		return false
	}
	return true
}

// First is the line at the top.
func (p *Pane) First() int { return p.first }

// Top scrolls until a line stands at the top, as far as there are lines after it.
func (p *Pane) Top(line int) { p.scroll(line) }

// Show scrolls as little as it takes to have a line on the screen.
func (p *Pane) Show(line int) {
	switch {
	case line < p.first:
		p.scroll(line)
	case line >= p.first+p.height:
		p.scroll(line - p.height + 1)
	}
}

// Position says which lines are shown, and is empty when all of them are.
func (p *Pane) Position() string {
	if len(p.lines) <= p.height || p.theme.Spoken {
		return ""
	}
	return fmt.Sprintf("lines %d to %d of %d", p.first+1, min(p.first+p.height, len(p.lines)), len(p.lines))
}

// View is exactly the size set.
func (p *Pane) View() string {
	if p.theme.Spoken {
		return strings.Join(p.lines, "\n")
	}
	last := min(p.first+max(0, p.height), len(p.lines))
	shown := append([]string(nil), p.lines[min(p.first, last):last]...)
	return block(p.theme, shown, p.width, p.height)
}
