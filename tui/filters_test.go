package tui_test

import (
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

func TestAFilterIsKeptShownAgainAndForgotten(t *testing.T) {
	d, s := marked(t)
	d.keys("v", "v", "s", "S", "/", "cy", "enter")
	d.shows("Deactivated people: 1 of 1")
	d.keys("*")
	d.shows("Saved filters of Delegates", `Keep what is shown now under a name (Deactivated, "cy", by email)`)
	d.keys("enter", "Leavers", "enter")
	d.shows("Leavers is kept: * shows it again.", "Deactivated people: 1 of 1")
	kept := must[register.Preferences](t)(s.Preferences()).Filters
	want := register.SavedFilter{List: "Delegates", Name: "Leavers", Words: "cy", Narrow: []string{"Deactivated"}, Sort: "email", Desc: true}
	if len(kept) != 1 || kept[0].Name != want.Name || kept[0].Words != want.Words || kept[0].Sort != want.Sort || !kept[0].Desc {
		t.Errorf("%+v, want %+v", kept, want)
	}
	d.keys("esc", "v", "v", "v", "s")
	d.shows("Course delegate people: 4 of 4")
	d.keys("*", "leav", "enter")
	d.shows("Deactivated people: 1 of 1", "Cy Leaver", "Showing what is kept as Leavers.", "Email "+down(d))
	d.keys("3", "*")
	d.hides("Leavers")
	d.keys("esc")
	d.run(d.m.ShowFilter("Leavers"))
	d.shows("Custos > Delegates", "Deactivated people: 1 of 1")
	d.keys("*", "forget", "enter")
	d.shows("Leavers is forgotten. The list stays as it is.", "Deactivated people: 1 of 1")
	if kept := must[register.Preferences](t)(s.Preferences()).Filters; len(kept) != 0 {
		t.Errorf("%+v", kept)
	}
}

// down is the mark of a column that is sorted backwards.
func down(d *drive) string {
	if strings.Contains(d.text(), "▼") {
		return "▼"
	}
	return "v"
}

func TestWhichCasesAreListedIsKept(t *testing.T) {
	d, _ := casework(t, tui.Env{})
	d.keys("4", "f", "wait for", "enter", "f", "within 7", "enter", "*", "enter", "Mine soon", "enter", "f", "every case", "enter")
	d.shows("Showing every case: 6 of 6")
	d.keys("*", "mine", "enter")
	d.shows("Showing unanswered, due within 7 days: 2 of 6")
	d.keys("*", "keep", "enter", " ", "enter")
	d.shows("Custos > Requests > Keep a filter") // a name is needed
}

func TestEveryListWithAFilterKeepsOne(t *testing.T) {
	d, _ := marked(t)
	d.keys("7", "/", "deactivate", "enter", "S", "*", "enter", "Who left", "enter", "esc")
	d.keys("S", "*", "who left", "enter")
	d.shows("Custos > Audit", "/ deactivate")
	d.hides("delegate.add")
}

func TestColumnsAreChosenAndKept(t *testing.T) {
	d, s := marked(t)
	d.size(120, 24)
	d.shows("Email", "Organisation", "Kind")
	d.keys("|")
	d.shows("Columns of Delegates", "[x] Email", "[x] Kind")
	d.hides("[x] Name") // the first stays
	d.keys("enter", "kind", "enter", "esc")
	d.hides("Email", "ada@example.org", "Kind")
	d.shows("Organisation", "Ada Example")
	d.keys("/", "ada@", "enter")
	d.shows("All people: 1 of 1") // what is not shown is still searched
	d.keys("esc", "1", "2")
	d.hides("Email")
	hidden := must[register.Preferences](t)(s.Preferences()).Hidden
	if got := hidden["Delegates"]; len(got) != 2 {
		t.Errorf("%v", hidden)
	}
	d.keys("|", "email", "enter", "kind", "enter", "esc")
	d.shows("Email", "Kind")
	again := start(t, tui.Env{Session: s, Theme: "mono"}, 120, 24)
	again.keys("2", "|", "status", "enter", "esc", "1")
	other := start(t, tui.Env{Session: s, Theme: "mono"}, 120, 24)
	other.keys("2")
	other.hides("Status")
}
