package tui_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"custos/tui"
)

// awaited is an output that tells when it has been sent a text.
type awaited struct {
	want []byte
	seen chan struct{}
	once sync.Once
	all  bytes.Buffer
}

func (a *awaited) Write(p []byte) (int, error) {
	n, err := a.all.Write(p)
	if bytes.Contains([]byte(ansi.Strip(a.all.String())), a.want) {
		a.once.Do(func() { close(a.seen) })
	}
	return n, err
}

// hello is as little of a program as there can be.
type hello struct{ sized bool }

func (h hello) Init() tea.Cmd { return nil }

func (h hello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.WindowSizeMsg); ok {
		h.sized = true
	}
	return h, nil
}

func (h hello) View() string {
	if h.sized {
		return "hello"
	}
	return ""
}

// firstFrame is how long a program takes from its making to a text on its screen.
func firstFrame(b *testing.B, model func() tea.Model, want string) time.Duration {
	b.Helper()
	out := &awaited{want: []byte(want), seen: make(chan struct{})}
	ended := make(chan error, 1)
	began := time.Now()
	p := tea.NewProgram(model(), tea.WithInput(nil), tea.WithOutput(out), tea.WithAltScreen(), tea.WithoutSignalHandler())
	go func() {
		_, err := p.Run()
		ended <- err
	}()
	p.Send(tea.WindowSizeMsg{Width: 80, Height: 24}) // as the terminal does
	select {
	case <-out.seen:
	case err := <-ended:
		b.Fatalf("the program ended before its first frame: %v", err)
	}
	took := time.Since(began)
	p.Quit()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	return took
}

// BenchmarkFirstFrame compares the console on the register of 1,000 people with a program that says hello. Both wait
// for the same clock of the renderer, so what the console itself takes is told apart from it.
func BenchmarkFirstFrame(b *testing.B) {
	env := benchEnv(sampled(b, 1000))
	var console, least, own time.Duration
	for b.Loop() {
		least += firstFrame(b, func() tea.Model { return hello{} }, "hello")
		console += firstFrame(b, func() tea.Model { return tui.New(env) }, "Custos > Home")
		began := time.Now()
		m, _ := tui.New(env).Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		_ = m.View()
		own += time.Since(began)
	}
	b.ReportMetric(float64(own.Microseconds())/float64(b.N)/1000, "ms/own")
	b.ReportMetric(float64(console.Microseconds())/float64(b.N)/1000, "ms/console")
	b.ReportMetric(float64(least.Microseconds())/float64(b.N)/1000, "ms/hello")
	b.ReportMetric(float64(console)/float64(least), "console/hello")
}

// BenchmarkKey compares moving down in a list of 10,000 people with one of 100: from the key to the screen.
func BenchmarkKey(b *testing.B) {
	small, large := listing(b, 100), listing(b, 10_000)
	var few, many time.Duration
	for b.Loop() {
		few += small.down()
		many += large.down()
	}
	b.ReportMetric(float64(few.Nanoseconds())/float64(b.N), "ns/100")
	b.ReportMetric(float64(many.Nanoseconds())/float64(b.N), "ns/10000")
	b.ReportMetric(float64(many)/float64(few), "10000/100")
}

// mover goes down a list, and to its top again before the shorter one ends.
type mover struct {
	m  tea.Model
	at int
}

func listing(b *testing.B, people int) *mover {
	b.Helper()
	var m tea.Model = tui.New(benchEnv(sampled(b, people)))
	m, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m, cmd := m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'2'}})
	if cmd != nil {
		m, _ = m.Update(cmd())
	}
	if text := ansi.Strip(m.View()); !bytes.Contains([]byte(text), []byte("All people: 1 of ")) {
		b.Fatalf("no list of people:\n%s", text)
	}
	return &mover{m: m}
}

func (v *mover) down() time.Duration {
	if v.at++; v.at%90 == 0 {
		v.m, _ = v.m.Update(tea.KeyMsg{Type: tea.KeyHome})
	}
	began := time.Now()
	v.m, _ = v.m.Update(tea.KeyMsg{Type: tea.KeyDown})
	_ = v.m.View()
	return time.Since(began)
}

func benchEnv(s seat) tui.Env {
	return tui.Env{
		Session: s, Theme: "dark", Now: time.Now,
		Getenv: func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] },
	}
}
