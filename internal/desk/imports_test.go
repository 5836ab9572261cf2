package desk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

func (o *office) plan(t *testing.T, noun, csv string) *register.Plan {
	t.Helper()
	tab, err := exchange.Read(noun+".csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	p := o.Settings().Profile
	in := desk.Incoming{Noun: noun, File: noun + ".csv", Notices: intake.Notices(tab)}
	if noun == "delegates" {
		m := mapping.Guess(tab.ColumnNames(), intake.DelegateTargets(&p, p.Kinds[0].ID))
		in.Rows = intake.People(tab, m, &p, p.Kinds[0].ID)
	} else {
		in.Rows = intake.Organisations(tab, mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets()))
	}
	plan, err := o.Plan(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Counts.Balanced() || plan.Counts.Rows != tab.DataRows() {
		t.Fatalf("%+v of %d rows", plan.Counts, tab.DataRows())
	}
	return plan
}

func (o *office) apply(t *testing.T, noun, csv string) register.Batch {
	t.Helper()
	b, err := o.Apply(t.Context(), o.plan(t, noun, csv), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const schools = "URN,EstablishmentName,Postcode\n900001,Elm Primary,ZZ1 1ZZ\n900002,Ash College,ZZ2 2ZZ\n"

const staff = "Name,Email,Phone,URN\n" +
	"Ada O'Neill,ada@example.org,01632 960001,900001\n" +
	"Bo Li,bo@example.org,,900002\n" +
	"Bo Li,BO@example.org,,900002\n" + // twice in the file
	",nameless@example.org,,\n" +
	"Cy Ng,not an address,,\n"

func TestImportSaysTheFateOfEveryRow(t *testing.T) {
	o := newOffice(t)
	o.apply(t, "organisations", schools)
	want := register.Counts{Rows: 5, New: 2, Duplicate: 1, Refused: 2}
	plan := o.plan(t, "delegates", staff)
	if plan.Counts != want {
		t.Fatalf("%+v, want %+v", plan.Counts, want)
	}
	lines := []int{}
	for _, p := range plan.Problems {
		lines = append(lines, p.Line)
		if p.Field == "" || p.Reason == "" {
			t.Errorf("%+v", p)
		}
	}
	if !slices.Equal(lines, []int{5, 6}) {
		t.Fatalf("problems in lines %v", lines)
	}
	if rows, _ := o.Delegates(register.Query{}); rows.Len() != 0 {
		t.Fatal("a plan wrote something")
	}
	b := o.apply(t, "delegates", staff)
	if b.Counts != want || b.State != register.BatchDone {
		t.Fatalf("%+v", b)
	}
	again := o.plan(t, "delegates", staff)
	if again.Counts.Same != 2 || again.Counts.New != 0 {
		t.Fatalf("the same file again: %+v", again.Counts)
	}
	changed := o.plan(t, "delegates", "Name,Email,Phone\nAda O'Neill,ada@example.org,01632 960002\nBo Li,bo@example.org,\n")
	if changed.Counts.Changed != 1 || changed.Counts.Same != 1 || !slices.Equal(changed.Rows[0].Fields, []string{"phone"}) {
		t.Fatalf("%+v %v", changed.Counts, changed.Rows[0].Fields)
	}
}

func TestSharedMailboxIsTwoPeople(t *testing.T) {
	o := newOffice(t)
	plan := o.plan(t, "delegates", "Name,Email\nAda,office@example.org\nBo,office@example.org\n")
	if plan.Counts.New != 2 {
		t.Fatalf("%+v", plan.Counts)
	}
	o.apply(t, "delegates", "Name,Email\nAda,office@example.org\n")
	plan = o.plan(t, "delegates", "Name,Email\nBo,office@example.org\n")
	if plan.Counts.New != 1 || len(plan.Notices) == 0 {
		t.Fatalf("%+v %v", plan.Counts, plan.Notices)
	}
}

func TestUndoOfAWholeImport(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.apply(t, "organisations", schools)
	kept := o.person(t, "Dee Ray", "dee@example.org")
	_, err := o.RecordConsent(ctx, register.ConsentInput{
		Delegate: kept, Purpose: o.asking().ID, Channel: o.asking().Channels[0], Act: register.Given, Method: "paper",
	})
	if err != nil {
		t.Fatal(err)
	}
	o.now = noon.Add(time.Minute)
	b := o.apply(t, "delegates", staff+"Dee Ray,dee@example.org,01632 960009,900001\n")
	page, _ := o.Person(kept)
	if page.Delegate.Phone == "" || len(page.Memberships) != 1 {
		t.Fatalf("the import did not change %+v", page.Delegate)
	}
	// somebody worked with one of the new people meanwhile
	rows, _ := o.Delegates(register.Query{Filter: "ada"})
	worked := rows.Row(0).ID
	purpose := o.asking()
	_, err = o.RecordConsent(ctx, register.ConsentInput{
		Delegate: worked, Purpose: purpose.ID, Channel: purpose.Channels[0], Act: register.Given, Method: "paper",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.UndoLast(ctx)
	wantKind(t, err, register.Refused) // an import is undone as a whole
	undone, err := o.UndoImport(ctx, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if undone.Kept == 0 || undone.Removed == 0 || undone.Restored != 1 {
		t.Fatalf("%+v", undone)
	}
	if page, _ = o.Person(kept); page.Delegate.Phone != "" || len(page.Memberships) != 0 {
		t.Fatalf("left over: %+v", page.Delegate)
	}
	if _, err := o.Person(worked); err != nil {
		t.Fatalf("a person with a consent went: %v", err)
	}
	if rows, _ = o.Delegates(register.Query{}); rows.Len() != 2 {
		t.Fatalf("%d people are left", rows.Len())
	}
	_, err = o.UndoImport(ctx, b.ID)
	wantKind(t, err, register.Conflict)
}

func TestCancelledImportStopsBetweenChunks(t *testing.T) {
	o := newOffice(t)
	csv := "Name,Email\n"
	for i := range 12_000 {
		csv += "Person " + letters(i) + ",p" + letters(i) + "@example.org\n"
	}
	plan := o.plan(t, "delegates", csv)
	ctx, cancel := context.WithCancel(t.Context())
	b, err := o.Apply(ctx, plan, func(done, _ int) { cancel() })
	if !errors.Is(err, context.Canceled) || b.State != register.BatchStopped || len(b.Operations) != 1 {
		t.Fatalf("%v, %s with %d operations", err, b.State, len(b.Operations))
	}
	rows, _ := o.Delegates(register.Query{})
	if rows.Len() != b.Counts.New || rows.Len() == 0 {
		t.Fatalf("%d people, the batch says %d", rows.Len(), b.Counts.New)
	}
	again := o.plan(t, "delegates", csv) // importing the file again completes it
	if again.Counts.Same != rows.Len() || again.Counts.New != 12_000-rows.Len() {
		t.Fatalf("%+v", again.Counts)
	}
	if _, err := o.UndoImport(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	if rows, _ = o.Delegates(register.Query{}); rows.Len() != 0 {
		t.Fatalf("%d people are left", rows.Len())
	}
}

// letters spells a number so that no two people look alike.
func letters(n int) string {
	s := ""
	for ; n > 0 || s == ""; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

func TestAPlanOlderThanTheRecordIsRefused(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada", "ada@example.org")
	plan := o.plan(t, "delegates", "Name,Email,Phone\nAda,ada@example.org,01632 960001\n")
	if err := o.ChangeDelegate(t.Context(), id, register.DelegateInput{Values: map[string]string{"job_title": "Head"}}); err != nil {
		t.Fatal(err)
	}
	_, err := o.Apply(t.Context(), plan, nil)
	wantKind(t, err, register.Conflict)
	if page, _ := o.Person(id); page.Delegate.Phone != "" {
		t.Fatal("the refused plan changed the record")
	}
}

func TestSuccessorsAreLinkedToSchoolsHeld(t *testing.T) {
	o := newOffice(t)
	o.apply(t, "organisations", schools)
	links := "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n900001,900002,Ash College,Successor,01-09-2020\n" +
		"900001,900003,Oak,Predecessor,\n999999,900001,Elm,Successor,\n"
	plan := o.plan(t, "organisations", links)
	if plan.Counts != (register.Counts{Rows: 3, Changed: 2, Refused: 1}) {
		t.Fatalf("%+v", plan.Counts)
	}
	o.apply(t, "organisations", links)
	rows, _ := o.Organisations(register.Query{Filter: "900001"})
	page, err := o.OrganisationPage(rows.Row(0).ID)
	if err != nil || len(page.Organisation.Links) != 2 {
		t.Fatalf("%+v, %v", page.Organisation.Links, err)
	}
	if again := o.plan(t, "organisations", links); again.Counts.Same != 2 {
		t.Fatalf("%+v", again.Counts)
	}
}
