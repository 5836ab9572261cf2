package tui_test

import (
	"path/filepath"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

func TestACourseFromItsFirstLineToWhoCame(t *testing.T) {
	d, s := office(t, tui.Env{})
	addPeople(t, s, "Ada Sample", "Bea Sample")
	d.keys("9")
	d.shows("Custos > Courses", "No course is on record yet: n adds one.")
	d.keys("n", "First aid", "enter", "FA1", "enter", "Hall", "enter", "2026-04-13", "ctrl+s")
	d.shows("Custos > Courses > First aid", "13 April 2026, Hall, FA1", "Nobody is booked")
	d.keys("B", "Ada S", "enter")
	d.shows("1 person on First aid", "Special requirements (special category)")
	d.keys("tab", "step-free", "ctrl+s")
	d.shows("Booked 1 person on First aid.", "Ada Sample", "step-free")
	d.keys("2", "/", "Bea", "enter", "B", "enter", "ctrl+s")
	d.shows("Booked 1 person on First aid.")
	d.keys("9", "enter")
	d.shows("Ada Sample", "Bea Sample")
	d.keys("a", "m")
	d.shows("First aid: 2 people")
	d.keys("down", "enter", "13/04/2026", "ctrl+s")
	d.shows("Recorded for 2 people: attended.", "13 Apr 2026")
	d.golden("course")
	d.sweep()
	d.size(80, 24)
	d.keys("esc")
	d.shows("First aid", "13 Apr 2026")
	d.golden("courses")
	d.keys("e", "enter", "enter", "enter", "enter", "01/04/2026", "ctrl+s")
	d.shows("ends on 2026-04-01, before it starts on 2026-04-13")
}

func TestWhoWasInAFileThatLeft(t *testing.T) {
	d, s := office(t, tui.Env{})
	addPeople(t, s, "Ada Sample", "Bea Sample")
	in := tui.ExportInput{Noun: "delegates", To: filepath.Join(t.TempDir(), "people.csv")}
	if _, err := s.Export(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	d.keys("7", "d")
	d.shows("Files that left: 1 of 1", "tester")
	d.golden("disclosures")
	d.size(80, 24)
	d.keys("enter")
	d.shows("4 people in it.", "Ada Sample", "Bea Sample", "SHA-256")
	d.sweep()
	d.size(80, 24)
	d.keys("/", "Bea", "enter", "enter")
	d.shows("Bea Sample", "What is held")
}

func addPeople(t *testing.T, s seat, names ...string) {
	t.Helper()
	for _, name := range names {
		in := register.DelegateInput{Values: map[string]string{"name": name, "email": name[:3] + "@example.org"}}
		must[register.ID](t)(s.AddDelegate(t.Context(), in))
	}
}
