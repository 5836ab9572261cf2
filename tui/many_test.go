package tui_test

import (
	"context"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// marked is an office with people in every standing: two in use, one of them a head already, one out of use.
func marked(t *testing.T) (*drive, seat) {
	t.Helper()
	d, s := office(t, tui.Env{})
	out := addPerson(t, s, map[string]string{"name": "Cy Leaver", "email": "cy@example.org"})
	addPerson(t, s, map[string]string{"name": "Di Head", "email": "di@example.org", "job_title": "Head"})
	if err := s.Deactivate(t.Context(), out, "left"); err != nil {
		t.Fatal(err)
	}
	must[register.ID](t)(s.AddOrganisation(t.Context(), register.OrganisationInput{
		Values: map[string]string{"name": "Elm Primary", "urn": "900001"},
	}))
	d.keys("2")
	return d, s
}

func TestManyAreDeactivatedAfterAPreviewAndTakenBackAsOne(t *testing.T) {
	d, s := marked(t)
	d.keys("a", "b")
	d.shows("With 4 people. Nothing changes before you have seen what would.", "Deactivate, with a reason", "Set one field")
	d.keys("enter")
	d.shows("The records of 4 people go out of use")
	d.keys("end of the year", "enter")
	d.shows("Deactivate: 4 people, 3 would change, 1 the same, 0 REFUSED", "Ada Example",
		"Is active, becomes deactivated.")
	d.keys("down")
	d.shows("is already deactivated")
	if n := inUse(t, s); n != 3 {
		t.Fatalf("the plan wrote something: %d are in use", n)
	}
	d.keys("v")
	d.shows("Showing what would change: 1 of 3")
	d.hides("Cy Leaver")
	d.keys("ctrl+s")
	d.shows("To be changed: 3. As they should be already: 1. Refused: 0.", "Do it with 3 people")
	d.keys("ctrl+s", "enter") // neither the key that asked nor a key in haste
	if n := inUse(t, s); n != 3 {
		t.Fatalf("it was done unasked: %d are in use", n)
	}
	d.keys("ctrl+s", "right", "enter")
	d.shows("Custos > Delegates", "Done with 3 people. u takes all of it back at once.")
	if n := inUse(t, s); n != 0 {
		t.Fatalf("%d are in use", n)
	}
	d.keys("u", "right", "enter")
	d.shows("Undone")
	if n := inUse(t, s); n != 3 {
		t.Fatalf("%d are in use again", n)
	}
}

func inUse(t *testing.T, s seat) int {
	t.Helper()
	return must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Status: register.Active})).Len()
}

func TestOneFieldIsSetForManyWithWhereItComesFrom(t *testing.T) {
	d, s := marked(t)
	d.keys("/", "di", "enter", "b", "one field", "enter")
	d.shows("Which field gets the same value for 1 person?")
	d.hides("Full name")
	d.keys("phone", "enter", "020 7946 0123", "ctrl+s")
	d.shows("1 person, 1 would change", "020 7946 0123")
	d.keys("ctrl+s", "right", "enter")
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Filter: "di head"}))
	if got := rows.Row(0).Phone; got != "020 7946 0123" {
		t.Errorf("phone %q", got)
	}
}

func TestManyBecomeMembersAndLeave(t *testing.T) {
	d, s := marked(t)
	d.keys("a", "b", "make members", "enter", "elm", "enter")
	d.shows("4 people become members of Elm Primary")
	d.keys("Governor", "ctrl+s")
	d.shows("4 would change", "Elm Primary, Governor")
	d.keys("ctrl+s", "right", "enter")
	d.shows("Done with 4 people.")
	rows := must[register.Rows[register.OrganisationRow]](t)(s.Organisations(register.Query{}))
	if rows.Row(0).People != 4 {
		t.Errorf("%+v", rows.Row(0))
	}
	d.keys("b", "end the membership", "enter", "elm", "enter")
	d.shows("With 4 people", "End the membership: 4 people, 4 would change")
	d.keys("esc")
	d.shows("4 marked")
}

func TestWhatChangedMeanwhileStaysInSight(t *testing.T) {
	d, s := marked(t)
	d.keys("a", "b", "enter", "gone", "enter")
	id := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Filter: "ada"})).Row(0).ID
	in := register.DelegateInput{Values: map[string]string{"phone": "020 7946 0999"}}
	if err := s.ChangeDelegate(context.Background(), id, in); err != nil {
		t.Fatal(err)
	}
	d.keys("ctrl+s", "right", "enter")
	d.shows("Done with 2 people. 1 REFUSED: changed meanwhile.", "Deactivate: 4 people, 1 would change, 3 the same", "Ada Example")
}

func TestManyCasesAreGivenToAColleague(t *testing.T) {
	d, s := casework(t, tui.Env{})
	op := register.Operator{Name: "bob", Roles: []register.Role{register.Officer}}
	if err := s.AddOperator(t.Context(), op, []byte("seven quiet herons wade")); err != nil {
		t.Fatal(err)
	}
	d.keys("4", "a", "b")
	d.shows("With 6 cases", "Give to a colleague", "Add a note")
	d.keys("enter", "down", "enter", "ctrl+s")
	d.shows("6 cases, 6 would change, 0 the same, 0 REFUSED")
	d.keys("ctrl+s")
	d.shows("It stays on", "record; another entry puts it right.")
	d.keys("right", "enter")
	d.shows("Done with 6 cases.")
	list := must[register.CaseList](t)(s.Cases(register.CaseQuery{Owner: "bob"}))
	if list.Len() != 6 {
		t.Errorf("bob has %d", list.Len())
	}
}

func TestManyArePinned(t *testing.T) {
	d, s := marked(t)
	d.keys("a", "b", "pin", "enter")
	d.shows("Pinned: 4 people.")
	if kept := must[register.Preferences](t)(s.Preferences()); len(kept.Pinned) != 4 {
		t.Errorf("%+v", kept.Pinned)
	}
}

func TestFramesOfMany(t *testing.T) {
	d, _ := marked(t)
	d.keys("a", "b")
	d.golden("many-menu")
	d.keys("enter", "end of the year", "enter")
	d.golden("many-plan")
}
