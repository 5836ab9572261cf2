package tui_test

import (
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// changing opens the form on the only person in the list.
func (l *listening) changing() {
	l.t.Helper()
	l.keys("2", "enter", "e")
	l.shows("Change")
}

// What only one side changed is taken from each, and both are told what happened.
func TestTwoChangeOneRecord(t *testing.T) {
	s := newShared(t, "teaching-school")
	id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "email": "ada@example.org", "phone": "01632 960001"})
	one, two := s.at(t, s.own), s.at(t, s.hire("bo", register.Officer, register.DPO))
	one.changing()
	two.changing()
	one.keys("B") // the name
	two.keys("tab", "tab", "tab", "tab", "9", "ctrl+s")
	two.shows("Changed " + string(id))
	one.hears(register.DelegateChange)
	one.shows("bo changed Phone number meanwhile; it is kept. Check and finish again.", "01632 9600019", "Ada ExampleB")
	one.keys("ctrl+s")
	one.shows("Changed " + string(id))
	d := must[register.PersonPage](t)(s.own.Person(id)).Delegate
	if d.Name != "Ada ExampleB" || d.Phone != "01632 9600019" || d.Email != "ada@example.org" {
		t.Errorf("%q %q %q", d.Name, d.Phone, d.Email)
	}
	two.hears(register.DelegateChange)
	two.shows("Ada ExampleB")
}

// A form that is sent before its screen has heard of the other's change reads again.
func TestAConflictIsJoined(t *testing.T) {
	s := newShared(t, "teaching-school")
	id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "phone": "01632 960001"})
	one, two := s.at(t, s.own), s.at(t, s.hire("bo", register.Officer, register.DPO))
	one.changing()
	two.changing()
	one.keys("B")
	two.keys("tab", "tab", "tab", "tab", "9", "ctrl+s")
	one.keys("ctrl+s")
	one.shows("Somebody changed Phone number meanwhile; it is kept. Check and finish again.", "Ada ExampleB")
	one.keys("ctrl+s")
	one.shows("Changed " + string(id))
}

// What both changed is chosen by a person: nothing is chosen beforehand, and leaving keeps what was typed.
func TestBothChangeOneField(t *testing.T) {
	for choice, want := range map[string]string{"Theirs": "01632 9600019", "Mine": "01632 9600015"} {
		t.Run(choice, func(t *testing.T) {
			s := newShared(t, "teaching-school")
			id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "phone": "01632 960001"})
			one, two := s.at(t, s.own), s.at(t, s.hire("bo", register.Officer, register.DPO))
			one.changing()
			two.changing()
			one.keys("tab", "tab", "tab", "tab", "5")
			two.keys("tab", "tab", "tab", "tab", "9", "ctrl+s")
			one.hears(register.DelegateChange)
			one.shows("bo changed Phone number meanwhile, and so did you", "01632 9600015")
			one.keys("ctrl+s")
			one.shows("Was: 01632 960001", "Theirs: 01632 9600019", "Mine: 01632 9600015")
			one.keys("ctrl+s")
			one.shows("an answer is needed")
			one.keys("esc")
			one.shows("01632 9600015")
			one.keys("ctrl+s")
			one.keys("down")
			left := "Nothing else is left to change"
			if choice == "Mine" {
				one.keys("down")
				left = "Check and finish again"
			}
			one.keys("enter")
			one.shows("As you chose. "+left, want)
			one.keys("ctrl+s")
			if got := must[register.PersonPage](t)(s.own.Person(id)).Delegate.Phone; got != want {
				t.Errorf("held: %q", got)
			}
		})
	}
}

// What was typed about somebody who is erased meanwhile is forgotten.
func TestAFormOnSomebodyErased(t *testing.T) {
	s := newShared(t, "teaching-school")
	id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	bo := s.hire("bo", register.Officer, register.DPO)
	two := s.at(t, bo)
	two.changing()
	two.keys("Plantagenet")
	ref := received(t, s.own, calendar.Erasure, 3, func(in *register.RequestInput) { in.Delegate = id })
	must[register.RequestPage](t)(s.own.Decide(t.Context(), ref, register.DecisionInput{
		Outcome: register.Fulfil, Reason: "no longer needed", Grounds: []string{"not-needed"},
	}))
	must[register.RequestPage](t)(bo.Approve(t.Context(), ref, calendar.Date{}))
	must[register.ErasureReport](t)(s.own.Erase(t.Context(), ref, register.EraseInput{}, nil))
	two.hears(register.EraseData)
	two.shows("The person was erased meanwhile: what you typed about them is forgotten.")
	two.hides("Plantagenet")
	if d, found, err := bo.Draft("delegate:" + string(id)); err != nil || found {
		t.Errorf("a draft is kept: %v %v", d.Form, err)
	}
	err := bo.SaveDraft(t.Context(), register.Draft{Form: "late", Subject: id, Values: map[string]string{"name": "Plantagenet"}})
	if register.KindOf(err) != register.Refused {
		t.Errorf("a draft that comes late is kept: %v", err)
	}
}

// Two who word one letter anew keep what each has written, paragraph by paragraph.
func TestTwoWordOneLetter(t *testing.T) {
	s := newShared(t, "teaching-school")
	one := s.at(t, s.own)
	bo := s.hire("bo", register.Officer, register.DPO)
	one.hears(register.PassphraseSet)
	template := must[[]register.LetterTemplate](t)(s.own.Templates())[0]
	one.keys("8", "ctrl+p", "letter templates", "enter", "enter", "enter")
	one.keys("Mine. ")
	theirs := template
	theirs.Body += "\n\nTheirs."
	if err := bo.SaveTemplate(t.Context(), theirs, template); err != nil {
		t.Fatal(err)
	}
	one.keys("ctrl+s")
	one.shows("Somebody worded this letter anew meanwhile; it is kept.")
	one.keys("ctrl+s")
	got := must[[]register.LetterTemplate](t)(s.own.Templates())[0].Body
	if got != "Mine. "+template.Body+"\n\nTheirs." {
		t.Errorf("%q", got)
	}
}
