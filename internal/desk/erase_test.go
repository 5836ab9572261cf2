package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// erasureCase opens an erasure request and decides it; an office of one approves
// by deciding.
func (o *office) erasureCase(t testing.TB, who register.ID, out register.Outcome, grounds ...string) string {
	t.Helper()
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Erasure, Delegate: who, Received: o.Today(), How: "letter",
	})
	if err != nil {
		t.Fatal(err)
	}
	if out != "" {
		o.decideErasure(t, page.Ref, out, grounds...)
	}
	return page.Ref
}

func (o *office) decideErasure(t testing.TB, ref string, out register.Outcome, grounds ...string) {
	t.Helper()
	in := register.DecisionInput{Outcome: out, Reason: "no longer needed", Grounds: append([]string{"not-needed"}, grounds...)}
	if _, err := o.Decide(t.Context(), ref, in); err != nil {
		t.Fatal(err)
	}
}

func (o *office) erasurePlan(t testing.TB, ref string) register.ErasurePlan {
	t.Helper()
	p, err := o.ErasurePlan(t.Context(), ref, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (o *office) erase(t testing.TB, ref string) register.ErasureReport {
	t.Helper()
	report, err := o.Erase(t.Context(), ref, register.EraseInput{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// scan searches for typed values and returns where they still stand.
func (o *office) scan(t testing.TB, values ...string) []register.ResidueFind {
	t.Helper()
	r, err := o.ResidueScan(t.Context(), register.ResidueInput{Values: values}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Records == 0 || r.Bytes == 0 {
		t.Fatalf("the search read %d records and %d bytes", r.Records, r.Bytes)
	}
	return r.Residue
}

func TestAnErasureLeavesATombstoneSkeletonsAndSuppressions(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Zephyrine O'Fernsby", "zeph@example.org")
	other := o.person(t, "Bo Lindqvist", "bo@example.org")
	if err := o.ChangeDelegate(ctx, other, register.DelegateInput{
		Values: map[string]string{"special_requirements": "sits with Zephyrine OFernsby"},
	}); err != nil {
		t.Fatal(err)
	}
	closed := o.accessRequest(t, id)
	for _, e := range []register.RequestEvent{
		{Kind: register.IdentitySeen, On: o.Today()}, {Kind: register.Noted, On: o.Today(), Text: "Zephyrine rang"},
	} {
		if _, err := o.Progress(ctx, closed, e); err != nil {
			t.Fatal(err)
		}
	}
	ref := o.erasureCase(t, id, register.Fulfil)
	_, err := o.Erase(ctx, ref, register.EraseInput{}, nil)
	wantKind(t, err, register.Refused) // the access case is open
	if _, err := o.Decide(ctx, closed, register.DecisionInput{Outcome: register.Fulfil, Reason: "all"}); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		if _, err := o.Progress(ctx, closed, register.RequestEvent{Kind: kind, On: o.Today()}); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(t.TempDir(), "certificate.txt")
	report, err := o.Erase(ctx, ref, register.EraseInput{Certificate: to}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.Complete || !strings.HasPrefix(report.Words, "COMPLETE") || report.Masked != 1 || report.Certificate == "" {
		t.Fatalf("%+v", report)
	}
	text, err := os.ReadFile(to)
	if err != nil || !strings.Contains(string(text), "Zephyrine O'Fernsby") || !strings.Contains(string(text), "Personal record: 1") {
		t.Fatalf("certificate: %v\n%s", err, text)
	}
	page, err := o.Person(id)
	if err != nil || page.Delegate.Status != register.Erased || page.Delegate.Name+page.Delegate.Email+page.Delegate.Kind != "" {
		t.Fatalf("%+v, %v", page.Delegate, err)
	}
	was, err := o.Request(closed)
	if err != nil || was.State != register.ClosedCase || was.Due.IsZero() || len(was.Events) < 5 {
		t.Fatalf("%+v, %v", was, err)
	}
	for _, e := range was.Events {
		if strings.Contains(e.Text, "Zeph") {
			t.Errorf("event %d keeps its words", e.Seq)
		}
	}
	if left := o.scan(t, "Zephyrine O'Fernsby", "zeph@example.org"); len(left) > 0 {
		t.Errorf("left: %+v", left)
	}
	beside, err := o.Person(other)
	if err != nil || beside.Delegate.Value("special_requirements") != "sits with [erased]" {
		t.Errorf("%q, %v", beside.Delegate.Value("special_requirements"), err)
	}
	o.addressIsBarred(t, "zeph@example.org")
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		if _, err := o.Progress(ctx, ref, register.RequestEvent{Kind: kind, On: o.Today()}); err != nil {
			t.Fatal(err)
		}
	}
	again, err := o.Erase(ctx, ref, register.EraseInput{}, nil)
	if err != nil || !again.Resumed || !again.Complete {
		t.Fatalf("%+v, %v", again, err)
	}
}

// addressIsBarred holds that an import does not bring somebody back.
func (o *office) addressIsBarred(t *testing.T, email string) {
	t.Helper()
	all, err := o.Suppressions()
	if err != nil || !slices.ContainsFunc(all, func(x register.Suppression) bool { return x.Scope == register.ScopeErased }) {
		t.Fatalf("no suppression of the erased address: %+v, %v", all, err)
	}
	plan, err := o.Plan(t.Context(), desk.Incoming{Noun: "delegates", File: "back.csv", Rows: slices.Values([]register.Incoming{{
		Line: 2, Given: []string{"name", "email"},
		Delegate: &register.Delegate{Name: "Somebody", Email: email, Kind: o.Settings().Profile.Kinds[0].ID},
	}})})
	if err != nil || plan.Counts.Refused != 1 {
		t.Errorf("the import brings an erased address back: %+v, %v", plan.Counts, err)
	}
}
