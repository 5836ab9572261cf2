package store

import (
	"context"
	"errors"
	"testing"

	"custos/internal/register"
)

// zoe is the person who is erased.
func zoe() register.Delegate {
	d := someone(0)
	d.ID, d.Name, d.Given, d.Family = "D1", "Zoë Ash-Grove", "Zoë", "Ash-Grove"
	d.Email, d.Phone = "zoe.ashgrove@x.example", "01632 960123"
	d.Fields = map[string]string{"address": "7 Beech Mews"}
	return d
}

const mention = "spoke to ZOE ASHGROVE, Zoe.Ashgrove@x.example, +44 (0)1632 960 123, of 7 beech mews"

func zoeNeedles(t *testing.T) Needles {
	d := zoe()
	return needles(t, word(d.Name), word(d.Email), word("7 Beech Mews"), number(d.Phone))
}

// planted is a store that speaks of a person in every text of every collection, and in former versions of them.
func planted(t *testing.T) *DB {
	t.Helper()
	db := newStore(t)
	speak := func(text string, own register.Delegate) func(tx *Tx) error {
		return func(tx *Tx) error {
			for _, p := range plantings() {
				c, _ := collectionNamed(p.bucket)
				if tx.count(p.bucket) > 1 && c == declared(consents) {
					continue // takes an event once
				}
				if err := p.put(tx, text); err != nil {
					return err
				}
			}
			return tx.Delegates().Put(own)
		}
	}
	change(t, db, undoable(), func(tx *Tx) error { return theirOwn(tx, zoe()) })
	change(t, db, undoable(), speak(mention, renamed(zoe(), "Zoë Smith")))
	change(t, db, undoable(), speak("nothing", zoe()))
	change(t, db, undoable(), speak(mention, zoe()))
	return db
}

// TestNothingOfAPersonIsLeft plants a person in every text of every collection, finds each, erases the person as desks do,
// and finds nothing. It fails for a collection that is not searched, and for one in which nothing was planted.
func TestNothingOfAPersonIsLeft(t *testing.T) {
	db := planted(t)
	n := zoeNeedles(t)
	everyPlantIsFound(t, db, n)
	erase(t, db, n)
	if hits := search(t, db, n); len(hits) != 0 {
		t.Errorf("left behind: %v", where(hits))
	}
	if hits := rawSearchOf(t, db, n); len(hits) != 0 {
		t.Errorf("left behind in the files: %v", hits)
	}
	nothingIsListed(t, db)
	mustCheck(t, db)
	again := reopened(t, db)
	nothingIsListed(t, again)
	mustCheck(t, again)
}

// everyPlantIsFound holds what Search finds against what the records say.
func everyPlantIsFound(t *testing.T, db *DB, n Needles) {
	t.Helper()
	found, former := map[string]bool{}, map[string]int{}
	for _, h := range search(t, db, n) {
		if found[placeOf(&h)] = true; h.Bucket == bucketUndo {
			former[h.Of]++
		}
	}
	change(t, db, byTester(), func(tx *Tx) error {
		for _, c := range registry {
			fields := 0
			for _, key := range keysOf(t, tx, c.bucket()) {
				for field := range textsOf(t, tx, c.bucket(), key, n) {
					fields++
					if at := placeOf(&Hit{Bucket: c.bucket(), Key: key, Field: field}); !found[at] {
						t.Errorf("%s speaks of the person, and is not found", at)
					}
				}
			}
			if fields == 0 {
				t.Errorf("nothing speaks of the person in %s: put it among the plantings", c.bucket())
			}
			if former[c.bucket()] == 0 && c.bucket() != consents.name { // which is only ever added to
				t.Errorf("no former version in %s is found", c.bucket())
			}
		}
		return nil
	})
}

// erase forgets the person, leaves a tombstone, masks what others' records say, drops former versions and scrubs.
func erase(t *testing.T, db *DB, n Needles) {
	t.Helper()
	change(t, db, byTester(), func(tx *Tx) error {
		tomb := register.Delegate{ID: zoe().ID, Status: register.Erased, Created: testStart, Updated: testStart}
		if err := errors.Join(tx.Forget(tomb.ID), tx.Delegates().Put(tomb)); err != nil {
			return err
		}
		hits, err := tx.Search(context.Background(), n, nil)
		for _, h := range hits {
			if op := h.Operation(); op != "" {
				err = errors.Join(err, tx.DropUndo(op))
				continue
			}
			_, maskErr := tx.Mask(h.Bucket, h.Key, func(_, text string) string {
				if len(n.In(text)) > 0 {
					return "[removed]"
				}
				return text
			})
			err = errors.Join(err, maskErr)
		}
		return err
	})
	if _, err := db.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// nothingIsListed asks everything that is kept in memory, and what is read of the person by id.
func nothingIsListed(t *testing.T, db *DB) {
	t.Helper()
	for _, words := range []string{"ash-grove", "zoe", "x.example", "960123", "mews"} {
		q := register.Query{Filter: words}
		if a, b := db.People(q).Len(), db.Organisations(q).Len(); a+b != 0 {
			t.Errorf("searching lists for %q finds %d people and %d organisations", words, a, b)
		}
	}
	if row, ok := db.Person(zoe().ID); !ok || row.Status != register.Erased || row.Name+row.Email+row.Phone != "" {
		t.Errorf("the tombstone is listed as %+v", row)
	}
	if c, _ := db.Contactee(zoe().ID); c.Name+c.Email+c.Phone+c.Kind != "" || len(c.Facts)+len(c.Suppressed) != 0 || c.Post {
		t.Errorf("the rules of contact are told of %+v", c)
	}
	if len(db.PersonByEmail("zoe.ashgrove@x.example"))+len(db.CasesOf(zoe().ID)) != 0 {
		t.Error("the person is found by their address, or has cases")
	}
	n := zoeNeedles(t)
	kept, err := records.encode([]any{db.RequestList(), db.Settings(), db.Suppressions()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range db.Cases().Len() {
		if e := db.Cases().Row(i); len(n.In(e.Name+" "+e.Owner)) != 0 {
			t.Errorf("the list of cases has %+v", e)
		}
	}
	if n.set.May(kept) {
		t.Error("what is kept in memory speaks of the person")
	}
	err = db.View(func(tx *Tx) error {
		held, err := tx.Held(zoe().ID)
		for _, h := range held {
			if len(h.Entries) != 0 && h.Collection != delegates.name {
				t.Errorf("%s holds %d records on the person", h.Collection, len(h.Entries))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// reopened closes a store and opens it again.
func reopened(t *testing.T, db *DB) *DB {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), db.Path(), testCredential(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again
}
