package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// look is the named theme on this terminal, or the one for a voice where that is asked for.
func look(env Env, name string) *theme.Theme {
	if env.Accessible {
		return theme.Spoken(env.Getenv)
	}
	return theme.Choose(name, env.Getenv)
}

// themeMsg asks for other colours.
type themeMsg struct{ name string }

func (themeMsg) toModel() {}

// paint takes other colours for the screens that are made from now on.
func (m *Model) paint(th *theme.Theme) {
	m.kit.theme = th
	m.toast = widget.NewToast(th)
}

// retheme takes other colours until the program ends. A theme never changes once made, so the screens are made anew.
func (m *Model) retheme(name string) tea.Cmd {
	m.paint(look(m.kit.env, name))
	m.kit.env.Theme = "" // from now on the operator's own choice counts
	m.stack = []frame{m.frame(newHome(m.kit)), m.frame(newSettings(m.kit))}
	text := "The colours are " + m.kit.theme.Name + " until you leave."
	if name != theme.Auto && name != m.kit.theme.Name {
		text = "The terminal asks for no colours, so they stay " + m.kit.theme.Name + "."
	}
	return tea.Batch(m.begin(0), m.begin(1), say(theme.Muted, text))
}
