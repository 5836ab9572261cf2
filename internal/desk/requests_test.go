package desk_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/exchange/pack"
	"custos/internal/letter"
	"custos/internal/register"
)

func (o *office) accessRequest(t *testing.T, who register.ID) string {
	t.Helper()
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Access, Delegate: who, Received: date(t, "2026-03-02"), How: "spoken", IdentityNeeded: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return page.Ref
}

// decision is one taken today.
func decision(out register.Outcome, reason string) register.DecisionInput {
	return register.DecisionInput{Outcome: out, Reason: reason}
}

func TestAccessRequestFromReceiptToClosing(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada O'Neill", "ada@example.org")
	ref := o.accessRequest(t, id)
	if ref != "AR-2026-0001" {
		t.Fatalf("case number %s", ref)
	}
	if rows, err := o.Trail(1); err != nil || rows[0].Note != ref || rows[0].Subjects[0] != id {
		t.Fatalf("%+v, %v", rows, err)
	}
	page, err := o.Request(strings.ToLower(ref))
	if err != nil || page.State != register.WaitingIdentity || !page.Due.IsZero() {
		t.Fatalf("%+v, %v", page, err)
	}
	page, err = o.Progress(ctx, ref, register.RequestEvent{Kind: register.IdentitySeen, On: date(t, "2026-03-05")})
	if err != nil || page.Due != date(t, "2026-04-07") { // 5 April is Easter Sunday
		t.Fatalf("due %s, %v", page.Due, err)
	}
	_, err = o.Progress(ctx, ref, register.RequestEvent{Kind: register.Noted, On: date(t, "2026-03-17"), Text: "tomorrow"})
	wantKind(t, err, register.Invalid)
	to := filepath.Join(t.TempDir(), "draft.zip")
	if d, err := o.Pack(ctx, ref, register.PackInput{To: to}); err != nil || !d.Draft {
		t.Fatalf("%+v, %v", d, err)
	}
	if page, err = o.Decide(ctx, ref, decision(register.Fulfil, "all of it")); err != nil || page.State != register.ReadyToReply {
		t.Fatalf("%s, %v", page.State, err)
	}
	to = filepath.Join(t.TempDir(), "pack.zip")
	d, err := o.Pack(ctx, ref, register.PackInput{To: to})
	if err != nil || d.Draft || !d.Unchecked || d.Recipient != "data subject" {
		t.Fatalf("%+v, %v", d, err)
	}
	_, err = o.Pack(ctx, ref, register.PackInput{To: to})
	wantKind(t, err, register.Refused) // never written over
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		if page, err = o.Progress(ctx, ref, register.RequestEvent{Kind: kind, On: o.Today()}); err != nil {
			t.Fatal(err)
		}
	}
	if page.State != register.ClosedCase || page.Pressure != register.Settled {
		t.Fatalf("%s %s", page.State, page.Pressure)
	}
	if _, err := o.VerifyTrail(); err != nil {
		t.Fatal(err)
	}
	next := o.accessRequest(t, id)
	if next != "AR-2026-0002" {
		t.Fatalf("case number %s", next)
	}
}

// What is recorded together is recorded whole or not at all.
func TestSeveralStepsAtOnce(t *testing.T) {
	o := newOffice(t)
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Access, Delegate: o.person(t, "Ada", ""), Received: date(t, "2026-03-02"), How: "email",
	})
	if err != nil {
		t.Fatal(err)
	}
	asked := register.RequestEvent{Kind: register.ClarifyAsked, On: date(t, "2026-03-05")}
	early := register.RequestEvent{Kind: register.Clarified, On: date(t, "2026-03-04")}
	_, err = o.ProgressAll(t.Context(), page.Ref, []register.RequestEvent{asked, early})
	wantKind(t, err, register.Invalid)
	if page, _ = o.Request(page.Ref); len(page.Events) != 1 {
		t.Fatalf("half of it was kept: %+v", page.Events)
	}
	early.On = date(t, "2026-03-09")
	if page, err = o.ProgressAll(t.Context(), page.Ref, []register.RequestEvent{asked, early}); err != nil || len(page.Events) != 3 {
		t.Fatalf("%+v, %v", page.Events, err)
	}
}

func TestFourEyesFromTheSecondApproverOn(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ref := o.accessRequest(t, o.person(t, "Ada", "ada@example.org"))
	if _, err := o.Progress(ctx, ref, register.RequestEvent{Kind: register.IdentitySeen, On: date(t, "2026-03-05")}); err != nil {
		t.Fatal(err)
	}
	second := o.hire(t, "dora", register.DPO)
	page, err := o.Decide(ctx, ref, decision(register.Fulfil, "all"))
	if err != nil || page.State != register.AwaitsApproval {
		t.Fatalf("%s, %v", page.State, err)
	}
	_, err = o.Approve(ctx, ref, o.Today())
	wantKind(t, err, register.Denied)
	_, err = o.Progress(ctx, ref, register.RequestEvent{Kind: register.Replied, On: o.Today()})
	wantKind(t, err, register.Refused)
	if page, err = second.Approve(ctx, ref, o.Today()); err != nil || page.State != register.ReadyToReply {
		t.Fatalf("%s, %v", page.State, err)
	}
	for _, e := range page.Events {
		if e.Unchecked {
			t.Errorf("%s is marked as not second-checked", e.Kind)
		}
	}
}

