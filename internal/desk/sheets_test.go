package desk_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// restrict marks a person's record as one that is stored and nothing else.
func (o *office) restrict(t *testing.T, id register.ID) {
	t.Helper()
	_, err := o.db.Update(context.Background(), store.Change{Operator: "office", Door: "console", Verb: register.RequestDecide}, func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(id)
		d.Status, d.StatusSince = register.Restricted, o.Today()
		if err == nil {
			err = tx.Delegates().Put(d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sheetTo(t *testing.T) string { return filepath.Join(t.TempDir(), "sheet.pdf") }

func TestSheetIsPrintedAndRecorded(t *testing.T) {
	o := newAskingOffice(t)
	ada := o.somebody(t, "teacher", "name", "Ada Example")
	bea := o.somebody(t, "student", "name", "Bea Example")
	to := sheetTo(t)
	d, err := o.ConsentSheet(t.Context(), register.SheetInput{
		Delegates: []register.ID{bea, ada, bea}, Keys: []register.ConsentKey{newsByEmail, learn}, To: to,
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.What != "consent sheet" || d.Recipient != "internal" || d.Method != "print" || d.Count != 2 || d.Format != "pdf" || d.ID == "" {
		t.Errorf("%+v", d)
	}
	pdf, err := os.ReadFile(to)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || int64(len(pdf)) != d.Bytes {
		t.Fatalf("%v, %d bytes of %d", err, len(pdf), d.Bytes)
	}
	if text, err := letter.PDFText(pdf, nil); err != nil || !strings.Contains(text, string(d.ID)) {
		t.Errorf("the sheet does not bear the id of its record (%v): %q", err, text)
	}
	for _, id := range []register.ID{ada, bea} {
		page, err := o.Person(id)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(page.Holdings, func(h register.Holding) bool { return h.Collection == "disclosed" && len(h.Entries) == 1 }) {
			t.Errorf("the page of %s does not say that they were on it: %+v", id, page.Holdings)
		}
		if events, _ := o.ConsentHistory(id); len(events) != 0 {
			t.Error("somebody counts as asked who may never be handed the sheet")
		}
	}
	trail, err := o.Trail(1)
	if err != nil || trail[0].Verb != register.ConsentSheet || strings.Contains(trail[0].Note, "Example") {
		t.Errorf("%+v, %v", trail, err)
	}
}

func TestSheetRecordsWhoWasAsked(t *testing.T) {
	o := newAskingOffice(t)
	ada := o.somebody(t, "teacher")
	in := register.SheetInput{
		Delegates: []register.ID{ada}, Keys: []register.ConsentKey{newsByEmail, learn}, RecordAsked: true, Forms: true, To: sheetTo(t),
	}
	d, err := o.ConsentSheet(t.Context(), in)
	if err != nil || d.What != "consent forms" {
		t.Fatalf("%+v, %v", d, err)
	}
	events, err := o.ConsentHistory(ada)
	if err != nil || len(events) != 2 {
		t.Fatalf("%+v, %v", events, err)
	}
	p := o.Settings().Profile
	for _, key := range in.Keys {
		x, _ := p.Purpose(key.Purpose)
		n, _ := p.Notice(x.Notice, o.Today())
		said := slices.ContainsFunc(events, func(e register.ConsentEvent) bool {
			return e.Key() == key && e.Act == register.Asked && e.Method == "paper" && e.Evidence == string(d.ID) &&
				e.WordingDigest == x.ShownDigest(&n)
		})
		if !said {
			t.Errorf("%v: %+v", key, events)
		}
	}
	// The file cannot be written: nobody was asked.
	if _, err := o.ConsentSheet(t.Context(), in); register.KindOf(err) != register.Refused {
		t.Fatal(err)
	}
	if events, _ := o.ConsentHistory(ada); len(events) != 2 {
		t.Error("asked without a sheet")
	}
}

func TestSheetLeavesOutWhoMayNotBeAsked(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	active, gone, shut, said := o.somebody(t, "teacher"), o.somebody(t, "teacher"), o.somebody(t, "teacher"), o.somebody(t, "teacher")
	if err := o.Deactivate(ctx, gone, "left"); err != nil {
		t.Fatal(err)
	}
	o.restrict(t, shut)
	for _, key := range []register.ConsentKey{newsByEmail, learn} {
		if _, err := o.RecordConsent(ctx, inputOf(said, key, register.RefusedIt)); err != nil {
			t.Fatal(err)
		}
	}
	in := register.SheetInput{
		Delegates: []register.ID{active, gone, shut, said}, Keys: []register.ConsentKey{newsByEmail, learn}, OnlyUnasked: true, To: sheetTo(t),
	}
	rows, err := o.SheetPeople(in)
	if err != nil || len(rows) != 4 {
		t.Fatalf("%+v, %v", rows, err)
	}
	for i, want := range []string{"", "deactivated", "restricted", "answered"} {
		if rows[i].LeftOut != want {
			t.Errorf("row %d is left out for %q, want %q", i+1, rows[i].LeftOut, want)
		}
	}
	if !rows[0].NeverAsked() || rows[3].NeverAsked() || rows[3].States[0] != register.RefusedIt {
		t.Errorf("%+v", rows)
	}
	d, err := o.ConsentSheet(ctx, in)
	if err != nil || d.Count != 1 || len(d.LeftOut) != 3 {
		t.Fatalf("%+v, %v", d, err)
	}
	in.Delegates, in.To = in.Delegates[1:], sheetTo(t)
	_, err = o.ConsentSheet(ctx, in)
	wantKind(t, err, register.Refused)
	if !strings.Contains(err.Error(), "1: they have answered all of it") {
		t.Error(err)
	}
	if _, err := os.Stat(in.To); err == nil {
		t.Error("a sheet for nobody was written")
	}
	in.OnlyUnasked = false
	if rows, _ := o.SheetPeople(in); rows[2].LeftOut != "" {
		t.Error("somebody who answered is left out though everybody was wanted")
	}
}

func TestSheetAsksOnlyWhereThereIsAChoice(t *testing.T) {
	p := askingProfile()
	p.Purposes = append(p.Purposes, register.Purpose{
		ID: "register", Title: "Register", Wording: "We keep the register.", Channels: []string{"post"}, Notice: "main",
		Bases: []register.BasisRule{{Basis: register.PublicTask, Kinds: []string{"teacher"}}, {Basis: register.Consent}},
	})
	o := newOfficeWith(t, p)
	key := register.ConsentKey{Purpose: "register", Channel: "post"}
	teacher, student := o.somebody(t, "teacher"), o.somebody(t, "student", "date_of_birth", "2016-05-01")
	in := register.SheetInput{Delegates: []register.ID{teacher, student}, Keys: []register.ConsentKey{key}, RecordAsked: true, To: sheetTo(t)}
	rows, err := o.SheetPeople(in)
	if err != nil || rows[0].LeftOut == "" || rows[1].LeftOut != "" || rows[0].Parent || !rows[1].Parent {
		t.Fatalf("%+v, %v", rows, err)
	}
	in.Keys = []register.ConsentKey{key, photos}
	if _, err := o.ConsentSheet(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if events, _ := o.ConsentHistory(teacher); len(events) != 1 || events[0].Purpose != "photos" {
		t.Errorf("a teacher was asked what is not for them to choose: %+v", events)
	}
}

func TestSheetForAnOrganisationAndForACourse(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	elm := o.school(t, "Elm School", "100001")
	ada, bea, cy := o.somebody(t, "teacher", "name", "Ada"), o.somebody(t, "teacher", "name", "Bea"), o.somebody(t, "teacher", "name", "Cy")
	for _, id := range []register.ID{bea, ada} {
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: elm}); err != nil {
			t.Fatal(err)
		}
	}
	course, err := o.AddCourse(ctx, register.Course{Title: "Phonics", Starts: date(t, "2026-05-01")})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []register.ID{cy, bea, ada} {
		b, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: course})
		if err != nil {
			t.Fatal(err)
		}
		if id == ada {
			if err := o.Mark(ctx, register.Booking{ID: b, Delegate: ada, Course: course, State: register.Cancelled}); err != nil {
				t.Fatal(err)
			}
		}
	}
	keys := []register.ConsentKey{photos}
	for name, tt := range map[string]struct {
		in   register.SheetInput
		want string
	}{
		"an organisation": {register.SheetInput{Organisation: elm, Keys: keys}, "Ada Bea"},
		"a course":        {register.SheetInput{Course: course, Keys: keys}, "Bea Cy"},
		"these, as given": {register.SheetInput{Delegates: []register.ID{cy, ada}, Keys: keys}, "Cy Ada"},
	} {
		rows, err := o.SheetPeople(tt.in)
		var names []string
		for _, r := range rows {
			names = append(names, r.Name)
		}
		if err != nil || strings.Join(names, " ") != tt.want {
			t.Errorf("%s: %v, %v", name, names, err)
		}
		tt.in.To = sheetTo(t)
		if d, err := o.ConsentSheet(ctx, tt.in); err != nil || d.Count != 2 {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

func TestALeadSeesOnlyTheirOwnPeopleForASheet(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	elm, oak := o.school(t, "Elm School", "100001"), o.school(t, "Oak School", "100002")
	own, other := o.somebody(t, "teacher"), o.somebody(t, "teacher")
	for id, org := range map[register.ID]register.ID{own: elm, other: oak} {
		if _, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: org}); err != nil {
			t.Fatal(err)
		}
	}
	err := o.AddOperator(ctx, register.Operator{Name: "lena", Roles: []register.Role{register.Lead}, Organisation: elm}, []byte(passphrase+"lena"))
	if err != nil {
		t.Fatal(err)
	}
	lead, err := o.desk.As("lena", "console")
	if err != nil {
		t.Fatal(err)
	}
	in := register.SheetInput{Organisation: elm, Keys: []register.ConsentKey{photos}, To: sheetTo(t)}
	if rows, err := lead.SheetPeople(in); err != nil || len(rows) != 1 || rows[0].Delegate != own {
		t.Errorf("%+v, %v", rows, err)
	}
	_, err = lead.ConsentSheet(ctx, in)
	wantKind(t, err, register.Denied)
	in.Organisation = oak
	_, err = lead.SheetPeople(in)
	wantKind(t, err, register.NotFound)
	in.Organisation, in.Delegates = "", []register.ID{other}
	_, err = lead.SheetPeople(in)
	wantKind(t, err, register.NotFound)
}

func TestSheetInputIsChecked(t *testing.T) {
	o := newAskingOffice(t)
	ada, elm := o.somebody(t, "teacher"), o.school(t, "Elm School", "100001")
	for name, tt := range map[string]struct {
		spoil func(*register.SheetInput)
		want  register.Kind
	}{
		"nobody":          {func(in *register.SheetInput) { in.Delegates = nil }, register.Invalid},
		"two groups":      {func(in *register.SheetInput) { in.Organisation = elm }, register.Invalid},
		"no question":     {func(in *register.SheetInput) { in.Keys = nil }, register.Invalid},
		"unknown purpose": {func(in *register.SheetInput) { in.Keys[0].Purpose = "party" }, register.Invalid},
		"a service message": {func(in *register.SheetInput) {
			in.Keys[0] = register.ConsentKey{Purpose: "joining", Channel: "email"}
		}, register.Invalid},
		"no PDF":             {func(in *register.SheetInput) { in.To += ".docx" }, register.Invalid},
		"unknown person":     {func(in *register.SheetInput) { in.Delegates[0] = "D0000000000000" }, register.NotFound},
		"empty organisation": {func(in *register.SheetInput) { in.Delegates, in.Organisation = nil, elm }, register.Refused},
		"unknown course":     {func(in *register.SheetInput) { in.Delegates, in.Course = nil, "C0000000000000" }, register.NotFound},
	} {
		in := register.SheetInput{Delegates: []register.ID{ada}, Keys: []register.ConsentKey{photos}, To: sheetTo(t)}
		tt.spoil(&in)
		if _, err := o.ConsentSheet(t.Context(), in); err == nil || register.KindOf(err) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(in.To); err == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}
