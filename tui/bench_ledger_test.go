package tui_test

import (
	"reflect"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"custos/internal/register"
	"custos/tui"
)

// BenchmarkWithdrawalShows measures, on 10,000 people, what passes from the commit of a withdrawal until the page of the
// person, the panel that says why, and the counts by question show it.
func BenchmarkWithdrawalShows(b *testing.B) {
	s := sampled(b, 10_000)
	who, name := receiver(b, s)
	at := morning.AddDate(0, 0, -1)
	next := func() time.Time { // the clock of the tests stands still, and of two answers at once the no counts
		at = at.Add(time.Second)
		return at
	}
	for _, open := range []struct {
		screen string
		keys   []string
	}{
		{"person", []string{"2", "/", name, "enter", "enter"}},
		{"why", []string{"2", "/", name, "enter", "enter", "W", "courses by email", "enter"}},
		{"counts", []string{"5"}},
	} {
		b.Run(open.screen, func(b *testing.B) {
			w := &watching{m: tui.New(benchEnv(s))}
			w.send(tea.WindowSizeMsg{Width: 120, Height: 60})
			for _, k := range open.keys {
				w.press(k)
			}
			var took time.Duration
			for b.Loop() {
				must[register.ConsentEvent](b)(s.RecordConsent(b.Context(), yesOf(who, next())))
				w.send(noteOf(who))
				before := w.m.View()
				must[register.Withdrawal](b)(s.Withdraw(b.Context(), register.WithdrawalInput{Delegate: who, At: next()}))
				shown, ok := w.shows(noteOf(who), before)
				if took += shown; !ok {
					b.Fatalf("the withdrawal does not show:\n%s", ansi.Strip(before))
				}
			}
			b.ReportMetric(float64(took.Microseconds())/float64(b.N)/1000, "ms/frame")
		})
	}
}

func noteOf(who register.ID) tea.Msg {
	return tui.Note(register.Note{Verb: register.ConsentWithdraw, Collections: []string{"consents"}, IDs: []register.ID{who}})
}

func yesOf(who register.ID, at time.Time) register.ConsentInput {
	return register.ConsentInput{
		Delegate: who, Purpose: "course-news", Channel: "email", Act: register.Given, Method: "paper", At: at,
	}
}

// receiver is somebody in use who was never asked anything and is found by their address.
func receiver(b *testing.B, s seat) (register.ID, string) {
	b.Helper()
	rows := must[register.Rows[register.DelegateRow]](b)(s.Delegates(register.Query{Status: register.Active}))
	for i := range rows.Len() {
		row := rows.Row(i)
		found := must[register.Rows[register.DelegateRow]](b)(s.Delegates(register.Query{Filter: row.Email}))
		told := must[[]register.ConsentEvent](b)(s.ConsentHistory(row.ID))
		if row.Email != "" && found.Len() == 1 && len(told) == 0 {
			return row.ID, row.Email
		}
	}
	b.Fatal("the sample has nobody like that")
	return "", ""
}

// watching is a console whose commands run at once.
type watching struct {
	m     tea.Model
	until string // a frame that is waited to be over; empty: none
	began time.Time
	took  time.Duration
}

// shows sends a message and tells how long it took until there was another frame than before.
func (w *watching) shows(msg tea.Msg, before string) (time.Duration, bool) {
	w.until, w.began = before, time.Now()
	w.send(msg)
	changed := w.until == ""
	w.until = ""
	return w.took, changed
}

func (w *watching) press(name string) {
	if k, ok := special(name); ok {
		w.send(k)
		return
	}
	for _, r := range name {
		w.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

func (w *watching) send(msg tea.Msg) {
	var cmd tea.Cmd
	w.m, cmd = w.m.Update(msg)
	if w.until != "" && w.m.View() != w.until {
		w.until, w.took = "", time.Since(w.began)
	}
	w.run(cmd)
}

func (w *watching) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if c, ok := v.Index(i).Interface().(tea.Cmd); ok {
				w.run(c)
			}
		}
		return
	}
	w.send(msg)
}
