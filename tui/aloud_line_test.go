package tui_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/tui"
)

// output is what a terminal shows.
type output struct {
	mu   sync.Mutex
	b    bytes.Buffer
	once sync.Once
	said chan struct{} // closed with the first word; nil for nobody who waits for it
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.said != nil {
		o.once.Do(func() { close(o.said) })
	}
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func spoken(t *testing.T, env tui.Env, term tui.Terminal) (string, error) {
	t.Helper()
	var out output
	if in, ok := term.In.(*slowly); ok {
		out.said = make(chan struct{})
		in.heard = out.said
	}
	env.Accessible, term.Out = true, &out
	err := tui.Run(env, term)
	return out.String(), err
}

func TestLinesFitTheTerminal(t *testing.T) {
	s := sit(t, "teaching-school")
	said, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{In: strings.NewReader("go settings\rquit\r"), Width: 40, Height: 24})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "Settings, Custos.") {
		t.Fatalf("settings are not said:\n%s", said)
	}
	for l := range strings.SplitSeq(said, "\r\n") {
		if ansi.StringWidth(l) > 40 {
			t.Errorf("a line is too long: %q", l)
		}
	}
}

func TestTheConsoleIsWorkedThroughPipes(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	said, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{In: strings.NewReader("go delegates\n1\nquit\n")})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Home, Custos.\n", "Delegates, Custos.\n", "Ada Example, Delegates, Custos.\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said %q:\n%s", want, said)
		}
	}
	plain(t, strings.Split(strings.TrimSuffix(said, "\n"), "\n"))
}

func TestTheEndOfAPipeIsAnInterruption(t *testing.T) {
	s := sit(t, "teaching-school")
	_, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{In: strings.NewReader("go delegates\nnew\n1\nAda")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	said, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{In: strings.NewReader("go del\nnew\n1\nquit\n")})
	if err != nil || !strings.Contains(said, "Now: Ada") {
		t.Errorf("what was typed is lost (%v):\n%s", err, said)
	}
}

func TestADroppedLineEndsTheConsole(t *testing.T) {
	s, gone := sit(t, "teaching-school"), make(chan struct{})
	in, typing := io.Pipe()
	defer typing.Close()
	close(gone)
	if _, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{In: in, Gone: gone, Width: 80, Height: 24}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestOverALineWhatIsTypedIsShownAndCorrected(t *testing.T) {
	s := sit(t, "teaching-school")
	tests := []struct{ name, typed, shown string }{
		{"letters", "go home\r", "go home\r\n"},
		{"backspace", "go hx\x7fome\r", "go hx\b \bome\r\n"},
		{"the old backspace", "go hx\bome\r", "go hx\b \bome\r\n"},
		{"nothing to take back", "\x7f\x7fgo home\r", "go home\r\n"},
		{"a line taken back", "zz\x15go home\r", "zz\b \b\b \bgo home\r\n"},
		{"an arrow", "go \x1b[1;5Chome\x1bOA\r", "go home\r\n"},
		{"accents", "/ \xc3\xa9\r", "/ é\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said, err := spoken(t, tui.Env{Session: open{s}}, tui.Terminal{
				In: &slowly{text: tt.typed + "\x03"}, Width: 80, Height: 24,
			})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(said, tt.shown) {
				t.Errorf("shown:\n%q\nwant %q in it", said, tt.shown)
			}
		})
	}
}

// slowly gives a byte at a time, as a line does, once something was said.
type slowly struct {
	text  string
	heard <-chan struct{}
}

func (s *slowly) Read(p []byte) (int, error) {
	<-s.heard
	if s.text == "" {
		return 0, io.EOF
	}
	p[0], s.text = s.text[0], s.text[1:]
	return 1, nil
}

func TestASecretIsNeitherShownNorLeftHidden(t *testing.T) {
	hidden, shown := 0, 0
	env := tui.Env{Exists: true, Store: "/srv/custos", Operator: "tester", Unlock: shutDoor}
	_, err := spoken(t, env, tui.Terminal{
		In: strings.NewReader("a secret\n"),
		Raw: func() (func() error, error) {
			hidden++
			return func() error { shown++; return nil }, nil
		},
	})
	if !errors.Is(err, context.Canceled) || hidden == 0 || hidden != shown {
		t.Errorf("hidden %d times and shown again %d times; ended with %v", hidden, shown, err)
	}
	said, _ := spoken(t, env, tui.Terminal{In: &slowly{text: "a secret\r\x03"}, Width: 80, Height: 24})
	if strings.Contains(said, "secret") {
		t.Errorf("shown: %q", said)
	}
}
