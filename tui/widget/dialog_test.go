package widget

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"custos/tui/theme"
)

// clock is a clock the test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func options(n int) []Option {
	out := make([]Option, n)
	for i := range out {
		out[i] = Option{Value: fmt.Sprint(i), Label: fmt.Sprintf("School number %d", i)}
	}
	return out
}

func hostileOptions() []Option {
	var out []Option
	for i := range 90 {
		out = append(out, Option{Value: fmt.Sprint(i), Label: hostile[i%len(hostile)]})
	}
	return out
}

func erase() Question {
	return Question{
		Title: "Erase records", Text: "3 records about one person are removed.\nThis cannot be undone.",
		Yes: "Erase 3 records", Word: "AR-2026-0042", AskedBy: "enter",
	}
}

func answer(c *Confirm, keys ...string) Outcome {
	out := Asking
	for _, k := range keys {
		if out = c.Update(press(k)); out != Asking {
			return out
		}
	}
	return out
}

func TestConfirmAgreesOnlyWhenItIsMeant(t *testing.T) {
	plain := Question{Yes: "Send"}
	byLetter, byEnter := Question{Yes: "Send", AskedBy: "s"}, Question{Yes: "Send", AskedBy: "enter"}
	tests := []struct {
		name string
		ask  Question
		keys []string
		want Outcome
	}{
		{"No is the default", plain, []string{"enter"}, Dismissed},
		{"Esc leaves", plain, []string{"right", "esc"}, Dismissed},
		{"n leaves", plain, []string{"n"}, Dismissed},
		{"no letter agrees", plain, []string{"y", "Y", "s", "right", "y"}, Asking},
		{"choose and agree", plain, []string{"right", "enter"}, Answered},
		{"there and back", plain, []string{"right", "left", "enter"}, Dismissed},
		{"the key that asked does nothing", byLetter, []string{"s", "s", "right", "s"}, Asking},
		{"asked by n, n does nothing", Question{Yes: "Send", AskedBy: "n"}, []string{"n"}, Asking},
		{"asked by Enter, Enter never agrees", byEnter, []string{"right", "enter", "enter"}, Asking},
		{"asked by Enter, Space agrees", byEnter, []string{"right", "space"}, Answered},
		{"asked by Enter, Space on No does nothing", byEnter, []string{"space"}, Asking},
		{"the word agrees", erase(), []string{"AR-2026-0042", "enter"}, Answered},
		{"another word does not", erase(), []string{"AR-2026-0041", "enter"}, Asking},
		{"no word is No", erase(), []string{"enter"}, Dismissed},
		{"arrows do not agree to a word", erase(), []string{"right", "space", "enter"}, Dismissed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := answer(NewConfirm(named(theme.Dark), tt.ask, newClock().now), tt.keys...); got != tt.want {
				t.Errorf("outcome %v, want %v", got, tt.want)
			}
		})
	}
}

func TestADialogThatOpensByItselfIgnoresKeysAtFirst(t *testing.T) {
	c := newClock()
	confirm := NewConfirm(named(theme.Dark), Question{Yes: "Send", Unasked: true}, c.now)
	c.at = c.at.Add(424 * time.Millisecond)
	if got := answer(confirm, "right", "enter", "esc"); got != Asking {
		t.Fatalf("after 424 ms: outcome %v", got)
	}
	c.at = c.at.Add(time.Millisecond)
	if got := answer(confirm, "right", "enter"); got != Answered {
		t.Errorf("after 425 ms: outcome %v", got)
	}
}

func TestConfirmFrames(t *testing.T) {
	view := func(q Question, keys ...string) func(w, h int) string {
		return func(w, h int) string {
			c := NewConfirm(named(theme.Dark), q, newClock().now)
			c.SetSize(w, h)
			answer(c, keys...)
			return c.View()
		}
	}
	letter := Question{Title: "Send letter", Text: "The letter goes to 1 person.", Yes: "Send"}
	golden(t, "confirm", 8, view(letter, "right"))
	golden(t, "confirm-word", 9, view(erase(), "AR-2026", "enter"))
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		return func(w, h int) string {
			c := NewConfirm(th, Question{Title: hostile[0], Text: strings.Join(hostile, "\n"), Yes: "Erase"}, newClock().now)
			c.SetSize(w, h)
			return c.View()
		}
	}, true)
}

func TestPicker(t *testing.T) {
	p := NewPicker(named(theme.Dark), "School", options(300), "7")
	p.SetSize(60, 10)
	if got, _ := p.Choice(); got.Value != "7" {
		t.Errorf("starts on %+v", got)
	}
	for _, k := range []string{"2", "9"} {
		p.Update(press(k))
	}
	if len(p.hits) != 13 { // 29, 129, 229 and 290 to 299
		t.Errorf("%d options contain 29", len(p.hits))
	}
	p.Update(press("down"))
	if got := p.Update(press("enter")); got != Answered {
		t.Errorf("outcome %v", got)
	}
	if got, _ := p.Choice(); got.Value != "129" {
		t.Errorf("chose %+v", got)
	}
	for _, k := range []string{"z", "enter"} {
		if got := p.Update(press(k)); got != Asking {
			t.Errorf("with nothing found, %s gives %v", k, got)
		}
	}
	if _, ok := p.Choice(); ok {
		t.Error("a choice out of nothing")
	}
	if got := p.Update(press("esc")); got != Dismissed {
		t.Errorf("Esc gives %v", got)
	}
}

