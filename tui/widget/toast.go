package widget

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// ToastOverMsg ends a message; give it to Toast.Update.
type ToastOverMsg struct{ number int }

// Toast is the message line. While nothing is shown it needs no timer, so an idle screen draws nothing.
type Toast struct {
	theme  *theme.Theme
	width  int
	tone   theme.Tone
	text   string
	number int
}

// NewToast makes an empty message line.
func NewToast(th *theme.Theme) *Toast { return &Toast{theme: th} }

// SetWidth sets the columns the line fills.
func (t *Toast) SetWidth(width int) { t.width = width }

// Show replaces the message. It goes after the duration; with none it stays until it is replaced or cleared.
func (t *Toast) Show(tone theme.Tone, text string, lasts time.Duration) tea.Cmd {
	t.tone, t.text = tone, text
	t.number++
	if lasts <= 0 {
		return nil
	}
	number := t.number
	return tea.Tick(lasts, func(time.Time) tea.Msg { return ToastOverMsg{number} })
}

// Update ends the message the timer belongs to, and no newer one.
func (t *Toast) Update(msg tea.Msg) {
	if over, ok := msg.(ToastOverMsg); ok && over.number == t.number {
		t.text = ""
	}
}

// Clear removes the message.
func (t *Toast) Clear() { t.text = "" }

// Text is the message as given, empty when none is shown: what an accessible door reads out.
func (t *Toast) Text() string { return t.text }

// View is one line of exactly the width set. A problem says so in a word as well as in colour.
func (t *Toast) View() string {
	text := t.text
	if t.tone == theme.Bad && text != "" {
		text = t.tone.Word() + ": " + text
	}
	return t.theme.Paint(t.tone, t.theme.Cell(text, t.width))
}
