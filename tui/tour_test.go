package tui_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui"
)

var (
	f3       = tea.KeyMsg{Type: tea.KeyF3}
	bracket  = regexp.MustCompile(`\[([^\]]+)\]`)
	numbered = regexp.MustCompile(`Tour, (\d+) of `)
)

// told is what the strip of the tour says, in one line; empty where there is none.
func (d *drive) told() string {
	lines := strings.Split(d.text(), "\n")
	for i, l := range lines {
		if strings.Contains(l, " Tour, ") {
			return strings.Join(lines[i:len(lines)-2], " ")
		}
	}
	return ""
}

// obey presses what stands between brackets, in its order.
func (d *drive) obey(words string) {
	d.t.Helper()
	for _, m := range bracket.FindAllStringSubmatch(words, -1) {
		name := strings.Join(strings.Fields(m[1]), " ")
		if key, ok := special(strings.ToLower(name)); ok && len(name) > 1 && (key.Type != 0 || name == "Space") {
			d.keys(strings.ToLower(name))
			continue
		}
		d.keys(name)
	}
	d.committed()
}

// touring is the console on the sample as custos demo opens it.
func touring(t *testing.T, width, height int) (*drive, seat) {
	t.Helper()
	s := sampled(t, 240)
	return start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir(), Sample: true, Now: ticking()}, width, height), s
}

func TestTheTourIsFollowedLiterally(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 18}, {160, 50}} {
		d, s := touring(t, size[0], size[1])
		d.shows("A tour", "Enter takes the tour")
		d.keys("enter")
		before, steps, at := "", 0, 0
		for ; d.told() != "" && steps < 30; steps++ {
			words := d.told()
			if words == before {
				t.Fatalf("at %v the tour does not go on:\n%s", size, d.text())
			}
			if !bracket.MatchString(words) {
				t.Fatalf("a step says no key: %s", words)
			}
			sound(t, d.m.View(), size[0], size[1])
			before = words
			number, _ := strconv.Atoi(numbered.FindStringSubmatch(d.text())[1])
			if number > at+1 && size[0] < 100 { // a wide screen shows facts and clock at once
				t.Errorf("at %v the tour goes from step %d to %d", size, at, number)
			}
			at = number
			d.obey(words)
		}
		d.shows("That was the whole job.", "Custos > Audit")
		if at != 14 {
			t.Errorf("the tour ends at step %d", at)
		}
		for _, kind := range []string{"request.decide", "request.close"} {
			found := false
			for _, row := range must[[]register.AuditRow](t)(s.Trail(30)) {
				found = found || string(row.Verb) == kind
			}
			if !found {
				t.Errorf("nothing on the trail says %s", kind)
			}
		}
		if d.m.Prefs().Toured.IsZero() {
			t.Error("nothing keeps that the tour was taken")
		}
	}
}

func TestTheTourIsDeclinedLeftAndTakenUpAgain(t *testing.T) {
	d, _ := touring(t, 80, 24)
	d.keys("esc")
	d.shows("Custos > Home", "Where it stands")
	d.hides("Tour, ")
	d.send(f3)
	d.shows("Tour, 1 of 14: the day's work")
	d.keys("4", "2") // it holds no key back
	d.shows("Custos > Delegates", "Tour, 2 of 14", "Press [4], then [/]")
	d.send(f3)
	d.hides("Tour, ")
	d.send(f3)
	d.shows("Tour, 2 of 14: find the case")
	d.obey(d.told())
	d.keys("L")
	d.shows("Press [Esc] to go back")
	d.sweep()
}

func TestARealStoreHasNoTour(t *testing.T) {
	d, _ := roster(t)
	d.hides("A tour")
	d.send(f3)
	d.shows("leave, and type custos demo")
	if d.told() != "" {
		t.Error("the tour is on")
	}
}

// The tour tells which keys to press on a drawn screen: who has the console said aloud is not offered it.
func TestTheTourIsOfTheDrawnConsole(t *testing.T) {
	s := sampled(t, 30)
	d := start(t, tui.Env{Session: s, Theme: "mono", Sample: true, Accessible: true}, 80, 24)
	d.hides("A tour")
	d.send(f3)
	d.shows("The tour is of the console that is drawn")
}
