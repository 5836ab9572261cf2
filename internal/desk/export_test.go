package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/consentfile"
	"custos/internal/register"
	"custos/store"
)

// export writes a noun under a name in a new folder.
func (o *office) export(t testing.TB, name string, in desk.ExportInput) (register.Disclosure, string, error) {
	t.Helper()
	in.To = filepath.Join(t.TempDir(), name)
	d, err := o.Export(t.Context(), in)
	return d, in.To, err
}

func TestFormulasAreGuardedInEveryTable(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	id := o.somebody(t, "teacher", "name", "=HYPERLINK(1)", "email", "ada@example.org")
	in := inputOf(id, newsByEmail, register.Given)
	in.Evidence = "=HYPERLINK(1)"
	o.records(t, in)
	must(o.AddBreach(t.Context(), register.BreachInput{Aware: noon.Add(-time.Hour), What: "=HYPERLINK(1)"}))(t)
	for _, noun := range []string{"mailing", "delegates", "consents", "breaches"} {
		for _, name := range []string{"list.csv", "list.xlsx"} {
			in := desk.ExportInput{Noun: noun}
			if noun == "mailing" {
				in.Purpose, in.Channel = "news", "email"
			}
			_, file, err := o.export(t, name, in)
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tab, err := exchange.Read(name, data)
			if err != nil {
				t.Fatal(err)
			}
			var cells []string
			for row := range tab.Rows() {
				cells = append(cells, row.Values()...)
			}
			if slices.Contains(cells, "=HYPERLINK(1)") || !slices.Contains(cells, "'=HYPERLINK(1)") {
				t.Errorf("%s %s: %q", noun, name, cells)
			}
		}
	}
}

// TestWhoWasErasedUnderTheirAddressStaysHere when a list goes to somebody else.
func TestWhoWasErasedUnderTheirAddressStaysHere(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.somebody(t, "teacher", "name", "Bob", "email", "bob@example.org")
	o.put(t, o.somebody(t, "teacher", "name", "Eve"), register.Restricted)
	_, err := o.Suppress(t.Context(), register.SuppressionInput{
		Email: "bob@example.org", Scope: register.ScopeErased, Reason: "erased",
	})
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := o.export(t, "a.csv", desk.ExportInput{Noun: "delegates"})
	if err != nil || d.Count != 2 || len(d.LeftOut) != 1 || d.LeftOut[0].Rule != register.RuleRestricted {
		t.Errorf("%+v, %v", d, err)
	}
	d, file, err := o.export(t, "b.csv", desk.ExportInput{Noun: "delegates", Purpose: "news", Recipient: "partner"})
	if err != nil || d.Count != 1 || len(d.LeftOut) != 2 || d.LeftOut[1].Rule != register.RuleSuppressed {
		t.Errorf("%+v, %v", d, err)
	}
	if rows := rowsOf(t, file); len(rows) != 2 || rows[1][3] != "Ada" {
		t.Errorf("%q", rows)
	}
}

// TestNothingHalfWrittenIsLeft: whatever stops an export, folder and ledger are
// as they were.
func TestNothingHalfWrittenIsLeft(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	o.says(t, o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org"), newsByEmail, register.Given)
	dir := t.TempDir()
	for _, in := range []desk.ExportInput{
		{Noun: "mailing", Purpose: "news", Channel: "email"}, {Noun: "consents"}, {Noun: "consents", As: "kantara"}, {Noun: "delegates"},
	} {
		in.To = filepath.Join(dir, "x.json")
		ctx, cancel := cancelled(t)
		if _, err := o.Export(ctx, in); err == nil {
			t.Error("a cancelled export went through")
		}
		cancel()
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s left %v", in.Noun, left)
		}
	}
	n := 0
	err := o.db.View(func(tx *store.Tx) error {
		n = tx.Disclosures().Len()
		return nil
	})
	if err != nil || n != 0 {
		t.Errorf("%d disclosures of nothing, %v", n, err)
	}
}

