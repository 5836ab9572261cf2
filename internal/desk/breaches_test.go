package desk_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/register"
)

func TestABreachIsRecordedJudgedReportedAndClosed(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	olga, vera := o.hire(t, "olga", register.Officer), o.hire(t, "vera", register.Viewer)
	in := register.BreachInput{Aware: noon.Add(-80 * time.Hour), What: "a laptop was lost", People: 12}
	_, err := vera.AddBreach(ctx, in)
	wantKind(t, err, register.Denied)
	row, err := olga.AddBreach(ctx, in)
	if err != nil || row.Pressure != register.Late || row.By != "olga" || row.Recorded.IsZero() {
		t.Fatalf("%+v, %v", row, err)
	}
	if row, err = olga.ChangeBreach(ctx, row.ID, register.BreachInput{Aware: in.Aware, What: "it was found again"}); err != nil ||
		row.What != "it was found again" || row.People != 0 {
		t.Fatalf("%+v, %v", row, err)
	}
	_, err = olga.ChangeBreach(ctx, row.ID, register.BreachInput{Aware: in.Aware, What: "x", Revision: row.Revision - 1})
	wantKind(t, err, register.Conflict)
	judged := register.BreachDecision{Risk: register.SomeRisk, Reported: noon, LateBecause: "nobody knew the rule"}
	_, err = olga.DecideBreach(ctx, row.ID, judged)
	wantKind(t, err, register.Denied)
	if row, err = o.DecideBreach(ctx, row.ID, judged); err != nil || row.Words != "to be closed, reported late" || row.JudgedBy != "office" {
		t.Fatalf("%+v, %v", row, err)
	}
	if row, err = o.DecideBreach(ctx, row.ID, register.BreachDecision{Close: true}); err != nil || row.ClosedBy != "office" {
		t.Fatalf("%+v, %v", row, err)
	}
	_, err = o.ChangeBreach(ctx, row.ID, in)
	wantKind(t, err, register.Refused)
	_, err = o.Breach("W0000000000000")
	wantKind(t, err, register.NotFound)
	if got, err := vera.Breach(row.ID); err != nil || got.State != register.BreachClosed {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestBreachesAreListedAsTheyAreKept(t *testing.T) {
	o := newOffice(t)
	if rows, err := o.Breaches(); err != nil || len(rows) != 0 {
		t.Fatalf("%+v, %v", rows, err)
	}
	for _, hours := range []time.Duration{1, 3, 2} {
		must(o.AddBreach(t.Context(), register.BreachInput{Aware: noon.Add(-hours * time.Hour), What: "x"}))(t)
	}
	rows := must(o.Breaches())(t)
	if len(rows) != 3 || !rows[0].Aware.Before(rows[1].Aware) || !rows[1].Aware.Before(rows[2].Aware) {
		t.Fatalf("%+v", rows)
	}
	must(o.DecideBreach(t.Context(), rows[0].ID, register.BreachDecision{Risk: register.SomeRisk}))(t)
	if now := must(o.Breaches())(t); now[0].Risk != register.SomeRisk || rows[0].Risk != "" {
		t.Errorf("a list follows a commit, and one that was taken stays: %+v, %+v", now[0], rows[0])
	}
	adam := o.hire(t, "adam", register.Admin)
	_, err := adam.Breaches()
	wantKind(t, err, register.Denied)
}

// Every breach is in the register that leaves, oldest first, with what the law wants kept of it; nobody else takes it out.
func TestTheRegisterOfBreachesLeaves(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	late := must(o.AddBreach(ctx, register.BreachInput{Aware: noon.Add(-80 * time.Hour), What: "a laptop was lost", People: 12}))(t)
	must(o.AddBreach(ctx, register.BreachInput{Aware: noon.Add(-90 * time.Hour), What: "a letter, opened"}))(t)
	must(o.DecideBreach(ctx, late.ID, register.BreachDecision{
		Risk: register.SomeRisk, Reported: noon, LateBecause: "nobody knew the rule", Reference: "IC-1",
	}))(t)
	d, file, err := o.export(t, "breaches.csv", desk.ExportInput{Noun: "breaches", As: "csv"})
	if err != nil || d.What != "breaches list" || d.Count != 0 || d.Digest == "" || !slices.Contains(d.Fields, "late_because") {
		t.Fatalf("%+v, %v", d, err)
	}
	tab := must(exchange.Read("breaches.csv", must(os.ReadFile(file))(t)))(t)
	var rows []string
	for row := range tab.Rows() {
		rows = append(rows, strings.Join(row.Values(), "|"))
	}
	if len(rows) != 2 || !strings.Contains(rows[0], "|a letter, opened|") || !strings.Contains(rows[0], "|to be judged|") {
		t.Fatalf("%q", rows)
	}
	for _, want := range []string{
		string(late.ID), late.Aware.Format(time.RFC3339), "|a laptop was lost|", "|12|", "|risk|office|to be closed|",
		noon.UTC().Format(time.RFC3339) + "|no|IC-1|nobody knew the rule|",
	} {
		if !strings.Contains(rows[1], want) {
			t.Errorf("no %q in %s", want, rows[1])
		}
	}
	kept := must(o.Disclosures())(t)
	if len(kept) != 1 || kept[0].ID != d.ID {
		t.Errorf("recorded: %+v", kept)
	}
	for _, role := range []register.Role{register.Viewer, register.Admin} {
		_, err := o.hire(t, string(role)+"s", role).Export(ctx, desk.ExportInput{Noun: "breaches", To: t.TempDir() + "/b.csv"})
		wantKind(t, err, register.Denied)
	}
}
