package desk_test

import (
	"testing"

	"custos/internal/register"
)

func TestDelegateLifeFromAddingToLeaving(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	elm := o.school(t, "Elm Primary", "900001")
	id, err := o.AddDelegate(ctx, register.DelegateInput{
		Values: map[string]string{"name": "Ada O'Neill", "email": "ada@example.org"}, Organisation: elm,
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.Person(id)
	if err != nil {
		t.Fatal(err)
	}
	if page.Delegate.Name != "Ada O'Neill" || len(page.Memberships) != 1 || page.Memberships[0].Name != "Elm Primary" {
		t.Fatalf("%+v", page)
	}
	in := register.DelegateInput{Values: map[string]string{"job_title": "Teacher"}, Revision: page.Delegate.Revision}
	if err := o.ChangeDelegate(ctx, id, in); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.ChangeDelegate(ctx, id, in), register.Conflict) // the form is older than the record now
	if _, err := o.UndoLast(ctx); err != nil {
		t.Fatal(err)
	}
	if page, _ = o.Person(id); page.Delegate.JobTitle != "" {
		t.Fatal("the undo left the change")
	}
	wantKind(t, o.Deactivate(ctx, id, " "), register.Invalid)
	if err := o.Deactivate(ctx, id, "left the school"); err != nil {
		t.Fatal(err)
	}
	page, _ = o.Person(id)
	if page.Delegate.Status != register.Deactivated || page.Memberships[0].To.IsZero() {
		t.Fatalf("a leaver keeps a membership: %+v", page.Memberships)
	}
	wantKind(t, o.Deactivate(ctx, id, "again"), register.Conflict)
}

func TestAPersonNeedsOnlyAName(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Bo Li", "")
	page, err := o.Person(id)
	if err != nil || len(page.Missing) == 0 || page.Missing[0].Consequence == "" {
		t.Fatalf("missing %+v, %v", page.Missing, err)
	}
	_, err = o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "Cy"}, Strict: true})
	wantKind(t, err, register.Refused)
	_, err = o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"email": "a@example.org"}})
	wantKind(t, err, register.Invalid)
	_, err = o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "A", "email": "nonsense"}})
	wantKind(t, err, register.Invalid)
	if home, _ := o.Home(); home.People != 1 || home.Incomplete != 1 {
		t.Fatalf("%+v", home)
	}
}

func TestRolesDecideWhoMay(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	elm, ash := o.school(t, "Elm", "900001"), o.school(t, "Ash", "900002")
	mine, theirs := o.person(t, "Mine", "m@example.org"), o.person(t, "Theirs", "t@example.org")
	for who, org := range map[register.ID]register.ID{mine: elm, theirs: ash} {
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: who, Organisation: org}); err != nil {
			t.Fatal(err)
		}
	}
	viewer := o.hire(t, "vera", register.Viewer)
	_, err := viewer.AddDelegate(ctx, register.DelegateInput{Values: map[string]string{"name": "X"}})
	wantKind(t, err, register.Denied)
	_, err = viewer.Trail(0)
	wantKind(t, err, register.Denied)

	admin := o.hire(t, "adam", register.Admin)
	_, err = admin.Person(mine)
	wantKind(t, err, register.Denied)

	if err := o.AddOperator(ctx, register.Operator{Name: "lea", Roles: []register.Role{register.Lead}, Organisation: elm},
		[]byte(passphrase+"lea")); err != nil {
		t.Fatal(err)
	}
	lead, err := o.desk.As("lea", "console")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := lead.Delegates(register.Query{})
	if err != nil || rows.Len() != 1 || rows.Row(0).ID != mine {
		t.Fatalf("a lead sees %d people, %v", rows.Len(), err)
	}
	if home, err := lead.Home(); err != nil || home.People != 1 || home.Incomplete != 1 {
		t.Fatalf("a lead's home counts %d people, %d incomplete, %v", home.People, home.Incomplete, err)
	}
	if _, err := lead.Person(mine); err != nil {
		t.Fatal(err)
	}
	_, err = lead.Person(theirs)
	wantKind(t, err, register.NotFound)
	_, err = lead.ConsentHistory(theirs)
	wantKind(t, err, register.NotFound)
}

