package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestAnswerRestsOnTheEventsAndTheRule(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "student", register.FieldEmail, "ada@example.org")
	if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.Rule != register.RuleNoConsent || a.State != register.NeverAsked {
		t.Errorf("%+v", a)
	}
	e := o.says(t, who, newsByEmail, register.Given)
	a := mayContact(t, o.Seat, who, newsByEmail)
	last := a.Because[len(a.Because)-1]
	if !a.Allowed || a.Rule != register.RuleConsent || last.Event != e.ID || last.At == nil || !last.At.Equal(e.At) {
		t.Errorf("%+v", a)
	}
	a, err := o.MayContact(who, newsByEmail, date(t, "2028-03-17"))
	if err != nil || a.Allowed || a.Rule != register.RuleExpired {
		t.Errorf("the day after it ended: %+v, %v", a, err)
	}
	_, err = o.MayContact(who, register.ConsentKey{Purpose: "news", Channel: "post"}, calendar.Date{})
	wantRefusal(t, err, register.Invalid, "channel")
	_, err = o.MayContact("D0000000000000", newsByEmail, calendar.Date{})
	wantKind(t, err, register.NotFound)
}

func TestAccessLevelDecidesTheBasis(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	school := o.school(t, "Elm", "100001")
	manager := o.somebody(t, "teacher", register.FieldEmail, "manager@example.org")
	reader := o.somebody(t, "teacher", register.FieldEmail, "reader@example.org")
	for id, access := range map[register.ID]string{manager: "manager", reader: "reader"} {
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: school, Access: access}); err != nil {
			t.Fatal(err)
		}
	}
	if a := mayContact(t, o.Seat, manager, offers); !a.Allowed || a.Basis != register.LegitimateInterests {
		t.Errorf("%+v", a)
	}
	if a := mayContact(t, o.Seat, reader, offers); a.Allowed || a.Basis != register.Consent {
		t.Errorf("%+v", a)
	}
	if err := o.Leave(ctx, manager, school); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.AddDate(0, 0, 1)
	if a := mayContact(t, o.Seat, manager, offers); a.Allowed {
		t.Errorf("after they left: %+v", a)
	}
}

func TestAYesAfterAnObjectionTellsWhatToLift(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student", register.FieldEmail, "ada@example.org")
	if _, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Object: true}); err != nil {
		t.Fatal(err)
	}
	o.says(t, who, newsByEmail, register.Given)
	a := mayContact(t, o.Seat, who, newsByEmail)
	entries, _ := o.Suppressions()
	tip := a.Because[len(a.Because)-2].What
	if a.Allowed || a.Rule != register.RuleSuppressed || !strings.Contains(tip, string(entries[0].ID)) {
		t.Fatalf("%+v", a)
	}
	if err := o.LiftSuppression(ctx, entries[0].ID, "they asked for the newsletter again"); err != nil {
		t.Fatal(err)
	}
	if a := mayContact(t, o.Seat, who, newsByEmail); !a.Allowed {
		t.Errorf("%+v", a)
	}
	if _, err := o.Suppress(ctx, register.SuppressionInput{Email: "ada@example.org", Reason: "asked by post"}); err != nil {
		t.Fatal(err)
	}
	a = mayContact(t, o.Seat, who, newsByEmail)
	for _, b := range a.Because {
		if strings.Contains(b.What, "lifted") {
			t.Errorf("one that no objection wrote is not to be lifted for a yes: %+v", a)
		}
	}
}

