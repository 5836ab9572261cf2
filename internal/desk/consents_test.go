package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
)

// asking returns a purpose of the profile that is asked for.
func (o *office) asking() register.Purpose {
	p := o.Settings().Profile
	return p.Purposes[slices.IndexFunc(p.Purposes, func(x register.Purpose) bool { return len(x.Channels) > 0 })]
}

func TestConsentIsKeptWithItsWordingAndHistory(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	x := o.asking()
	in := register.ConsentInput{Delegate: id, Purpose: x.ID, Channel: x.Channels[0], Act: register.Given, Method: "paper", Evidence: "form 12"}
	e, err := o.RecordConsent(ctx, in)
	if err != nil || e.WordingDigest == "" || e.NoticeVersion == "" || !e.At.Equal(noon) {
		t.Fatalf("%+v, %v", e, err)
	}
	o.now = noon.Add(time.Hour)
	in.Act, in.At, in.Evidence = register.Withdrawn, noon.Add(30*time.Minute), "" // typed in half an hour late
	if _, err := o.RecordConsent(ctx, in); err != nil {
		t.Fatal(err)
	}
	history, err := o.ConsentHistory(id)
	if err != nil || len(history) != 2 || history[1].Act != register.Withdrawn || !history[1].Recorded.After(history[1].At) {
		t.Fatalf("%+v, %v", history, err)
	}
	page, _ := o.Person(id)
	i := slices.IndexFunc(page.Consents, func(l register.ConsentLine) bool { return l.Purpose == x.ID && l.Channel == x.Channels[0] })
	if page.Consents[i].State != register.Withdrawn {
		t.Fatalf("%+v", page.Consents[i])
	}
	never := slices.ContainsFunc(page.Consents, func(l register.ConsentLine) bool { return l.State == register.NeverAsked })
	if !never && len(page.Consents) > 1 {
		t.Error("what was never asked does not say so")
	}
	for name, spoil := range map[string]func(*register.ConsentInput){
		"the future":      func(in *register.ConsentInput) { in.At = o.now.Add(time.Minute) },
		"unknown purpose": func(in *register.ConsentInput) { in.Purpose = "party" },
		"unknown channel": func(in *register.ConsentInput) { in.Channel = "pigeon" },
		"unknown act":     func(in *register.ConsentInput) { in.Act = "perhaps" },
		"no authority":    func(in *register.ConsentInput) { in.Act, in.GivenBy = register.Given, "a parent" },
		"unknown notice":  func(in *register.ConsentInput) { in.Notice = "none" },
	} {
		bad := in
		spoil(&bad)
		if _, err := o.RecordConsent(ctx, bad); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTrailIsExportedAndVerifiedOnItsOwn(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Adaname Hidden", "ada@example.org")
	o.accessRequest(t, id)
	to := filepath.Join(t.TempDir(), "trail.jsonl")
	v, err := o.ExportTrail(t.Context(), to)
	if err != nil || !v.Intact {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("Adaname")) || bytes.Contains(b, []byte("ada@example")) {
		t.Fatal("the trail holds personal data")
	}
	if !bytes.Contains(b, []byte(id)) {
		t.Fatal("the trail does not say which record")
	}
	got, err := desk.VerifyExport(bytes.NewReader(b))
	if err != nil || got.Entries != v.Entries || got.Head != v.Head {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, forged := range []string{
		strings.Replace(string(b), "delegate.add", "delegate.bad", 1),
		string(b[:len(b)/2]),
	} {
		if _, err := desk.VerifyExport(strings.NewReader(forged)); err == nil {
			t.Error("a forged trail was believed")
		}
	}
	rows, err := o.Trail(2)
	if err != nil || len(rows) != 2 || rows[0].Seq < rows[1].Seq {
		t.Fatalf("%+v, %v", rows, err)
	}
}

func TestExportIsGuardedAndRecorded(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "=HYPERLINK(1)", "ada@example.org")
	to := filepath.Join(t.TempDir(), "people.csv")
	d, err := o.Export(ctx, desk.ExportInput{Noun: "delegates", To: to})
	if err != nil || d.Count != 1 || d.Digest == "" {
		t.Fatalf("%+v, %v", d, err)
	}
	b, _ := os.ReadFile(to)
	if !bytes.Contains(b, []byte("'=HYPERLINK(1)")) {
		t.Fatalf("a formula left unguarded: %q", b)
	}
	page, _ := o.Person(id)
	told := slices.ContainsFunc(page.Holdings, func(h register.Holding) bool {
		return len(h.Entries) > 0 && strings.Contains(strings.ToLower(h.Title), "disclos")
	})
	if !told {
		t.Error("the person's page does not say that their data left")
	}
	if info, _ := os.Stat(to); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	_, err = o.Export(ctx, desk.ExportInput{Noun: "delegates", To: to})
	wantKind(t, err, register.Refused)
	_, err = o.Export(ctx, desk.ExportInput{Noun: "delegates", To: filepath.Join(t.TempDir(), "people.doc")})
	wantKind(t, err, register.Invalid)
	_, err = o.Export(ctx, desk.ExportInput{Noun: "secrets", To: filepath.Join(t.TempDir(), "x.csv")})
	wantKind(t, err, register.Invalid)
}

func TestDraftsOutliveTheSession(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	if err := o.SaveDraft(ctx, register.Draft{Form: "delegate/new", Values: map[string]string{"name": "half"}}); err != nil {
		t.Fatal(err)
	}
	other := o.hire(t, "otto", register.Officer)
	if _, found, err := other.Draft("delegate/new"); found || err != nil {
		t.Fatalf("somebody else's draft: %v %v", found, err)
	}
	d, found, err := o.Draft("delegate/new")
	if err != nil || !found || d.Values["name"] != "half" {
		t.Fatalf("%+v %v %v", d, found, err)
	}
	if err := o.DropDraft(ctx, "delegate/new"); err != nil {
		t.Fatal(err)
	}
	if _, found, _ = o.Draft("delegate/new"); found {
		t.Fatal("the draft is still there")
	}
}
