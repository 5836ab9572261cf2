package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// everythingAbout puts one record of every personal collection about a person.
func everythingAbout(tx *Tx, id register.ID) error {
	d := someone(0)
	d.ID = id
	on := calendar.NewDate(2026, 3, 2)
	for _, err := range []error{
		tx.Organisations().Put(register.Organisation{ID: "O1", Name: "Beech School", Status: register.Open}),
		tx.Courses().Put(register.Course{ID: "C1", Title: "First aid", Starts: on}),
		tx.Delegates().Put(d),
		tx.Memberships().Put(register.Membership{ID: "M1", Delegate: id, Organisation: "O1"}),
		tx.Bookings().Put(register.Booking{ID: "B1", Delegate: id, Course: "C1", BookedOn: on, State: register.Booked}),
		tx.Consents().Put(register.ConsentEvent{ID: "K1", Delegate: id, Purpose: "news", Channel: "email",
			Act: register.Given}),
		tx.Requests().Put(register.Request{Ref: "AR-2026-0001", Delegate: id, Right: calendar.Access,
			Nation: calendar.EnglandAndWales}),
		tx.Holds().Put(register.Hold{ID: "H1", Delegate: id, Kind: "claim", Reason: "a claim", On: on, By: testLogin}),
		tx.Disclosed().Put(register.DisclosedTo{Delegate: id, Disclosure: "X1", What: "list"}),
		tx.Drafts().Put(register.Draft{Operator: testLogin, Form: "person", Subject: id,
			Values: map[string]string{"name": "N"}}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func change(t testing.TB, db *DB, c Change, fn func(*Tx) error) Receipt {
	t.Helper()
	r, err := db.Update(context.Background(), c, fn)
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return r
}

func TestEveryPersonalCollectionAnswers(t *testing.T) {
	db := newStore(t)
	change(t, db, byTester(), func(tx *Tx) error {
		if err := everythingAbout(tx, "D1"); err != nil {
			return err
		}
		return tx.Delegates().Put(someone(2))
	})
	err := db.View(func(tx *Tx) error {
		held, err := tx.Held("D1")
		for _, h := range held {
			if len(h.Entries) != 1 || len(h.Entries[0].Lines) == 0 {
				t.Errorf("%s answers with %+v", h.Collection, h.Entries)
			}
		}
		if len(held) != 8 {
			t.Errorf("%d collections answer, want 8", len(held))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestForgetLeavesNothingOfAPersonAndEverythingOfOthers(t *testing.T) {
	db := newStore(t)
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	put(t, db, undoable(), someone(2))
	change(t, db, byTester(), func(tx *Tx) error {
		if err := tx.Forget("D1"); err != nil {
			return err
		}
		tomb := register.Delegate{ID: "D1", Status: register.Erased, Created: testStart, Updated: testStart}
		return tx.Delegates().Put(tomb)
	})
	err := db.View(func(tx *Tx) error {
		held, err := tx.Held("D1")
		for _, h := range held {
			if n := len(h.Entries); n != 0 && h.Collection != "delegates" {
				t.Errorf("%s still holds %d", h.Collection, n)
			}
		}
		if d, err := tx.Delegates().Get("D1"); err != nil || d.Status != register.Erased || d.Name != "" {
			t.Errorf("the tombstone: %+v, %v", d, err)
		}
		for r, err := range tx.scanSubject(bucketUndo, "D1") {
			t.Errorf("a former version is left: %s, %v", r.key, err)
		}
		_, getErr := tx.Delegates().Get(someone(2).ID)
		_, orgErr := tx.Organisations().Get("O1")
		if getErr != nil || orgErr != nil {
			t.Errorf("others were forgotten too: %v, %v", getErr, orgErr)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
}

// Carving: with every key in hand, nothing of a forgotten person is found in any page of the file.
func TestAfterAScrubNothingCanBeCarved(t *testing.T) {
	db := newStore(t)
	for i := range 200 {
		put(t, db, byTester(), someone(i))
	}
	victim := someone(77)
	put(t, db, undoable(), renamed(victim, "Another name"))
	traces := sealedTraces(t, db, victim.ID)
	if n := found(t, db, traces); n == 0 {
		t.Fatal("the record is not in the file before it is forgotten: the test sees nothing")
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(victim.ID) })
	if n := found(t, db, traces); n == 0 {
		t.Fatal("deleting alone left no trace: the test sees nothing")
	}
	report, err := db.Scrub(context.Background())
	if err != nil || report.Pages == 0 {
		t.Fatalf("scrub: %+v, %v", report, err)
	}
	if n := found(t, db, traces); n != 0 {
		t.Errorf("%d traces of a forgotten person are in the file after the scrub", n)
	}
	if n := found(t, db, [][]byte{[]byte(victim.ID)}); n != 0 {
		t.Errorf("the id of a forgotten person is in %d places outside the sealed audit trail", n)
	}
	mustCheck(t, db)
	put(t, db, byTester(), someone(500))
	mustCheck(t, db)
}

// sealedTraces returns the wrapped key and the sealed bytes of all that is held on a person.
func sealedTraces(t *testing.T, db *DB, id register.ID) [][]byte {
	t.Helper()
	var traces [][]byte
	err := db.View(func(tx *Tx) error {
		traces = append(traces, bytes.Clone(tx.wrapped(id)))
		for _, bucket := range []string{"delegates", bucketUndo} {
			for r, err := range tx.scanSubject(bucket, id) {
				if err != nil {
					return err
				}
				_, sealed, _ := splitEnvelope(r.env)
				traces = append(traces, bytes.Clone(sealed))
			}
		}
		return nil
	})
	if err != nil || len(traces) != 3 {
		t.Fatalf("%d traces, %v", len(traces), err)
	}
	return traces
}

func found(t *testing.T, db *DB, traces [][]byte) int {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(db.Path(), dbFile))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, trace := range traces {
		n += bytes.Count(file, trace)
	}
	return n
}

// The scrub itself, on plain bytes: what was put and deleted, and what a torn commit left past the high-water mark.
func TestScrubZeroesFreedPagesAndTheTail(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plain.db")
	known := []byte("KNOWN PLAINTEXT")
	b, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		t.Fatal(err)
	}
	step := func(fn func(*bolt.Bucket) error) {
		t.Helper()
		if err := b.Update(func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
			if err != nil {
				return err
			}
			return fn(bucket)
		}); err != nil {
			t.Fatal(err)
		}
	}
	step(func(b *bolt.Bucket) error {
		for i := range 500 {
			if err := b.Put(fmt.Appendf(nil, "%04d", i), bytes.Repeat(known, 10)); err != nil {
				return err
			}
		}
		return b.Put([]byte("stays"), []byte("STAYS"))
	})
	step(func(b *bolt.Bucket) error {
		for i := range 500 {
			if err := b.Delete(fmt.Appendf(nil, "%04d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	step(func(*bolt.Bucket) error { return nil })
	step(func(*bolt.Bucket) error { return nil })
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	scrubFile(t, path, known)
	verifyPlain(t, path)
	damageNewestHeader(t, path)
	verifyPlain(t, path) // by the older header, whose list of free pages must be left
}

func scrubFile(t *testing.T, path string, known []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, _ := f.Stat()
	if _, err := f.WriteAt(known, info.Size()+100); err != nil { // as a torn commit might
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	s := scrubber{file: f}
	if err := s.run(); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(path)
	if bytes.Count(before, known) < 100 || bytes.Contains(after, known) || !bytes.Contains(after, []byte("STAYS")) {
		t.Errorf("known bytes: %d before, %d after; live record kept: %v", bytes.Count(before, known),
			bytes.Count(after, known), bytes.Contains(after, []byte("STAYS")))
	}
}

func damageNewestHeader(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, _ := f.Stat()
	metas, _ := readMetas(f, info.Size())
	at := int64(0)
	if metas[1].txid > metas[0].txid {
		at = int64(metas[0].pageSize)
	}
	if _, err := f.WriteAt([]byte{0xFF}, at+pageHeader+40); err != nil {
		t.Fatal(err)
	}
}

func verifyPlain(t *testing.T, path string) {
	t.Helper()
	b, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	_ = b.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bolt's check: %v", err)
		}
		if string(tx.Bucket([]byte("b")).Get([]byte("stays"))) != "STAYS" {
			t.Error("the live record is gone")
		}
		return nil
	})
}
