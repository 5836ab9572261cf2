package desk_test

import (
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// note writes words into somebody's record and returns what reads them again.
func (o *office) note(t *testing.T, who register.ID, words string) func() string {
	t.Helper()
	err := o.ChangeDelegate(t.Context(), who, register.DelegateInput{Values: map[string]string{"special_requirements": words}})
	if err != nil {
		t.Fatal(err)
	}
	return func() string {
		page, err := o.Person(who)
		if err != nil {
			t.Fatal(err)
		}
		return page.Delegate.Value("special_requirements")
	}
}

func TestEveryWayANameOrNumberIsWrittenIsMasked(t *testing.T) {
	for _, c := range []struct{ name, phone, words, left string }{
		{"Aoife O'Rourke", "", "Aoife O’Rourke; AOIFE OROURKE; O'Rourke, Aoife; Mrs O'Rourke", "[erased]; [erased]; [erased]; [erased]"},
		{"Zoë Nuñez", "", "zoe nunez, Z. Nuñez, Nunez Zoë", "[erased], [erased], [erased]"},
		{"Ann Smith-Jones", "", "Ann Smith Jones / Smith-Jones, Ann / A Smith-Jones", "[erased] / [erased] / [erased]"},
		{"María José García Márquez", "", "García Márquez, María José; Maria Garcia Marquez; M.J. García Márquez",
			"[erased]; [erased]; [erased]"},
		{"Jean-Luc de la Tour", "", "J.-L. met Jean Luc de la Tour, and J. de la Tour", "J.-L. met [erased], and [erased]"},
		{"Amy Young", "", "a young person met Amy Young and A. Young", "a young person met [erased] and [erased]"},
		{"Tom Hale", "01632 960123",
			"ring 01632960123, +44 1632 960123, 0044 1632 960 123, (01632) 960-123 or +44 (0)1632 960123, not 01632 960124",
			"ring [erased], [erased], [erased], [erased] or [erased], not 01632 960124"},
	} {
		o := newOffice(t)
		id := o.person(t, c.name, "")
		if c.phone != "" {
			in := register.DelegateInput{Values: map[string]string{"phone": c.phone}}
			if err := o.ChangeDelegate(t.Context(), id, in); err != nil {
				t.Fatal(err)
			}
		}
		read := o.note(t, o.person(t, "Bo Lindqvist", "bo@example.org"), c.words)
		report := o.erase(t, o.erasureCase(t, id, register.Fulfil))
		if got := read(); got != c.left {
			t.Errorf("%s: %q, want %q", c.name, got, c.left)
		}
		if !report.Complete {
			t.Errorf("%s: %+v", c.name, report.Residue)
		}
	}
}

func TestANamesakesDataIsTheirs(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Sample", "ada.one@example.org")
	namesake := o.person(t, "Ada Sample", "ada.two@example.org")
	own := o.note(t, namesake, "Ada Sample asks for a loop; not ada.one@example.org")
	ref := o.erasureCase(t, id, register.Fulfil)
	plan := o.erasurePlan(t, ref)
	want := []register.Namesake{{Delegate: namesake, Shares: []string{"name"}}}
	if diff := cmp.Diff(want, plan.Namesakes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	report := o.erase(t, ref)
	if !report.Complete || len(report.Residue.Explained) == 0 {
		t.Fatalf("%+v", report)
	}
	page, err := o.Person(namesake)
	if err != nil || page.Delegate.Name != "Ada Sample" || page.Delegate.Email != "ada.two@example.org" {
		t.Errorf("%+v, %v", page.Delegate, err)
	}
	if got := own(); got != "Ada Sample asks for a loop; not [erased]" {
		t.Errorf("the namesake's note reads %q", got)
	}
}

func TestASharedMailboxStaysUsable(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Sample", "office@elm.example.org")
	other := o.person(t, "Bo Lindqvist", "office@elm.example.org")
	elm := o.school(t, "Elm Primary", "900001")
	err := o.ChangeOrganisation(t.Context(), elm, register.OrganisationInput{Values: map[string]string{"email": "office@elm.example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	ref := o.erasureCase(t, id, register.Fulfil)
	plan := o.erasurePlan(t, ref)
	if len(plan.Suppress) != 0 || !slices.ContainsFunc(plan.Notes, func(n string) bool { return strings.Contains(n, "not barred") }) {
		t.Errorf("suppress %+v, notes %q", plan.Suppress, plan.Notes)
	}
	if report := o.erase(t, ref); !report.Complete {
		t.Fatalf("%+v", report)
	}
	page, err := o.Person(other)
	if err != nil || page.Delegate.Email != "office@elm.example.org" || len(page.Suppressed) > 0 {
		t.Errorf("%+v, %v", page, err)
	}
	if body, err := o.OrganisationPage(elm); err != nil || body.Organisation.Email != "office@elm.example.org" {
		t.Errorf("%+v, %v", body, err)
	}
}

func TestABusinessUnderThePersonsNameIsMasked(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	elm := o.school(t, "Zephyrine Fernsby Childminding", "900001")
	err := o.ChangeOrganisation(t.Context(), elm, register.OrganisationInput{Values: map[string]string{"email": "zeph@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	if report := o.erase(t, o.erasureCase(t, id, register.Fulfil)); !report.Complete {
		t.Fatalf("%+v", report)
	}
	body, err := o.OrganisationPage(elm)
	if err != nil || body.Organisation.Name != "[erased] Childminding" || body.Organisation.Email != "[erased]" {
		t.Errorf("%+v, %v", body.Organisation, err)
	}
	if _, err := o.UndoLast(t.Context()); err == nil {
		if body, _ := o.OrganisationPage(elm); strings.Contains(body.Organisation.Name, "Zephyrine") {
			t.Error("an undo brings the name back")
		}
	}
}

func TestAnErasureInPartKeepsWhatADutyAsksFor(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	course, err := o.AddCourse(ctx, register.Course{Title: "Phonics", Starts: date(t, "2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: course}); err != nil {
		t.Fatal(err)
	}
	ref := o.erasureCase(t, id, "")
	keep := register.ErasureChoice{
		Collection: "bookings", Fate: register.ErasureKeeps, Ground: "legal-duty", Reason: "funding audit", Until: "31 August 2032",
	}
	wrong := keep
	wrong.Ground = "because"
	_, err = o.KeepInErasure(ctx, ref, []register.ErasureChoice{wrong})
	wantKind(t, err, register.Invalid)
	wrong = keep
	wrong.Collection = "delegates"
	_, err = o.KeepInErasure(ctx, ref, []register.ErasureChoice{wrong})
	wantKind(t, err, register.Refused)
	if _, err := o.KeepInErasure(ctx, ref, []register.ErasureChoice{keep}); err != nil {
		t.Fatal(err)
	}
	o.decideErasure(t, ref, register.Partly)
	report := o.erase(t, ref)
	if !report.Complete || report.Kept != 1 {
		t.Fatalf("%+v", report)
	}
	page, err := o.Person(id)
	if err != nil || page.Delegate.Status != register.Deactivated || page.Delegate.Email != "" || page.Delegate.Name == "" {
		t.Errorf("%+v, %v", page.Delegate, err)
	}
	held := 0
	for _, h := range page.Holdings {
		if h.Collection == "bookings" {
			held = len(h.Entries)
		}
	}
	if held != 1 {
		t.Errorf("%d bookings are kept", held)
	}
}

func TestNothingIsKeptWhereTheDecisionIsToFulfil(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	o.school(t, "Fernsby, Zephyrine", "900001")
	ref := o.erasureCase(t, id, "")
	line := o.erasurePlan(t, ref).Lines
	i := slices.IndexFunc(line, func(l register.ErasureLine) bool { return l.Collection == "organisations" })
	_, err := o.KeepInErasure(t.Context(), ref, []register.ErasureChoice{{
		Collection: "organisations", Record: line[i].Record, Fate: register.ErasureKeeps, Ground: "claims", Reason: "a claim",
	}})
	if err != nil {
		t.Fatal(err)
	}
	o.decideErasure(t, ref, register.Fulfil)
	_, err = o.Erase(t.Context(), ref, register.EraseInput{}, nil)
	wantKind(t, err, register.Refused)
}

func TestWithdrawingTheOnlyConsentMayErase(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Withdrawal, Delegate: id, Received: o.Today(), How: "email",
	})
	if err != nil {
		t.Fatal(err)
	}
	plan := o.erasurePlan(t, page.Ref)
	grounds, err := o.Grounds(id)
	if err != nil || len(plan.Blocked) != len(grounds) || len(grounds) == 0 {
		t.Fatalf("held for %+v, blocked %q, %v", grounds, plan.Blocked, err)
	}
}
