package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
)

// Note is the message a commit makes.
func Note(n register.Note) tea.Msg { return noteMsg{n} }

// Keys is the table of keys.
var Keys = bindings
