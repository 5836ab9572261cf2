package tui_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"custos/internal/calendar"
	"custos/tui/widget"
)

func TestEveryScreenIsSaidWhole(t *testing.T) {
	for name, g := range map[string]*ground{"tidy": tidy(t), "hostile": hostileOffice(t)} {
		for _, s := range screens() {
			t.Run(name+"/"+s.name, func(t *testing.T) {
				d := s.at(t, g, "mono")
				d.size(118, 60) // as wide as one pane is
				drawn := strings.Split(ansi.Strip(d.m.View()), "\n")
				said := d.m.Aloud()
				plain(t, said)
				all := flat(strings.Join(said, " "))
				for _, v := range d.m.Rows() {
					if !strings.Contains(all, flat(v)) {
						t.Errorf("not said: the value %q in\n%s", v, strings.Join(said, "\n"))
					}
				}
				lacking := missing(drawn[1:len(drawn)-2], all+flat(hints+d.m.Heads()))
				if s.name == "month" || s.name == "home" || s.drawn {
					lacking = nil // the days of other months are said with theirs, charts by their values, and no strip of the tour
				}
				if len(lacking) > 0 {
					t.Errorf("not said: %q\n%s\nsaid:\n%s", lacking, strings.Join(drawn, "\n"), strings.Join(said, "\n"))
				}
			})
		}
	}
}

// hints are of keys that the drawn console is worked with.
const hints = "(none) (choose) Left and Right choose, Enter takes No, Esc leaves. Enter next Shift+Tab previous Ctrl+S finish " +
	"Esc leave, keeping what is typed PgDn Tab lets the arrows scroll lines Clears Name move"

// plain holds what is said to what a voice can say.
func plain(t *testing.T, said []string) {
	t.Helper()
	for _, l := range said {
		if ansi.StringWidth(l) > 100 {
			t.Errorf("a line is too long: %q", l)
		}
		for _, r := range l {
			if unicode.IsControl(r) || r >= 0x2500 && r <= 0x259f || r >= 0x202a && r <= 0x202e {
				t.Errorf("a line holds %q: %q", r, l)
			}
		}
	}
}

// flat is a text by its letters and digits alone.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// missing are the words of a frame that were not said, but for those that were cut.
func missing(drawn []string, said string) []string {
	var out []string
	for _, l := range drawn {
		for _, w := range strings.Fields(l) {
			day := widget.Field{Kind: widget.Date}.Final(w)
			if on, err := calendar.ParseDate(day); err == nil && strings.Contains(said, flat(on.Long())) {
				continue // dates are said in words
			}
			if word := flat(w); len(word) > 2 && !strings.Contains(w, "…") && !strings.Contains(said, word) {
				out = append(out, w)
			}
		}
	}
	return out
}
