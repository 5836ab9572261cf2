package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// explainer is a Screen that says why a key does nothing just now, where that is no plain matter.
type explainer interface {
	// whyNot is a sentence, empty where there is nothing to explain.
	whyNot(a widget.Action) string
}

// explain says why an action does nothing on the screen on top; nil where it has nothing to say.
func (m *Model) explain(a widget.Action) tea.Cmd {
	e, ok := m.top().screen.(explainer)
	if !ok || m.off(a) {
		return nil
	}
	if why := e.whyNot(a); why != "" {
		return say(theme.Soon, why)
	}
	return nil
}

// explainKey says why a key does nothing that would do something at another moment.
func (m *Model) explainKey(msg tea.KeyMsg) tea.Cmd {
	at := m.where()
	at.Off = nil
	if a, known := m.kit.keys.Match(msg, at); known {
		return m.explain(a)
	}
	return nil
}
