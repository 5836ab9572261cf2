package desk_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// question is what contact imports of these tests are about.
var question = register.ConsentKey{Purpose: "course-news", Channel: "email"}

// listOf is a generic file of contacts whose answers are mapped to question.
func listOf(t testing.TB, file, csv string) desk.ContactSource {
	t.Helper()
	tab, err := exchange.Read(file, []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	src := desk.ContactSource{
		File: file, Table: tab, MapConsent: true, Purpose: question.Purpose, Channel: question.Channel,
	}
	if _, ok := strings.CutPrefix(csv, "email,"); ok && file == "list.csv" {
		for _, c := range tab.ColumnNames() {
			src.Columns.Pairs = append(src.Columns.Pairs, mapping.Pair{Column: c, Field: c})
		}
	}
	return src
}

func (o *office) planContacts(t testing.TB, src desk.ContactSource) *register.ContactPlan {
	t.Helper()
	plan, err := o.PlanContacts(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Counts.Balanced() || plan.Counts.Rows != src.Table.DataRows() || len(plan.Rows) != plan.Counts.Rows {
		t.Fatalf("%+v of %d rows", plan.Counts, src.Table.DataRows())
	}
	return plan
}

func (o *office) applyContacts(t testing.TB, src desk.ContactSource) (*register.ContactPlan, register.Batch) {
	t.Helper()
	plan := o.planContacts(t, src)
	b, err := o.ApplyContacts(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.Counts != plan.Counts || b.State != register.BatchDone {
		t.Fatalf("%+v, planned %+v", b, plan.Counts)
	}
	return plan, b
}

func (o *office) heard(t testing.TB, who register.ID, act register.ConsentAct, day string) {
	t.Helper()
	_, err := o.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: who, Purpose: question.Purpose, Channel: question.Channel, Act: act, Method: "paper",
		At: time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, date(t, "2000-01-01").DaysUntil(date(t, day))),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) state(t testing.TB, who register.ID) register.ConsentAct {
	t.Helper()
	events, err := o.ConsentHistory(who)
	if err != nil {
		t.Fatal(err)
	}
	return register.StandingOf(register.Facts(events), question, register.At(o.Today())).State
}

func TestANoHeldAlwaysWins(t *testing.T) {
	for _, act := range []register.ConsentAct{register.RefusedIt, register.Withdrawn, register.Objected} {
		t.Run(string(act), func(t *testing.T) {
			o := newOffice(t)
			id := o.person(t, "Ada Ray", "ada@example.org")
			o.heard(t, id, act, "2026-02-10")
			plan, b := o.applyContacts(t, listOf(t, "list.csv", "email,consent,at\nADA@example.org,yes,2026-03-01\n"))
			row := plan.Rows[0]
			if want := "kept: " + string(act) + " on 2026-02-10"; row.Why != want || row.Fate != register.FateSame {
				t.Fatalf("%s, %q", row.Fate, row.Why)
			}
			if plan.Answers.KeptNo != 1 || plan.Answers.Yes != 0 || b.Counts.Same != 1 {
				t.Fatalf("%+v", plan.Answers)
			}
			if got := o.state(t, id); got != act {
				t.Fatalf("the import made it %s", got)
			}
		})
	}
}

func TestAWideNoHeldWins(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	_, err := o.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: id, Purpose: register.AnyMarketing, Channel: register.AnyChannel, Act: register.Objected, Method: "spoken",
	})
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := o.applyContacts(t, listOf(t, "list.csv", "email,consent\nada@example.org,yes\n"))
	if plan.Answers.KeptNo != 1 || o.state(t, id) != register.Objected {
		t.Fatalf("%+v, %s", plan.Answers, o.state(t, id))
	}
}