func TestPickerFrames(t *testing.T) {
	golden(t, "picker", 8, func(w, h int) string {
		p := NewPicker(named(theme.Dark), "School", options(300), "290")
		p.SetSize(w, h)
		return p.View()
	})
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		p := NewPicker(th, hostile[1], hostileOptions(), "40")
		return func(w, h int) string {
			p.SetSize(w, h)
			return p.View()
		}
	}, true)
}

func TestPaletteFindsEveryActionWithItsKey(t *testing.T) {
	keys := sampleKeys()
	for _, e := range keys.All() {
		p := NewPalette(named(theme.Dark), keys.All())
		p.SetSize(100, 30)
		p.Update(press(string(e.Action)))
		if got := p.Action(); got != e.Action {
			t.Errorf("typing %s finds %q", e.Action, got)
		}
		if view := ansi.Strip(p.View()); !strings.Contains(view, e.Keys) {
			t.Errorf("%s is shown without its key %q:\n%s", e.Action, e.Keys, view)
		}
	}
	p := NewPalette(named(theme.Dark), keys.All())
	p.Update(press("zzzz"))
	if p.Update(press("enter")) != Asking || p.Action() != "" {
		t.Error("nothing found, yet something was chosen")
	}
	if p.Update(press("esc")) != Dismissed {
		t.Error("Esc does not leave")
	}
}

func TestPaletteFrames(t *testing.T) {
	golden(t, "palette", 9, func(w, h int) string {
		p := NewPalette(named(theme.Dark), sampleKeys().All())
		p.SetSize(w, h)
		p.Update(press("ext"))
		return p.View()
	})
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		p := NewPalette(th, sampleKeys().All())
		return func(w, h int) string {
			p.SetSize(w, h)
			p.Update(press("down"))
			return p.View()
		}
	}, true)
}

func TestHelpFrames(t *testing.T) {
	golden(t, "help", 20, func(w, h int) string {
		help := NewHelp(named(theme.Dark), sampleKeys().Here(Where{Scope: requests}))
		help.SetSize(w, h)
		help.Update(press("down"))
		return help.View()
	})
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		help := NewHelp(th, sampleKeys().Here(Where{Scope: letters}))
		return func(w, h int) string {
			help.SetSize(w, h)
			help.Update(press("pgdown"))
			return help.View()
		}
	}, false)
	help := NewHelp(named(theme.Dark), nil)
	for _, k := range []string{"esc", "?", "f1", "enter"} {
		if help.Update(press(k)) != Dismissed {
			t.Errorf("%s does not leave the help", k)
		}
	}
}

func TestFilterKeepsItsTextWhenLeft(t *testing.T) {
	f := NewFilter(named(theme.Dark))
	f.SetWidth(40)
	if f.Update(press("x")) || f.Value() != "" {
		t.Error("a closed filter took a key")
	}
	f.Open()
	for _, k := range []string{"q", "j", " "} {
		if !f.Update(press(k)) {
			t.Errorf("typing %q changed nothing", k)
		}
	}
	f.Update(press("esc"))
	if f.Typing() || f.Value() != "qj " {
		t.Errorf("after Esc: typing %v, value %q", f.Typing(), f.Value())
	}
	if got := strip(f.View()); got != "/ qj   (Esc clears)" {
		t.Errorf("reminder %q", got)
	}
	f.Clear()
	if f.Value() != "" || f.View() != "" {
		t.Error("cleared, yet something is left")
	}
}

func TestFilterFrames(t *testing.T) {
	golden(t, "filter", 1, func(w, _ int) string {
		f := NewFilter(named(theme.Dark))
		f.SetWidth(w)
		f.Open()
		f.Update(press(strings.Repeat("overdue ", 10)))
		return f.View()
	})
	sweepLines(t, func(th *theme.Theme, w int, s string) string {
		f := NewFilter(th)
		f.SetWidth(w)
		f.Open()
		f.line.set(s)
		typing := f.View()
		f.Update(press("enter"))
		return typing + "\n" + f.View()
	})
}

// sweepLines draws one-line widgets at every width with every hostile string.
func sweepLines(t *testing.T, view func(th *theme.Theme, width int, s string) string) {
	t.Helper()
	for _, name := range []string{theme.Mono, "ascii"} {
		th := named(name)
		for width := 20; width <= 200; width += 7 {
			for _, s := range hostile {
				frame := view(th, width, s)
				fits(t, frame, width, strings.Count(frame, "\n")+1)
			}
		}
	}
}

func TestWordsTypedAreWhatTheyWere(t *testing.T) {
	l := newLine(named(theme.Dark), "> ")
	l.update(press("a\u202eb"))
	if diff := cmp.Diff("a\u202eb", l.value()); diff != "" {
		t.Error(diff)
	}
	if view := l.view(20); strings.Contains(view, "\u202e") {
		t.Errorf("the override reaches the terminal: %q", view)
	}
}
