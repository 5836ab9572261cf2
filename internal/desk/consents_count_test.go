package desk_test

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// today and asKnown stand for no day given.
var today, asKnown calendar.Date

func (o *office) countOf(t *testing.T, key register.ConsentKey, on, known calendar.Date) register.PurposeCount {
	t.Helper()
	counts, err := o.PurposeCounts(t.Context(), on, known)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counts {
		if (register.ConsentKey{Purpose: c.Purpose, Channel: c.Channel, Brand: c.Brand}) == key {
			return c
		}
	}
	t.Fatalf("no count of %v", key)
	return register.PurposeCount{}
}

func TestEveryQuestionIsCountedAndNoServiceMessage(t *testing.T) {
	o := newAskingOffice(t)
	keys := o.ConsentKeys()
	want := []register.ConsentKey{newsByEmail, newsByPhone, learn, cook, offers, photos}
	if len(keys) != len(want) {
		t.Fatalf("%v", keys)
	}
	for i := range want {
		if keys[i] != want[i] {
			t.Errorf("question %d is %v, want %v", i, keys[i], want[i])
		}
	}
	counts, err := o.PurposeCounts(t.Context(), today, asKnown)
	if err != nil || len(counts) != len(want) {
		t.Fatalf("%d, %v", len(counts), err)
	}
}

func TestCountsByStateAndMonth(t *testing.T) {
	o := newAskingOffice(t)
	people := make([]register.ID, 5)
	for i := range people {
		people[i] = o.somebody(t, "student", register.FieldEmail, string(rune('a'+i))+"@example.org")
	}
	old := inputOf(people[0], newsByEmail, register.Given)
	old.Method, old.At = "imported", time.Date(2025, 3, 31, 12, 0, 0, 0, time.UTC) // the month before the twelve
	o.records(t, old)
	first := inputOf(people[1], newsByEmail, register.Given)
	first.Method, first.At = "imported", time.Date(2025, 3, 31, 23, 30, 0, 0, time.UTC) // 1 April in London
	o.records(t, first)
	o.says(t, people[1], newsByEmail, register.Withdrawn)
	o.says(t, people[2], newsByEmail, register.Asked)
	o.says(t, people[3], newsByEmail, register.Given)
	o.put(t, people[3], register.Deactivated) // not counted
	wrong := o.says(t, people[4], newsByEmail, register.RefusedIt)
	right := inputOf(people[4], newsByEmail, register.Given)
	right.Corrects, right.Evidence = wrong.ID, "the form says yes"
	o.records(t, right)

	c := o.countOf(t, newsByEmail, today, asKnown)
	if c.States[register.Given] != 2 || c.States[register.Withdrawn] != 1 || c.States[register.Asked] != 1 || c.May != 2 {
		t.Errorf("%+v", c)
	}
	if c.Visible[register.Given] != 2 || c.Visible[register.NeverAsked] != 1 || c.Visible[register.Withdrawn] != 1 {
		t.Errorf("%+v", c.Visible)
	}
	if c.Given != [12]int{0: 1, 11: 1} || c.No != [12]int{11: 1} {
		t.Errorf("yes %v, no %v", c.Given, c.No)
	}
	if c := o.countOf(t, newsByEmail, date(t, "2025-12-31"), asKnown); c.States[register.Given] != 2 || c.Given != [12]int{2: 1, 3: 1} {
		t.Errorf("at the end of 2025: %+v", c)
	}
	if c := o.countOf(t, newsByEmail, date(t, "2025-12-31"), date(t, "2025-12-31")); c.States[register.NeverAsked] != 4 {
		t.Errorf("nothing was known then: %+v", c)
	}
}

func TestRefreshQueueBeginsWithWhatEndsFirst(t *testing.T) {
	o := newAskingOffice(t)
	soon, waiting, unproved, refused := o.somebody(t, "student"), o.somebody(t, "student"), o.somebody(t, "student"), o.somebody(t, "student")
	ends := inputOf(soon, newsByEmail, register.Given)
	ends.Expires = date(t, "2026-04-01")
	o.records(t, ends)
	o.says(t, waiting, newsByEmail, register.Asked)
	from := inputOf(unproved, photos, register.Given)
	from.Method, from.At = "imported", time.Date(2019, 1, 1, 12, 0, 0, 0, time.UTC)
	o.records(t, from)
	o.says(t, refused, newsByEmail, register.RefusedIt)
	queue, err := o.RefreshQueue(t.Context())
	if err != nil || len(queue) != 3 {
		t.Fatalf("%+v, %v", queue, err)
	}
	for i, want := range []struct {
		who register.ID
		why register.RefreshReason
	}{{soon, register.RefreshSoon}, {unproved, register.RefreshUnproved}, {waiting, register.RefreshWaiting}} {
		if queue[i].Delegate != want.who || queue[i].Reason != want.why || queue[i].Name == "" {
			t.Errorf("%d: %+v, want %s", i, queue[i], want.why)
		}
	}
}

func TestMatrixKeepsTheOrderOfPeopleAndQuestions(t *testing.T) {
	o := newAskingOffice(t)
	one, two := o.somebody(t, "student", register.FieldEmail, "a@example.org"), o.somebody(t, "student", register.FieldEmail, "b@example.org")
	o.says(t, one, newsByEmail, register.Given)
	o.says(t, two, cook, register.RefusedIt)
	rows, err := o.Matrix([]register.ID{two, one}, []register.ConsentKey{cook, newsByEmail})
	if err != nil || len(rows) != 2 || rows[0].Delegate != two || rows[1].Delegate != one {
		t.Fatalf("%+v, %v", rows, err)
	}
	if rows[0].States[0] != register.RefusedIt || rows[0].States[1] != register.NeverAsked || rows[0].Allowed[0] {
		t.Errorf("%+v", rows[0])
	}
	if rows[1].States[1] != register.Given || !rows[1].Allowed[1] {
		t.Errorf("%+v", rows[1])
	}
	_, err = o.Matrix(nil, []register.ConsentKey{{Purpose: "party", Channel: "email"}})
	wantRefusal(t, err, register.Invalid, "purpose")
}
