package tui

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
)

// preferencesDesk keeps how the operator has the console.
type preferencesDesk interface {
	Preferences() (register.Preferences, error)
	ChangePreferences(ctx context.Context, change func(*register.Preferences)) (register.Preferences, error)
}

// habits writes what an operator changes about their console, in the order it was changed. What waits for the disk is
// written at once.
type habits struct {
	desk preferencesDesk

	mu      sync.Mutex
	waiting []func(*register.Preferences)
	asked   int // changes so far
	working sync.Mutex
}

// prefsMsg are the preferences as they are kept.
type prefsMsg struct {
	of      *habits // whose they are; those of somebody who left are dropped
	prefs   register.Preferences
	through int  // changes that are in them
	first   bool // they were read as somebody sat down
	err     error
}

func (prefsMsg) toModel() {}

func (h *habits) read() tea.Msg {
	p, err := h.desk.Preferences()
	return prefsMsg{of: h, prefs: p, first: true, err: err}
}

func (h *habits) add(change func(*register.Preferences)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting = append(h.waiting, change)
	h.asked++
}

func (h *habits) take() (changes []func(*register.Preferences), through int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	changes, h.waiting = h.waiting, nil
	return changes, h.asked
}

// write keeps what is waiting, on top of what another session of the same operator has kept meanwhile.
func (h *habits) write() tea.Msg {
	h.working.Lock()
	defer h.working.Unlock()
	changes, through := h.take()
	if len(changes) == 0 {
		return nil
	}
	p, err := h.desk.ChangePreferences(context.Background(), func(p *register.Preferences) {
		for _, change := range changes {
			change(p)
		}
	})
	return prefsMsg{of: h, prefs: p, through: through, err: err}
}

// flush writes what is waiting and returns once nothing is.
func (h *habits) flush() error {
	if msg, ok := h.write().(prefsMsg); ok {
		return msg.err
	}
	return nil
}

// setPrefs changes how the operator has the console: at once in k.prefs, and in the store by the command. The change
// may run more than once, and beside the program loop: it uses nothing but the preferences and what never changes.
func (k *kit) setPrefs(change func(*register.Preferences)) tea.Cmd {
	change(&k.prefs)
	if k.habits == nil || k.looking {
		return nil // a store that is only looked at keeps nothing
	}
	k.habits.add(change)
	return k.habits.write
}

// learn reads how the operator has the console.
func (m *Model) learn() tea.Cmd {
	if m.kit.habits == nil {
		return nil
	}
	return m.kit.habits.read
}

// learned takes the preferences as they are kept, unless something was changed since.
func (m *Model) learned(msg prefsMsg) tea.Cmd {
	h := m.kit.habits
	if h == nil || msg.of != h {
		return nil
	}
	if msg.err != nil {
		return fail(msg.err)
	}
	h.mu.Lock()
	stale := msg.through != h.asked
	h.mu.Unlock()
	if stale {
		return nil
	}
	m.kit.prefs = msg.prefs
	m.dressAll()
	if !msg.first {
		return nil
	}
	return tea.Batch(m.recolour(), m.reread(0))
}

// recolour takes the colours the operator once chose, as they sit down; those that the program was started with go
// first.
func (m *Model) recolour() tea.Cmd {
	chosen := m.kit.env.Theme
	if chosen == "" || chosen == theme.Auto {
		chosen = m.kit.prefs.Theme
	}
	th := look(m.kit.env, chosen)
	if th.Name == m.kit.theme.Name {
		return nil
	}
	m.paint(th)
	if m.serial != m.opened {
		return nil // another screen is open already: the next has the colours
	}
	m.stack = m.opening()
	return m.begin(len(m.stack) - 1)
}