func TestConsentsLeaveInEveryStandard(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	bob := o.somebody(t, "teacher", "name", "Bob")
	o.says(t, ada, newsByEmail, register.Given)
	o.says(t, ada, newsByEmail, register.Withdrawn)
	o.says(t, bob, photos, register.RefusedIt)
	for _, c := range []struct {
		name, as string
		who      register.ID
		want     int
	}{
		{"l.csv", "", "", 3}, {"l.json", "json", "", 3}, {"l.json", "iso27560", "", 3}, {"l.json", "Kantara", ada, 2},
		{"l.json", "receipt27560", ada, 2}, {"l.csv", "csv", bob, 1},
	} {
		d, file, err := o.export(t, c.name, desk.ExportInput{Noun: "consents", As: c.as, Person: c.who})
		if err != nil {
			t.Fatal(c, err)
		}
		n := 0
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		err = consentfile.Read(consentfile.Format(d.Format), f, func(e consentfile.Entry) {
			if e.Problem == nil {
				n++
			}
		})
		_ = f.Close()
		if err != nil || n != c.want || d.Count != min(2, c.want) && c.who == "" || c.who != "" && d.Count != 1 {
			t.Errorf("%+v: %d events, %d people, %v", c, n, d.Count, err)
		}
		if to := map[bool]string{true: "data subject", false: "internal"}[c.as == "receipt27560"]; d.Recipient != to {
			t.Errorf("%+v: to %s", c, d.Recipient)
		}
	}
	_, _, err := o.export(t, "x.csv", desk.ExportInput{Noun: "consents", As: "kantara"})
	wantRefusal(t, err, register.Invalid, "to")
	_, _, err = o.export(t, "x.json", desk.ExportInput{Noun: "consents", As: "yaml"})
	wantRefusal(t, err, register.Invalid, "as")
	_, _, err = o.export(t, "x.json", desk.ExportInput{Noun: "consents", As: "receipt27560"})
	wantRefusal(t, err, register.Invalid, "person")
	_, _, err = o.export(t, "x.json", desk.ExportInput{Noun: "delegates", As: "kantara"})
	wantRefusal(t, err, register.Invalid, "as")
	o.put(t, ada, register.Restricted)
	_, _, err = o.export(t, "x.json", desk.ExportInput{Noun: "consents", Person: ada})
	wantRefusal(t, err, register.Refused, "person")
}

func TestProfilingCountsAndNamesNobody(t *testing.T) {
	o := newOfficeOf(t, "community-learning")
	_, _, err := o.export(t, "x.csv", desk.ExportInput{Noun: "profiling"})
	wantKind(t, err, register.Refused) // nobody to count
	kind := ""
	for _, k := range o.Settings().Profile.Kinds {
		if slices.ContainsFunc(k.Fields, func(f register.Field) bool { return f.ID == "postcode" }) {
			kind = k.ID
		}
	}
	for i := range 7 {
		o.somebody(t, kind, "name", "Ada Example"+strings.Repeat("x", i), "postcode", "ZZ1 1ZZ")
	}
	d, file, err := o.export(t, "x.csv", desk.ExportInput{Noun: "profiling", Fields: []string{"postcode"}})
	if err != nil || d.Count != 0 || len(d.LeftOut) > 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	want := [][]string{{"postcode", "people"}, {"ZZ", "5"}}
	if got := rowsOf(t, file); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
	_, _, err = o.export(t, "x.csv", desk.ExportInput{Noun: "profiling", Fields: []string{"email"}})
	wantRefusal(t, err, register.Invalid, "fields")
	_, _, err = newOfficeWith(t, sendingProfile()).export(t, "x.csv", desk.ExportInput{Noun: "profiling"})
	wantKind(t, err, register.Refused)
}

// cancelled is a context that has ended.
func cancelled(t testing.TB) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}
