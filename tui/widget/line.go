package widget

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// line is one line of typed text. Its cursor does not blink, so that an idle screen draws nothing, and it never reads
// a clipboard: over SSH that would be the clipboard of the server. A terminal's own paste arrives as text.
type line struct {
	theme *theme.Theme
	input textinput.Model
}

func newLine(th *theme.Theme, prompt string) line {
	in := textinput.New()
	in.Prompt, in.PromptStyle, in.TextStyle, in.PlaceholderStyle = prompt, th.Key, th.Plain, th.Muted
	in.KeyMap.Paste.SetEnabled(false)
	in.Cursor.SetMode(cursor.CursorStatic)
	in.Focus()
	return line{theme: th, input: in}
}

// update takes a key and reports whether the text changed.
func (l *line) update(msg tea.Msg) bool {
	before := l.input.Value()
	l.input, _ = l.input.Update(msg)
	return l.input.Value() != before
}

func (l *line) value() string { return l.input.Value() }

func (l *line) set(s string) {
	l.input.SetValue(s)
	l.input.CursorEnd()
}

// view is one line of at most width columns.
func (l *line) view(width int) string {
	in := l.input
	in.Width = max(1, width-theme.Width(in.Prompt)-1)
	in.SetCursor(in.Position())
	return l.theme.Cut(l.theme.CleanStyled(in.View()), width)
}
