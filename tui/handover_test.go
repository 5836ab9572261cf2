package tui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"custos/internal/calendar"
	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/tui"
)

// offices are two consoles on stores of their own that share a folder: one with a case of Ada's, one elsewhere.
type offices struct {
	dir        string
	home, away *drive
	here       seat
	there      seat
	ref        string
	pub        string // a key of both
	key        sealed.Key
}

func twoOffices(t *testing.T, right calendar.Right) *offices {
	t.Helper()
	id := must[*age.X25519Identity](t)(age.GenerateX25519Identity())
	o := &offices{
		dir: t.TempDir(), here: sit(t, "teaching-school"), there: sit(t, "traded-services-portal"),
		pub: id.Recipient().String(), key: sealed.Key{Identities: []byte(id.String())},
	}
	if err := os.WriteFile(filepath.Join(o.dir, "key.txt"), o.key.Identities, 0o600); err != nil {
		t.Fatal(err)
	}
	ada := addPerson(t, o.here, map[string]string{"name": "Ada \x1b[31mExample\u202e", "email": "ada@example.org"})
	o.ref = received(t, o.here, right, 3, func(in *register.RequestInput) { in.Delegate = ada })
	console := func(s seat) *drive {
		d := start(t, tui.Env{Session: s, Theme: "mono", Exports: o.dir, ReadFile: os.ReadFile}, 80, 24)
		d.keys("4")
		return d
	}
	o.home, o.away = console(o.here), console(o.there)
	return o
}

func (o *offices) in(name string) string { return filepath.Join(o.dir, name) }

func (o *offices) read(t *testing.T, name string) []byte {
	t.Helper()
	return must[[]byte](t)(os.ReadFile(o.in(name)))
}

// handOver seals the case for the key, and has the office elsewhere take it in.
func (o *offices) handOver(t *testing.T, question string) register.RequestPage {
	t.Helper()
	must[register.Disclosure](t)(o.here.HandOver(t.Context(), o.ref, register.HandOverInput{
		To: o.in("case"), Question: question, Recipients: []string{o.pub},
	}))
	o.home.committed()
	page := must[register.RequestPage](t)(o.there.TakeIn(t.Context(), o.read(t, "case"), o.key))
	o.away.committed()
	return page
}

// advise decides the case elsewhere and seals the decision.
func (o *offices) advise(t *testing.T, question string) {
	t.Helper()
	ref := o.handOver(t, question).Ref
	must[register.RequestPage](t)(o.there.Progress(t.Context(), ref, register.RequestEvent{
		Kind: register.Found, On: o.there.Today(), Text: "Nobody else is \x1b]52;c;x\anamed in it\u202e.",
	}))
	must[register.RequestPage](t)(o.there.Decide(t.Context(), ref, register.DecisionInput{
		Outcome: register.Refuse, Grounds: []string{"excessive"}, Reason: "The sixth request this year.",
	}))
	must[register.Disclosure](t)(o.there.HandBack(t.Context(), ref, register.HandOverInput{
		To: o.in("advice"), Recipients: []string{o.pub},
	}))
}

// takeBack opens the advice at home, up to the plan.
func (o *offices) takeBack() {
	o.home.keys("A", o.in("advice"), "enter", "down", "enter", "enter", o.in("key.txt"), "ctrl+s")
}

func TestACaseIsDecidedElsewhereAndComesBack(t *testing.T) {
	const secret = "seven quiet herons"
	o := twoOffices(t, calendar.Access)
	o.home.keys("enter", "J")
	o.home.shows(o.ref+" > Hand over", "What is asked of them")
	o.home.keys("May we give all of it?", "enter", "enter", "enter", secret, "enter", secret, "ctrl+s")
	o.home.hides(secret)
	o.home.shows("The case is " + o.ref + "-case.age")
	if text := o.read(t, o.ref+"-case.age"); bytes.Contains(text, []byte("Ada")) {
		t.Error("a name can be read in the file")
	}
	if e := last(t, o.here, o.ref, register.HandedOver); e.Text != "May we give all of it?" {
		t.Errorf("recorded %+v", e)
	}

	o.away.keys("H", o.in(o.ref+"-case.age"), "enter", "enter", "seven quiet geese", "ctrl+s")
	o.away.shows("PROBLEM", "Take in a case")
	for range "geese" {
		o.away.keys("backspace")
	}
	o.away.keys("herons", "ctrl+s")
	o.away.shows("is taken in from Test office", "ANOTHER OFFICE'S CASE", "Its case", o.ref, "May we give all of it?",
		"tester", "NEXT: Decide")
	o.away.hides("Match a person", secret)
	o.away.keys("tab", "tab", "tab", "tab")
	o.away.shows("[Held]", "ada@example.org")
	o.away.keys("tab", "tab", "enter", "down", "enter", "Nothing is to be withheld.", "ctrl+s", "right", "space")
	o.away.committed()
	o.away.shows("NEXT: Send the decision back [K]")
	o.away.keys("enter", "enter", "down", "enter", "enter", "enter", o.pub, "ctrl+s")
	o.away.committed()
	o.away.shows("The decision is AR-2026-0001-advice.age", "NEXT: Close the case")
	o.away.keys("z", "right", "enter")
	o.away.committed()
	o.away.shows("Closed")

	if err := os.Rename(o.in("AR-2026-0001-advice.age"), o.in("advice")); err != nil {
		t.Fatal(err)
	}
	o.home.keys("esc")
	o.takeBack()
	o.home.shows("Advice on "+o.ref, "Enter takes it in", "decided: fulfil, by tester (Test office)", "Nothing is to be withheld.")
	if got := kinds(t, o.here, o.ref); got[len(got)-1] != register.HandedOver {
		t.Errorf("the plan wrote %v", got)
	}
	o.home.keys("enter")
	o.home.committed()
	o.home.shows("Requests > "+o.ref, "counts once it is approved here", "NEXT: Approve the decision")
	o.home.keys("p", "right", "enter")
	o.home.committed()
	o.home.shows("NEXT: Build the pack")
}

