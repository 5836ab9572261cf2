package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	for _, version := range []string{"v1"} {
		t.Run(version, func(t *testing.T) {
			dir := copyStore(t, filepath.Join("testdata", version))
			db, err := Open(context.Background(), dir, testCredential(), testOptions())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			mustCheck(t, db)
			checkFrozen(t, db)
			put(t, db, byTester(), someone(99))
			suppressed := suppression(db, 1, "email", "a@example.org")
			change(t, db, byTester(), func(tx *Tx) error { return tx.Suppressions().Put(suppressed) })
			mustCheck(t, db)
			if all := db.Suppressions(); len(all) != 1 || all[0] != suppressed {
				t.Errorf("suppressed is %+v, want %+v", all, suppressed)
			}
		})
	}
}

// checkFrozen looks for what freeze put.
func checkFrozen(t *testing.T, db *DB) {
	t.Helper()
	if n := db.Info().Counts["delegates"]; n != 4 {
		t.Errorf("%d people, want 4", n)
	}
	if db.AuditHead().Seq != 5 {
		t.Errorf("%d audit entries, want 5", db.AuditHead().Seq)
	}
	err := db.View(func(tx *Tx) error {
		held, err := tx.Held("D1")
		for _, h := range held {
			if c, _ := collectionNamed(h.Collection); len(h.Entries) != 1 && !c.addedLater() {
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
		return errors.Join(err, getErr, opsErr, loginErr)
	})
	if err != nil {
		t.Error(err)
	}
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
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
