package tui_test

import (
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"

	"custos/store/storetest"
	"custos/tui"
)

// A backup under way is never cut by a lock: the screen goes at once, the store closes when the backup has ended.
func TestALockWaitsForABackupUnderWay(t *testing.T) {
	_, s, at := lockable(t, 80, 24)
	held := dawdling{s, make(chan struct{}), make(chan struct{})}
	env := at.env()
	env.Session = held
	m := tui.New(env)
	r := &running{t, teatest.NewTestModel(t, m, teatest.WithInitialTermSize(80, 24))}
	r.press("No case is open")
	r.press("Custos > Settings", "8")
	r.press("Best on another disk", "b")
	r.press("Copying the store", t.TempDir(), "ctrl+s")
	<-held.begun
	r.press("What is under way is finished first", "ctrl+l")
	if _, err := s.Home(); err != nil {
		t.Errorf("the store is closed under the backup: %v", err)
	}
	close(held.end)
	r.press("Passphrase (required)", "")
	r.p.Type(storetest.Passphrase)
	r.press("Custos > Settings", "enter")
	r.p.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	r.p.WaitFinished(t, teatest.WithFinalTimeout(time.Minute))
	if err := m.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheTimerLocksARunningConsole(t *testing.T) {
	_, s, at := lockable(t, 80, 24)
	var mu sync.Mutex
	now, ring := morning, make(chan time.Time)
	env := at.env()
	env.Session = s
	env.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	env.After = func(time.Duration) <-chan time.Time { return ring }
	r := &running{t, teatest.NewTestModel(t, tui.New(env), teatest.WithInitialTermSize(80, 24))}
	r.press("Plantagenet", "2")
	mu.Lock()
	now = now.Add(time.Hour)
	mu.Unlock()
	ring <- now
	r.press("Locked", "")
	r.p.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	r.p.WaitFinished(t, teatest.WithFinalTimeout(time.Minute))
}
