package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/register"
)

func restored(t *testing.T, from string, in RestoreInput, o Options) (RestoreReport, *DB) {
	t.Helper()
	in.Backup, in.To, in.Credential = from, filepath.Join(t.TempDir(), "office", "store"), testCredential()
	report, err := Restore(context.Background(), in, o)
	if err != nil {
		t.Fatalf("restore: %v", err)
	}
	db, err := Open(context.Background(), in.To, testCredential(), o)
	if err != nil {
		t.Fatalf("opening the copy: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return report, db
}

func TestARestoredStoreGoesOnWhereTheBackupStopped(t *testing.T) {
	db, older, newer := twoBackups(t)
	report, copied := restored(t, older.Path, RestoreInput{}, db.opts)
	if report.Missing != newer.Manifest.AuditSeq-older.Manifest.AuditSeq || report.Audit != older.Manifest.AuditSeq+1 ||
		len(report.Redone[RedoSuppression]) != 1 || report.Records == 0 {
		t.Errorf("the report says %+v", report)
	}
	last := func() (verb, note string) {
		err := copied.View(func(tx *Tx) error {
			for e, err := range tx.AuditBack() {
				verb, note = e.Verb, e.Note
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return verb, note
	}
	if verb, note := last(); verb != string(register.StoreRestore) || !strings.Contains(note, "suppression 1") {
		t.Errorf("the trail ends with %s, %q", verb, note)
	}
	if p, err := personIn(copied, someone(1).ID); err != nil || p.Name != "A" {
		t.Errorf("somebody changed since the backup is %q, %v", p.Name, err)
	}
	put(t, copied, undoable(), someone(9))
	mustCheck(t, copied)
	copied = reopened(t, copied)
	mustCheck(t, copied)
	made := backup(t, copied, t.TempDir())
	mustProve(t, made.Path)
	onlyOurs(t, copied.Path())
}

func TestARestoreIntoAFolderThatHoldsAnythingIsRefused(t *testing.T) {
	db, _, made := twoBackups(t)
	to := t.TempDir()
	if err := os.WriteFile(filepath.Join(to, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{to, db.Path()} {
		_, err := Restore(context.Background(), RestoreInput{Backup: made.Path, To: dir, Credential: testCredential()}, db.opts)
		if register.KindOf(err) != register.Conflict {
			t.Errorf("into %s: %v", dir, err)
		}
	}
	if names := filesIn(t, to); len(names) != 1 {
		t.Errorf("there are %v", names)
	}
}

func TestWhatIsNotWholeIsNotRestored(t *testing.T) {
	db, _, made := twoBackups(t)
	to := filepath.Join(t.TempDir(), "copy")
	in := RestoreInput{Backup: made.Path, To: to, Credential: testCredential()}
	try := func(want register.Kind, words string) {
		t.Helper()
		_, err := Restore(context.Background(), in, db.opts)
		if register.KindOf(err) != want || err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("got %v, want kind %d and %q", err, want, words)
		}
		if names := filesIn(t, filepath.Dir(to)); len(names) > 0 {
			t.Errorf("it left %v", names)
		}
	}
	in.Credential.Passphrase = []byte("wrong")
	try(register.Refused, "passphrase")
	in.Credential = testCredential()
	ledger := filepath.Join(filepath.Dir(made.Path), made.Manifest.Ledger)
	whole := readAll(t, ledger)
	for _, b := range [][]byte{nil, whole[:40], append([]byte("x"), whole[1:]...)} {
		if err := os.WriteFile(ledger, b, 0o600); err != nil {
			t.Fatal(err)
		}
		try(register.Refused, "ledger")
	}
	if err := os.WriteFile(ledger, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	o := db.opts
	for _, at := range []string{"prove", "restore"} {
		ctx, cancel := context.WithCancel(context.Background())
		o.Progress = func(step string, _, _ int) {
			if step == at {
				cancel()
			}
		}
		if _, err := Restore(ctx, in, o); !errors.Is(err, context.Canceled) || len(filesIn(t, filepath.Dir(to))) > 0 {
			t.Errorf("cancelled at %q: %v; left are %v", at, err, filesIn(t, filepath.Dir(to)))
		}
		cancel()
	}
	data := filepath.Join(filepath.Dir(made.Path), made.Manifest.Data)
	b := readAll(t, data)
	b[len(b)/2] ^= 1
	if err := os.WriteFile(data, b, 0o600); err != nil {
		t.Fatal(err)
	}
	try(register.Internal, "block")
}

// A ledger torn by a crash in the middle of an addition is used as far as it goes.
func TestATornLedgerIsUsedAsFarAsItGoes(t *testing.T) {
	db, _, made := twoBackups(t)
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(2).ID, 1, register.Objected)) })
	ledger := db.ledgerPath(filepath.Dir(made.Path))
	size := len(readAll(t, ledger))
	if err := db.FlushLedger(filepath.Dir(made.Path)); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(ledger, int64(size+20)); err != nil {
		t.Fatal(err)
	}
	names(t, proved(t, made.Path), made.Manifest.Ledger, "interrupted")
	report, _ := restored(t, made.Path, RestoreInput{}, db.opts)
	if report.Through != made.Manifest.AuditSeq || report.LedgerLost != "" {
		t.Errorf("the report says %+v", report)
	}
}

// Somebody added and erased between a backup and the restore stays gone, even where the ledger still has their key and the
// ring does not.
func TestANewerRingDecidesOverAnOlderLedger(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1))
	to := t.TempDir()
	made := backup(t, db, to)
	put(t, db, Change{}, someone(2))
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(2).ID, 1, register.Objected)) })
	if err := db.FlushLedger(to); err != nil {
		t.Fatal(err)
	}
	if report, _ := restored(t, made.Path, RestoreInput{}, db.opts); len(report.Redone[RedoPerson]) != 1 {
		t.Errorf("somebody new with a no is not there: %+v", report)
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(2).ID) })
	if err := db.ReplaceRing(context.Background(), to); err != nil { // and the ledger could not be written
		t.Fatal(err)
	}
	report, copied := restored(t, made.Path, RestoreInput{}, db.opts)
	if _, err := personIn(copied, someone(2).ID); register.KindOf(err) != register.NotFound || len(report.Redone) > 0 {
		t.Errorf("somebody whose key is gone came back: %v, %+v", err, report)
	}
}

