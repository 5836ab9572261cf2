package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// office is a console on a store with two people, as the tests of the cases and the settings work it.
func office(t *testing.T, env tui.Env) (*drive, seat) {
	t.Helper()
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	addPerson(t, s, map[string]string{"name": "Bo \x1b]52;c;x\a \u202eSample", "email": "bo@example.org"})
	env.Session, env.Theme = s, "mono"
	return start(t, env, 80, 24), s
}

// committed tells the console of a commit, as the store does.
func (d *drive) committed() { d.send(tui.Note(register.Note{})) }

// received opens a case from the command line's side of the desk.
func received(t *testing.T, s seat, right calendar.Right, daysAgo int, spoil func(*register.RequestInput)) string {
	t.Helper()
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{}))
	in := register.RequestInput{
		Right: right, Delegate: rows.Row(0).ID, Received: calendar.LondonDate(morning).AddDays(-daysAgo), How: "letter",
	}
	if spoil != nil {
		spoil(&in)
	}
	return must[register.RequestPage](t)(s.OpenRequest(t.Context(), in)).Ref
}

func TestAnAccessRequestFromReceiptToClosing(t *testing.T) {
	d, s := office(t, tui.Env{Exports: t.TempDir()})
	d.keys("4")
	d.shows("Custos > Requests", "No request has come in yet")
	d.keys("o")
	d.shows("Custos > Requests > New case", "What is asked for")
	d.keys("down", "enter", "down", "enter", "enter", "enter", "down", "down", "enter", "enter", "enter", "enter", "left", "ctrl+s")
	d.shows("Custos > Requests > AR-2026-0001", "NEXT: Record that proof of identity has arrived", "CLOCK STOPPED", "letter")
	d.keys("i", "ctrl+s")
	d.committed()
	d.shows("NEXT: Decide", "2 April 2026", "31 days left")
	d.keys("enter", "down", "enter", "All of it is held and given.", "ctrl+s")
	d.shows("Decide AR-2026-0001", "> No")
	d.keys("enter")
	d.shows("AR-2026-0001 > Decide", "All of it is held and given.")
	d.keys("ctrl+s", "right", "space")
	d.committed()
	d.shows("NEXT: Build the pack")
	d.keys("b", "ctrl+s")
	d.committed()
	d.shows("The pack is AR-2026-0001.zip")
	d.keys("b", "ctrl+s")
	d.committed()
	d.shows("The pack is AR-2026-0001-2.zip") // never written over, never asked to be
	d.keys("r", "ctrl+s")
	d.committed()
	d.shows("replied", "NEXT: Close the case")
	d.keys("z")
	d.shows("Close AR-2026-0001")
	d.keys("z", "enter") // the key that asked agrees to nothing, and Enter takes No
	d.shows("NEXT: Close the case")
	d.keys("z", "right", "enter")
	d.committed()
	d.shows("Closed: nothing is left to do", "The case is closed.")
	want := []register.RequestEventKind{
		register.Received, register.IdentityAsked, register.IdentitySeen, register.Decided, register.Approved,
		register.Packed, register.Packed, register.Replied, register.CaseClosed,
	}
	if got := kinds(t, s, "AR-2026-0001"); !slices.Equal(got, want) {
		t.Errorf("the case went through %v, want %v", got, want)
	}
}

func kinds(t *testing.T, s seat, ref string) []register.RequestEventKind {
	t.Helper()
	var all []register.RequestEventKind
	for _, e := range must[register.RequestPage](t)(s.Request(ref)).Events {
		all = append(all, e.Kind)
	}
	return all
}

