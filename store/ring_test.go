package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/audit"
	"custos/internal/register"
)

// holdersOf are the people in a ring file, and which of them are strangers.
func holdersOf(t *testing.T, path string) map[string]bool {
	t.Helper()
	r, err := readRing(path)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for e := range r.all() {
		all[string(e.id)] = e.stranger
	}
	if len(all) != int(r.count) {
		t.Errorf("%d entries of %d people", r.count, len(all))
	}
	return all
}

func TestTheFormerRingIsOverwritten(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1), someone(2))
	to := t.TempDir()
	made := backup(t, db, to)
	path := filepath.Join(filepath.Dir(made.Path), made.Manifest.Ring)
	former, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = former.Close() }()
	before := readAll(t, path)
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(1).ID) })
	if err := db.ReplaceRing(context.Background(), to); err != nil {
		t.Fatal(err)
	}
	left := make([]byte, len(before))
	if _, err := former.ReadAt(left, 0); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(left, make([]byte, len(before))) {
		t.Error("the bytes of the former ring are still there")
	}
	if held := holdersOf(t, path); len(held) != 1 {
		t.Errorf("in the ring are %v", held)
	}
}

// Every person is found, and nobody else, however many there are between two of the index.
func TestARingFindsEverybody(t *testing.T) {
	var entries []ringEntry
	for n := range 3*ringEvery + 5 {
		entries = append(entries, ringEntry{id: []byte(someone(2 * n).ID), wrapped: bytes.Repeat([]byte{byte(n)}, 72)})
	}
	b, err := encodeRing(&ringHead{store: "S1", generation: "0a0b0c0d"}, 0, func(yield func(ringEntry) bool) {
		for _, e := range entries {
			if !yield(e) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := parseRing(b)
	if err != nil {
		t.Fatal(err)
	}
	for n := range entries {
		if w := r.find(someone(2 * n).ID); len(w) != 72 || w[0] != byte(n) {
			t.Errorf("number %d has %v", n, w)
		}
		if w := r.find(someone(2*n + 1).ID); w != nil {
			t.Errorf("nobody has number %d, and it has %v", 2*n+1, w)
		}
	}
	if r.find("") != nil || r.find("A") != nil || r.find("Z") != nil {
		t.Error("somebody is found who is not there")
	}
}

func TestFormerRingsLoseWhoWasErased(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1), someone(2), someone(3))
	to := t.TempDir()
	made := backup(t, db, to)
	dir := filepath.Dir(made.Path)
	former := filepath.Join(dir, ringPrefix+"00000001")
	if err := os.WriteFile(former, readAll(t, filepath.Join(dir, made.Manifest.Ring)), 0o600); err != nil {
		t.Fatal(err)
	}
	one, two := someone(1).ID, someone(2).ID
	change(t, db, byTester(), func(tx *Tx) error { // one leaves a tombstone with a new key, two is gone
		return errors.Join(tx.Forget(one, two), tx.Delegates().Put(register.Delegate{ID: one, Status: register.Erased}),
			tx.Erasures().Put(register.Erasure{Delegate: one, Request: "ER-2026-0001"}))
	})
	if err := db.ReplaceRing(context.Background(), to); err != nil {
		t.Fatal(err)
	}
	if held := holdersOf(t, former); len(held) != 1 || held[string(someone(3).ID)] {
		t.Errorf("in the ring of former keys are %v", held)
	}
}

// After an older backup was restored, backups made in what was the store's history before are still to be opened.
func TestARingOfAnotherHistoryKeepsItsPeople(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1))
	to := t.TempDir()
	made := backup(t, db, to)
	path := filepath.Join(filepath.Dir(made.Path), made.Manifest.Ring)
	r, err := readRing(path)
	if err != nil {
		t.Fatal(err)
	}
	r.at = audit.Head{Seq: 2, Hash: [32]byte{1}} // no head of this trail
	wrapped := bytes.Repeat([]byte{7}, 72)
	b, err := encodeRing(&r.ringHead, 0, func(yield func(ringEntry) bool) {
		for _, id := range []string{"D0", "D5", "D7"} {
			if !yield(ringEntry{id: []byte(id), wrapped: wrapped}) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	change(t, db, byTester(), func(tx *Tx) error {
		return tx.Erasures().Put(register.Erasure{Delegate: "D5", Request: "ER-2026-0001"})
	})
	for range 2 { // the second time the ring is of this history, and they stay
		if err := db.WriteLedger(context.Background(), to, testStart); err != nil { // which replaces such a ring
			t.Fatal(err)
		}
		held := holdersOf(t, path)
		if len(held) != 3 || !held["D0"] || !held["D7"] || held[string(someone(1).ID)] {
			t.Errorf("in the ring are %v", held)
		}
		if err := db.ReplaceRing(context.Background(), to); err != nil {
			t.Fatal(err)
		}
	}
}
