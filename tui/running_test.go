package tui_test

import (
	"bytes"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/teatest"

	"custos/internal/register"
	"custos/tui"
)

// noted is a seat whose commits reach the console as they do in the program.
type noted struct{ seat }

func (n noted) Notes() (<-chan register.Note, func()) { return n.Seat.Notes() }

// running is a console in a program of its own, with everything that happens at the same time.
type running struct {
	t *testing.T
	p *teatest.TestModel
}

// press presses keys, then waits until the screen has been sent a text.
func (r *running) press(want string, names ...string) {
	r.t.Helper()
	for _, name := range names {
		if k, ok := special(name); ok {
			r.p.Send(k)
			continue
		}
		r.p.Type(name)
	}
	teatest.WaitFor(r.t, r.p.Output(), func(out []byte) bool { return bytes.Contains([]byte(ansi.Strip(string(out))), []byte(want)) },
		teatest.WithDuration(time.Minute), teatest.WithCheckInterval(5*time.Millisecond))
}

func TestTheMainJobInARunningProgram(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	env := tui.Env{
		Session: noted{s}, Theme: "mono", Exports: t.TempDir(), Now: time.Now,
		Getenv: func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] },
	}
	r := &running{t, teatest.NewTestModel(t, tui.New(env), teatest.WithInitialTermSize(80, 24))}
	r.press("No case is open")
	r.press("No request has come in yet", "4")
	r.press("What is asked for", "o")
	r.press("│ Whose data", "down", "enter")
	r.press("│ Their name", "down", "enter")
	r.press("│ Reached the office on", "enter")
	r.press("│ How it came", "enter")
	r.press("│ Somebody else", "down", "enter")
	r.press("│ What they are", "enter")
	r.press("│ Ask that somebody", "enter")
	r.press("│ Ask for proof of identity", "enter")
	r.press("> Yes", "left")
	r.press("NEXT: Record that proof", "ctrl+s")
	r.press("Proof of identity came on", "i")
	r.press("NEXT: Decide", "ctrl+s")
	r.press("Fulfil", "d")
	r.press("│ Reasons", "down", "enter")
	r.press("The decision stands for good", "All of it.", "ctrl+s")
	r.press("NEXT: Build the pack", "right", "space")
	r.press("A file that exists is never written over", "b")
	r.press("The pack is AR-2026-0001.zip", "ctrl+s")
	r.press("The reply went out on", "r")
	r.press("NEXT: Close the case", "ctrl+s")
	r.press("Nothing but notes", "z")
	r.press("Closed: nothing is left to do", "right", "enter")
	r.p.Send(tea.KeyMsg{Type: tea.KeyCtrlC})
	r.p.WaitFinished(t, teatest.WithFinalTimeout(time.Minute))
}
