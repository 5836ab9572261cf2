package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// noticeMsg is something said to everybody at once, from outside the store.
type noticeMsg struct{ text string }

func (noticeMsg) toModel() {}

// heed waits for the next notice, once: whoever waits already hears it.
func (m *Model) heed() tea.Cmd {
	notices, closed := m.kit.env.Notices, m.closed
	if notices == nil || m.heeding {
		return nil
	}
	m.heeding = true
	return m.lasting(func() tea.Msg {
		select {
		case text, ok := <-notices:
			if ok {
				return noticeMsg{text}
			}
		case <-closed:
		}
		return nil
	})
}

// noticed says a notice, and waits for the next.
func (m *Model) noticed(msg noticeMsg) tea.Cmd {
	m.heeding = false
	return tea.Batch(m.toast.Show(theme.Late, msg.text, 0), m.heed())
}
