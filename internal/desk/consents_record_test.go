package desk_test

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestConsentLastsAsThePurposeSays(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "teacher")
	if e := o.says(t, who, newsByEmail, register.Given); e.Expires != date(t, "2028-03-16") {
		t.Errorf("ends %s, want 24 months on", e.Expires)
	}
	in := inputOf(who, newsByEmail, register.Renewed)
	in.Expires = date(t, "2026-06-30")
	if e := o.records(t, in); e.Expires != in.Expires {
		t.Errorf("ends %s, want the day that was given", e.Expires)
	}
	if e := o.says(t, who, newsByEmail, register.Withdrawn); !e.Expires.IsZero() {
		t.Errorf("a no ends on %s", e.Expires)
	}
	if e := o.says(t, who, photos, register.Given); !e.Expires.IsZero() {
		t.Errorf("ends on %s though the purpose sets no limit", e.Expires)
	}
}

func TestConsentNeedsAWordingThatWasThere(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "teacher")
	before := time.Date(2026, 1, 4, 12, 0, 0, 0, time.UTC) // the day before the notice began
	in := inputOf(who, newsByEmail, register.Given)
	in.At = before
	_, err := o.RecordConsent(ctx, in)
	wantRefusal(t, err, register.Invalid, "at")
	in.Act = register.Asked
	_, err = o.RecordConsent(ctx, in)
	wantRefusal(t, err, register.Invalid, "at")

	in.Act, in.Method = register.Given, "imported"
	if e := o.records(t, in); e.Notice != "" || e.WordingDigest != "" {
		t.Errorf("an import from before has the wording %s", e.Notice)
	}
	in.Notice = "news"
	_, err = o.RecordConsent(ctx, in)
	wantRefusal(t, err, register.Invalid, "notice")

	in = inputOf(who, newsByEmail, register.Withdrawn)
	in.At = before
	if e := o.records(t, in); e.Notice != "" {
		t.Errorf("a no from before names the wording %s", e.Notice)
	}
	e := o.says(t, who, newsByEmail, register.Given)
	if e.NoticeVersion != "1" || e.WordingDigest != register.WordingDigest("May we send you news?\nWhat we send.") {
		t.Errorf("%+v", e)
	}
	in = inputOf(who, newsByEmail, register.Given)
	in.Notice = "main"
	if e := o.records(t, in); e.Notice != "main" {
		t.Errorf("the wording named is %s", e.Notice)
	}
}

func TestCorrectionsNameAnEventOfTheSamePersonOnce(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who, other := o.somebody(t, "teacher"), o.somebody(t, "teacher")
	wrong := o.says(t, who, newsByEmail, register.Given)
	theirs := o.says(t, other, newsByEmail, register.Given)
	in := inputOf(who, newsByEmail, register.RefusedIt)
	for name, id := range map[string]register.ID{"nothing": "K0000000000000", "somebody else's": theirs.ID} {
		in.Corrects = id
		_, err := o.RecordConsent(ctx, in)
		t.Run(name, func(t *testing.T) { wantRefusal(t, err, register.Invalid, "corrects") })
	}
	in.Corrects = wrong.ID
	in.At = wrong.At.Add(-time.Minute) // what really happened, before what was typed in
	o.records(t, in)
	if a := mayContact(t, o.Seat, who, newsByEmail); a.State != register.RefusedIt {
		t.Errorf("after the correction it stands %s", a.State)
	}
	_, err := o.RecordConsent(ctx, in)
	wantRefusal(t, err, register.Conflict, "corrects")
}

// A correction of a no brings back what was agreed before: it has to show why.
func TestANoIsUnsaidOnlyWithEvidence(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "teacher")
	o.says(t, who, newsByEmail, register.Given)
	no := o.says(t, who, newsByEmail, register.Withdrawn)
	byPhone := newsByEmail
	byPhone.Channel = "phone"
	for _, in := range []register.ConsentInput{
		inputOf(who, newsByEmail, register.Asked), inputOf(who, newsByEmail, register.Given), inputOf(who, byPhone, register.Withdrawn),
	} {
		in.Corrects = no.ID
		_, err := o.RecordConsent(t.Context(), in)
		wantRefusal(t, err, register.Invalid, "evidence")
	}
	if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.State != register.Withdrawn {
		t.Fatalf("%v, %s", a.Allowed, a.State)
	}
	in := inputOf(who, newsByEmail, register.RefusedIt) // still a no: a slip of the pen
	in.Corrects = no.ID
	o.records(t, in)
}

func TestANoIsRecordedOfAnybodyNotErased(t *testing.T) {
	for status, want := range map[register.Status]struct{ yes, no, asked register.Kind }{
		register.Restricted:  {yes: register.Refused, asked: register.Refused},
		register.Deactivated: {},
		register.Erased:      {yes: register.Refused, no: register.Refused, asked: register.Refused},
	} {
		o := newAskingOffice(t)
		who := o.somebody(t, "teacher")
		o.put(t, who, status)
		for act, kind := range map[register.ConsentAct]register.Kind{
			register.Given: want.yes, register.Asked: want.asked,
			register.Withdrawn: want.no, register.Objected: want.no, register.RefusedIt: want.no,
		} {
			_, err := o.RecordConsent(t.Context(), inputOf(who, newsByEmail, act))
			if register.KindOf(err) != kind || (err == nil) != (kind == register.Internal) {
				t.Errorf("%s of somebody %s: %v", act, status, err)
			}
		}
	}
}