// A password is in no draft, whichever form it was typed in.
func TestASealedFilesPasswordStandsInNoDraft(t *testing.T) {
	o := twoOffices(t, calendar.Access)
	o.home.keys("enter", "J", "Why?", "enter", "enter", "enter", "seven quiet herons", "enter", "seven", "ctrl+s")
	o.home.shows("this is not the same password")
	o.home.keys("esc", "esc", "A", "somewhere", "enter", "enter", "seven quiet herons", "esc")
	for _, id := range []string{"case:" + o.ref + ":handed-over", "request:take-back"} {
		draft, ok := must2(t)(o.here.Draft(id))
		if !ok {
			t.Errorf("nothing is kept of %s", id)
		}
		for field, v := range draft.Values {
			if strings.Contains(v, "seven") {
				t.Errorf("the draft of %s keeps %s", id, field)
			}
		}
	}
	o.home.keys("A")
	o.home.shows("somewhere", "Taken up where it was left")
	o.home.keys("ctrl+s")
	o.home.shows("type the password")
	o.home.keys("short", "ctrl+s")
	o.home.shows("somewhere does not exist")
	o.home.keys("esc", "enter", "J", "tab", "tab", "tab", "short", "enter", "short", "ctrl+s")
	o.home.shows("at least 10 characters")
}

func TestAdviceThatIsContradictedChangesNothing(t *testing.T) {
	o := twoOffices(t, calendar.Access)
	o.advise(t, "Is it too much?")
	o.takeBack()
	o.home.shows("Enter takes it in", "Ground: ")
	must[register.RequestPage](t)(o.here.Decide(t.Context(), o.ref, register.DecisionInput{Outcome: register.Fulfil, Reason: "all"}))
	before := must[register.RequestPage](t)(o.here.Request(o.ref))
	o.home.keys("enter") // the plan is older than the decision
	o.home.shows("CANNOT be taken in", "the case was decided here in the meantime", "PROBLEM")
	o.home.keys("enter", "esc")
	o.takeBack()
	o.home.shows("CANNOT be taken in", "What happened here since, and stays")
	o.home.keys("enter")
	o.home.shows("CANNOT be taken in")
	if after := must[register.RequestPage](t)(o.here.Request(o.ref)); after.Revision != before.Revision {
		t.Error("advice that is contradicted changed the case")
	}
	o.home.keys("esc", "A", o.in("case"), "enter", "down", "enter", "enter", o.in("key.txt"), "ctrl+s")
	o.home.shows("PROBLEM", "Take advice back")
}

// What is offered follows whose case it is, and whether there is something to send.
func TestACaseOfAnotherOfficeIsNotHandedOn(t *testing.T) {
	o := twoOffices(t, calendar.Access)
	o.handOver(t, "May we?")
	o.away.keys("enter", "J")
	o.away.hides("Hand over")
	o.away.keys("K")
	o.away.hides("Send back")
	o.away.keys(".")
	o.away.hides("Hand over to", "Send the decision", "Say whose data", "reply has gone out")
	o.away.keys("esc", "N", "enter", "It is all there.", "ctrl+s")
	o.away.committed()
	o.away.keys("K")
	o.away.shows("> Send back", "goes to Test office for its case")
	o.home.keys("enter", "K")
	o.home.hides("Send back")
}

func TestFramesOfAHandOver(t *testing.T) {
	o := twoOffices(t, calendar.Access)
	d := o.home
	frame := func(name string) {
		d.golden(name)
		d.sweep()
		d.size(80, 24)
	}
	o.home.m, o.away.m = start(t, tui.Env{Session: o.here, Theme: "mono", Exports: "/srv/out", ReadFile: os.ReadFile}, 80, 24).m,
		start(t, tui.Env{Session: o.there, Theme: "mono", Exports: "/srv/out", ReadFile: os.ReadFile}, 80, 24).m
	d.keys("4", "enter", "J")
	frame("handover")
	d.keys("esc", "esc")
	o.advise(t, "May we refuse?\nThey ask \x1b[2Jevery month\u202e.")
	must[register.RequestPage](t)(o.here.Progress(t.Context(), o.ref, register.RequestEvent{
		Kind: register.Noted, On: o.here.Today(), Text: "They rang again.",
	}))
	d.committed()
	d.keys("A")
	frame("handover-take-back")
	d.keys("esc")
	o.takeBack()
	frame("handover-plan")
	must[register.RequestPage](t)(o.here.Decide(t.Context(), o.ref, register.DecisionInput{Outcome: register.Fulfil, Reason: "all"}))
	d.keys("enter")
	d.keys("down")
	frame("handover-conflict")
	d = o.away
	d.keys("4", "H")
	frame("handover-take-in")
	d.keys("esc", "enter")
	frame("case-visiting")
	d.keys("tab", "tab", "tab")
	frame("case-visiting-held")
	d.keys("K")
	frame("handover-back")
}