func TestACaseIsCarriedOnByEveryKey(t *testing.T) {
	d, s := office(t, tui.Env{Exports: t.TempDir()})
	ref := received(t, s, calendar.Access, 3, nil)
	d.keys("4", "enter")
	d.shows(ref, "NEXT: Decide")
	for _, step := range []struct {
		keys []string
		want register.RequestEventKind
	}{
		{[]string{"i", "ctrl+s"}, register.IdentityAsked},
		{[]string{"i", "ctrl+s"}, register.IdentitySeen},
		{[]string{"t", "ctrl+s"}, register.AuthorityAsked},
		{[]string{"t", "ctrl+s"}, register.AuthoritySeen},
		{[]string{"f", "ctrl+s"}, register.FeeAsked},
		{[]string{"f", "ctrl+s"}, register.FeePaid},
		{[]string{"c", "enter", "Which years?", "ctrl+s"}, register.ClarifyAsked},
		{[]string{"c", "enter", "The last two.", "ctrl+s"}, register.Clarified},
		{[]string{"x", "A great deal is held.", "ctrl+s"}, register.Approved}, // in an office of one, at once
		{[]string{"n", "Rang them.", "ctrl+s"}, register.Noted},
		{[]string{"b", "ctrl+s"}, register.Packed},
	} {
		d.keys(step.keys...)
		d.committed()
		all := kinds(t, s, ref)
		if all[len(all)-1] != step.want {
			t.Fatalf("%v led to %v, want %s:\n%s", step.keys, all, step.want, d.text())
		}
	}
	d.shows("A DRAFT of the pack is AR-2026-0001-draft.zip")
}

func TestARefusedStepKeepsWhatWasTyped(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 3, func(in *register.RequestInput) { in.IdentityNeeded = true })
	d.keys("4", "enter", "d", "down", "enter", "All of it is given.", "ctrl+s", "right", "space")
	d.shows("identity was asked for and has not arrived", "All of it is given.")
	d.keys("esc")
	d.shows("What you typed is kept")
	d.keys("d")
	d.shows("All of it is given.", "Taken up where it was left")
}

func TestApprovalByAnotherIsAskedForWithTheDecision(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Erasure, 3, nil)
	second := register.Operator{Name: "dora", Roles: []register.Role{register.DPO}}
	if err := s.AddOperator(t.Context(), second, []byte("seven quiet herons wade")); err != nil {
		t.Fatal(err)
	}
	d.keys("4", "enter", "d", "down", "down", "down", "enter", "No longer held here.", "ctrl+s", "right", "space")
	d.committed()
	d.shows("NEXT: Approve the decision")
	d.hides("build pack")
	d.keys("p")
	d.shows("Approve "+ref, "tester decided on 2 March 2026: refuse.", "No longer held here.")
	d.keys("right", "enter")
	d.shows("PROBLEM", "another operator approves it")
}

func TestWhatDoesNotApplyIsNotOffered(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 3, func(in *register.RequestInput) { in.Delegate, in.Name = "", "Cy Unknown" })
	d.keys("4", "enter")
	d.shows("Cy Unknown (matched to nobody held)")
	for _, key := range []string{"b", "p", "r", "z", "w"} {
		before := d.text()
		d.keys(key)
		if d.text() != before {
			t.Errorf("%s did something:\n%s", key, d.text())
		}
	}
}

func TestACaseOpenedUnderANameIsMatched(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Access, 3, func(in *register.RequestInput) { in.Delegate, in.Name = "", "Bo Unsure" })
	d.keys("4", "enter")
	d.shows("NEXT: Match a person first [m]", "Bo Unsure (matched to nobody held)", "or: Decide")
	d.keys("m")
	d.shows(ref+" > Match", "Whose data")
	d.keys("ctrl+s")
	d.shows("Whose data: an answer is needed")
	d.keys("down", "enter")
	d.committed()
	d.shows(ref+" is matched to D", "Ada Example (D", "NEXT: Decide")
	d.hides("matched to nobody", "Match a person first")
	d.keys("m", "down", "enter")
	d.shows("PROBLEM: ", "is already matched to")
	d.keys("esc", "d", "down", "enter", "All of it.", "ctrl+s", "right", "space")
	d.committed()
	d.keys("m") // a case that is decided stays with its person
	d.shows("NEXT: Build the pack")
	if page := must[register.RequestPage](t)(s.Request(ref)); page.Delegate == "" {
		t.Error("nobody is matched")
	}
}

