package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
)

// pinned is the record a screen is about, false where it is about none that can be pinned.
func pinned(s Screen) (register.Pin, bool) {
	p, ok := s.(placed)
	if !ok {
		return register.Pin{}, false
	}
	door, id := p.door()
	kind, ok := pins[door]
	return register.Pin{Kind: kind, ID: id}, ok && id != ""
}

// visited notes that a record was opened. One that is opened again at once is not written again.
func (m *Model) visited(s Screen) tea.Cmd {
	at, ok := pinned(s)
	if !ok || m.kit.desk == nil || len(m.kit.prefs.Recent) > 0 && m.kit.prefs.Recent[0] == at {
		return nil
	}
	return m.kit.setPrefs(func(p *register.Preferences) { p.Visit(at) })
}

// turnPin pins the record on top, or unpins it.
func (m *Model) turnPin() tea.Cmd {
	at, ok := pinned(m.top().screen)
	if !ok {
		return nil
	}
	tried := m.kit.prefs
	now, err := tried.TogglePin(at)
	if err != nil {
		return fail(err)
	}
	said := "Unpinned."
	if now {
		said = "Pinned: home and the palette show it first."
	}
	write := m.kit.setPrefs(func(p *register.Preferences) { setPin(p, at, now) })
	return address(m.top().id, tea.Batch(write, say(theme.Good, said)))
}

// setPin pins or unpins, whatever another session has done meanwhile.
func setPin(p *register.Preferences, at register.Pin, on bool) {
	for _, held := range p.Pinned {
		if held == at {
			if !on {
				_, _ = p.TogglePin(at) // taking one away is never refused
			}
			return
		}
	}
	if on && len(p.Pinned) < register.MostPinned {
		_, _ = p.TogglePin(at)
	}
}