// Whoever was forgotten without an erasure, as by undoing an import, is dark as soon as the ledger knows, though the ring is
// the one of before.
func TestWhoTheLedgerSaysIsForgottenIsDark(t *testing.T) {
	db := ticking(t)
	put(t, db, undoable(), someone(1), someone(2))
	to := t.TempDir()
	made := backup(t, db, to)
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(2).ID) })
	if err := db.FlushLedger(to); err != nil {
		t.Fatal(err)
	}
	report, copied := restored(t, made.Path, RestoreInput{}, db.opts)
	if len(report.Dark) != 1 || report.Dark[0] != someone(2).ID {
		t.Errorf("dark are %v", report.Dark)
	}
	if _, err := personIn(copied, someone(2).ID); register.KindOf(err) != register.NotFound {
		t.Errorf("somebody forgotten: %v", err)
	}
	mustCheck(t, copied)
}

// What former versions of others say of somebody who was erased since does not come back with them.
func TestFormerVersionsAreDroppedWithAnErasure(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, zoe())
	for _, text := range []string{"asked for " + zoe().Name, "nothing"} {
		change(t, db, undoable(), func(tx *Tx) error {
			return tx.Organisations().Put(register.Organisation{ID: "O1", Name: text})
		})
	}
	to := t.TempDir()
	made := backup(t, db, to)
	change(t, db, byTester(), func(tx *Tx) error {
		tomb := register.Delegate{ID: zoe().ID, Status: register.Erased}
		return errors.Join(tx.Forget(tomb.ID), tx.Delegates().Put(tomb),
			tx.Erasures().Put(register.Erasure{Delegate: tomb.ID, Request: "ER-2026-0001"}))
	})
	if err := db.FlushLedger(to); err != nil {
		t.Fatal(err)
	}
	report, copied := restored(t, made.Path, RestoreInput{}, db.opts)
	if hits := search(t, copied, zoeNeedles(t)); len(hits) > 0 || report.Undo == 0 {
		t.Errorf("%d former versions dropped, and found are %v", report.Undo, where(hits))
	}
	mustCheck(t, copied)
}
