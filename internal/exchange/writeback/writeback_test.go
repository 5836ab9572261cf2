package writeback_test

import (
	"bytes"
	"strings"
	"testing"

	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/exchange/writeback"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func open(t testing.TB, csv string) *table.Table {
	t.Helper()
	tab, err := exchange.Read("list.csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func again(t testing.TB, tab *table.Table, problems []register.Problem) (*table.Table, string) {
	t.Helper()
	var out bytes.Buffer
	n, err := writeback.Refused(tab, problems, &out)
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if n == 0 {
		return nil, text
	}
	back := open(t, text)
	if back.DataRows() != n {
		t.Fatalf("%d rows written, %d read from\n%s", n, back.DataRows(), text)
	}
	return back, text
}

const people = "Name;Email;Phone;Note\n" +
	"Ada Ray;ada@example.org;07700 900123;fine\n" +
	"Bo Li;nonsense;'07700 900124;\"says \"\"no\"\"\nand more\"\n" +
	";dee@example.org;+44 7700 900125;=1+1\n"

func TestRefusedRowsComeBackAsTheyWere(t *testing.T) {
	tab := open(t, people)
	back, text := again(t, tab, []register.Problem{
		{Line: 3, Field: "email", Reason: "this is not an email address"},
		{Line: 5, Field: "name", Reason: "the name is empty"}, {Line: 5, Field: "note", Reason: "too long"},
	})
	want := []string{"Name", "Email", "Phone", "Note", "problem_line", "problem_field", "problem"}
	if diff := cmp.Diff(want, back.ColumnNames()); diff != "" {
		t.Fatal(diff)
	}
	var got [][]string
	for row := range back.Rows() {
		var cells []string
		for i := range back.Columns {
			cells = append(cells, row.Text(i))
		}
		got = append(got, cells)
	}
	if diff := cmp.Diff([][]string{
		{"Bo Li", "nonsense", "07700 900124", "says \"no\"\nand more", "3", "email", "refused: this is not an email address"},
		{"", "dee@example.org", "+44 7700 900125", "=1+1", "5", "name, note", "refused: the name is empty; too long"},
	}, got); diff != "" {
		t.Fatal(diff)
	}
	if strings.Contains(text, "\n=1+1") || strings.Contains(text, ",=1+1") {
		t.Fatal("a formula stands in the file as it is")
	}
	if mapping.Fingerprint(tab.ColumnNames()) != mapping.Fingerprint(back.ColumnNames()) {
		t.Fatal("a mapping remembered for the file is not found for its corrected rows")
	}
}

func TestCorrectedRowsAreImportedAgain(t *testing.T) {
	p := register.Profile{Kinds: []register.PersonKind{{ID: "contact"}}}
	incoming := func(tab *table.Table) (good int, bad []register.Problem) {
		m := mapping.Guess(tab.ColumnNames(), intake.DelegateTargets(&p, "contact"))
		for in := range intake.People(tab, m, &p, "contact") {
			if in.Refused != nil {
				bad = append(bad, *in.Refused)
			} else {
				good++
			}
		}
		return good, bad
	}
	tab := open(t, people)
	good, bad := incoming(tab)
	if good != 1 || len(bad) != 2 {
		t.Fatalf("%d good, %v", good, bad)
	}
	back, text := again(t, tab, bad)
	if good, still := incoming(back); good != 0 || len(still) != 2 {
		t.Fatalf("%d good, %v", good, still)
	}
	if twice, _ := again(t, back, bad); len(twice.Columns) != len(back.Columns) {
		t.Fatalf("columns were added twice: %v", twice.ColumnNames())
	}
	text = strings.Replace(text, "nonsense", "bo@example.org", 1)
	text = strings.Replace(text, "\n,dee@", "\nDee,dee@", 1)
	if good, bad := incoming(open(t, text)); good != 2 {
		t.Fatalf("%d good, %v", good, bad)
	}
}

func TestARowWithoutCellsIsNamed(t *testing.T) {
	tab := open(t, "Name,Email\nAda,ada@example.org,7,8\nBo,bo@example.org\n")
	if len(tab.Problems) != 1 {
		t.Fatalf("%+v", tab.Problems)
	}
	back, _ := again(t, tab, []register.Problem{{Line: 2, Reason: tab.Problems[0].Reason}})
	for row := range back.Rows() {
		if row.Text(0) != "" || row.Text(2) != "2" || !strings.Contains(row.Text(4), "cells") {
			t.Fatalf("%q", row.Values())
		}
	}
}

// TestAnyCellComesBack holds for whatever a cell may hold.
func TestAnyCellComesBack(t *testing.T) {
	cell := rapid.OneOf(rapid.StringMatching(`['=+@ \-"0-9a;,\n\t\r|]{0,8}`), rapid.String())
	rapid.Check(t, func(r *rapid.T) {
		var text bytes.Buffer
		text.WriteString("Name,Note,Email\n")
		for range 3 {
			for range 2 {
				text.WriteString(`"` + strings.ReplaceAll(cell.Draw(r, "cell"), `"`, `""`) + `",`)
			}
			text.WriteString("x@example.org\n")
		}
		tab, err := exchange.Read("list.csv", text.Bytes())
		if err != nil || tab.Len() != 3 || len(tab.Columns) != 3 {
			return // not a table of this shape
		}
		var lines []register.Problem
		var want [][]string
		for row := range tab.Rows() {
			lines = append(lines, register.Problem{Line: row.Line, Reason: "no"})
			want = append(want, []string{row.Text(0), row.Text(1), row.Text(2)})
		}
		var out bytes.Buffer
		if _, err := writeback.Refused(tab, lines, &out); err != nil {
			r.Fatal(err)
		}
		back, err := exchange.Read("list.csv", out.Bytes())
		if err != nil {
			r.Fatal(err)
		}
		var got [][]string
		for row := range back.Rows() {
			got = append(got, []string{row.Text(0), row.Text(1), row.Text(2)})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("%s\n%q", diff, out.String())
		}
	})
}
