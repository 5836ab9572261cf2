package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

func opensWith(login, passphrase string) store.Credential {
	return store.Credential{Operator: login, Passphrase: []byte(passphrase)}
}

const another = "marble ladder cloud teapot"

// The rings beside the backups follow the slots of the store: what no longer opens the one no longer opens the others.
func TestABackupOpensWithWhatOpensTheStore(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.hire(t, "kim", register.Viewer)
	b := o.backUp(t, folder(t))
	opens := func(c store.Credential) bool {
		t.Helper()
		o.desk.Settled()
		_, err := o.proves(t, b, c)
		return err == nil
	}
	if !opens(opensWith("kim", passphrase+"kim")) || !opens(opensWith("office", passphrase)) {
		t.Fatal("a new backup does not open")
	}
	if err := o.ChangePassphrase(ctx, []byte(another)); err != nil {
		t.Fatal(err)
	}
	if opens(opensWith("office", passphrase)) || !opens(opensWith("office", another)) {
		t.Error("the backup opens with the passphrase from before, or not with the new one")
	}
	if err := o.RemoveOperator(ctx, "kim"); err != nil {
		t.Fatal(err)
	}
	if opens(opensWith("kim", passphrase+"kim")) {
		t.Error("the backup opens for somebody who was removed")
	}
	if has, err := o.db.HasSlot("kim"); has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
	first, err := o.NewRecovery(ctx)
	if err != nil || !opens(store.Credential{Recovery: first}) {
		t.Fatalf("the backup does not open with the new recovery key: %v", err)
	}
	second, err := o.NewRecovery(ctx)
	if err != nil || opens(store.Credential{Recovery: first}) || !opens(store.Credential{Recovery: second}) {
		t.Errorf("the backup opens with the recovery key from before, or not with the new one: %v", err)
	}
	o.hire(t, "lee", register.Viewer)
	if !opens(opensWith("lee", passphrase+"lee")) {
		t.Error("the backup does not open for who was added")
	}
}

// A crash between the record of an operator and their slot is completed, whichever way it was going.
func TestARemovalThatBrokeOffIsCompleted(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	kim := o.hire(t, "kim", register.Viewer)
	breakOff := func() {
		t.Helper()
		_, err := o.db.Update(ctx, store.Change{Operator: "office", Door: "console", Verb: register.OperatorRemove},
			func(tx *store.Tx) error {
				op, err := tx.Operators().Get("kim")
				op.Removed = noon
				if err == nil {
					err = tx.Operators().Put(op)
				}
				return err
			})
		if err != nil {
			t.Fatal(err)
		}
	}
	has := func() bool {
		t.Helper()
		held, err := o.db.HasSlot("kim")
		if err != nil {
			t.Fatal(err)
		}
		return held
	}
	breakOff()
	if err := o.AddOperator(ctx, kim.Operator(), []byte(another)); err != nil { // back, with the slot from before
		t.Fatal(err)
	}
	if _, err := o.desk.As("kim", "console"); err != nil || !has() {
		t.Fatalf("%v, %v", err, has())
	}
	breakOff()
	if err := kim.Tidy(ctx); err != nil || !has() {
		t.Fatalf("somebody who may not removed an operator's slot: %v", err)
	}
	if err := o.Tidy(ctx); err != nil || has() {
		t.Fatalf("the slot is left: %v", err)
	}
	if err := o.RemoveOperator(ctx, "kim"); err != nil { // nothing is left to do
		t.Error(err)
	}
}

