package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

func TestAnErasureDestroysTheKeyBesideEveryBackup(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ada, bo := o.person(t, "Ada Sample", "ada@example.org"), o.person(t, "Bo Lindqvist", "bo@example.org")
	here, drawer := folder(t), folder(t)
	near, far := o.backUp(t, here), o.backUp(t, drawer)
	move(t, drawer, drawer+".away")
	ref := o.erasureCase(t, ada, register.Fulfil)
	plan := o.erasurePlan(t, ref)
	if want := (register.BackupKeep{}).Until(o.Today()); plan.BackupsUntil != want || !strings.Contains(plan.Backups, "destroyed there too") {
		t.Errorf("%s: %s", plan.BackupsUntil, plan.Backups)
	}
	report := o.erase(t, ref)
	if !report.Complete || !slices.Equal(report.Waiting, []string{far.Folder}) || report.BackupsUntil != plan.BackupsUntil {
		t.Fatalf("%+v", report)
	}
	if !strings.Contains(report.Words, "a folder that is not at hand") || strings.Contains(report.Words, drawer) {
		t.Errorf("%s", report.Words)
	}
	if got := o.dark(t, near); !slices.Equal(got, []register.ID{ada}) {
		t.Errorf("dark: %v, want %s and not %s", got, ada, bo)
	}
	if k := o.safe(t); !slices.Equal(k.Waiting, []string{far.Folder}) || !strings.Contains(k.Words(), "One backup folder") {
		t.Errorf("%+v", k)
	}
	move(t, drawer+".away", drawer)
	if got := o.dark(t, far); len(got) != 0 {
		t.Fatalf("dark before anybody could reach it: %v", got)
	}
	if err := o.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	if got := o.dark(t, far); !slices.Equal(got, []register.ID{ada}) {
		t.Errorf("dark: %v", got)
	}
	if k := o.safe(t); len(k.Waiting) > 0 || len(o.Settings().RingsDue) > 0 {
		t.Errorf("%+v", k)
	}
	again := o.erase(t, ref)
	if len(again.Waiting) > 0 || !strings.Contains(again.Words, "nobody can read the person") {
		t.Errorf("%+v", again)
	}
}

func TestWithoutBackupsAnErasureSaysSo(t *testing.T) {
	o := newOffice(t)
	report := o.erase(t, o.erasureCase(t, o.person(t, "Ada Sample", "ada@example.org"), register.Fulfil))
	if !strings.Contains(report.Words, "No backup of the store is on record") || !report.BackupsUntil.IsZero() {
		t.Errorf("%+v", report)
	}
}

// Whoever is forgotten in another way than by an erasure goes dark as well.
func TestWhoeverIsForgottenGoesDarkInTheBackups(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	from, into := o.person(t, "Ada Sample", "ada@old.example.org"), o.person(t, "Ada Sample", "ada@example.org")
	batch := o.apply(t, "delegates", "Name,Email\nCy Twombly,cy@example.org\n")
	last := o.person(t, "Di Newcomer", "di@example.org")
	b := o.backUp(t, folder(t))
	if _, err := o.UndoLast(ctx); err != nil { // the last one added
		t.Fatal(err)
	}
	o.desk.Settled()
	if got := o.dark(t, b); !slices.Equal(got, []register.ID{last}) {
		t.Fatalf("after an undo: %v, want %s", got, last)
	}
	if _, err := o.Merge(ctx, register.MergeInput{From: from, Into: into}, false); err != nil {
		t.Fatal(err)
	}
	o.desk.Settled()
	if got := o.dark(t, b); len(got) != 2 || !slices.Contains(got, from) {
		t.Fatalf("after a merge: %v, want %s too", got, from)
	}
	if _, err := o.UndoImport(ctx, batch.ID); err != nil {
		t.Fatal(err)
	}
	o.desk.Settled()
	if got := o.dark(t, b); len(got) != 3 {
		t.Fatalf("after an import was taken back: %v", got)
	}
}

