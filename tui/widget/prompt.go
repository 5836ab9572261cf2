package widget

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Prompt asks one thing in one line, over or under what a screen shows.
type Prompt struct {
	theme *theme.Theme
	line  line
}

// NewPrompt opens a prompt with a label and what is known already.
func NewPrompt(th *theme.Theme, label, value string) *Prompt {
	p := &Prompt{theme: th, line: newLine(th, th.Clean(label)+": ")}
	p.line.set(value)
	return p
}

// Update takes a key press: Answered for Enter, Dismissed for Esc; what was typed is there after either.
func (p *Prompt) Update(msg tea.KeyMsg) Outcome {
	switch msg.Type {
	case tea.KeyEnter:
		return Answered
	case tea.KeyEsc:
		return Dismissed
	default:
	}
	p.line.update(msg)
	return Asking
}

// Value is the text as typed.
func (p *Prompt) Value() string { return p.line.value() }

// View is one line of at most width columns.
func (p *Prompt) View(width int) string {
	if p.theme.Spoken {
		return p.Asks() + ": " + p.theme.Clean(p.Value())
	}
	return p.line.view(width)
}