func TestASuppressionWins(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	for _, in := range []register.SuppressionInput{
		{Email: "Ada@Example.org", Reason: "asked by letter"},
		{Email: "new@example.org", Reason: "asked by letter", Scope: register.ScopeAll},
		{Email: "gone@example.org", Reason: "erased", Scope: register.ScopeErased},
	} {
		if _, err := o.Suppress(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	src := listOf(t, "list.csv", "email,consent\nada@example.org,yes\nnew@example.org,yes\ngone@example.org,yes\ngone@example.org,\n")
	plan, _ := o.applyContacts(t, src)
	if plan.Counts != (register.Counts{Rows: 4, New: 1, Same: 1, Refused: 2}) || plan.Answers.Suppressed != 2 || plan.Answers.Yes != 0 {
		t.Fatalf("%+v %+v", plan.Counts, plan.Answers)
	}
	if plan.Rows[0].Why != "kept: suppressed on 2026-03-16" || !strings.Contains(plan.Rows[1].Why, "is suppressed and will not be contacted") {
		t.Fatalf("%q, %q", plan.Rows[0].Why, plan.Rows[1].Why)
	}
	if p := plan.Problems[0]; p.Line != 4 || p.Field != "email" || !strings.Contains(p.Reason, "erased") {
		t.Fatalf("%+v", p)
	}
	if o.state(t, id) != register.NeverAsked {
		t.Fatal(o.state(t, id))
	}
}

func TestANoInTheFileIsAlwaysTaken(t *testing.T) {
	o := newOffice(t)
	before := o.person(t, "Ada Ray", "ada@example.org")
	o.heard(t, before, register.Given, "2026-02-10")
	after := o.person(t, "Bo Li", "bo@example.org")
	o.heard(t, after, register.Given, "2026-03-10")
	never := o.person(t, "Cy Ng", "cy@example.org")
	twice := o.person(t, "Dee Ray", "dee@example.org")
	o.heard(t, twice, register.RefusedIt, "2026-02-10")
	plan, _ := o.applyContacts(t, listOf(t, "list.csv", "email,consent,at\nada@example.org,no,2026-03-01\n"+
		"bo@example.org,unsubscribed,2026-03-01\ncy@example.org,no,2026-03-01\ndee@example.org,no,2026-03-01\n"))
	if plan.Answers.No != 3 || plan.Counts.Changed != 3 || plan.Counts.Same != 1 {
		t.Fatalf("%+v %+v", plan.Answers, plan.Counts)
	}
	for who, want := range map[register.ID]register.ConsentAct{
		before: register.Withdrawn, after: register.Withdrawn, never: register.RefusedIt, twice: register.RefusedIt,
	} {
		if got := o.state(t, who); got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
	events, _ := o.ConsentHistory(after)
	if last := events[len(events)-1]; !last.At.Equal(noon) || last.Method != "imported" || !strings.Contains(last.Evidence, "list.csv, line 3") {
		t.Fatalf("%+v", last)
	}
	if !strings.Contains(plan.Rows[1].Why, "as of today") {
		t.Fatal(plan.Rows[1].Why)
	}
}

func TestANoForAnUnknownAddressBecomesASuppression(t *testing.T) {
	o := newOffice(t)
	csv := "email,phone,consent\nnobody@example.org,,no\nNobody@Example.org,,no\n"
	plan, _ := o.applyContacts(t, listOf(t, "list.csv", csv))
	if plan.Counts != (register.Counts{Rows: 2, Changed: 1, Duplicate: 1}) || plan.Answers.Suppresses != 1 {
		t.Fatalf("%+v %+v", plan.Counts, plan.Answers)
	}
	stops, err := o.Suppressions()
	if err != nil || len(stops) != 1 || stops[0].Scope != register.ScopeMarketing || stops[0].Source != "import" {
		t.Fatalf("%+v, %v", stops, err)
	}
	if rows, _ := o.Delegates(register.Query{}); rows.Len() != 0 {
		t.Fatal("a person was made of an opt-out")
	}
	again := o.planContacts(t, listOf(t, "list.csv", csv))
	if again.Counts.Same != 1 || again.Answers.Suppresses != 0 {
		t.Fatalf("%+v %+v", again.Counts, again.Answers)
	}
	later := o.planContacts(t, listOf(t, "list.csv", "email,consent\nnobody@example.org,yes\n"))
	if later.Answers.Yes != 0 || later.Answers.Suppressed != 1 {
		t.Fatalf("the next import undid it: %+v", later.Answers)
	}
}

func TestOfTwoRowsTheNoCounts(t *testing.T) {
	for _, csv := range []string{
		"email,phone,consent\nada@example.org,,yes\nada@example.org,,no\n",
		"email,phone,consent\nada@example.org,,no\nada@example.org,,yes\n",
		"email,phone,consent\n,01632 960001,no\nada@example.org,,yes\n",
		"email,phone,consent\nada@example.org,,yes\n,+44 1632 960001,no\n",
	} {
		o := newOffice(t)
		id, err := o.AddDelegate(t.Context(), register.DelegateInput{
			Values: map[string]string{"name": "Ada Ray", "email": "ada@example.org", "phone": "01632960001"},
		})
		if err != nil {
			t.Fatal(err)
		}
		plan, _ := o.applyContacts(t, listOf(t, "list.csv", csv))
		if !o.state(t, id).No() || plan.Answers.Yes != 0 || plan.Counts.Duplicate != 1 {
			t.Errorf("%s\n%s, %+v %+v", csv, o.state(t, id), plan.Answers, plan.Counts)
		}
		empty := newOffice(t) // where nobody is held, a number cannot be told to be of the same person
		plan, _ = empty.applyContacts(t, listOf(t, "list.csv", csv))
		if plan.Answers.Suppresses+plan.Counts.Refused != 1 {
			t.Errorf("%s\n%+v %+v", csv, plan.Answers, plan.Counts)
		}
	}
}

func TestNewContacts(t *testing.T) {
	o := newOffice(t)
	csv := "email,phone,name,consent,at,evidence\nada@example.org,01632 960001,Ada Ray,yes,2026-03-01,form 7\n" +
		"bo@example.org,,,,,\ncy@example.org,,Cy,yes,2026-03-17,\ndee@example.org,,Dee,yes,2020-01-01,\n"
	plan, b := o.applyContacts(t, listOf(t, "list.csv", csv))
	if plan.Counts != (register.Counts{Rows: 4, New: 3, Refused: 1}) || plan.Kind != "contact" || plan.Answers.Nameless != 1 {
		t.Fatalf("%+v %+v %q", plan.Counts, plan.Answers, plan.Kind)
	}
	if p := plan.Problems[0]; p.Line != 4 || p.Field != "at" || p.Reason != "the date lies in the future" {
		t.Fatalf("%+v", p)
	}
	rows, _ := o.Delegates(register.Query{})
	named := map[string]register.DelegateRow{}
	for i := range rows.Len() {
		named[rows.Row(i).Name] = rows.Row(i)
	}
	if _, ok := named["bo@example.org"]; !ok || named["Ada Ray"].Kind != "contact" {
		t.Fatalf("%+v", named)
	}
	for _, name := range []string{"Ada Ray", "Dee"} {
		if got := o.state(t, named[name].ID); got != register.Given {
			t.Errorf("%s: %s", name, got)
		}
	}
	events, _ := o.ConsentHistory(named["Ada Ray"].ID)
	e := events[0]
	if want := "import " + string(b.ID) + ", list.csv, line 2: form 7"; e.Evidence != want || e.Method != "imported" || e.Notice != "" {
		t.Fatalf("%+v", e)
	}
	page, _ := o.Person(named["Ada Ray"].ID)
	if s := page.Delegate.Sources; len(s) != 1 || s[0].How != "import" {
		t.Fatalf("%+v", s)
	}
	again := o.planContacts(t, listOf(t, "list.csv", csv))
	if again.Counts.Same != 3 || again.Answers.Yes != 0 {
		t.Fatalf("the same file again: %+v %+v", again.Counts, again.Answers)
	}
}

func TestWithoutAMappingNoConsentChanges(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	src := listOf(t, "members.csv", "email,name,subscribed_to_emails\nada@example.org,Ada Ray,true\nbo@example.org,Bo,true\n"+
		"cy@example.org,Cy,false\n")
	src.MapConsent = false
	plan, _ := o.applyContacts(t, src)
	if plan.Counts != (register.Counts{Rows: 3, New: 1, Same: 1, Refused: 1}) || plan.Answers.Unrecorded != 2 || plan.Purpose != "" {
		t.Fatalf("%+v %+v", plan.Counts, plan.Answers)
	}
	if o.state(t, id) != register.NeverAsked {
		t.Fatal("a consent changed")
	}
}

func TestBouncesAreNoAnswer(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	o.heard(t, id, register.Given, "2026-02-10")
	plan, _ := o.applyContacts(t, listOf(t, "cleaned_members_export_1.csv",
		"Email Address,LEID,CLEAN_TIME\nada@example.org,1,2026-03-01 10:00:00\nbo@example.org,2,2026-03-01 10:00:00\n"))
	if plan.Counts.Same != 2 || plan.Answers.Bounced != 2 || o.state(t, id) != register.Given {
		t.Fatalf("%+v %+v %s", plan.Counts, plan.Answers, o.state(t, id))
	}
	if stops, _ := o.Suppressions(); len(stops) != 0 || !strings.Contains(plan.Rows[0].Why, "came back") {
		t.Fatalf("%v, %q", stops, plan.Rows[0].Why)
	}
}

func TestAllMeansEverythingByThatChannel(t *testing.T) {
	o := newOffice(t)
	id, err := o.AddDelegate(t.Context(), register.DelegateInput{
		Values: map[string]string{"name": "Ada Ray", "email": "ada@example.org", "phone": "07700 900123"},
	})
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := o.applyContacts(t, listOf(t, "brevo.csv", "EMAIL;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED\n"+
		"ada@example.org;447700900123;Yes;Yes\nbo@example.org;;No;Yes\n;447700900125;No;Yes\ndee@example.org;447700900126;Yes;Yes\n"))
	if plan.Counts.Refused != 0 || plan.Counts.New != 1 || plan.Answers.No != 3 || plan.Answers.Suppresses != 3 {
		t.Fatalf("%+v %+v %+v", plan.Counts, plan.Answers, plan.Problems)
	}
	events, _ := o.ConsentHistory(id)
	channels := []string{}
	for _, e := range events {
		if e.Purpose != register.AnyMarketing || e.Act != register.Objected {
			t.Errorf("%+v", e)
		}
		channels = append(channels, e.Channel)
	}
	slices.Sort(channels)
	if !slices.Equal(channels, []string{"email", "sms"}) {
		t.Fatal(channels)
	}
}

func TestOneAddressAndSeveralPeople(t *testing.T) {
	o := newOffice(t)
	ada, bo := o.person(t, "Ada Ray", "office@example.org"), o.person(t, "Bo Li", "office@example.org")
	plan := o.planContacts(t, listOf(t, "list.csv", "email,name,consent\noffice@example.org,,yes\n"))
	if plan.Counts.Refused != 1 || plan.Problems[0].Field != "name" {
		t.Fatalf("%+v", plan)
	}
	o.applyContacts(t, listOf(t, "list.csv", "email,name,consent\noffice@example.org,ada ray,yes\n"))
	if o.state(t, ada) != register.Given || o.state(t, bo) != register.NeverAsked {
		t.Fatalf("%s, %s", o.state(t, ada), o.state(t, bo))
	}
	o.applyContacts(t, listOf(t, "list.csv", "email,name,consent\noffice@example.org,,no\n"))
	if o.state(t, ada) != register.Withdrawn || o.state(t, bo) != register.RefusedIt {
		t.Fatalf("%s, %s", o.state(t, ada), o.state(t, bo))
	}
}

func TestQuestionsThatAreNotAsked(t *testing.T) {
	o := newOffice(t)
	for _, change := range []func(*desk.ContactSource){
		func(s *desk.ContactSource) { s.Purpose = "" }, func(s *desk.ContactSource) { s.Channel = "" },
		func(s *desk.ContactSource) { s.Brand = "acme" }, func(s *desk.ContactSource) { s.Notice = "nothing" },
		func(s *desk.ContactSource) { s.Kind = "robot" }, func(s *desk.ContactSource) { s.Format = "pigeon" },
	} {
		src := listOf(t, "list.csv", "email,consent\nada@example.org,yes\n")
		change(&src)
		_, err := o.PlanContacts(t.Context(), src)
		wantKind(t, err, register.Invalid)
	}
	_, err := o.hire(t, "reader", register.Viewer).PlanContacts(t.Context(), listOf(t, "list.csv", "email,consent\na@example.org,yes\n"))
	wantKind(t, err, register.Denied)
}

func TestSomebodyWhoAnsweredMeanwhileStopsTheImport(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	plan := o.planContacts(t, listOf(t, "list.csv", "email,consent\nada@example.org,yes\n"))
	o.heard(t, id, register.RefusedIt, "2026-03-15")
	_, err := o.ApplyContacts(t.Context(), plan, nil)
	wantKind(t, err, register.Conflict)
	if o.state(t, id) != register.RefusedIt {
		t.Fatal(o.state(t, id))
	}
}

func TestANamedNoticeIsTheWording(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Ray", "ada@example.org")
	settings := o.Settings()
	x, _ := settings.Profile.Purpose(question.Purpose)
	src := listOf(t, "list.csv", "email,consent,at\nada@example.org,yes,2026-03-01\nbo@example.org,yes,1999-03-01\n")
	src.Notice = x.Notice
	plan, _ := o.applyContacts(t, src)
	if plan.Counts.Refused != 1 || plan.Problems[0].Field != "notice" {
		t.Fatalf("%+v", plan.Problems)
	}
	events, _ := o.ConsentHistory(id)
	if len(events) != 1 || events[0].Notice != x.Notice || events[0].WordingDigest == "" {
		t.Fatalf("%+v", events)
	}
}

func TestUndoOfContacts(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	yes, no := o.person(t, "Ada Ray", "ada@example.org"), o.person(t, "Bo Li", "bo@example.org")
	o.heard(t, no, register.Given, "2026-02-10")
	o.now = noon.Add(time.Minute)
	csv := "email,name,consent,at\nada@example.org,,yes,2026-03-01\nbo@example.org,,no,2026-03-01\n" +
		"new@example.org,New,yes,2026-03-01\nbusy@example.org,Busy,yes,2026-03-01\nnobody@example.org,,no,\n"
	_, b := o.applyContacts(t, listOf(t, "list.csv", csv))
	rows, _ := o.Delegates(register.Query{Filter: "busy"})
	busy := rows.Row(0).ID
	o.now = noon.Add(2 * time.Minute)
	o.heard(t, busy, register.Given, "2026-03-16")
	undone, err := o.UndoImport(ctx, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := o.state(t, yes); got.Visible() != register.NeverAsked {
		t.Errorf("the yes still counts: %s", got)
	}
	if got := o.state(t, no); got != register.Withdrawn {
		t.Errorf("the no went: %s", got)
	}
	if got := o.state(t, busy); got != register.Given {
		t.Errorf("what somebody said since does not count: %s", got)
	}
	if rows, _ := o.Delegates(register.Query{}); rows.Len() != 3 {
		t.Errorf("%d people are left", rows.Len())
	}
	if stops, _ := o.Suppressions(); len(stops) != 1 {
		t.Errorf("%d suppressions are left", len(stops))
	}
	events, _ := o.ConsentHistory(yes)
	if len(events) != 2 || events[0].Corrects != events[1].ID {
		t.Errorf("%+v", events)
	}
	if undone.Restored != 2 || undone.Removed != 2 { // two yeses put right; a person and their yes
		t.Errorf("%+v", undone)
	}
	o.applyContacts(t, listOf(t, "list.csv", csv)) // the file can be imported again
	if got := o.state(t, yes); got != register.Given {
		t.Errorf("the next import was not taken: %s", got)
	}
}

func TestRefusedRowsAreWrittenBack(t *testing.T) {
	o := newOffice(t)
	src := listOf(t, "list.csv", "email,consent\nada@example.org,perhaps\nbo@example.org,yes\n")
	plan := o.planContacts(t, src)
	to := filepath.Join(t.TempDir(), "back.csv")
	n, err := o.WriteRefused(to, src.Table, plan.Problems)
	if err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	about, err := os.Stat(to)
	if err != nil || runtime.GOOS != "windows" && about.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", about, err)
	}
	_, err = o.WriteRefused(to, src.Table, plan.Problems)
	wantKind(t, err, register.Refused)
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	back := listOf(t, "back.csv", strings.Replace(string(data), "perhaps", "yes", 1))
	back.Columns = src.Columns
	if again := o.planContacts(t, back); again.Counts.New != 1 {
		t.Fatalf("%+v %+v", again.Counts, again.Problems)
	}
	if _, err := o.WriteRefused(to+"2", src.Table, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(to + "2"); !os.IsNotExist(err) {
		t.Fatal("a file of nothing was made")
	}
}
