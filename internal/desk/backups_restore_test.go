package desk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/internal/vault"
	"custos/store"
)

// restored is the office on a copy made of a backup.
func (o *office) restored(t *testing.T, b register.Backup) (*office, store.RestoreReport) {
	t.Helper()
	r := &office{dir: filepath.Join(t.TempDir(), "restored"), now: o.now.Add(time.Hour)}
	clock := func() time.Time { return r.now }
	opts := store.Options{Now: clock, Params: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}, CheapKDF: true}
	c := store.Credential{Operator: "office", Passphrase: []byte(passphrase)}
	report, err := store.Restore(t.Context(), store.RestoreInput{
		Backup: filepath.Join(b.Folder, b.File), To: r.dir, Credential: c,
	}, opts)
	if err != nil {
		t.Fatal(err)
	}
	if r.db, err = store.Open(t.Context(), r.dir, c, opts); err != nil {
		t.Fatal(err)
	}
	r.desk = desk.Open(r.db, clock)
	t.Cleanup(func() {
		if report, err := r.db.Check(context.Background()); err != nil || len(report.Findings) > 0 {
			t.Errorf("the restored store does not check: %v (%+v)", err, report.Findings)
		}
		if err := r.desk.Close(); err != nil {
			t.Error(err)
		}
	})
	r.Seat = r.seat(t, "office")
	return r, report
}

// TestACopyKnowsWhatWasSaidSince makes a backup, then has people withdraw, refuse, object, be suppressed, restricted,
// merged and erased, and looks at the copy made of the backup as somebody at the desk does.
func TestACopyKnowsWhatWasSaidSince(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ctx := t.Context()
	who := func(name, email string) register.ID {
		t.Helper()
		return o.somebody(t, "teacher", "name", name, "email", email)
	}
	erased := who("Zephyrine O'Fernsby", "zeph@example.org")
	withdrew, objected, stayed := who("Ada Sample", "ada@example.org"), who("Bo Lindqvist", "bo@example.org"), who("Cy Clone", "cy@example.org")
	from, into := who("Di Newcomer", "di@old.example.org"), who("Di Newcomer", "di@example.org")
	limited := who("Ed Stone", "ed@example.org")
	for _, id := range []register.ID{erased, withdrew, objected, stayed, from, into} {
		o.says(t, id, newsByEmail, register.Given)
	}
	if err := o.ChangeDelegate(ctx, stayed, register.DelegateInput{
		Values: map[string]string{"needs": "sits with Zephyrine O'Fernsby"},
	}); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	b := o.backUp(t, folder(t))

	o.says(t, withdrew, newsByEmail, register.Withdrawn)
	o.says(t, objected, register.ConsentKey{Purpose: register.AnyMarketing, Channel: register.AnyChannel}, register.Objected)
	o.says(t, from, newsByEmail, register.RefusedIt)
	late := who("Late Comer", "late@example.org") // unknown to the backup
	o.says(t, late, newsByEmail, register.RefusedIt)
	if _, err := o.Suppress(ctx, register.SuppressionInput{Email: "never@example.org", Reason: "by letter"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Merge(ctx, register.MergeInput{From: from, Into: into}, false); err != nil {
		t.Fatal(err)
	}
	o.restrict(t, limited)
	o.erase(t, o.erasureCase(t, erased, register.Fulfil))
	o.desk.Settled()

	r, report := o.restored(t, b)
	if page, err := r.Person(erased); err != nil || page.Delegate.Status != register.Erased || page.Delegate.Name != "" {
		t.Errorf("the erased person: %+v, %v", page.Delegate, err)
	}
	if left := r.scan(t, "Zephyrine O'Fernsby", "zeph@example.org"); len(left) > 0 {
		t.Errorf("left of the erased person: %+v", left)
	}
	r.addressIsBarred(t, "zeph@example.org")
	for name, id := range map[string]register.ID{"withdrew": withdrew, "objected": objected, "was merged": into, "is new": late} {
		if a := mayContact(t, r.Seat, id, newsByEmail); a.Allowed {
			t.Errorf("the one who %s may be written to: %+v", name, a)
		}
	}
	if a := mayContact(t, r.Seat, stayed, newsByEmail); !a.Allowed {
		t.Errorf("who said yes may not be written to: %+v", a)
	}
	if _, err := r.Person(from); register.KindOf(err) != register.NotFound {
		t.Errorf("the record that was merged is back: %v", err)
	}
	if page, err := r.Person(limited); err != nil || page.Delegate.Status != register.Restricted {
		t.Errorf("the restricted person: %+v, %v", page.Delegate.Status, err)
	}
	r.neverComesIn(t, "never@example.org")
	for _, kind := range []string{store.RedoErasure, store.RedoSuppression, store.RedoNo, store.RedoMerge, store.RedoRestriction} {
		if len(report.Redone[kind]) == 0 {
			t.Errorf("the report says nothing of what was done again: %s", kind)
		}
	}
	// Life goes on: the next backup of the copy is made and proved, and takes the older one on record.
	made := r.backUp(t, filepath.Dir(b.Folder))
	known, err := r.Backups()
	if err != nil || len(known) != 2 || made.People == 0 {
		t.Errorf("%d, %v", len(known), err)
	}
}

// neverComesIn holds that a suppressed address that is imported may not be written to.
func (o *office) neverComesIn(t *testing.T, email string) {
	t.Helper()
	o.apply(t, "delegates", "Name,Email\nNo Body,"+email+"\n")
	all, err := o.Suppressions()
	found := false
	for _, s := range all {
		found = found || strings.Contains(s.Reason, "by letter") && s.Lifted.IsZero()
	}
	if err != nil || !found {
		t.Errorf("the suppression is not there: %v", err)
	}
	for _, id := range o.db.PersonByEmail(email) {
		o.says(t, id, newsByEmail, register.Given)
		if a := mayContact(t, o.Seat, id, newsByEmail); a.Allowed {
			t.Errorf("a suppressed address may be written to: %+v", a)
		}
	}
	if len(o.db.PersonByEmail(email)) == 0 {
		t.Error("nobody was imported to ask about")
	}
}
