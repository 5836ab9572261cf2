package desk_test

import (
	"context"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// open opens a case of somebody, received today by letter.
func (o *office) open(t *testing.T, right calendar.Right, who register.ID) string {
	t.Helper()
	page, err := o.OpenRequest(t.Context(), register.RequestInput{Right: right, Delegate: who, Received: o.Today(), How: "letter"})
	if err != nil {
		t.Fatal(err)
	}
	return page.Ref
}

func (o *office) statusOf(t *testing.T, who register.ID) register.Delegate {
	t.Helper()
	return must(o.Person(who))(t).Delegate
}

func (o *office) tellLifting(t *testing.T, ref, on string) {
	t.Helper()
	e := register.RequestEvent{Kind: register.LiftingTold, On: date(t, on), Text: "by letter"}
	if _, err := o.Progress(t.Context(), ref, e); err != nil {
		t.Fatal(err)
	}
}

func TestARestrictionEndsAsItBegan(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	if err := o.Deactivate(ctx, id, "left the school"); err != nil {
		t.Fatal(err)
	}
	before := o.statusOf(t, id)
	first, second := o.open(t, calendar.Restriction, id), o.open(t, calendar.Rectification, id)
	for ref, ground := range map[string]string{first: "claims", second: "accuracy"} {
		if _, err := o.Restrict(ctx, ref, register.RestrictInput{Ground: ground, Note: "by letter"}); err != nil {
			t.Fatal(err)
		}
		_, err := o.Restrict(ctx, ref, register.RestrictInput{Ground: ground})
		wantKind(t, err, register.Conflict)
	}
	if d := o.statusOf(t, id); d.Status != register.Restricted || len(d.Restrictions) != 2 || d.StatusSince != o.Today() {
		t.Fatalf("%+v", d)
	}
	for i, ref := range []string{first, second} {
		_, err := o.LiftRestriction(ctx, ref, o.Today(), "settled")
		wantKind(t, err, register.Refused) // nobody told the person
		o.now = o.now.Add(24 * time.Hour)
		o.tellLifting(t, ref, o.Today().String())
		_, err = o.LiftRestriction(ctx, ref, o.Today(), " ")
		wantKind(t, err, register.Invalid)
		_, err = o.LiftRestriction(ctx, ref, o.Today().AddDays(-1), "settled")
		wantKind(t, err, register.Invalid)
		page, err := o.LiftRestriction(ctx, ref, o.Today(), "settled")
		if err != nil {
			t.Fatal(err)
		}
		if last := page.Events[len(page.Events)-1]; last.Kind != register.Approved || !last.Unchecked {
			t.Errorf("%+v", last)
		}
		if d := o.statusOf(t, id); (d.Status == register.Restricted) != (i == 0) {
			t.Fatalf("after lifting %d: %s", i+1, d.Status)
		}
		_, err = o.LiftRestriction(ctx, ref, o.Today(), "again")
		wantKind(t, err, register.Refused)
	}
	d := o.statusOf(t, id)
	if d.Status != before.Status || d.StatusReason != before.StatusReason || d.StatusSince != before.StatusSince || d.Former != nil {
		t.Errorf("%+v, before %+v", d, before)
	}
}

func TestLiftingWaitsForAnother(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	second := o.hire(t, "dora", register.DPO)
	id := o.person(t, "Ada", "ada@example.org")
	ref := o.open(t, calendar.Objection, id)
	if _, err := o.Restrict(ctx, ref, register.RestrictInput{Ground: "objection"}); err != nil {
		t.Fatal(err)
	}
	o.tellLifting(t, ref, "2026-03-16")
	page, err := o.LiftRestriction(ctx, ref, o.Today(), "weighed")
	if err != nil || len(page.Pending) != 1 || o.statusOf(t, id).Status != register.Restricted {
		t.Fatalf("%+v, %v", page.Pending, err)
	}
	_, err = o.LiftRestriction(ctx, ref, o.Today(), "weighed")
	wantKind(t, err, register.Conflict)
	_, err = o.Approve(ctx, ref, o.Today())
	wantKind(t, err, register.Denied)
	if _, err := second.Return(ctx, ref, o.Today(), "tell them in writing"); err != nil {
		t.Fatal(err)
	}
	if _, err = o.LiftRestriction(ctx, ref, o.Today(), "told in writing"); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Approve(ctx, ref, o.Today()); err != nil || o.statusOf(t, id).Status != register.Active {
		t.Fatalf("%s, %v", o.statusOf(t, id).Status, err)
	}
}

// A restriction may have to outlive its case, and can be lifted all the same.
func TestARestrictionOutlivesItsCase(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	second := o.hire(t, "dora", register.DPO)
	id := o.person(t, "Ada", "ada@example.org")
	ref := o.open(t, calendar.Restriction, id)
	must(o.Restrict(ctx, ref, register.RestrictInput{Ground: "claims"}))(t)
	must(o.Decide(ctx, ref, decision(register.Fulfil, "a claim is coming")))(t)
	must(second.Approve(ctx, ref, o.Today()))(t)
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		must(o.Progress(ctx, ref, register.RequestEvent{Kind: kind, On: o.Today()}))(t)
	}
	_, err := o.Restrict(ctx, ref, register.RestrictInput{Ground: "claims"})
	wantKind(t, err, register.Refused)
	o.tellLifting(t, ref, "2026-03-16")
	must(o.LiftRestriction(ctx, ref, o.Today(), "the claim is settled"))(t)
	must(second.Approve(ctx, ref, o.Today()))(t)
	if d := o.statusOf(t, id); d.Status != register.Active {
		t.Error(d.Status)
	}
}