func TestRekeyGivesTheOthersAPassphraseForOnce(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	for name, role := range map[string]register.Role{"kim": register.Officer, "lee": register.Viewer} {
		if err := o.hire(t, name, role).ChangePassphrase(ctx, []byte("linen orchard "+name+" thimble")); err != nil {
			t.Fatal(err)
		}
	}
	id := o.person(t, "Ada Sample", "ada@example.org")
	before := o.backUp(t, folder(t))
	_, err := o.hire(t, "mo", register.DPO).Rekey(ctx, register.RekeyInput{})
	wantKind(t, err, register.Denied)
	_, err = o.Rekey(ctx, register.RekeyInput{Passphrase: []byte(passphrase), Others: map[string][]byte{"kim": []byte("short")}})
	wantKind(t, err, register.Invalid)
	_, err = o.Rekey(ctx, register.RekeyInput{Passphrase: []byte("not the one it is")})
	wantKind(t, err, register.Refused)
	if o.seat(t, "kim").MustChange() || o.seat(t, "lee").MustChange() {
		t.Fatal("a rekey that failed asks for another passphrase")
	}
	done, err := o.Rekey(ctx, register.RekeyInput{Passphrase: []byte(passphrase), Others: map[string][]byte{"kim": []byte(another)}})
	if err != nil || done.Recovery == "" || len(done.OneTime) != 2 || done.OneTime["lee"] == "" || done.OneTime["mo"] == "" {
		t.Fatalf("%v, %v", len(done.OneTime), err)
	}
	kim, lee := o.seat(t, "kim"), o.seat(t, "lee")
	if kim.MustChange() || o.MustChange() || !lee.MustChange() {
		t.Errorf("must change: kim %v, office %v, lee %v", kim.MustChange(), o.MustChange(), lee.MustChange())
	}
	if err := lee.ChangePassphrase(ctx, []byte("copper window river basket")); err != nil || lee.MustChange() {
		t.Errorf("%v, %v", lee.MustChange(), err)
	}
	if page, err := o.Person(id); err != nil || page.Delegate.Name != "Ada Sample" {
		t.Errorf("%+v, %v", page.Delegate, err)
	}
	after := o.backUp(t, folder(t))
	if after.Generation == before.Generation {
		t.Error("the backup after is sealed under the keys from before")
	}
	if _, err := o.proves(t, after, opensWith("kim", another)); err != nil {
		t.Error(err)
	}
	rows, err := o.Trail(0)
	told := func(r register.AuditRow) bool {
		return r.Verb == register.StoreRekey && !strings.Contains(r.Note, another)
	}
	if err != nil || !slices.ContainsFunc(rows, told) {
		t.Errorf("the trail says nothing of it: %v", err)
	}
}

func (o *office) seat(t *testing.T, name string) *desk.Seat {
	t.Helper()
	s, err := o.desk.As(name, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheStoreIsCheckedAndCompacted(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.person(t, "Ada Sample", "ada@example.org")
	_, err := o.hire(t, "kim", register.Viewer).CheckStore(ctx, nil)
	wantKind(t, err, register.Denied)
	told := false
	report, err := o.CheckStore(ctx, func(string, int, int) { told = true })
	if err != nil || !report.Intact || len(report.Problems) > 0 || report.AuditHead == "" || report.Records["delegates"] != 1 || !told {
		t.Fatalf("%+v, %v, told %v", report, err, told)
	}
	_, err = o.hire(t, "lee", register.Officer).Compact(ctx)
	wantKind(t, err, register.Denied)
	done, err := o.Compact(ctx)
	if err != nil || done.After == 0 || done.After > done.Before {
		t.Fatalf("%+v, %v", done, err)
	}
	rows, err := o.Trail(0)
	for _, verb := range []register.Verb{register.StoreCheck, register.StoreCompact} {
		if !slices.ContainsFunc(rows, func(r register.AuditRow) bool { return r.Verb == verb }) {
			t.Errorf("the trail says nothing of %s: %v", verb, err)
		}
	}
	if report, err := o.CheckStore(ctx, nil); err != nil || !report.Intact {
		t.Errorf("%+v, %v", report, err)
	}
}

// The slot of somebody who was removed is in no page of the file, not even a freed one.
func TestARemovedOperatorsSlotIsOverwritten(t *testing.T) {
	o := newOffice(t)
	slots := func() int {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(o.dir, "store.db"))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Count(b, []byte(o.db.ID()+"\x10")) // a slot names its store, and itself in 16 characters
	}
	if _, err := o.db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := slots()
	o.hire(t, "kim", register.Viewer)
	if during := slots(); before == 0 || during <= before {
		t.Fatalf("%d slots to be seen with one operator more, %d before", during, before)
	}
	if err := o.RemoveOperator(t.Context(), "kim"); err != nil {
		t.Fatal(err)
	}
	if after := slots(); after != before {
		t.Errorf("%d slots are to be seen, %d before", after, before)
	}
}