func TestIntakeRefusesWhatCannotBe(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada", "ada@example.org")
	good := register.RequestInput{Right: calendar.Access, Delegate: id, Received: o.Today(), How: "letter"}
	for name, spoil := range map[string]func(*register.RequestInput){
		"no day":              func(in *register.RequestInput) { in.Received = calendar.Date{} },
		"a day to come":       func(in *register.RequestInput) { in.Received = o.Today().AddDays(1) },
		"no way it came":      func(in *register.RequestInput) { in.How = "pigeon" },
		"nobody":              func(in *register.RequestInput) { in.Delegate = "" },
		"unknown right":       func(in *register.RequestInput) { in.Right = "party" },
		"unchecked authority": func(in *register.RequestInput) { in.Requester = "a union" },
	} {
		in := good
		spoil(&in)
		if _, err := o.OpenRequest(t.Context(), in); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	in := good
	in.Delegate = "D7K3M2PQX9TF0B"
	_, err := o.OpenRequest(t.Context(), in)
	wantKind(t, err, register.NotFound)
	if rows, _ := o.Requests("", calendar.Date{}); len(rows) != 0 {
		t.Fatal("a refused request was kept")
	}
}

func TestACaseOpenedByNameIsMatchedBeforeItIsAnswered(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	page, err := o.OpenRequest(ctx, register.RequestInput{
		Right: calendar.Access, Name: "Somebody Unknown", Received: date(t, "2026-03-02"), How: "letter",
	})
	if err != nil || page.Name != "Somebody Unknown" {
		t.Fatalf("%+v, %v", page, err)
	}
	_, err = o.Decide(ctx, page.Ref, decision(register.Fulfil, "all"))
	wantKind(t, err, register.Refused)
	_, err = o.Pack(ctx, page.Ref, register.PackInput{To: filepath.Join(t.TempDir(), "pack.zip")})
	wantKind(t, err, register.Refused)
	_, err = o.Match(ctx, page.Ref, "D7K3M2PQX9TF0B")
	wantKind(t, err, register.NotFound)
	id := o.person(t, "Sam Body", "sam@example.org")
	if page, err = o.Match(ctx, page.Ref, id); err != nil || page.Delegate != id || page.Name != "Sam Body" {
		t.Fatalf("%+v, %v", page, err)
	}
	if held, _ := o.Person(id); len(held.Requests) != 1 {
		t.Fatal("the person's page does not show the case")
	}
	if _, err = o.Decide(ctx, page.Ref, decision(register.Fulfil, "all")); err != nil {
		t.Fatal(err)
	}
	_, err = o.Match(ctx, page.Ref, o.person(t, "Other", ""))
	wantKind(t, err, register.Refused)
}

// No word of one delegate stands in another's pack, whatever they share.
func TestPackHoldsOnePersonOnly(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	elm := o.school(t, "Elm Primary", "900001")
	course, err := o.AddCourse(ctx, register.Course{Title: "Phonics", Starts: date(t, "2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	var ids []register.ID
	for _, name := range []string{"Adafirst", "Bosecond"} {
		id := o.person(t, name+" Person", strings.ToLower(name)+"@example.org")
		ids = append(ids, id)
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: elm}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: course, Organisation: elm}); err != nil {
			t.Fatal(err)
		}
	}
	ref := o.accessRequest(t, ids[0])
	o.accessRequest(t, ids[1])
	to := filepath.Join(t.TempDir(), "pack.zip")
	if _, err := o.Pack(ctx, ref, register.PackInput{To: to}); err != nil {
		t.Fatal(err)
	}
	files := unzip(t, to)
	all := ""
	for _, content := range files {
		all += content
	}
	for _, want := range []string{"Adafirst Person", "adafirst@example.org", "Elm Primary", "Phonics"} {
		if !strings.Contains(all, want) {
			t.Errorf("the pack lacks %q", want)
		}
	}
	for _, never := range []string{"Bosecond", "bosecond", string(ids[1])} {
		if strings.Contains(all, never) {
			t.Errorf("the pack holds %q of somebody else", never)
		}
	}
	checkManifest(t, files)
}

func unzip(t testing.TB, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	return files
}

func checkManifest(t *testing.T, files map[string]string) {
	t.Helper()
	if pack.ManifestName != letter.ManifestFile {
		t.Error("the page speaks of another manifest than the pack holds")
	}
	var m struct {
		Files []struct{ Name, SHA256 string }
	}
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != len(files)-1 {
		t.Errorf("the manifest names %d of %d files", len(m.Files), len(files)-1)
	}
	for _, f := range m.Files {
		sum := sha256.Sum256([]byte(files[f.Name]))
		if f.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s has another digest", f.Name)
		}
	}
}

func TestFailedPackLeavesNothing(t *testing.T) {
	o := newOffice(t)
	ref := o.accessRequest(t, o.person(t, "Ada", "ada@example.org"))
	dir := t.TempDir()
	_, err := o.Pack(t.Context(), ref, register.PackInput{To: filepath.Join(dir, "missing", "pack.zip")})
	wantKind(t, err, register.Refused)
	taken := filepath.Join(dir, "taken.zip")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = o.Pack(t.Context(), ref, register.PackInput{To: taken})
	wantKind(t, err, register.Refused)
	if b, _ := os.ReadFile(taken); string(b) != "mine" {
		t.Fatal("somebody's file was written over")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Fatalf("left behind: %v", entries)
	}
	if page, _ := o.Request(ref); len(page.Events) != 2 {
		t.Fatalf("the case says a pack was built: %+v", page.Events)
	}
}
