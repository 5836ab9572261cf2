package tui_test

import (
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// caseOf is a console on a case of Ada's of a kind, with its number.
func caseOf(t *testing.T, right calendar.Right) (*drive, seat, string) {
	t.Helper()
	s := sit(t, "teaching-school")
	ada := addPerson(t, s, map[string]string{"name": "Ada \x1b[31mExample\u202e", "email": "ada@example.org", "job_title": "Bursar"})
	ref := must[register.RequestPage](t)(s.OpenRequest(t.Context(), register.RequestInput{
		Right: right, Delegate: ada, Received: s.Today().AddDays(-3), How: "letter",
	})).Ref
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir()}, 80, 24)
	d.keys("4", "enter")
	return d, s, ref
}

func (s seat) decide(t *testing.T, ref string, grounds ...string) {
	t.Helper()
	must[register.RequestPage](t)(s.Decide(t.Context(), ref, register.DecisionInput{
		Outcome: register.Fulfil, Reason: "as asked", Grounds: grounds,
	}))
}

// last is the latest event of a kind.
func last(t *testing.T, s seat, ref string, kind register.RequestEventKind) register.RequestEvent {
	t.Helper()
	var found register.RequestEvent
	for _, e := range must[register.RequestPage](t)(s.Request(ref)).Events {
		if e.Kind == kind {
			found = e
		}
	}
	if found.Seq == 0 {
		t.Fatalf("%s has no %s", ref, kind)
	}
	return found
}

func grounds(right calendar.Right) string {
	kind, _ := register.KindOfCase(right)
	if len(kind.Grounds) == 0 {
		return ""
	}
	return kind.Grounds[0].Code
}

func TestAValueIsPutRightWithBeforeAndAfter(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Rectification)
	d.keys("P") // not before the decision
	d.hides("What is put right?")
	s.decide(t, ref, grounds(calendar.Rectification))
	d.committed()
	d.shows("NEXT: Put the data right [P]")
	d.keys("enter")
	d.shows("What is put right? Nothing changes yet.", "ada@example.org")
	d.golden("rectify-pick")
	d.size(80, 24)
	d.keys("ada@", "enter")
	d.shows("Put right", "ada@example.org")
	for range 20 {
		d.keys("backspace")
	}
	d.keys("no address", "ctrl+s")
	d.shows("PROBLEM")
	for range 20 {
		d.keys("backspace")
	}
	d.keys("ada@new.example.org", "ctrl+s")
	d.shows("Before: ada@example.org", "After:  ada@new.example.org", "> No")
	d.golden("rectify-confirm")
	d.size(80, 24)
	d.keys("ctrl+s", "enter")
	if page := must[register.RequestPage](t)(s.Request(ref)); slices.ContainsFunc(page.Events, func(e register.RequestEvent) bool {
		return e.Kind == register.Rectified
	}) {
		t.Error("No wrote it")
	}
	d.keys("ctrl+s", "right", "space")
	d.committed()
	d.shows("is put right", "Requests > "+ref)
	c := last(t, s, ref, register.Rectified).Change
	if c == nil || c.Before != "ada@example.org" || c.After != "ada@new.example.org" {
		t.Errorf("changed: %+v", c)
	}
	d.keys("P", "statement of", "enter", "I left in May.", "ctrl+s", "right", "space")
	if c := last(t, s, ref, register.Rectified).Change; c.Field != register.FieldStatement || c.After != "I left in May." {
		t.Errorf("stated: %+v", c)
	}
}

func TestARestrictedPersonIsStoredAndNothingElse(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Restriction)
	d.shows("NEXT: Restrict the record [S]")
	d.keys("S")
	d.shows("stored and used for nothing else", "Art 18(1)(a)")
	d.golden("restrict")
	d.size(80, 24)
	d.keys("down", "enter", "ctrl+s")
	d.committed()
	d.shows("The record is restricted")
	d.keys("w")
	d.shows("RESTRICTED: it may be stored and nothing else", ref+", since 2 March 2026: its accuracy is disputed")
	d.golden("person-restricted")
	d.sweep()
	d.size(80, 24)
	for _, key := range []string{"e", "m", "J", "d", "c"} {
		d.keys(key)
		d.shows("The record is RESTRICTED on account of "+ref, "Requests > "+ref+" > Ada")
	}
	d.hides("e edit")
	d.keys("esc", "U") // not before the person was told
	d.hides("Lift the restriction")
	d.keys("I")
	d.shows("Told of the lifting")
	d.keys("enter", "by letter", "ctrl+s")
	d.committed()
	d.keys("U", "enter", "It was checked.", "ctrl+s", "right", "space")
	d.committed()
	d.shows("The restriction is lifted")
	d.keys("w")
	d.hides("RESTRICTED")
	d.keys("e")
	d.shows("> Change")
	if e := last(t, s, ref, register.RestrictionEnded); e.Text != "It was checked." {
		t.Errorf("lifted: %+v", e)
	}
}