func TestMayAllCountsEverybodyOnce(t *testing.T) {
	o := newAskingOffice(t)
	yes := o.somebody(t, "student", register.FieldEmail, "a@example.org")
	no := o.somebody(t, "student", register.FieldEmail, "b@example.org")
	o.somebody(t, "student", register.FieldEmail, "c@example.org")
	o.somebody(t, "student", register.FieldEmail, "d@example.org")
	o.somebody(t, "student")
	o.says(t, yes, newsByEmail, register.Given)
	o.says(t, no, newsByEmail, register.RefusedIt)
	sum, err := o.MayAll(t.Context(), newsByEmail, calendar.Date{})
	if err != nil || sum.Allowed != 1 || len(sum.LeftOut) != 3 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if first := sum.LeftOut[0]; first.Rule != register.RuleNoConsent || first.Count != 2 || first.Words == "" {
		t.Errorf("%+v", sum.LeftOut)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.MayAll(ctx, newsByEmail, calendar.Date{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := o.PurposeCounts(ctx, calendar.Date{}, calendar.Date{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestRolesInTheLedger(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "teacher", register.FieldEmail, "ada@example.org")
	o.says(t, who, newsByEmail, register.Given)
	entry, err := o.Suppress(ctx, register.SuppressionInput{Phone: "01632 960009", Reason: "rang up"})
	if err != nil {
		t.Fatal(err)
	}
	viewer, officer := o.hire(t, "vera", register.Viewer), o.hire(t, "otto", register.Officer)
	next := askingProfile()
	next.Version = "2"
	notice := register.NoticeInput{ID: "news", Version: "2", Text: "More.", From: date(t, "2026-04-01")}
	for name, do := range map[string]func() error{
		"a viewer records": func() error {
			_, err := viewer.RecordConsent(ctx, inputOf(who, newsByEmail, register.Withdrawn))
			return err
		},
		"a viewer's grid":    func() error { _, _, err := viewer.RecordConsents(ctx, nil); return err },
		"a viewer withdraws": func() error { _, err := viewer.Withdraw(ctx, register.WithdrawalInput{Delegate: who}); return err },
		"a viewer suppresses": func() error {
			_, err := viewer.Suppress(ctx, register.SuppressionInput{Email: "b@example.org", Reason: "asked"})
			return err
		},
		"an officer lifts":               func() error { return officer.LiftSuppression(ctx, entry.ID, "asked") },
		"an officer publishes":           func() error { _, err := officer.PublishNotice(ctx, notice, false); return err },
		"an officer looks at publishing": func() error { _, err := officer.PublishNotice(ctx, notice, true); return err },
		"an officer adopts":              func() error { _, err := officer.Adopt(ctx, next, true); return err },
		"an officer judges":              func() error { return officer.ChangePurpose(ctx, register.PurposeChange{}) },
		"an officer sets the age":        func() error { return officer.SetCompetentAge(ctx, 12) },
		"a viewer tells":                 func() error { return viewer.NoticeTold(ctx, register.Telling{}) },
	} {
		if err := do(); register.KindOf(err) != register.Denied {
			t.Errorf("%s: %v", name, err)
		}
	}
	if a := mayContact(t, viewer, who, newsByEmail); !a.Allowed {
		t.Errorf("a viewer reads the answer: %+v", a)
	}
	if all, err := viewer.Suppressions(); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := officer.Withdraw(ctx, register.WithdrawalInput{Delegate: who}); err != nil {
		t.Error(err)
	}
}

func TestALeadSeesTheirOwnPeopleAlone(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	mine, other := o.school(t, "Elm", "100001"), o.school(t, "Oak", "100002")
	ours := o.somebody(t, "teacher", register.FieldEmail, "a@example.org")
	theirs := o.somebody(t, "teacher", register.FieldEmail, "b@example.org")
	for id, school := range map[register.ID]register.ID{ours: mine, theirs: other} {
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: school}); err != nil {
			t.Fatal(err)
		}
		o.says(t, id, newsByEmail, register.Asked)
	}
	if err := o.AddOperator(ctx, register.Operator{Name: "lena", Roles: []register.Role{register.Lead}, Organisation: mine}, []byte(passphrase+"lena")); err != nil {
		t.Fatal(err)
	}
	lead, err := o.desk.As("lena", "test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = lead.MayContact(theirs, newsByEmail, calendar.Date{})
	wantKind(t, err, register.NotFound)
	_, err = lead.ConsentsAsOf(theirs, calendar.Date{}, calendar.Date{})
	wantKind(t, err, register.NotFound)
	_, err = lead.Grounds(theirs)
	wantKind(t, err, register.NotFound)
	_, err = lead.Matrix([]register.ID{ours, theirs}, []register.ConsentKey{newsByEmail})
	wantKind(t, err, register.NotFound)
	_, err = lead.Suppressions()
	wantKind(t, err, register.Denied)
	if a := mayContact(t, lead, ours, newsByEmail); a.State != register.Asked {
		t.Errorf("%+v", a)
	}
	if sum, err := lead.MayAll(ctx, newsByEmail, calendar.Date{}); err != nil || len(sum.LeftOut) != 1 || sum.LeftOut[0].Count != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if queue, err := lead.RefreshQueue(ctx); err != nil || len(queue) != 1 || queue[0].Delegate != ours {
		t.Errorf("%+v, %v", queue, err)
	}
	counts, err := lead.PurposeCounts(ctx, calendar.Date{}, calendar.Date{})
	if err != nil || counts[0].States[register.Asked] != 1 {
		t.Errorf("%+v, %v", counts, err)
	}
}
