package desk_test

import (
	"strings"
	"testing"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// planAnswers plans people whose column "News?" answers question.
func (o *office) planAnswers(t *testing.T, csv string) *register.Plan {
	t.Helper()
	tab, err := exchange.Read("people.csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	p := o.Settings().Profile
	m := mapping.Mapping{Pairs: []mapping.Pair{{Column: "Name", Field: "name"}, {Column: "Email", Field: "email"}}}
	if strings.Contains(csv, "News?") {
		m.Pairs = append(m.Pairs, mapping.Pair{Column: "News?", Field: "consent:" + question.Purpose + ":" + question.Channel})
	}
	if m, err = m.For("map.toml", tab.ColumnNames(), intake.DelegateTargets(&p, p.Kinds[0].ID)); err != nil {
		t.Fatal(err)
	}
	plan, err := o.Plan(t.Context(), desk.Incoming{
		Noun: "delegates", File: "people.csv", Rows: intake.People(tab, m, &p, p.Kinds[0].ID),
	})
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Counts.Balanced() || plan.Counts.Rows != tab.DataRows() {
		t.Fatalf("%+v of %d rows", plan.Counts, tab.DataRows())
	}
	return plan
}

func TestPeopleAreImportedWithTheirAnswers(t *testing.T) {
	o := newOffice(t)
	no, yes, same := o.person(t, "Ada Ray", "ada@example.org"), o.person(t, "Bo Li", "bo@example.org"), o.person(t, "Cy Ng", "cy@example.org")
	o.heard(t, no, register.RefusedIt, "2026-02-10")
	csv := "Name,Email,News?\nAda Ray,ada@example.org,yes\nBo Li,bo@example.org,no\nCy Ng,cy@example.org,\n" +
		"Dee Ray,dee@example.org,yes\nEli Ray,eli@example.org,perhaps\n"
	plan := o.planAnswers(t, csv)
	if plan.Counts != (register.Counts{Rows: 5, New: 1, Changed: 1, Same: 2, Refused: 1}) {
		t.Fatalf("%+v %+v", plan.Counts, plan.Problems)
	}
	if n := plan.Notices; len(n) != 1 || n[0].Line != 2 || n[0].Reason != "kept: refused on 2026-02-10" {
		t.Fatalf("%+v", n)
	}
	b, err := o.Apply(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := o.Delegates(register.Query{Filter: "dee"})
	for who, want := range map[register.ID]register.ConsentAct{
		no: register.RefusedIt, yes: register.RefusedIt, same: register.NeverAsked, rows.Row(0).ID: register.Given,
	} {
		if got := o.state(t, who); got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
	page, _ := o.Person(yes)
	if page.Delegate.Revision != 1 {
		t.Error("an answer changed the record")
	}
	if _, err := o.UndoImport(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	if rows, _ := o.Delegates(register.Query{}); rows.Len() != 3 || o.state(t, yes) != register.RefusedIt {
		t.Errorf("%d people, %s", rows.Len(), o.state(t, yes))
	}
}

// Taking an import back takes the people away, and their no stays on the list.
func TestANoOutlivesTheUndoOfItsImport(t *testing.T) {
	o := newOffice(t)
	b, err := o.Apply(t.Context(), o.planAnswers(t, "Name,Email,News?\nDee Ray,dee@example.org,no\nEli Ray,eli@example.org,yes\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoImport(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	if rows, _ := o.Delegates(register.Query{}); rows.Len() != 0 {
		t.Fatalf("%d people stay", rows.Len())
	}
	again := o.planAnswers(t, "Name,Email,News?\nDee Ray,dee@example.org,yes\nEli Ray,eli@example.org,yes\n")
	if _, err := o.Apply(t.Context(), again, nil); err != nil {
		t.Fatal(err)
	}
	rows, _ := o.Delegates(register.Query{})
	for i := range rows.Len() {
		who := rows.Row(i)
		if a := mayContact(t, o.Seat, who.ID, question); a.Allowed != (who.Name == "Eli Ray") {
			t.Errorf("%s: %t by %s", who.Name, a.Allowed, a.Rule)
		}
	}
}

func TestANoFurtherDownIsNotLost(t *testing.T) {
	o := newOffice(t)
	held := o.person(t, "Ada Ray", "ada@example.org")
	plan := o.planAnswers(t, "Name,Email,News?\nAda Ray,ada@example.org,yes\nada ray,ADA@example.org,no\n"+
		"Bo Li,bo@example.org,yes\nBo Li,bo@example.org,objected\nAda Ray,,no\n")
	if plan.Counts != (register.Counts{Rows: 5, New: 1, Changed: 1, Duplicate: 2, Refused: 1}) {
		t.Fatalf("%+v %+v", plan.Counts, plan.Problems)
	}
	if p := plan.Problems[0]; p.Line != 6 || !strings.Contains(p.Reason, "line 2") {
		t.Fatalf("%+v", p)
	}
	if _, err := o.Apply(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	rows, _ := o.Delegates(register.Query{Filter: "bo"})
	if o.state(t, held) != register.RefusedIt || o.state(t, rows.Row(0).ID) != register.Objected {
		t.Fatalf("%s, %s", o.state(t, held), o.state(t, rows.Row(0).ID))
	}
}

func TestSuppressedAddressesInAnImportOfPeople(t *testing.T) {
	o := newOffice(t)
	for _, in := range []register.SuppressionInput{
		{Email: "ada@example.org", Reason: "asked by letter"},
		{Email: "gone@example.org", Reason: "erased", Scope: register.ScopeErased},
	} {
		if _, err := o.Suppress(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	plan := o.planAnswers(t, "Name,Email\nAda Ray,ADA@example.org\nGone,gone@example.org\nBo Li,bo@example.org\n")
	if plan.Counts != (register.Counts{Rows: 3, New: 2, Refused: 1}) {
		t.Fatalf("%+v", plan.Counts)
	}
	if p := plan.Problems[0]; p.Line != 3 || p.Field != "email" || p.Reason == "" {
		t.Fatalf("%+v", p)
	}
	if n := plan.Notices; len(n) != 1 || n[0] != (register.Problem{Line: 2, Field: "email", Reason: "is suppressed and will not be contacted"}) {
		t.Fatalf("%+v", n)
	}
}