func TestARestrictionStandsUntilAnotherApprovesItsEnd(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Restriction)
	must[register.RequestPage](t)(s.Restrict(t.Context(), ref, register.RestrictInput{Ground: "accuracy"}))
	second := register.Operator{Name: "dora", Roles: []register.Role{register.DPO}}
	if err := s.AddOperator(t.Context(), second, []byte("seven quiet herons wade")); err != nil {
		t.Fatal(err)
	}
	d.committed()
	d.keys("I", "enter", "by letter", "ctrl+s")
	d.committed()
	d.keys("U", "enter", "It was checked.", "ctrl+s", "right", "space")
	d.committed()
	d.shows("Prepared: the restriction stands until another operator approves.")
	d.keys("w")
	d.shows("RESTRICTED")
}

func TestRecipientsAreToldOneByOne(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Restriction)
	out := t.TempDir()
	for _, x := range s.Settings().Profile.Recipients[:2] {
		must[register.Disclosure](t)(s.Export(t.Context(), tui.ExportInput{
			Noun: "delegates", Recipient: x.ID, Purpose: s.Settings().Profile.Purposes[0].ID, To: out + "/" + x.ID + ".csv",
		}))
	}
	must[register.RequestPage](t)(s.Restrict(t.Context(), ref, register.RestrictInput{Ground: "accuracy"}))
	d.committed()
	d.keys("W")
	d.shows("TO BE TOLD: 2 of 2 recipients", "Had on 2 March 2026")
	d.golden("recipients")
	d.sweep()
	d.size(80, 24)
	d.keys("t", "enter", "by email", "ctrl+s")
	d.committed()
	d.shows("TO BE TOLD: 1 of 2 recipients", "told")
	d.keys("down", "t")
	d.golden("recipients-tell")
	d.size(80, 24)
	d.keys("enter", "They have closed.", "enter", "down", "enter", "ctrl+s")
	d.committed()
	d.shows("Nobody is left to be told", "impossible")
	e := last(t, s, ref, register.RecipientTold)
	if e.Text != "They have closed." || !slices.Equal(e.Grounds, []string{"impossible"}) {
		t.Errorf("told: %+v", e)
	}
}

func TestAnObjectionIsWeighed(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Objection)
	d.shows("NEXT: Weigh the interests [B]")
	d.keys("enter")
	d.golden("balance")
	d.size(80, 24)
	d.keys("We teach.", "enter", "They are upset.", "enter", "down", "enter", "They win.", "enter", "no such", "ctrl+s")
	d.shows("PROBLEM")
	for range 7 {
		d.keys("backspace")
	}
	d.keys("ctrl+s")
	d.committed()
	d.shows("The weighing is recorded")
	e := last(t, s, ref, register.Balanced)
	want := register.Balancing{Interests: "We teach.", Impact: "They are upset.", Outcome: register.ForPerson}
	if e.Text != "They win." || e.Balance == nil || e.Balance.Interests != want.Interests || e.Balance.Outcome != want.Outcome {
		t.Errorf("weighed: %+v, %+v", e, e.Balance)
	}
}

func TestConsentsOfACaseAreTakenBack(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Withdrawal)
	d.shows("NEXT: Record the withdrawal now [V]")
	d.keys("V")
	d.shows("Take consents back", "> No")
	d.keys("V", "enter")
	if got := kinds(t, s, ref); slices.Contains(got, register.ConsentWithdrawn) {
		t.Error("No took them back")
	}
	d.keys("V", "right", "enter")
	d.shows("Taken back", "What they are still held for")
	if e := last(t, s, ref, register.ConsentWithdrawn); !strings.Contains(e.Text, "no consent stood") {
		t.Errorf("withdrawn: %+v", e)
	}
}

func TestMarketingIsStoppedInACaseMatchedLater(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Marketing, 2, nil)
	d.keys("4", "enter")
	d.shows(ref)
	d.keys("X") // it was stopped when the case was opened
	d.hides("Stop it now")
	if e := last(t, s, ref, register.MarketingStopped); e.Text == "" {
		t.Errorf("stopped: %+v", e)
	}
}

func TestHoldsStandOnThePersonsPage(t *testing.T) {
	d, s, ref := caseOf(t, calendar.Access)
	who := must[register.RequestPage](t)(s.Request(ref)).Delegate
	must[register.Hold](t)(s.SetHold(t.Context(), register.HoldInput{
		Delegate: who, Kind: "open-request", Reason: "the \x1b]52;c;x\aclaim \u202eof May", Review: s.Today().AddDays(90),
	}))
	d.keys("w")
	d.shows("HELD, not to be erased: open request, since 2 March 2026")
	d.keys("H")
	d.shows("> Holds", "STANDS", "open request", "31 May 2026")
	d.golden("holds")
	d.sweep()
	d.size(80, 24)
	d.keys("n")
	d.golden("hold-new")
	d.size(80, 24)
	d.keys("esc", "r", "It is settled.", "ctrl+s")
	d.shows("Release H", "> No")
	d.keys("esc", "esc", "esc")
	d.shows("HELD, not to be erased")
}
