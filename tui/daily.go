package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
)

// How long after one look whether a backup is due the next one comes: a stick that was not plugged in may be by then.
const (
	dueAgain = 24 * time.Hour
	dueSoon  = time.Hour
)

type (
	dueMsg  struct{ sitting int } // it is time to look whether a backup is due
	keptMsg struct {
		sitting int
		backup  register.Backup
		made    bool
		err     error
	}
)

func (dueMsg) toModel()  {}
func (keptMsg) toModel() {}

// standing makes the backup the office has ordered, where it is due, beside whatever is done meanwhile.
func (m *Model) standing() tea.Cmd {
	desk, sitting := m.kit.desk, m.sitting
	if desk == nil || m.kit.env.After == nil || m.kit.looking || !m.kit.may(register.BackupStanding) || desk.Settings().BackupTo == "" {
		return nil
	}
	return m.lasting(newJob(m.kit, "Finishing the daily backup").alone(func(ctx context.Context, tell Tell) tea.Msg {
		b, made, err := desk.BackupIfDue(ctx, tell)
		return keptMsg{sitting, b, made, err}
	}))
}

// kept says what came of it in one line, the same trouble once, and waits for the next time.
func (m *Model) kept(msg keptMsg) tea.Cmd {
	if msg.sitting != m.sitting || m.kit.desk == nil {
		return nil
	}
	again, was := dueAgain, m.hindrance
	var said tea.Cmd
	m.hindrance = ""
	switch {
	case msg.err != nil:
		again, m.hindrance = dueSoon, problem(msg.err)
		if m.hindrance != was {
			said = say(theme.Muted, "The daily backup: "+m.hindrance)
		}
	case msg.made:
		said = say(theme.Good, "The daily backup is made: "+size(msg.backup.Bytes)+", read back whole.")
	}
	return tea.Batch(said, m.wake(again, dueMsg{msg.sitting}))
}
