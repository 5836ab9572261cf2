package tui_test

import (
	"testing"

	"custos/internal/register"
	"custos/tui"
)

func TestColoursChosenOnceAreThereAtTheNextSittingDown(t *testing.T) {
	s := sit(t, "traded-services-portal")
	must[register.Preferences](t)(s.ChangePreferences(t.Context(), func(p *register.Preferences) { p.Theme = "mono" }))
	if d := start(t, tui.Env{Session: s}, 80, 24); d.m.Colours() != "mono" {
		t.Errorf("the colours are %q", d.m.Colours())
	}
	if d := start(t, tui.Env{Session: s, Theme: "dark"}, 80, 24); d.m.Colours() != "dark" {
		t.Errorf("the colours the program was started with are not taken: %q", d.m.Colours())
	}
}

func TestPreferencesOfTwoSessionsAreBothKept(t *testing.T) {
	s := sit(t, "traded-services-portal")
	ada := addPerson(t, s, map[string]string{"name": "Ada Sample", "email": "ada@example.org"})
	bea := addPerson(t, s, map[string]string{"name": "Bea Sample", "email": "bea@example.org"})
	one, two := start(t, tui.Env{Session: s}, 80, 24), start(t, tui.Env{Session: s}, 80, 24)
	pin := func(d *drive, who register.ID) {
		d.run(d.m.SetPrefs(func(p *register.Preferences) {
			_, _ = p.TogglePin(register.Pin{Kind: register.PinPerson, ID: string(who)})
		}))
	}
	pin(one, ada)
	pin(two, bea)
	kept := must[register.Preferences](t)(s.Preferences())
	if len(kept.Pinned) != 2 {
		t.Errorf("of two pins are kept %+v", kept.Pinned)
	}
	if got := two.m.Prefs(); len(got.Pinned) != 2 {
		t.Errorf("the second session knows %+v", got.Pinned)
	}
	if got := one.m.Prefs(); len(got.Pinned) != 1 {
		t.Errorf("the first session knows %+v", got.Pinned)
	}
}

func TestChangesThatWaitAreKeptWhenThePersonLeaves(t *testing.T) {
	s := sit(t, "traded-services-portal")
	d := start(t, tui.Env{Session: s}, 80, 24)
	d.m.SetPrefs(func(p *register.Preferences) { p.Theme = "light" })
	if kept := must[register.Preferences](t)(s.Preferences()); kept.Theme != "" {
		t.Fatalf("it was written without its command: %q", kept.Theme)
	}
	if err := d.m.Close(); err != nil {
		t.Fatal(err)
	}
	if kept := must[register.Preferences](t)(s.Preferences()); kept.Theme != "light" {
		t.Errorf("it is not kept: %q", kept.Theme)
	}
}

func TestPreferencesThatCannotBeKeptAreSaid(t *testing.T) {
	s := sit(t, "traded-services-portal")
	d := start(t, tui.Env{Session: s}, 80, 24)
	d.run(d.m.SetPrefs(func(p *register.Preferences) { p.Filters = []register.SavedFilter{{}} }))
	d.shows("a filter that is kept needs a name")
}