func TestSpecialCategoryIsForThoseWhoMayReadIt(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "a@example.org")
	course, err := o.AddCourse(ctx, register.Course{Title: "Phonics", Starts: date(t, "2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: course, Requirements: "hearing loop"}); err != nil {
		t.Fatal(err)
	}
	_, err = o.Book(ctx, register.BookingInput{Delegate: id, Course: course})
	wantKind(t, err, register.Conflict)
	special := func(page register.PersonPage) int {
		n := 0
		for _, h := range page.Holdings {
			for _, e := range h.Entries {
				for _, l := range e.Lines {
					if l.Special {
						n++
					}
				}
			}
		}
		return n
	}
	page, _ := o.Person(id)
	if special(page) != 1 {
		t.Fatal("the officer does not see the special requirement")
	}
	viewer := o.hire(t, "vera", register.Viewer)
	if page, _ = viewer.Person(id); special(page) != 0 {
		t.Fatal("a viewer sees special category data")
	}
}

func TestRemovingOperators(t *testing.T) {
	o := newOffice(t)
	wantKind(t, o.RemoveOperator(t.Context(), "office"), register.Refused)
	o.hire(t, "vera", register.Viewer)
	if err := o.RemoveOperator(t.Context(), "vera"); err != nil {
		t.Fatal(err)
	}
	_, err := o.desk.As("vera", "console")
	wantKind(t, err, register.Denied)
	wantKind(t, o.AddOperator(t.Context(), register.Operator{Name: "x", Roles: []register.Role{register.Viewer}},
		[]byte("password12")), register.Invalid)
}

func TestBookingIsMarkedAndKeepsWhatIsNotSaid(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	course, err := o.AddCourse(ctx, register.Course{Title: "Phonics", Starts: date(t, "2026-03-02")})
	if err != nil {
		t.Fatal(err)
	}
	booking, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: course})
	if err != nil {
		t.Fatal(err)
	}
	mark := register.Booking{ID: booking, Delegate: id, State: register.Attended, Certificate: o.Today(), Feedback: "useful"}
	if err := o.Mark(ctx, mark); err != nil {
		t.Fatal(err)
	}
	mark.Certificate, mark.Feedback = register.Booking{}.Certificate, ""
	if err := o.Mark(ctx, mark); err != nil {
		t.Fatal(err)
	}
	page, _ := o.Person(id)
	found := false
	for _, h := range page.Holdings {
		for _, e := range h.Entries {
			for _, l := range e.Lines {
				found = found || l.Value == "useful"
			}
		}
	}
	if !found {
		t.Error("marking again lost the feedback")
	}
	mark.State = "asleep"
	wantKind(t, o.Mark(ctx, mark), register.Invalid)
	mark.State, mark.Certificate = register.Absent, o.Today()
	wantKind(t, o.Mark(ctx, mark), register.Invalid)
}

func TestAMembershipEndsOnce(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id, elm := o.person(t, "Ada", ""), o.school(t, "Elm", "900001")
	wantKind(t, o.Leave(ctx, id, elm), register.NotFound)
	if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: elm}); err != nil {
		t.Fatal(err)
	}
	if err := o.Leave(ctx, id, elm); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.Leave(ctx, id, elm), register.Conflict)
}

// The ledger only grows: taking back the adding of a person would take their
// consents with it.
func TestUndoNeverTakesAConsentWithIt(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	x := o.asking()
	_, err := o.RecordConsent(ctx, register.ConsentInput{Delegate: id, Purpose: x.ID, Channel: x.Channels[0], Act: register.RefusedIt})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.UndoLast(ctx)
	wantKind(t, err, register.Conflict)
	if events, err := o.ConsentHistory(id); err != nil || len(events) != 1 {
		t.Fatalf("%v, %v", events, err)
	}
}

// What a mistyped field holds is looked at by no rule: a child would count as an
// adult by the date of birth nobody reads.
func TestNothingGivenOfAPersonIsLost(t *testing.T) {
	o := newOffice(t)
	_, err := o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "Di", "born": "2016-01-01"}})
	wantKind(t, err, register.Invalid)
	_, err = o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "Di"}, Access: "manager"})
	wantKind(t, err, register.Invalid)
	id := o.person(t, "Di Low", "")
	in := register.DelegateInput{Values: map[string]string{"born": "2016-01-01"}}
	wantKind(t, o.ChangeDelegate(t.Context(), id, in), register.Invalid)
	in.Values["born"] = "" // what an older version may have left can still be cleared
	wantKind(t, o.ChangeDelegate(t.Context(), id, in), register.Conflict)
}
