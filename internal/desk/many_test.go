package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func (o *office) planMany(t testing.TB, what register.Many, ids ...register.ID) register.ManyPlan {
	t.Helper()
	plan, err := o.PlanMany(context.Background(), ids, what)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// hundreds are people brought in by a file.
func (o *office) hundreds(t *testing.T, n int) []register.ID {
	t.Helper()
	var b strings.Builder
	b.WriteString("Name,Email\n")
	for i := range n {
		fmt.Fprintf(&b, "Person %04d,p%d@example.org\n", i, i)
	}
	o.apply(t, "delegates", b.String())
	rows, err := o.Delegates(register.Query{})
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]register.ID, rows.Len())
	for i := range ids {
		ids[i] = rows.Row(i).ID
	}
	return ids
}

func TestManyAreDoneAThousandAtATimeAndUndoneAsOne(t *testing.T) {
	o := newOffice(t)
	ids := o.hundreds(t, 2100)
	plan := o.planMany(t, register.Many{Act: register.ManyDeactivate, Reason: "the year ended"}, ids...)
	before, err := o.Trail(0)
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	done, err := o.ApplyMany(t.Context(), plan, func(n, total int) { told = append(told, n, total) })
	if err != nil || done.Counts.Changes != 2100 || done.Left != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if got, want := fmt.Sprint(told), "[1000 2100 2000 2100 2100 2100]"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	after, err := o.Trail(0)
	if err != nil || len(after) != len(before)+3 {
		t.Fatalf("%d entries more, %v", len(after)-len(before), err)
	}
	if want := string(done.ID) + " deactivate: 100 of 100"; after[0].Note != want || after[0].Verb != register.DelegateDeactivate {
		t.Errorf("%s %q, want %q", after[0].Verb, after[0].Note, want)
	}
	bob := o.hire(t, "bob", register.Officer)
	if err := bob.ChangeDelegate(t.Context(), ids[5], register.DelegateInput{Values: map[string]string{"job_title": "Head"}}); err != nil {
		t.Fatal(err)
	}
	o.put(t, ids[7], register.Restricted)
	undone, err := o.UndoLast(t.Context())
	if err != nil || undone.Restored != 2098 || undone.Kept != 2 {
		t.Fatalf("%+v, %v", undone, err)
	}
	if rows, _ := o.Delegates(register.Query{Status: register.Active}); rows.Len() != 2098 {
		t.Errorf("%d are active", rows.Len())
	}
}

func TestWhatChangedSinceThePlanIsRefusedAndTold(t *testing.T) {
	o := newOffice(t)
	ann, bea, cy := o.person(t, "Ann", "a@example.org"), o.person(t, "Bea", "b@example.org"), o.person(t, "Cy", "c@example.org")
	plan := o.planMany(t, register.Many{Act: register.ManySet, Field: "job_title", Value: "Head"}, ann, bea, cy)
	if err := o.ChangeDelegate(t.Context(), bea, register.DelegateInput{Values: map[string]string{"phone": "020 7946 0000"}}); err != nil {
		t.Fatal(err)
	}
	if err := o.ChangeDelegate(t.Context(), cy, register.DelegateInput{Values: map[string]string{"job_title": "Head"}}); err != nil {
		t.Fatal(err)
	}
	done, err := o.ApplyMany(t.Context(), plan, nil)
	if err != nil || done.Counts != (register.ManyCounts{Rows: 3, Changes: 1, Same: 1, Refused: 1}) || len(done.Refused) != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	if r := done.Refused[0]; r.ID != bea || !strings.Contains(r.Reason, "was changed since the plan was made") {
		t.Errorf("%+v", r)
	}
	page, err := o.Person(bea)
	if err != nil || page.Delegate.JobTitle != "" {
		t.Errorf("%+v, %v", page.Delegate, err)
	}
}

