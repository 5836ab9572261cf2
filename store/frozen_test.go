package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"custos/internal/register"
)

// The stores in testdata were each made once, by the program of their format, and are never made again: every later
// program must open them and find what was put there. The passphrase is testPass, the operator testLogin.
//
// A store of a new format is made by running this test once with CUSTOS_FREEZE set to the folder to make it in.
func TestFrozenStoresStillOpen(t *testing.T) {
	if dir := os.Getenv("CUSTOS_FREEZE"); dir != "" {
		freeze(t, dir)
	}
	for _, f := range []frozen{
		{version: "v1", entries: 5, operators: []string{testLogin}},
		{version: "v2", entries: 10, operators: []string{secondLogin, testLogin}, suppressed: 1, erased: 1, rekeyed: true},
	} {
		t.Run(f.version, func(t *testing.T) {
			dir := copyStore(t, filepath.Join("testdata", f.version))
			db, err := Open(context.Background(), dir, testCredential(), testOptions())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			mustCheck(t, db)
			f.check(t, db)
			put(t, db, byTester(), someone(99))
			suppressed := suppression(db, 2, "email", "b@example.org")
			change(t, db, byTester(), func(tx *Tx) error { return tx.Suppressions().Put(suppressed) })
			mustCheck(t, db)
			if all := db.Suppressions(); !slices.Contains(all, suppressed) {
				t.Errorf("suppressed is %+v, %+v among them", all, suppressed)
			}
		})
	}
}

const (
	secondLogin = "second"
	secondPass  = "another horse, another battery"
)

// frozen is what a store in testdata holds.
type frozen struct {
	version    string
	entries    uint64 // of the audit trail
	operators  []string
	suppressed int
	erased     int
	rekeyed    bool
}

// check looks for what freeze put.
func (f *frozen) check(t *testing.T, db *DB) {
	t.Helper()
	if n := db.Info().Counts["delegates"]; n != 4 {
		t.Errorf("%d people, want 4", n)
	}
	if n := db.AuditHead().Seq; n != f.entries {
		t.Errorf("%d audit entries, want %d", n, f.entries)
	}
	if rekeyed := len(db.current().Former) > 0; rekeyed != f.rekeyed {
		t.Errorf("a former store key is kept: %v", rekeyed)
	}
	err := db.View(func(tx *Tx) error {
		held, err := tx.Held("D1")
		for _, h := range held {
			if c, _ := collectionNamed(h.Collection); len(h.Entries) != 1 && (!c.addedLater() || f.version != "v1") {
				t.Errorf("%s holds %d records on D1", h.Collection, len(h.Entries))
			}
		}
		d, getErr := tx.Delegates().Get(someone(1).ID)
		if d.Name != "Renamed" || !d.Created.Equal(testStart) {
			t.Errorf("person 1 is %+v", d)
		}
		ops, opsErr := tx.UndoOps(testLogin, 0)
		if len(ops) != 2 {
			t.Errorf("%d operations can be undone, want 2", len(ops))
		}
		op, loginErr := tx.Operators().Get(testLogin)
		if len(op.Roles) != len(register.Roles()) {
			t.Errorf("the operator is %+v", op)
		}
		return errors.Join(err, getErr, opsErr, loginErr, f.checkLater(t, db, tx))
	})
	if err != nil {
		t.Error(err)
	}
}

// checkLater looks for what there was no room for in the first format.
func (f *frozen) checkLater(t *testing.T, db *DB, tx *Tx) error {
	t.Helper()
	for _, login := range f.operators {
		if _, err := tx.Operators().Get(login); err != nil {
			return err
		}
		if held, err := tx.has(bucketSlots, slotID(db.ID(), login)); err != nil || !held {
			t.Errorf("%s has no slot: %v", login, err)
		}
	}
	for _, s := range db.Suppressions() {
		if s.Hash != db.AddressHash("email", "a@example.org") {
			t.Error("the suppressed address is not found under its hash")
		}
	}
	if n := len(db.Suppressions()); n != f.suppressed {
		t.Errorf("%d addresses are suppressed, want %d", n, f.suppressed)
	}
	if n := tx.count(erasures.name); n != f.erased {
		t.Errorf("%d erasures, want %d", n, f.erased)
	}
	return nil
}

func freeze(t *testing.T, dir string) {
	t.Helper()
	o := testOptions()
	o.fileStep = 64 << 10
	db, _, err := Create(dir, testSetup(), o)
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, byTester(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	put(t, db, undoable(), someone(1), someone(2), someone(3))
	put(t, db, undoable(), renamed(someone(1), "Renamed"))
	change(t, db, byTester(), func(tx *Tx) error {
		return tx.Settings().Put(register.Settings{Office: "Frozen", Nation: testSetup().Settings.Nation, Created: testStart})
	})
	addOperator(t, db, secondLogin, secondPass)
	change(t, db, byTester(), func(tx *Tx) error {
		return errors.Join(tx.Suppressions().Put(suppression(db, 1, "email", "a@example.org")),
			tx.Erasures().Put(register.Erasure{Delegate: "D9", Request: "ER-2026-0001", At: testStart, By: testLogin,
				Removed: map[string]int{"delegates": 1}, Touched: []register.Place{{Collection: "organisations", Key: "O1"}}}))
	})
	in := rekeying()
	in.Others = map[string][]byte{secondLogin: []byte(secondPass)}
	mustRekey(t, db, in)
	put(t, db, byTester(), someone(3))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
