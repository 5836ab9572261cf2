package tui_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"custos/internal/register"
	"custos/tui"
)

// hearing is a seat that is told of every commit.
type hearing struct{ seat }

func (h hearing) Notes() (<-chan register.Note, func()) { return h.Seat.Notes() }

// settled waits until nothing more is written, and forgets what was.
func (w stopwatch) settled() {
	for {
		select {
		case <-w.at:
		case <-time.After(20 * time.Millisecond):
			return
		}
	}
}

// BenchmarkCommitToOtherScreen compares two frames of one console in the list of 1,000 people: that of a change somebody
// commits at another seat, from the end of the commit, with that of a key pressed here, each until it is written.
func BenchmarkCommitToOtherScreen(b *testing.B) {
	d, s := sampledDesk(b, 1000)
	bo := (&shared{t: b, desk: d, db: s.db, own: s}).hire("bo", register.Officer)
	in, keys := io.Pipe()
	w := stopwatch{make(chan time.Time, 64)}
	over := make(chan error, 1)
	env := benchEnv(s)
	env.Session = hearing{s}
	env.Getenv = func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm"}[name] }
	go func() { over <- tui.Run(env, tui.Terminal{In: in, Out: w, Width: 80, Height: 24}) }()
	w.quiet()
	w.press(b, keys, "2")
	w.quiet()
	who := must[register.Rows[register.DelegateRow]](b)(s.Delegates(register.Query{})).Row(5).ID
	var own, told []time.Duration
	for i := 0; b.Loop(); i++ {
		own = append(own, w.press(b, keys, []string{"\x1b[B", "\x1b[A"}[i%2])...)
		w.settled()
		err := bo.ChangeDelegate(b.Context(), who, register.DelegateInput{Values: map[string]string{"email": fmt.Sprintf("a%d@example.org", i)}})
		if err != nil {
			b.Fatal(err)
		}
		committed := time.Now()
		told = append(told, max(0, (<-w.at).Sub(committed)))
		w.settled()
	}
	b.ReportMetric(within(told, 50)/max(within(own, 50), 0.001), "of-own-key/p50")
	if _, err := io.WriteString(keys, "\x03"); err != nil {
		b.Fatal(err)
	}
	if err := <-over; err != nil {
		b.Fatal(err)
	}
}
