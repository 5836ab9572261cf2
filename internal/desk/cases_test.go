package desk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// opens opens a case as given, with what every case needs filled in.
func (o *office) opens(t testing.TB, in register.RequestInput) register.RequestPage {
	t.Helper()
	if in.Right == "" {
		in.Right = calendar.Access
	}
	if in.Received.IsZero() {
		in.Received = date(t, "2026-03-02")
	}
	if in.How == "" {
		in.How = "letter"
	}
	page, err := o.OpenRequest(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestMoreTimeWaitsForAnother, who may send it back or be too late; in an office
// of one it counts at once.
func TestMoreTimeWaitsForAnother(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	more := register.RequestEvent{Kind: register.Extended, On: o.Today(), Text: "many files", Corrects: 1, Approves: 1}
	alone := o.opens(t, register.RequestInput{Delegate: o.person(t, "Ada", "")})
	page, err := o.Progress(ctx, alone.Ref, more)
	if err != nil || page.Due != date(t, "2026-06-02") || !page.Events[2].Unchecked || len(page.Former) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	dora := o.hire(t, "dora", register.DPO)
	ref := o.opens(t, register.RequestInput{Delegate: o.person(t, "Bob", "")}).Ref
	if page, err = o.Progress(ctx, ref, more); err != nil || page.Due != date(t, "2026-04-02") || len(page.Pending) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	_, err = o.Approve(ctx, ref, calendar.Date{})
	wantKind(t, err, register.Denied)
	if page, err = dora.Return(ctx, ref, calendar.Date{}, "which files?"); err != nil || page.State != register.InProgress {
		t.Fatalf("%s, %v", page.State, err)
	}
	if _, err = o.Progress(ctx, ref, more); err != nil {
		t.Fatal(err)
	}
	was, _ := o.Request(ref)
	o.now = o.now.AddDate(0, 1, 0)
	_, err = dora.Approve(ctx, ref, calendar.Date{})
	wantKind(t, err, register.Refused)
	now, _ := o.Request(ref)
	if diff := cmp.Diff(was.Events, now.Events); diff != "" {
		t.Error(diff)
	}
	o.now = noon
	if page, err = dora.Approve(ctx, ref, calendar.Date{}); err != nil || page.Due != date(t, "2026-06-02") {
		t.Fatalf("due %s, %v", page.Due, err)
	}
}

// TestNoWayRoundTheProofByADuplicate: whichever of two is marked, who asks has to
// be proved in the case that is answered.
func TestNoWayRoundTheProofByADuplicate(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ada := o.person(t, "Ada", "ada@example.org")
	proved := o.opens(t, register.RequestInput{Delegate: ada, IdentityNeeded: true})
	seen := register.RequestEvent{Kind: register.IdentitySeen, On: o.Today(), Evidence: "passport"}
	if _, err := o.Progress(ctx, proved.Ref, seen); err != nil {
		t.Fatal(err)
	}
	bare := o.opens(t, register.RequestInput{Name: "ADA", IdentityNeeded: true})
	if len(bare.Alike) != 1 || bare.Alike[0].Ref != proved.Ref {
		t.Fatalf("alike %+v", bare.Alike)
	}
	for _, pair := range [][2]string{{bare.Ref, proved.Ref}, {proved.Ref, bare.Ref}} {
		page, err := o.MarkDuplicate(ctx, pair[0], strings.ToLower(pair[1]), "sent twice")
		if err != nil || page.Next[0].Do != register.CaseClosed {
			t.Fatalf("%+v, %v", page.Next, err)
		}
		_, err = o.MarkDuplicate(ctx, pair[1], pair[0], "round in a ring")
		wantKind(t, err, register.Refused)
		for _, ref := range []string{bare.Ref, pair[0]} {
			_, err = o.Decide(ctx, ref, decision(register.Fulfil, "all"))
			wantKind(t, err, register.Refused)
			_, err = o.Approve(ctx, ref, calendar.Date{})
			wantKind(t, err, register.Refused)
		}
		_, err = o.Match(ctx, pair[0], o.person(t, "Other", ""))
		wantKind(t, err, register.Refused)
		seq := page.Events[len(page.Events)-1].Seq
		strike := register.RequestEvent{Kind: register.StruckOut, Corrects: seq, Text: "they are two"}
		if page, err = o.Correct(ctx, pair[0], strike); err != nil || page.Next[0].Do == register.CaseClosed {
			t.Fatalf("%+v, %v", page.Next, err)
		}
	}
	_, err := o.Decide(ctx, bare.Ref, decision(register.Fulfil, "all"))
	wantKind(t, err, register.Refused)
	_, err = o.Progress(ctx, bare.Ref, register.RequestEvent{Kind: register.Duplicate, On: o.Today(), Text: "x"})
	wantKind(t, err, register.Invalid)
}

func TestADuplicateIsOfAnOpenCaseOfTheSamePerson(t *testing.T) {
	o := newOffice(t)
	ada := o.person(t, "Ada", "")
	one := o.opens(t, register.RequestInput{Delegate: ada}).Ref
	other := o.opens(t, register.RequestInput{Delegate: o.person(t, "Bob", "")}).Ref
	erasure := o.opens(t, register.RequestInput{Delegate: ada, Right: calendar.Erasure}).Ref
	for _, of := range []string{other, erasure} {
		_, err := o.MarkDuplicate(t.Context(), one, of, "x")
		wantKind(t, err, register.Refused)
	}
	_, err := o.MarkDuplicate(t.Context(), one, one, "x")
	wantKind(t, err, register.Invalid)
	_, err = o.MarkDuplicate(t.Context(), one, "AR-2026-0099", "x")
	wantKind(t, err, register.NotFound)
}

// TestProofIsOfOnePerson: a case that changes hands is proved anew, and nothing
// selected for one goes with it to the other.
func TestProofIsOfOnePerson(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ada, bob := o.person(t, "Ada", ""), o.person(t, "Bob", "")
	ref := o.opens(t, register.RequestInput{Delegate: ada, IdentityNeeded: true, Identity: "the address is new"}).Ref
	page, err := o.Progress(ctx, ref, register.RequestEvent{Kind: register.IdentitySeen, On: o.Today()})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Match(ctx, ref, bob)
	wantKind(t, err, register.Refused)
	_, err = o.Correct(ctx, ref, register.RequestEvent{Kind: register.StruckOut, Corrects: len(page.Events), Text: "of Ada"})
	if err != nil {
		t.Fatal(err)
	}
	if page, err = o.Match(ctx, ref, bob); err != nil || page.Delegate != bob || page.State != register.WaitingIdentity {
		t.Fatalf("%s %s, %v", page.Delegate, page.State, err)
	}
}

// TestAChildWhoUnderstandsDecides: a parent needs the child's authority, and no
// note takes its place.
func TestAChildWhoUnderstandsDecides(t *testing.T) {
	o := newOfficeOf(t, "work-experience")
	id, err := o.AddDelegate(t.Context(), register.DelegateInput{
		Kind: "student", Values: map[string]string{"name": "Kim", "date_of_birth": "2011-05-01"},
	})
	if err != nil {
		t.Fatal(err)
	}
	page := o.opens(t, register.RequestInput{Delegate: id, Requester: "Pat", Relation: "mother", Note: "she is the mother"})
	if page.State != register.WaitingAuthority || !strings.Contains(page.Competence, "decides for themselves") {
		t.Fatalf("%s: %s", page.State, page.Competence)
	}
	asked := slices.IndexFunc(page.Events, func(e register.RequestEvent) bool { return e.Kind == register.AuthorityAsked })
	if asked < 0 || page.Events[asked].Text != register.AuthorityWhy {
		t.Fatalf("%+v", page.Events)
	}
	byName := o.opens(t, register.RequestInput{Name: "Kim", Requester: "Pat", Relation: "mother", Note: "she is the mother"})
	if page, err = o.Match(t.Context(), byName.Ref, id); err != nil || page.State != register.WaitingAuthority {
		t.Fatalf("%s, %v", page.State, err)
	}
	if len(page.Others) != 1 || len(page.Alike) != 1 {
		t.Errorf("others %+v, alike %+v", page.Others, page.Alike)
	}
}

func TestEducationalRecordNeedsTheTerms(t *testing.T) {
	o := newOffice(t)
	in := register.RequestInput{Right: calendar.EducationalRecord, Name: "Kim", Requester: "Pat", Relation: "parent"}
	in.Received, in.How = date(t, "2026-03-02"), "letter"
	_, err := o.OpenRequest(t.Context(), in)
	wantKind(t, err, register.Refused)
	if !strings.Contains(err.Error(), "give the school's terms first") {
		t.Error(err)
	}
	wantKind(t, o.SetTerms(t.Context(), "2026-13-01,2026-01-01"), register.Invalid)
	if err := o.SetTerms(t.Context(), "2026-01-05,2026-03-27\n2026-04-13,2026-07-21\n"); err != nil {
		t.Fatal(err)
	}
	page := o.opens(t, in)
	if page.Due != date(t, "2026-03-23") {
		t.Fatalf("due %s", page.Due)
	}
	if err := o.SetTerms(t.Context(), "2026-01-05,2026-03-06\n2026-03-16,2026-07-21\n"); err != nil {
		t.Fatal(err)
	}
	if page, err = o.Request(page.Ref); err != nil || page.Due != date(t, "2026-03-23") || page.Recount == nil ||
		page.Recount.Due != date(t, "2026-03-30") {
		t.Fatalf("due %s, recounted %+v, %v", page.Due, page.Recount, err)
	}
}

func TestCasesAreNarrowedDownAndHandedOver(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.hire(t, "olive", register.Officer)
	o.hire(t, "vic", register.Viewer)
	ada := o.opens(t, register.RequestInput{Delegate: o.person(t, "Áda Sample", "")}).Ref
	bob := o.opens(t, register.RequestInput{Name: "Bob", Right: calendar.Erasure, Received: date(t, "2026-02-02")}).Ref
	if _, err := o.Assign(ctx, ada, "olive", "yours"); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"vic", "nobody"} {
		_, err := o.Assign(ctx, ada, to, "")
		wantRefusal(t, err, register.Invalid, "to")
	}
	for _, c := range []struct {
		q    register.CaseQuery
		want []string
	}{
		{register.CaseQuery{}, []string{bob, ada}},
		{register.CaseQuery{Text: "ada samp"}, []string{ada}},
		{register.CaseQuery{Text: "erasure"}, []string{bob}},
		{register.CaseQuery{Owner: "olive"}, []string{ada}},
		{register.CaseQuery{Right: calendar.Erasure, OnlyOpen: true}, []string{bob}},
		{register.CaseQuery{DueBefore: date(t, "2026-03-03")}, []string{bob}},
		{register.CaseQuery{State: register.RepliedTo}, nil},
	} {
		list, err := o.Cases(c.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range list.Len() {
			got = append(got, list.Row(i).Ref)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c.q, got)
		}
	}
	_, err := o.Cases(register.CaseQuery{State: "asleep"})
	wantRefusal(t, err, register.Invalid, "state")
	page, err := o.FinishTask(ctx, ada, "search", "cupboard too")
	done := slices.IndexFunc(page.Tasks, func(x register.Task) bool { return x.ID == "search" && x.Finished })
	if err != nil || done < 0 {
		t.Errorf("%+v, %v", page.Tasks, err)
	}
}

// TestWhatLeavesAboutCasesNamesNobody unless it is asked to.
func TestWhatLeavesAboutCasesNamesNobody(t *testing.T) {
	o := newOffice(t)
	ctx, dir := t.Context(), t.TempDir()
	o.opens(t, register.RequestInput{Delegate: o.person(t, "Zephyrine", "z@example.org"), Requester: "Quentin", AuthorityNeeded: true})
	o.opens(t, register.RequestInput{Name: "Zephyrine"})
	write := map[string]func(string) (register.Disclosure, error){
		"d.ics":  func(to string) (register.Disclosure, error) { return o.WriteDeadlines(ctx, to, 7) },
		"f.html": func(to string) (register.Disclosure, error) { return o.WriteFigures(ctx, 2026, to) },
		"f.pdf":  func(to string) (register.Disclosure, error) { return o.WriteFigures(ctx, 2026, to) },
		"f.csv":  func(to string) (register.Disclosure, error) { return o.WriteFigures(ctx, 2026, to) },
		"r.csv": func(to string) (register.Disclosure, error) {
			return o.Export(ctx, registerTo(to))
		},
	}
	for name, to := range write {
		d, err := to(filepath.Join(dir, name))
		if err != nil || d.Count != 0 || d.Digest == "" {
			t.Fatalf("%s: %+v, %v", name, d, err)
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(text) == 0 || strings.Contains(string(text), "Zephyrine") || strings.Contains(string(text), "Quentin") {
			t.Errorf("%s: %v\n%.300s", name, err, text)
		}
		_, err = to(filepath.Join(dir, name))
		wantKind(t, err, register.Refused) // exists
		_, err = to(filepath.Join(dir, name+".exe"))
		wantRefusal(t, err, register.Invalid, "to")
	}
	in := registerTo(filepath.Join(dir, "named.csv"))
	in.Fields = []string{"name", "requester"}
	d, err := o.Export(ctx, in)
	text, _ := os.ReadFile(in.To)
	if err != nil || d.Count != 1 || !strings.Contains(string(text), "Zephyrine,Quentin") {
		t.Errorf("%+v, %v\n%s", d, err, text)
	}
	in.Fields, in.To = []string{"email"}, filepath.Join(dir, "x.csv")
	_, err = o.Export(ctx, in)
	wantRefusal(t, err, register.Invalid, "field")
}

func TestMonthShowsWhatFallsDue(t *testing.T) {
	o := newOffice(t)
	ref := o.opens(t, register.RequestInput{Name: "Ada", Received: date(t, "2026-03-03")}).Ref
	weeks, err := o.MonthDue(2026, 4)
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	for _, week := range weeks {
		for _, d := range week {
			for _, item := range d.Items {
				found += fmt.Sprintf("%s %s %s;", d.On, item.Ref, item.What)
			}
			if d.On == date(t, "2026-04-06") && (d.Holiday == "" || d.Working) {
				t.Errorf("Easter Monday: %+v", d)
			}
		}
	}
	if found != "2026-04-07 "+ref+" Access: reply due;" {
		t.Error(found)
	}
	_, err = o.MonthDue(2026, 13)
	wantRefusal(t, err, register.Invalid, "month")
}

func TestRequestsSentByMachineAreReadOnce(t *testing.T) {
	o := newOffice(t)
	ada := o.person(t, "Ada", "ada@example.org")
	file := `[
{"regulation":"gdpr","subject_request_id":"a1","subject_request_type":"erasure","submitted_time":"2026-03-10T15:00:00Z",
 "subject_identities":[{"identity_type":"email","identity_value":"ada@example.org","identity_format":"raw"}],"api_version":"2.0"},
{"regulation":"gdpr","subject_request_id":"a2","subject_request_type":"access","submitted_time":"2026-03-10T15:00:00Z",
 "subject_identities":[{"identity_type":"email","identity_value":"nobody@example.org","identity_format":"raw"}],"api_version":"2.0"},
{"not":"a request"}
]`
	for _, dry := range []bool{true, false} {
		plan, err := o.ReadIncoming(t.Context(), "in.json", []byte(file), dry)
		if err != nil || plan.New != 2 || plan.Refused != 1 || plan.Read != 0 || plan.Dry != dry {
			t.Fatalf("%+v, %v", plan, err)
		}
		if list, _ := o.Cases(register.CaseQuery{}); list.Len() != map[bool]int{true: 0, false: 2}[dry] {
			t.Fatalf("%d cases", list.Len())
		}
	}
	plan, err := o.ReadIncoming(t.Context(), "again.json", []byte(file), false)
	if err != nil || plan.New != 0 || plan.Read != 2 || plan.Refused != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	list, _ := o.Cases(register.CaseQuery{Right: calendar.Erasure})
	page, err := o.Request(list.Row(0).Ref)
	if err != nil || page.Delegate != ada || page.State != register.WaitingIdentity || page.How != "form" {
		t.Errorf("%+v, %v", page, err)
	}
}

// fill puts cases into the store at one go.
func (o *office) fill(b *testing.B, n int) {
	b.Helper()
	clocks := register.Clocks{Holidays: calendar.Builtin()}
	change := store.Change{Operator: "office", Door: desk.Console, Verb: register.RequestOpen}
	_, err := o.db.Update(b.Context(), change, func(tx *store.Tx) error {
		for i := range n {
			r := register.Request{
				Ref: register.CaseRef(calendar.Access, 2026, i+1), Right: calendar.Access, Nation: calendar.EnglandAndWales,
				Name: fmt.Sprintf("Person %d", i), How: "letter", Owner: "office",
			}
			received := register.RequestEvent{Kind: register.Received, On: date(b, "2026-03-02").AddDays(-i % 20)}
			if err := errors.Join(r.Add(received), r.Reckon(clocks), tx.Requests().Put(r)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCases opens the list and reads a screen of it.
func BenchmarkCases(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := newOfficeOf(b, "teaching-school")
			o.fill(b, n)
			b.ReportAllocs()
			for b.Loop() {
				list, err := o.Cases(register.CaseQuery{})
				if err != nil || list.Len() != n {
					b.Fatal(err)
				}
				for i := range 40 {
					_ = list.Row(i)
				}
			}
		})
	}
}

// registerTo is the register of cases in a file.
func registerTo(to string) desk.ExportInput { return desk.ExportInput{Noun: "requests", To: to} }
