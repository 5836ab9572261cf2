package tui_test

import (
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/tui"
)

// twice is a console on agreed whose Ada is held a second time, under another address that is suppressed, with a later no.
func twice(t *testing.T) (d *drive, s seat, ada, again register.ID) {
	t.Helper()
	_, s, who := agreed(t)
	again = addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@old.example.org", "job_title": "Bursar"})
	answered(t, s, again, register.RefusedIt, 3)
	must[register.Suppression](t)(s.Suppress(t.Context(), register.SuppressionInput{
		Email: "ada@old.example.org", Scope: register.ScopeMarketing, Reason: "by letter",
	}))
	d = start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24)
	d.keys("2", "/", "ada@example.org", "enter", "enter")
	d.shows("Delegates > Ada Example", "ada@example.org")
	return d, s, who[0], again
}

func TestAnotherRecordIsMergedIntoThePerson(t *testing.T) {
	d, s, ada, again := twice(t)
	d.keys("J")
	d.shows("Which other record is of the same person?", string(again))
	d.hides(string(ada))
	d.keys("ada", "enter")
	d.shows("Delegates > Merge", "GOES:  Ada Example ("+string(again)+")", "STAYS: Ada Example ("+string(ada)+"), whose page this was",
		"NOT MERGED YET", "> LOST", "ada@old.example.org", "filled in", "REFUSED from now on", "1 suppression", "goes over")
	d.golden("merge")
	d.sweep()
	d.size(80, 24)
	d.keys("ctrl+s")
	d.shows("this cannot be taken back", "Lost with it: what it says in 1 field.", "> No")
	d.keys("ctrl+s", "y", "m", "enter")
	d.shows("NOT MERGED YET")
	must[register.PersonPage](t)(s.Person(again))
	d.keys("enter")
	d.shows("> TAKEN", "takes the place of", "Nothing it says is lost.")
	d.keys("enter")
	d.shows("> LOST")
	d.keys("enter", "ctrl+s", "right", "enter")
	d.shows("Delegates > Ada Example", string(again)+" is one with "+string(ada), "ada@old.example.org")
	page := must[register.PersonPage](t)(s.Person(ada))
	if page.Delegate.Email != "ada@old.example.org" || page.Delegate.Value("job_title") != "Bursar" || len(page.Suppressed) != 1 {
		t.Errorf("one record: %+v, %+v", page.Delegate, page.Suppressed)
	}
	if _, err := s.Person(again); register.KindOf(err) != register.NotFound {
		t.Errorf("the other record: %v", err)
	}
}

func TestAMergeIsTurnedRound(t *testing.T) {
	d, s, ada, again := twice(t)
	d.keys("J", "ada", "enter", "enter", "t")
	d.shows("GOES:  Ada Example ("+string(ada)+"), whose page this was", "STAYS: Ada Example ("+string(again)+")", "> LOST")
	d.keys("esc")
	d.shows("Delegates > Ada Example", "ada@example.org")
	must[register.PersonPage](t)(s.Person(ada))
	d.keys("J", "ada", "enter", "t", "ctrl+s", "right", "enter")
	d.shows("Delegates > Ada Example", string(ada)+" is one with "+string(again))
	if _, err := s.Person(ada); register.KindOf(err) != register.NotFound {
		t.Errorf("the record that was to go: %v", err)
	}
}

func TestARestrictedRecordIsNotMerged(t *testing.T) {
	d, s, _, again := twice(t)
	change := store.Change{Operator: "tester", Door: "console", Verb: register.RequestDecide}
	must[store.Receipt](t)(s.db.Update(t.Context(), change, func(tx *store.Tx) error {
		p := must[register.Delegate](t)(tx.Delegates().Get(again))
		p.Status, p.StatusSince = register.Restricted, s.Today()
		return tx.Delegates().Put(p)
	}))
	d.keys("J", "ada", "enter")
	d.shows("GOES:  Ada Example ("+string(again)+")", "restricted")
	d.sweep()
	d.size(80, 24)
	d.keys("ctrl+s")
	d.hides("Merge two records", "NOT MERGED YET", "Ctrl+S merge")
	d.keys("esc")
	d.shows("Delegates > Ada Example", "ada@example.org")
	d = start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24)
	d.keys("2", "/", "ada@old", "enter", "enter", "J")
	d.shows("Delegates > Ada Example", "ada@old.example.org")
	d.hides("Which other record")
}
