package tui

import (
	"errors"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// showsOnce is a screen that makes or shows what is shown one time only.
type showsOnce interface {
	making() bool // it is on its way: the console does not lock before it has been shown
	lost() string // what a lock takes away, as a sentence; empty: nothing
}

// watch is how the console knows that nobody is there. One timer is out at a time, until the moment it would lock.
type watch struct {
	last  time.Time // of the last key, by Env.Now
	after time.Duration
	timer int // of the timer that counts; an older one is dropped
}

type (
	idleMsg struct{ timer int }
	shutMsg struct{ err error } // the session is closed
)

func (idleMsg) toModel() {}
func (shutMsg) toModel() {}

// arm sends the timer out for what is left of the time without a key.
func (m *Model) arm() tea.Cmd {
	m.watch.timer++
	if m.kit.desk == nil || m.kit.env.After == nil {
		return nil
	}
	settings := m.kit.desk.Settings()
	m.watch.after = settings.LockAfter()
	if m.watch.after <= 0 {
		return nil
	}
	return m.wake(m.left(), idleMsg{m.watch.timer})
}

// left is how long the console may still be left alone; 0 or less: no longer.
func (m *Model) left() time.Duration { return m.watch.after - m.kit.env.Now().Sub(m.watch.last) }

// wake sends a message after a while, unless the person leaves before.
func (m *Model) wake(in time.Duration, msg tea.Msg) tea.Cmd {
	rung, closed := m.kit.env.After(max(in, 0)), m.closed
	if rung == nil {
		return nil
	}
	return m.lasting(func() tea.Msg {
		select {
		case <-rung:
			return msg
		case <-closed:
			return nil
		}
	})
}

// idle locks where the time is over, and waits for the rest of it where a key came meanwhile.
func (m *Model) idle(msg idleMsg) tea.Cmd {
	switch {
	case msg.timer != m.watch.timer || m.kit.desk == nil:
		return nil
	case m.left() > 0:
		return m.arm()
	case m.making():
		m.watch.last = m.kit.env.Now()
		return m.arm()
	}
	return m.lock()
}

// asleep reports whether the time without a key was over before this one, which happens where a machine slept; it notes
// the key otherwise.
func (m *Model) asleep() bool {
	if m.kit.desk == nil {
		return false
	}
	if m.watch.after > 0 && m.kit.env.After != nil && m.left() <= 0 && !m.making() {
		return true
	}
	m.watch.last = m.kit.env.Now()
	return false
}

func (m *Model) making() bool {
	for _, f := range m.stack {
		if s, ok := f.screen.(showsOnce); ok && s.making() {
			return true
		}
	}
	return false
}

// lock takes everything off the screen and out of the model, closes the session behind it, and asks for a passphrase.
// Work that writes is finished first: the store closes when it has ended, and nothing of it is shown meanwhile.
func (m *Model) lock() tea.Cmd {
	switch {
	case m.kit.desk == nil:
		return nil
	case m.making():
		return say(theme.Soon, "What is being made now is shown once: lock when you have kept it.")
	case m.kit.env.Unlock == nil:
		return tea.Quit // nobody could come back here
	}
	for _, f := range m.stack {
		if form, ok := f.screen.(*formScreen); ok {
			form.hold()
		}
	}
	left, back := m.kit, m.wayBack()
	m.mute()
	m.drop()
	m.stack = []frame{m.frame(newLocked(m.kit, back, left.running.now()))}
	done := sync.OnceValue(func() error { return left.shut() })
	m.shut = func(now bool) error {
		if now {
			left.running.end()
		}
		return done()
	}
	return tea.Batch(tea.ClearScreen, m.begin(0), func() tea.Msg { return shutMsg{done()} })
}

// drop forgets every screen and who was at work. What is still on its way to them reaches nobody.
func (m *Model) drop() {
	k := newKit(m.kit.env)
	k.theme, k.env.Session = m.kit.theme, nil
	m.kit, m.gone = k, m.serial
	m.stack, m.over, m.ahead, m.notes, m.mute, m.back = nil, nil, nil, nil, nil, nil
	m.toast = widget.NewToast(k.theme)
	m.watch = watch{timer: m.watch.timer + 1}
}

// shut ends a session: the work under way, the drafts, the clipboard, the store with its keys.
func (k *kit) shut() error {
	var err error
	if k.copied {
		err = unclip(k.env)
	}
	k.running.settle()
	k.stead.leave()
	return errors.Join(err, k.drafts.flush(), k.habits.flush(), k.desk.Close())
}

// unlocked seats whoever opened the store: where they were, when it was they who locked it.
func (m *Model) unlocked(s Session, back *wayBack) tea.Cmd {
	m.sit(s)
	m.resume(back)
	return m.Init()
}

// rearm follows a change of the settings.
func (m *Model) rearm() tea.Cmd {
	if m.kit.desk == nil {
		return nil
	}
	settings := m.kit.desk.Settings()
	if settings.LockAfter() == m.watch.after {
		return nil
	}
	return m.arm()
}
