package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"custos/internal/register"
)

// A backup of former keys is opened with today's passphrase, and restored under today's keys.
func TestABackupOfFormerKeysIsRestoredUnderTodays(t *testing.T) {
	db := ticking(t)
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	put(t, db, undoable(), someone(1), someone(2), someone(3))
	change(t, db, byTester(), func(tx *Tx) error { return tx.Suppressions().Put(suppression(db, 1, "email", "a@x.example")) })
	to := t.TempDir()
	old := backup(t, db, to)
	in := RekeyInput{Operator: testLogin, Passphrase: []byte(testPass)}
	if _, err := db.Rekey(context.Background(), in, byTester()); err != nil {
		t.Fatal(err)
	}
	if err := db.ReplaceSlot(context.Background(), testLogin, []byte("another passphrase entirely"), byTester()); err != nil {
		t.Fatal(err)
	}
	change(t, db, byTester(), func(tx *Tx) error {
		tomb := register.Delegate{ID: someone(1).ID, Status: register.Erased}
		return errors.Join(tx.Forget(tomb.ID), tx.Delegates().Put(tomb), tx.Consents().Put(no(someone(2).ID, 1, register.Objected)),
			tx.Erasures().Put(register.Erasure{Delegate: tomb.ID, Request: "ER-2026-0001"}))
	})
	if err := errors.Join(db.ReplaceRing(context.Background(), to), db.FlushLedger(to)); err != nil {
		t.Fatal(err)
	}
	today := Credential{Operator: testLogin, Passphrase: []byte("another passphrase entirely")}
	report, err := CheckBackup(context.Background(), old.Path, today, testOptions())
	if err != nil || len(report.Findings) > 0 || len(report.Dark) != 1 {
		t.Fatalf("with today's passphrase: %+v, %v", report, err)
	}
	if report, err := db.ProveBackup(context.Background(), old.Path, nil); err != nil || len(report.Findings) > 0 {
		t.Errorf("by the store: %v, %v", report.Findings, err)
	}
	copyTo := filepath.Join(t.TempDir(), "copy")
	if _, err := Restore(context.Background(), RestoreInput{Backup: old.Path, To: copyTo, Credential: testCredential()},
		db.opts); register.KindOf(err) != register.Refused {
		t.Errorf("with the passphrase of then: %v, want Refused", err)
	}
	again, err := Restore(context.Background(), RestoreInput{Backup: old.Path, To: copyTo, Credential: today}, db.opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Redone[RedoErasure]) != 1 || len(again.Redone[RedoNo]) != 1 || len(again.Redone) != 2 || len(again.Dark) != 1 || again.Undo == 0 {
		t.Errorf("the report says %+v", again)
	}
	copied, err := Open(context.Background(), copyTo, today, db.opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = copied.Close() })
	mustCheck(t, copied)
	if copied.keys.generation() != db.keys.generation() || copied.AddressHash("email", "a@x.example") != db.AddressHash("email", "a@x.example") {
		t.Error("the copy has other keys than the store")
	}
	if p, err := personIn(copied, someone(2).ID); err != nil || p.Name != someone(2).Name {
		t.Errorf("somebody of the backup is %q, %v", p.Name, err)
	}
	if p, err := personIn(copied, someone(1).ID); err != nil || p.Status != register.Erased || p.Name != "" {
		t.Errorf("somebody who was erased is %+v, %v", p, err)
	}
	backup(t, copied, to) // goes on beside the others
	if report, err := copied.ProveBackup(context.Background(), old.Path, nil); err != nil || len(report.Findings) > 0 {
		t.Errorf("by the copy: %v, %v", report.Findings, err)
	}
}