func TestWhoAnswersForWhom(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	o.school(t, "Elm Bank", "100001")
	adult, child := o.somebody(t, "teacher"), o.somebody(t, "student", register.FieldBorn, "2015-03-17")
	answer := func(who register.ID, by, authority string) error {
		in := inputOf(who, newsByEmail, register.Given)
		in.GivenBy, in.Authority = by, authority
		_, err := o.RecordConsent(ctx, in)
		return err
	}
	wantRefusal(t, answer(adult, " elm BANK", "written authority"), register.Invalid, "given_by")
	wantRefusal(t, answer(adult, "Eve Example", "their employer"), register.Invalid, "authority")
	wantRefusal(t, answer(adult, "Eve Example", "mother"), register.Invalid, "given_by")
	wantRefusal(t, answer(child, "", ""), register.Invalid, "given_by")
	if err := answer(child, "Eve Example", "mother"); err != nil {
		t.Errorf("a parent for a child of ten: %v", err)
	}
	if err := o.SetCompetentAge(ctx, 10); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, answer(child, "Eve Example", "mother"), register.Invalid, "given_by")
	if err := answer(child, "", ""); err != nil {
		t.Errorf("a child the office takes to answer for themselves: %v", err)
	}
	in := inputOf(adult, newsByEmail, register.Withdrawn)
	in.GivenBy = "Elm Bank"
	if _, err := o.RecordConsent(ctx, in); err != nil {
		t.Errorf("anybody may pass on a no: %v", err)
	}
}

func TestCompetentAgeHasBounds(t *testing.T) {
	o := newAskingOffice(t)
	for _, years := range []int{-1, 6, 19} {
		wantRefusal(t, o.SetCompetentAge(t.Context(), years), register.Invalid, "years")
	}
	for _, years := range []int{7, 18, 0} {
		if err := o.SetCompetentAge(t.Context(), years); err != nil {
			t.Errorf("%d: %v", years, err)
		}
	}
}

func TestGridRecordsTheGoodAndTellsTheBad(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	one, two, gone := o.somebody(t, "teacher"), o.somebody(t, "teacher", register.FieldEmail, "ada@example.org"), o.somebody(t, "teacher")
	o.put(t, gone, register.Erased)
	pigeon := inputOf(one, register.ConsentKey{Purpose: "news", Channel: "pigeon"}, register.Given)
	late := inputOf(one, newsByEmail, register.Given)
	late.At = noon.Add(time.Hour)
	events, problems, err := o.RecordConsents(ctx, []register.ConsentInput{
		inputOf(one, newsByEmail, register.Given), pigeon, inputOf(gone, newsByEmail, register.RefusedIt), late,
		inputOf(two, register.ConsentKey{Purpose: register.AnyMarketing, Channel: register.AnyChannel}, register.Objected),
	})
	if err != nil || len(events) != 2 || len(problems) != 3 {
		t.Fatalf("%d events, %+v, %v", len(events), problems, err)
	}
	for i, want := range []register.Problem{{Line: 2, Field: "channel"}, {Line: 3, Field: "status"}, {Line: 4, Field: "at"}} {
		if problems[i].Line != want.Line || problems[i].Field != want.Field {
			t.Errorf("%+v, want line %d, %s", problems[i], want.Line, want.Field)
		}
	}
	trail, _ := o.Trail(1)
	if len(trail) != 1 || trail[0].Note != "2 answers" {
		t.Errorf("%+v", trail)
	}
	undone, err := o.UndoLast(ctx)
	if err != nil || undone.Removed != 1 || undone.Kept != 2 {
		t.Fatalf("the yes goes, the objection and its suppression stay: %+v, %v", undone, err)
	}
	if left, _ := o.Suppressions(); len(left) != 1 {
		t.Errorf("%+v", left)
	}
	if a := mayContact(t, o.Seat, one, newsByEmail); a.State != register.NeverAsked {
		t.Errorf("after the undo it stands %s", a.State)
	}
}

func TestGridOfNothingGoodLeavesNoTrace(t *testing.T) {
	o := newAskingOffice(t)
	before, _ := o.Trail(1)
	events, problems, err := o.RecordConsents(t.Context(), []register.ConsentInput{{}})
	if err != nil || len(events) != 0 || len(problems) != 1 {
		t.Fatalf("%v, %+v, %v", events, problems, err)
	}
	after, _ := o.Trail(1)
	if after[0].Seq != before[0].Seq {
		t.Error("an empty change stands in the trail")
	}
	_, _, err = o.RecordConsents(t.Context(), make([]register.ConsentInput, 2001))
	wantKind(t, err, register.Invalid)
}

func TestStandingOnADayAsKnownOnAnother(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "teacher", register.FieldEmail, "ada@example.org")
	o.says(t, who, newsByEmail, register.Given) // 16 March
	o.now = noon.AddDate(0, 0, 10)
	late := inputOf(who, newsByEmail, register.Withdrawn) // happened on the 18th, typed in on the 26th
	late.At = noon.AddDate(0, 0, 2)
	o.records(t, late)
	for _, c := range []struct {
		on, known string
		want      register.ConsentAct
		may       bool
	}{
		{"2026-03-15", "", register.NeverAsked, false},
		{"2026-03-17", "", register.Given, true},
		{"2026-03-20", "", register.Withdrawn, false},
		{"2026-03-20", "2026-03-25", register.Given, true},
		{"2026-03-20", "2026-03-26", register.Withdrawn, false},
	} {
		known := calendar.Date{}
		if c.known != "" {
			known = date(t, c.known)
		}
		lines, err := o.ConsentsAsOf(who, date(t, c.on), known)
		if err != nil || len(lines) != 7 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		if got := lines[0]; got.State != c.want || got.May != c.may || got.Rule == "" {
			t.Errorf("on %s as known on %q: %s, may %v (%s)", c.on, c.known, got.State, got.May, got.Rule)
		}
	}
}