// A no reaches the ledger by itself; one made while the stick was away does as soon as it is back.
func TestANoIsInTheLedgerSoon(t *testing.T) {
	o := newOffice(t)
	ada := o.person(t, "Ada Sample", "ada@example.org")
	to := folder(t)
	b := o.backUp(t, to)
	entries := func() int {
		t.Helper()
		r, err := o.proves(t, b, store.Credential{Operator: "office", Passphrase: []byte(passphrase)})
		if err != nil {
			t.Fatal(err)
		}
		return r.Entries
	}
	suppress := func(email string) {
		t.Helper()
		o.now = o.now.Add(time.Minute)
		if _, err := o.Suppress(t.Context(), register.SuppressionInput{Email: email, Reason: "by letter"}); err != nil {
			t.Fatal(err)
		}
		o.desk.Settled()
	}
	before := entries()
	suppress("one@example.org")
	if got := entries(); got != before+1 {
		t.Fatalf("%d entries after one suppression, %d before", got, before)
	}
	x := o.asking()
	o.says(t, ada, register.ConsentKey{Purpose: x.ID, Channel: x.Channels[0]}, register.RefusedIt)
	o.desk.Settled()
	refused := entries()
	if refused <= before+1 {
		t.Fatalf("%d entries after a refusal", refused)
	}
	o.person(t, "Bo Lindqvist", "bo@example.org") // nothing a copy must know
	o.desk.Settled()
	if got := entries(); got != refused {
		t.Errorf("%d entries after somebody was added, %d before", got, refused)
	}
	move(t, to, to+".away")
	suppress("two@example.org")
	if k := o.safe(t); !slices.Equal(k.Waiting, []string{b.Folder}) {
		t.Errorf("%+v", k)
	}
	move(t, to+".away", to)
	suppress("three@example.org")
	if got := entries(); got < refused+2 {
		t.Errorf("%d entries, %d before two suppressions", got, refused)
	}
	if k := o.safe(t); len(k.Waiting) > 0 {
		t.Errorf("%+v", k)
	}
}

// restricting somebody is told to the ledger as a no is.
func TestARestrictionIsInTheLedgerSoon(t *testing.T) {
	o := newOffice(t)
	ada := o.person(t, "Ada Sample", "ada@example.org")
	b := o.backUp(t, folder(t))
	before, err := o.proves(t, b, store.Credential{Operator: "office", Passphrase: []byte(passphrase)})
	if err != nil {
		t.Fatal(err)
	}
	ref := o.open(t, calendar.Restriction, ada)
	if _, err := o.Restrict(t.Context(), ref, register.RestrictInput{Ground: "accuracy"}); err != nil {
		t.Fatal(err)
	}
	o.desk.Settled()
	after, err := o.proves(t, b, store.Credential{Operator: "office", Passphrase: []byte(passphrase)})
	if err != nil || after.Entries <= before.Entries {
		t.Errorf("%d entries, %d before: %v", after.Entries, before.Entries, err)
	}
}

// A folder nobody can write to does not keep a desk from closing.
func TestClosingWaitsOnlySoLong(t *testing.T) {
	db := storetest.New(t)
	d := desk.Open(db, func() time.Time { return noon }, desk.WithPatience(time.Millisecond))
	free := d.HoldTurn()
	defer free()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// Closing tells the ledger how far it goes: the next opening need not write it anew.
func TestTheLedgerIsUpToDateAfterClosing(t *testing.T) {
	db := storetest.New(t)
	d := desk.Open(db, func() time.Time { return noon })
	s, err := d.As(storetest.Operator, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	b, err := s.Backup(ctx, folder(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Suppress(ctx, register.SuppressionInput{Email: "no@example.org", Reason: "by letter"}); err != nil {
		t.Fatal(err)
	}
	if err := s.RenameOffice(ctx, "Ash School"); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(ctx, db.Path(), store.Credential{
		Operator: storetest.Operator, Passphrase: []byte(storetest.Passphrase),
	}, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Close(t, again)
	if behind, err := again.LedgerBehind(b.Folder); behind || err != nil {
		t.Errorf("behind: %v, %v", behind, err)
	}
}
