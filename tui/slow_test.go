package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"custos/tui"
)

// satellite is a line with 300 ms each way and 960 bytes a second, that splits what is typed anywhere and sends one
// piece in a hundred twice.
func satellite(seed uint64) (keys, shown *way) {
	const delay, rate = 300 * time.Millisecond, 960
	return newWay(delay, rate).unsteady(seed, 3), newWay(delay, rate).unsteady(seed+1, 536)
}

var usual = tui.Size{Width: 80, Height: 24}

// What a terminal sends for a key.
const (
	pressDown  = "\x1b[B"
	pressLeft  = "\x1b[D"
	pressRight = "\x1b[C"
	pressHome  = "\x1b[H"
	pressEnd   = "\x1b[F"
	pressDel   = "\x1b[3~"
)

// A form is filled in with arrows, a pasted text and corrections over a line that tears keys apart: every key arrives as
// what it was, and none cancels the form.
func TestAFormIsFilledInOverASlowLine(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sit(t, "teaching-school")
				addPerson(t, s, map[string]string{"name": planted, "email": "ada@example.org"})
				keys, shown := satellite(seed)
				f := distant(t, tui.Env{Session: s, Theme: "mono"}, usual, keys, shown)
				f.types("2")
				f.types("e")
				f.shows("Delegates > Change", planted)
				f.types(strings.Repeat(pressLeft, 7), "Q", pressEnd, "Z", pressHome, "A", pressDel, strings.Repeat(pressRight, 3)+"x"+strings.Repeat("\x7f", 2))
				f.shows("Alatagenet QExampleZ")
				f.types(pressEnd, " \x1b[200~de\rl'Ã\x1bé\x1b[201~", strings.Repeat("\t\x1b[Z", 10))
				f.shows("Delegates > Change", "Alatagenet QExampleZ de l'Ãé")
				f.types("\x1b")
				f.shows("All people: 1 of 1", "What you typed is kept")
				f.types("e", "\x13")
				f.shows("All people: 1 of 1", "Alatagenet QExampl", "Changed")
				f.leave()
			})
		})
	}
}

// Where a line is dropped amid a form, the form is open again with what was typed as soon as there is another line; and
// so is a list with the same row.
func TestADroppedLineLosesNothing(t *testing.T) {
	for name, tt := range map[string]struct {
		keys []string
		want []string
	}{
		"a form": {[]string{"2", pressDown, "\r", "e", " of Elm"}, []string{"> Yi Sample > Change", "Yi Sample of Elm", "Taken up"}},
		"a list": {[]string{"2", "S", "\x1b[A"}, []string{"Custos > Delegates", "> [ ] Yi Sample", "2 of 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sit(t, "teaching-school")
				for _, name := range []string{"Ada", "Yi", "Zo"} {
					addPerson(t, s, map[string]string{"name": name + " Sample", "email": strings.ToLower(name) + "@example.org"})
				}
				var place *tui.Place
				told := 0
				env := tui.Env{Session: s, Theme: "mono", Leaving: func(p *tui.Place) { place, told = p, told+1 }}
				keys, shown := satellite(3)
				f := distant(t, env, usual, keys, shown)
				f.types(tt.keys...)
				before := f.screen.text()
				f.drop()
				if place == nil || told != 1 {
					t.Fatalf("the place is %v, told %d times", place, told)
				}
				if f.err == nil {
					t.Error("a dropped line is no error")
				}
				env.Resume = place
				keys, shown = satellite(4)
				f = distant(t, env, usual, keys, shown)
				f.shows(tt.want...)
				if name == "a list" && f.screen.text() != before {
					t.Errorf("the screen is\n%s\nwant\n%s", f.screen.text(), before)
				}
				f.leave()
				if place != nil || told != 2 {
					t.Errorf("who leaves has a place %v, told %d times", place, told)
				}
			})
		})
	}
}

// A line that stands still holds nothing up: keys are taken, and what is shown when it moves again is the last frame.
func TestOnAStuckLineTheLastFrameWins(t *testing.T) {
	s := sampled(t, 50)
	synctest.Test(t, func(t *testing.T) {
		keys, shown := newWay(0, 0), newWay(0, 0)
		stuck := make(chan struct{})
		f := distant(t, tui.Env{Session: s, Theme: "mono"}, usual, keys, shown)
		f.types("2")
		shown.hold = stuck
		before := f.written()
		for range 40 {
			f.types(pressDown)
		}
		if n := f.written() - before; n > 500 {
			t.Errorf("%d bytes were written to a line that takes none", n)
		}
		close(stuck)
		f.settle()
		f.shows("41 of 50")
		if n := f.written() - before; n > 3000 {
			t.Errorf("%d bytes for what is two frames", n)
		}
		f.leave()
	})
}

// A new size, and word that something else has written over the screen, have all of it painted again.
func TestAResizedTerminalIsPaintedAgain(t *testing.T) {
	s := sampled(t, 50)
	synctest.Test(t, func(t *testing.T) {
		f := distant(t, tui.Env{Session: s, Theme: "mono"}, usual, newWay(0, 0), newWay(0, 0))
		f.types("2")
		for _, size := range []tui.Size{{Width: 120, Height: 40}, {Width: 60, Height: 15}, {Width: 60, Height: 15}, {Width: 20, Height: 5}, usual} {
			f.screen.become(size)
			f.resized <- size
			f.settle()
			want := "All people: 1 of 50"
			if size.Width < 60 {
				want = "is 20 by 5"
			}
			f.shows(want)
		}
		f.leave()
	})
}

func TestWhatIsCopiedGoesBetweenTwoFrames(t *testing.T) {
	for name, tt := range map[string]struct {
		env  map[string]string
		want string
	}{
		"a terminal":             {map[string]string{"TERM": "xterm-256color"}, "\x1b]52;c;"},
		"inside tmux, by name":   {map[string]string{"TERM": "tmux-256color"}, "\x1bPtmux;\x1b\x1b]52;c;"},
		"inside tmux":            {map[string]string{"TERM": "screen", "TMUX": "/tmp/tmux"}, "\x1bPtmux;\x1b\x1b]52;c;"},
		"inside screen, by name": {map[string]string{"TERM": "screen.xterm"}, "\x1bP\x1b]52;c;"},
		"the Linux console":      {map[string]string{"TERM": "linux"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sit(t, "teaching-school")
				addPerson(t, s, map[string]string{"name": planted, "email": "ada@example.org"})
				env := tui.Env{Session: s, Theme: "mono", Getenv: func(name string) string { return tt.env[name] }}
				f := distant(t, env, usual, newWay(0, 0), newWay(0, 0))
				f.types("2", "y")
				f.shows("Copied: ")
				if got := f.screen.told.String(); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
					t.Errorf("the terminal was told %q, want %q in it", got, tt.want)
				}
				f.leave()
			})
		})
	}
}
