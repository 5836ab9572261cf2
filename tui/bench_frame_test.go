package tui_test

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui"
)

// stopwatch is an output that notes when it was written to.
type stopwatch struct{ at chan time.Time }

func (w stopwatch) Write(p []byte) (int, error) {
	select {
	case w.at <- time.Now():
	default:
	}
	return len(p), nil
}

// quiet waits until nothing has been written for a while.
func (w stopwatch) quiet() {
	for {
		select {
		case <-w.at:
		case <-time.After(200 * time.Millisecond):
			return
		}
	}
}

// press types keys and notes how long each takes until the terminal has its frame.
func (w stopwatch) press(b *testing.B, in io.Writer, keys ...string) []time.Duration {
	took := make([]time.Duration, 0, len(keys))
	for _, key := range keys {
		began := time.Now()
		if _, err := io.WriteString(in, key); err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-w.at).Sub(began))
		for len(w.at) > 0 {
			<-w.at
		}
	}
	return took
}

// within is the time that so many of a hundred took at most.
func within(took []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return float64(sorted[(len(sorted)-1)*percent/100].Microseconds()) / 1000
}

// bare is a program that draws as many lines as the console and does nothing else.
type bare struct{ at int }

func (b bare) Init() tea.Cmd { return nil }

func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyMsg); ok {
		b.at++
		if key.Type == tea.KeyCtrlC {
			return b, tea.Quit
		}
	}
	return b, nil
}

func (b bare) View() string {
	lines := strings.Split(strings.Repeat(strings.Repeat("row ", 20)+"\n", 23), "\n")
	lines[1+b.at%20] = "> " + lines[1+b.at%20][2:]
	return strings.Join(lines, "\n")
}

// BenchmarkKeyToFrame measures, on 100,000 people, what passes from a key typed until its frame is written, moving in a
// list, paging through it and filtering it, against a bare program of the library the console is built on.
func BenchmarkKeyToFrame(b *testing.B) {
	s := sampled(b, 100_000)
	var least []time.Duration
	b.Run("bare", func(b *testing.B) {
		in, keys := io.Pipe()
		w := stopwatch{make(chan time.Time, 64)}
		over := make(chan error, 1)
		go func() {
			_, err := tea.NewProgram(bare{}, tea.WithInput(in), tea.WithOutput(w), tea.WithAltScreen(),
				tea.WithoutSignalHandler()).Run()
			over <- err
		}()
		w.quiet()
		for b.Loop() {
			least = append(least, w.press(b, keys, "j")...)
		}
		report(b, least, nil, over, keys)
	})
	for _, work := range []struct {
		name  string
		first []string
		keys  []string
	}{
		{"move", nil, []string{"\x1b[B"}},
		{"page", nil, []string{"\x1b[6~"}},
		{"filter", []string{"/"}, []string{"a", "d", "\x7f", "\x7f"}},
	} {
		b.Run(work.name, func(b *testing.B) {
			in, keys := io.Pipe()
			w := stopwatch{make(chan time.Time, 64)}
			over := make(chan error, 1)
			env := benchEnv(s)
			env.Getenv = func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm"}[name] }
			go func() { over <- tui.Run(env, tui.Terminal{In: in, Out: w, Width: 80, Height: 24}) }()
			w.quiet()
			for _, key := range append([]string{"2"}, work.first...) {
				w.press(b, keys, key)
				w.quiet()
			}
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				took = append(took, w.press(b, keys, work.keys[i%len(work.keys)])...)
			}
			report(b, took, least, over, keys)
		})
	}
}

// report ends a program and tells how long its keys took.
func report(b *testing.B, took, least []time.Duration, over <-chan error, keys io.Writer) {
	b.Helper()
	b.ReportMetric(within(took, 50), "ms/p50")
	b.ReportMetric(within(took, 99), "ms/p99(goal<=5)")
	if least != nil {
		b.ReportMetric(within(took, 50)/max(within(least, 50), 0.001), "of-bare/p50")
		b.ReportMetric(within(took, 99)/max(within(least, 99), 0.001), "of-bare/p99")
	}
	if _, err := io.WriteString(keys, "\x03"); err != nil {
		b.Fatal(err)
	}
	if err := <-over; err != nil {
		b.Fatal(err)
	}
}
