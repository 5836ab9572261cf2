package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"custos/internal/register"
)

// entriesOf reads a ledger with the keys of its store.
func entriesOf(t testing.TB, db *DB, path string) (*ledgerFile, []ledgerEntry) {
	t.Helper()
	b := readAll(t, path)
	var all []ledgerEntry
	l, err := scanLedger(bytes.NewReader(b), int64(len(b)), db.keys, func(e *ledgerEntry) error {
		all = append(all, *e)
		return nil
	})
	if err != nil {
		t.Fatalf("the ledger: %v", err)
	}
	return l, all
}

// says reports whether a ledger has an entry on a record, and whether the last one says that it is gone.
func says(all []ledgerEntry, bucket, key string) (told, gone bool) {
	for _, e := range all {
		if e.Bucket == bucket && e.Key == key {
			told, gone = true, e.Value == nil
		}
	}
	return told, gone
}

func behind(t *testing.T, db *DB, to string) bool {
	t.Helper()
	is, err := db.LedgerBehind(to)
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func no(id register.ID, n int, act register.ConsentAct) register.ConsentEvent {
	return register.ConsentEvent{ID: register.ID("K" + string(rune('0'+n))), Delegate: id, Purpose: "news", Channel: "email", Act: act,
		At: testStart, Recorded: testStart}
}

func TestTheLedgerIsToldOfEveryNoBetweenBackups(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1), someone(2), someone(3))
	to := t.TempDir()
	made := backup(t, db, to)
	path := db.ledgerPath(filepath.Dir(made.Path))
	if behind(t, db, to) {
		t.Error("behind right after a backup")
	}
	put(t, db, Change{}, renamed(someone(2), "N"))
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(1).ID, 1, register.Given)) })
	if behind(t, db, to) {
		t.Error("behind for a name and a yes")
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(1).ID, 2, register.Withdrawn)) })
	change(t, db, byTester(), func(tx *Tx) error { return tx.Suppressions().Put(suppression(db, 1, "email", "a@x.example")) })
	stopped := someone(2)
	stopped.Status = register.Restricted
	put(t, db, Change{}, stopped)
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(3).ID) })
	if !behind(t, db, to) {
		t.Fatal("not behind after a no")
	}
	if err := db.FlushLedger(to); err != nil || behind(t, db, to) {
		t.Fatalf("after flushing: %v", err)
	}
	l, all := entriesOf(t, db, path)
	if l.through != db.AuditHead() {
		t.Errorf("the ledger goes to %d, the trail to %d", l.through.Seq, db.AuditHead().Seq)
	}
	one, two, three := string(someone(1).ID), string(someone(2).ID), string(someone(3).ID)
	for _, want := range [][2]string{{consents.name, one + "/K2"}, {delegates.name, one}, {bucketKeys, one}, {delegates.name, two},
		{bucketKeys, three}, {suppressions.name, db.AddressHash("email", "a@x.example") + "/S0000000000001"}} {
		if told, gone := says(all, want[0], want[1]); !told || gone != (want[1] == three) {
			t.Errorf("of %v the ledger says %v, gone %v", want, told, gone)
		}
	}
	if told, _ := says(all, consents.name, one+"/K1"); told {
		t.Error("a yes is in the ledger")
	}
}

func TestALedgerIsContinuedOrWrittenAnewAtTheNextOpening(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1))
	to := t.TempDir()
	made := backup(t, db, to)
	path := db.ledgerPath(filepath.Dir(made.Path))
	put(t, db, Change{}, someone(2))
	if err := db.FlushLedger(to); err != nil { // as at the end of a day: nothing to tell, but how far it goes
		t.Fatal(err)
	}
	db = reopened(t, db)
	if behind(t, db, to) {
		t.Error("a ledger that was flushed at the end is behind")
	}
	size := len(readAll(t, path))
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(1).ID, 1, register.RefusedIt)) })
	if err := db.FlushLedger(to); err != nil || len(readAll(t, path)) <= size {
		t.Errorf("it was not continued: %v", err)
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(no(someone(2).ID, 2, register.Objected)) })
	db = reopened(t, db) // without flushing
	if !behind(t, db, to) {
		t.Fatal("a ledger that lacks the last no is not behind")
	}
	if err := db.FlushLedger(to); err != nil || behind(t, db, to) {
		t.Fatalf("after flushing: %v", err)
	}
	_, all := entriesOf(t, db, path)
	for _, key := range []string{string(someone(1).ID) + "/K1", string(someone(2).ID) + "/K2"} {
		if told, _ := says(all, consents.name, key); !told {
			t.Errorf("%s is not in it", key)
		}
	}
	for what, spoil := range map[string]func() error{
		"missing": func() error { return os.Remove(path) },
		"torn":    func() error { return os.Truncate(path, int64(len(readAll(t, path))-7)) },
		"foreign": func() error { return os.WriteFile(path, []byte("x"), 0o600) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if !behind(t, db, to) {
			t.Errorf("%s, and not behind", what)
		}
		if err := db.FlushLedger(to); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		mustProve(t, made.Path)
	}
}

func TestALedgerWrittenAnewHoldsOnlyWhatBackupsNeed(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1))
	old, recent := no(someone(1).ID, 1, register.RefusedIt), no(someone(1).ID, 2, register.RefusedIt)
	old.Recorded = testStart.AddDate(-1, 0, 0)
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(old) })
	change(t, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(recent) })
	to := t.TempDir()
	made := backup(t, db, to)
	_, all := entriesOf(t, db, db.ledgerPath(filepath.Dir(made.Path)))
	was, _ := says(all, consents.name, string(someone(1).ID)+"/K1")
	is, _ := says(all, consents.name, string(someone(1).ID)+"/K2")
	if was || !is {
		t.Errorf("a no of last year: %v; one of the margin: %v", was, is)
	}
	if err := db.WriteLedger(context.Background(), to, time.Time{}); err != nil {
		t.Fatal(err)
	}
	_, all = entriesOf(t, db, db.ledgerPath(filepath.Dir(made.Path)))
	if was, _ := says(all, consents.name, string(someone(1).ID)+"/K1"); !was {
		t.Error("asked for all, it lacks the old one")
	}
}

func TestAnEntryMovedOrTakenOutShows(t *testing.T) {
	db := ticking(t)
	key := db.keys.backupKey("ledger")
	make3 := func(order ...int) []byte {
		l := &ledgerFile{ledgerHead: ledgerHead{store: db.ID(), generation: db.keys.generation()}}
		file := l.begin()
		var parts [][]byte
		for i := range 3 {
			part, err := l.sealEntry(nil, &key, &ledgerEntry{Seq: uint64(i), Hash: make([]byte, 32)})
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, part)
		}
		for _, i := range order {
			file = append(file, parts[i]...)
		}
		return file
	}
	read := func(b []byte) (*ledgerFile, error) {
		return scanLedger(bytes.NewReader(b), int64(len(b)), db.keys, func(*ledgerEntry) error { return nil })
	}
	if l, err := read(make3(0, 1, 2)); err != nil || l.through.Seq != 2 || l.torn {
		t.Fatalf("in order: %+v, %v", l, err)
	}
	for _, order := range [][]int{{1, 0, 2}, {0, 2}, {0, 1, 1, 2}, {1, 2}, {2}, {}} {
		if _, err := read(make3(order...)); err == nil {
			t.Errorf("the order %v is taken", order)
		}
	}
	whole := make3(0, 1, 2)
	if l, err := read(whole[:len(whole)-3]); err != nil || !l.torn || l.through.Seq != 1 {
		t.Errorf("torn: %+v, %v", l, err)
	}
}