func TestWhatMayRestrict(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada", "ada@example.org")
	for _, tt := range []struct {
		right  calendar.Right
		ground string
		want   register.Kind
	}{
		{calendar.Restriction, "whim", register.Invalid}, {calendar.Restriction, "", register.Invalid},
		{calendar.Access, "accuracy", register.Refused}, {calendar.Rectification, "claims", register.Refused},
		{calendar.Objection, "accuracy", register.Refused}, {calendar.Erasure, "objection", register.Refused},
	} {
		_, err := o.Restrict(t.Context(), o.open(t, tt.right, id), register.RestrictInput{Ground: tt.ground})
		wantKind(t, err, tt.want)
	}
	ref := o.open(t, calendar.Restriction, id)
	must(o.Decide(t.Context(), ref, decision(register.Refuse, "no ground")))(t)
	_, err := o.Restrict(t.Context(), ref, register.RestrictInput{Ground: "accuracy"})
	wantKind(t, err, register.Refused)
	page := must(o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Restriction, Name: "somebody", Received: o.Today(), How: "letter",
	}))(t)
	_, err = o.Restrict(t.Context(), page.Ref, register.RestrictInput{Ground: "accuracy"})
	wantKind(t, err, register.Refused)
	e := register.RequestEvent{Kind: register.LiftingTold, On: o.Today(), Text: "letter"}
	_, err = o.Progress(t.Context(), page.Ref, e)
	wantKind(t, err, register.Refused)
}

// The guard looks at what a change has written, whatever checks it went by.
func TestTheGuardStandsBehindEveryCheck(t *testing.T) {
	o := newStored(t)
	for name, tt := range map[string]struct {
		verb register.Verb
		do   func(*store.Tx) error
		want bool
	}{
		"a membership taken away": {register.MembershipEnd, func(tx *store.Tx) error {
			for m, err := range tx.Memberships().Of(o.ada) {
				if err != nil {
					return err
				}
				return tx.Memberships().Delete(m.Delegate, m.ID)
			}
			return nil
		}, false},
		"a record put": {register.DelegateChange, func(tx *store.Tx) error {
			d, err := tx.Delegates().Get(o.ada)
			if err == nil {
				err = tx.Delegates().Put(d)
			}
			return err
		}, false},
		"a record made active": {register.DelegateReactivate, func(tx *store.Tx) error {
			d, err := tx.Delegates().Get(o.ada)
			if d.Status = register.Active; err == nil {
				err = tx.Delegates().Put(d)
			}
			return err
		}, false},
		"a disclosure to others":  {register.Disclose, puttingDisclosure(o, "printer"), false},
		"a list that stays here":  {register.Disclose, puttingDisclosure(o, "internal"), false},
		"a reply to others":       {register.RequestPack, puttingDisclosure(o, "printer"), false},
		"a reply":                 {register.RequestPack, puttingDisclosure(o, "data subject"), true},
		"a letter to a recipient": {register.RequestLetter, puttingDisclosure(o, "printer"), true},
		"a case handed over":      {register.RequestHandOver, puttingDisclosure(o, "data protection officer elsewhere"), true},
		"a yes":                   {register.ConsentRecord, puttingAnswer(o, register.Given), false},
		"a no":                    {register.ConsentRecord, puttingAnswer(o, register.Withdrawn), true},
		"a person forgotten":      {register.DelegateMerge, func(tx *store.Tx) error { return tx.Forget(o.ada) }, false},
		"somebody else's record": {register.DelegateChange, func(tx *store.Tx) error {
			d, err := tx.Delegates().Get(o.bea)
			if err == nil {
				err = tx.Delegates().Put(d)
			}
			return err
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			change := store.Change{Operator: "office", Door: "console", Verb: tt.verb}
			_, err := o.db.Update(context.Background(), change, o.Guarded(tt.verb, func(tx *store.Tx) error {
				if err := tt.do(tx); err != nil {
					t.Error(err)
				}
				return nil
			}))
			if tt.want != (err == nil) {
				t.Errorf("%v", err)
			}
		})
	}
}

func puttingDisclosure(o *stored, to string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		id, err := tx.IDs().Next(register.DisclosurePrefix)
		if err == nil {
			err = tx.Disclosed().Put(register.DisclosedTo{Delegate: o.ada, Disclosure: id, At: o.now, What: "x", Recipient: to})
		}
		return err
	}
}

func puttingAnswer(o *stored, act register.ConsentAct) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		e := o.yes
		var err error
		if e.ID, err = tx.IDs().Next(register.ConsentPrefix); err != nil {
			return err
		}
		e.Act = act
		return tx.Consents().Put(e)
	}
}
