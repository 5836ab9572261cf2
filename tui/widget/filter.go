package widget

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Filter is the one-line input that "/" opens above or below a list. Leaving it keeps its text, so the list stays
// filtered until Clear.
type Filter struct {
	theme  *theme.Theme
	line   line
	width  int
	typing bool
}

// NewFilter makes a closed, empty filter.
func NewFilter(th *theme.Theme) *Filter { return &Filter{theme: th, line: newLine(th, "/ ")} }

// SetWidth sets the columns the filter fills.
func (f *Filter) SetWidth(width int) { f.width = width }

// Open gives the filter the keyboard.
func (f *Filter) Open() { f.typing = true }

// Typing reports whether the filter has the keyboard.
func (f *Filter) Typing() bool { return f.typing }

// Value is the text as typed.
func (f *Filter) Value() string { return f.line.value() }

// Clear empties the filter and gives the keyboard back.
func (f *Filter) Clear() {
	f.line.set("")
	f.typing = false
}

// Update takes a key press while typing and reports whether the text changed. Enter and Esc give the keyboard back and
// keep the text.
func (f *Filter) Update(msg tea.KeyMsg) (changed bool) {
	switch {
	case !f.typing:
		return false
	case msg.Type == tea.KeyEnter, msg.Type == tea.KeyEsc:
		f.typing = false
		return false
	}
	return f.line.update(msg)
}

// View is one line: the input while typing, a reminder while the list is filtered, otherwise empty.
func (f *Filter) View() string {
	switch {
	case f.theme.Spoken && f.Value() != "":
		return "Only what contains: " + f.theme.Clean(f.Value()) + ". A line with / alone takes that away."
	case f.typing:
		return f.line.view(f.width)
	case f.Value() != "":
		return f.theme.Cut(f.theme.Key.Render("/ ")+f.theme.Clean(f.Value())+f.theme.Muted.Render("  (Esc clears)"), f.width)
	}
	return ""
}