func TestManyStopsBetweenTwoTransactions(t *testing.T) {
	o := newOffice(t)
	plan := o.planMany(t, register.Many{Act: register.ManyDeactivate, Reason: "left"}, o.hundreds(t, 1200)...)
	ctx, cancel := context.WithCancel(t.Context())
	done, err := o.ApplyMany(ctx, plan, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) || done.Counts.Changes != 1000 || done.Left != 200 {
		t.Fatalf("%+v, %v", done, err)
	}
	if undone, err := o.UndoLast(t.Context()); err != nil || undone.Restored != 1000 {
		t.Errorf("%+v, %v", undone, err)
	}
}

func TestManyAreToldOfANoticeAsOne(t *testing.T) {
	o := newOffice(t)
	notice := o.Settings().Profile.Notices[0]
	what := register.Many{Act: register.ManyTold, Notice: notice.ID, Version: notice.Version, How: "by letter"}
	ids := o.hundreds(t, 1100)
	o.put(t, ids[3], register.Erased)
	done, err := o.ApplyMany(t.Context(), o.planMany(t, what, ids...), nil)
	if err != nil || done.Counts.Changes != 1099 {
		t.Fatalf("%+v, %v", done, err)
	}
	told := o.Settings().Told
	want := register.Telling{Notice: notice.ID, Version: notice.Version, On: o.Today(), How: "by letter", People: 1099, By: "office"}
	if len(told) != 1 || told[0] != want {
		t.Errorf("%+v, want %+v", told, want)
	}
	what.How = ""
	_, err = o.PlanMany(t.Context(), ids, what)
	wantKind(t, err, register.Invalid)
}

func TestManyCasesAreAssignedAndNoted(t *testing.T) {
	o := newOffice(t)
	o.hire(t, "bob", register.Officer)
	var refs []register.ID
	for range 3 {
		page := o.opens(t, register.RequestInput{Right: calendar.Access, Name: "Somebody", Received: o.Today(), How: "email"})
		refs = append(refs, register.ID(page.Ref))
	}
	if _, err := o.Assign(t.Context(), string(refs[0]), "bob", ""); err != nil {
		t.Fatal(err)
	}
	plan := o.planMany(t, register.Many{Act: register.ManyAssign, To: "bob"}, append(refs, "AR-1999-0001")...)
	if plan.Counts != (register.ManyCounts{Rows: 4, Changes: 2, Same: 1, Refused: 1}) || plan.Rows[1].Becomes != "bob" {
		t.Fatalf("%+v", plan)
	}
	if done, err := o.ApplyMany(t.Context(), plan, nil); err != nil || done.Counts.Changes != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	noted := o.planMany(t, register.Many{Act: register.ManyNote, Text: "The office is shut next week."}, refs...)
	if _, err := o.ApplyMany(t.Context(), noted, nil); err != nil {
		t.Fatal(err)
	}
	for _, ref := range refs {
		page, err := o.Request(string(ref))
		if err != nil || page.Owner != "bob" || page.Events[len(page.Events)-1].Text != "The office is shut next week." {
			t.Errorf("%s: %+v, %v", ref, page, err)
		}
	}
	again := o.planMany(t, register.Many{Act: register.ManyAssign, To: "nobody"}, refs...)
	if again.Counts.Refused != 3 {
		t.Errorf("%+v", again.Counts)
	}
}

func TestWhoMayDoItWithOneMayDoItWithMany(t *testing.T) {
	o := newOffice(t)
	vera := o.hire(t, "vera", register.Viewer)
	id := o.person(t, "Ann", "a@example.org")
	what := register.Many{Act: register.ManyDeactivate, Reason: "left"}
	_, err := vera.PlanMany(t.Context(), []register.ID{id}, what)
	wantKind(t, err, register.Denied)
	_, err = vera.ApplyMany(t.Context(), o.planMany(t, what, id), nil)
	wantKind(t, err, register.Denied)
	for _, act := range append(register.ManyActs(), "burn") {
		_, err := o.PlanMany(t.Context(), []register.ID{id}, register.Many{Act: act})
		wantKind(t, err, register.Invalid)
	}
}
