package desk_test

import (
	"testing"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func (o *office) leadOf(t *testing.T, org register.ID) *desk.Seat {
	t.Helper()
	lee := register.Operator{Name: "lee", Roles: []register.Role{register.Lead}, Organisation: org}
	if err := o.AddOperator(t.Context(), lee, []byte(passphrase+"lee")); err != nil {
		t.Fatal(err)
	}
	return o.seat(t, "lee")
}

func TestACourseListsWhoIsBookedAndWhoCame(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ada := o.somebody(t, "delegate", "name", "Ada Sample", "email", "ada@example.org")
	bea := o.somebody(t, "delegate", "name", "Bea Sample", "email", "bea@example.org")
	course := must(o.AddCourse(ctx, register.Course{Title: "First aid", Starts: o.Today()}))(t)
	other := must(o.AddCourse(ctx, register.Course{Title: "Other", Starts: o.Today().AddDays(-1)}))(t)
	book := func(who, on register.ID) register.ID {
		return must(o.Book(ctx, register.BookingInput{Delegate: who, Course: on, Requirements: "step-free"}))(t)
	}
	first := book(bea, course)
	book(ada, course)
	cancelled := book(ada, other)
	if err := o.Mark(ctx, register.Booking{ID: first, Delegate: bea, State: register.Attended, Certificate: o.Today()}); err != nil {
		t.Fatal(err)
	}
	if err := o.Mark(ctx, register.Booking{ID: cancelled, Delegate: ada, State: register.Cancelled}); err != nil {
		t.Fatal(err)
	}
	type counts struct{ booked, attended int }
	got := map[register.ID]counts{}
	for _, row := range must(o.CourseRows(ctx))(t) {
		got[row.ID] = counts{row.Booked, row.Attended}
	}
	if diff := cmp.Diff(map[register.ID]counts{course: {2, 1}, other: {0, 0}}, got, cmp.AllowUnexported(counts{})); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	page := must(o.CoursePage(ctx, course))(t)
	want := []register.BookingLine{
		{Booking: register.Booking{Delegate: ada, State: register.Booked}, Name: "Ada Sample", Status: register.Active},
		{Booking: register.Booking{Delegate: bea, State: register.Attended, Certificate: o.Today()}, Name: "Bea Sample", Status: register.Active},
	}
	less := cmpopts.IgnoreFields(register.Booking{}, "ID", "Course", "BookedOn", "Requirements")
	if diff := cmp.Diff(want, page.Bookings, less); diff != "" {
		t.Errorf("booked (-want +got):\n%s", diff)
	}
	if page.Bookings[0].Requirements != "step-free" {
		t.Error("somebody who may read special requirements does not see them")
	}
	viewer := o.hire(t, "vic", register.Viewer)
	if must(viewer.CoursePage(ctx, course))(t).Bookings[0].Requirements != "" {
		t.Error("a viewer reads special requirements")
	}
	if _, err := o.CoursePage(ctx, "C0000000000000"); register.KindOf(err) != register.NotFound {
		t.Errorf("no such course: %v", err)
	}
}

func TestALeadSeesTheirOwnPeopleOnACourse(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	elm := o.school(t, "Elm", "900001")
	ada := o.somebody(t, "delegate", "name", "Ada Sample", "email", "ada@example.org")
	bea := o.somebody(t, "delegate", "name", "Bea Sample", "email", "bea@example.org")
	must(o.Join(ctx, register.MembershipInput{Delegate: ada, Organisation: elm}))(t)
	course := must(o.AddCourse(ctx, register.Course{Title: "First aid", Starts: o.Today()}))(t)
	for _, who := range []register.ID{ada, bea} {
		must(o.Book(ctx, register.BookingInput{Delegate: who, Course: course}))(t)
	}
	lead := o.leadOf(t, elm)
	if rows := must(lead.CourseRows(ctx))(t); rows[0].Booked != 1 {
		t.Errorf("a lead counts %d", rows[0].Booked)
	}
	if page := must(lead.CoursePage(ctx, course))(t); len(page.Bookings) != 1 || page.Bookings[0].Delegate != ada {
		t.Errorf("a lead sees %+v", page.Bookings)
	}
}

func TestACourseIsChangedOnlyFromWhatItWas(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := must(o.AddCourse(ctx, register.Course{Title: "First aid", Starts: o.Today()}))(t)
	before := must(o.CoursePage(ctx, id))(t).Course
	after := before
	after.Venue = "Hall"
	if err := o.ChangeCourse(ctx, before, after); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.ChangeCourse(ctx, before, after), register.Conflict)
	wantKind(t, o.ChangeCourse(ctx, after, after), register.Conflict)
	after.Title = ""
	wantKind(t, o.ChangeCourse(ctx, after, after), register.Invalid)
}

func TestAFileThatLeftNamesWhoWasInIt(t *testing.T) {
	o := newOffice(t)
	o.somebody(t, "delegate", "name", "Bea Sample", "email", "bea@example.org")
	o.somebody(t, "delegate", "name", "Ada Sample", "email", "ada@example.org")
	d, _, err := o.export(t, "people.csv", desk.ExportInput{Noun: "delegates"})
	if err != nil {
		t.Fatal(err)
	}
	all := must(o.Disclosures())(t)
	if len(all) != 1 || all[0].ID != d.ID {
		t.Fatalf("the files: %+v", all)
	}
	page := must(o.DisclosurePage(t.Context(), d.ID))(t)
	if len(page.People) != 2 || page.People[0].Name != "Ada Sample" || page.People[1].Name != "Bea Sample" || page.Gone != 0 {
		t.Errorf("in it: %+v", page)
	}
	lead := o.leadOf(t, o.school(t, "Elm", "900001"))
	if _, err := lead.Disclosures(); register.KindOf(err) != register.Denied {
		t.Errorf("a lead lists files: %v", err)
	}
}