func TestEnterOnACaseOfNobodyMatchesItFirst(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Access, 3, func(in *register.RequestInput) { in.Delegate, in.Name = "", "Bo Unsure" })
	d.keys("4", "enter", "enter")
	d.shows(ref + " > Match")
}

func TestEveryStepOfTheClockIsShown(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Access, 3, func(in *register.RequestInput) { in.IdentityNeeded = true })
	if _, err := s.Progress(t.Context(), ref, register.RequestEvent{Kind: register.IdentitySeen, On: s.Today()}); err != nil {
		t.Fatal(err)
	}
	d.size(160, 60)
	d.keys("4", "enter")
	text := strings.Join(strings.Fields(d.text()), " ")
	for _, step := range must[register.RequestPage](t)(s.Request(ref)).Steps {
		if step.Rule == "" || step.Source == "" {
			t.Errorf("a step without its rule or source: %+v", step)
		}
		for _, word := range append(strings.Fields(step.Rule), strings.Fields(step.Source)...) {
			if !strings.Contains(text, word) {
				t.Errorf("the clock lacks %q of %q", word, step.Rule)
			}
		}
	}
	d.keys("tab", "tab")
	d.shows("identity received, recorded by tester", "2 Mar 2026")
	d.keys("tab")
	d.shows("What is held")
}

func TestTheListIsSortedByWhatPresses(t *testing.T) {
	d, s := office(t, tui.Env{})
	early := received(t, s, calendar.Access, 60, nil)
	calm := received(t, s, calendar.Erasure, 1, nil)
	stopped := received(t, s, calendar.Access, 9, func(in *register.RequestInput) { in.IdentityNeeded = true })
	soon := received(t, s, calendar.Objection, 27, nil)
	d.keys("4")
	order(t, d, early, soon, calm, stopped)
	d.shows("OVERDUE by 28 days", "DUE SOON, ", "CLOCK STOPPED", "1 OVERDUE", "4 of 4")
	d.keys("S")
	order(t, d, stopped, calm, soon, early)
	d.keys("s")
	order(t, d, early, stopped, calm, soon) // by case number
	d.keys("/", "erasure")
	d.shows(calm, "1 of 4")
	d.hides(early)
	d.keys("enter", "esc")
	d.shows(early)
	d.keys("f", "waiting identity", "enter")
	d.shows("Showing waiting identity: 1 of 4", stopped)
	d.hides(early)
}

// order checks that texts stand on the screen from top to bottom.
func order(t *testing.T, d *drive, texts ...string) {
	t.Helper()
	at := -1
	for _, text := range texts {
		now := strings.Index(d.text(), text)
		if now <= at {
			t.Errorf("%q stands too high:\n%s", text, d.text())
		}
		at = now
	}
}

func TestFramesOfCases(t *testing.T) {
	d, s := office(t, tui.Env{Exports: "/srv/out", Now: func() time.Time { return morning }})
	received(t, s, calendar.Access, 60, nil)
	received(t, s, calendar.Erasure, 1, nil)
	received(t, s, calendar.Access, 9, func(in *register.RequestInput) {
		in.IdentityNeeded, in.Requester, in.AuthorityNeeded = true, "a union", true
	})
	d.keys("4")
	d.golden("requests")
	d.keys("o")
	d.golden("request-new")
	d.keys("esc", "enter")
	d.golden("case")
	d.keys("d")
	d.golden("case-decide")
	d.keys("esc", "b")
	d.golden("case-pack")
}

func TestAPersonIsFoundAmongManyByTyping(t *testing.T) {
	d, s := office(t, tui.Env{})
	for _, name := range []string{"Ash", "Beech", "Cedar", "Elder", "Fir", "Hazel", "Holly", "Larch", "Maple", "Oak", "Pine", "Rowan"} {
		addPerson(t, s, map[string]string{"name": name + " Example", "email": strings.ToLower(name) + "@example.org"})
	}
	d.keys("4", "o", "down", "enter", "rowan", "enter")
	d.keys("enter", "enter", "down", "enter", "ctrl+s")
	d.shows("AR-2026-0001", "Rowan Example (D", "NEXT: Decide")
}
