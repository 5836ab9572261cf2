package store

import (
	"bytes"
	"testing"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

func zeros(b []byte) bool { return len(bytes.Trim(b[:cap(b)], "\x00")) == 0 }

func TestClosingWipesEveryKey(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	mustRekey(t, db, rekeying())
	k, s := db.keys, db.current()
	if len(s.Lookup) == 0 || len(s.Signing) == 0 || len(s.Former) != 1 || zeros(s.Former[0].Key) {
		t.Fatalf("the state holds no keys: this shows nothing")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if *k != (keyring{id: k.id}) {
		t.Error("the keyring still holds a key")
	}
	if !zeros(s.Lookup) || !zeros(s.Signing) || !zeros(s.Former[0].Key) {
		t.Error("the state still holds a key")
	}
}

func TestATransactionWipesWhatItOpened(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	var used []*Tx
	look := func(tx *Tx) error {
		used = append(used, tx)
		_, err := tx.Delegates().Get(someone(1).ID)
		if tx.lastKey == (vault.Key{}) {
			t.Error("no key was used: this shows nothing")
		}
		return err
	}
	if err := db.View(look); err != nil {
		t.Fatal(err)
	}
	change(t, db, byTester(), func(tx *Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		return tx.Delegates().Put(renamed(someone(1), "Another"))
	})
	for i, tx := range used {
		if tx.lastKey != (vault.Key{}) || !zeros(tx.seal.padded) {
			t.Errorf("transaction %d still holds a key or a text", i)
		}
	}
}

// The key of everything that is about nobody is shared with the keyring, and stays.
func TestSealingWipesItsCopiesAndNothingElse(t *testing.T) {
	db := newStore(t)
	tx := &Tx{keys: db.keys}
	own := vault.NewKey()
	s := sealing{tx: tx, keys: []*vault.Key{nil, &db.keys.record, &own}}
	s.wipe()
	if own != (vault.Key{}) || db.keys.record == (vault.Key{}) {
		t.Error("the copy stayed, or the key itself went")
	}
}

// A case that is no longer anybody's is sealed as nobody's, and its former version as whose it was.
func TestARecordThatStopsBeingAPersonsOpens(t *testing.T) {
	db := newStore(t)
	r := register.Request{Ref: "AR-2026-0001", Delegate: someone(1).ID}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Requests().Put(r) })
	r.Delegate = ""
	done := change(t, db, undoable(), func(tx *Tx) error { return tx.Requests().Put(r) })
	mustCheck(t, db)
	if _, err := revert(t, db, done.Operation, nil); err != nil {
		t.Error(err)
	}
	mustCheck(t, db)
	reopened(t, db)
}

func TestAnOpenerAndASealerWipeTheirs(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	id := string(someone(1).ID)
	var o opener
	sl := sealer{keys: db.keys}
	err := db.bolt.View(func(tx *bolt.Tx) error {
		o.sealer.keys = db.keys
		v, wrapped := tx.Bucket([]byte(delegates.name)).Get([]byte(id)), tx.Bucket([]byte(bucketKeys)).Get([]byte(id))
		_, err := o.open(delegates.name, item{[]byte(id), v, wrapped})
		return err
	})
	if err != nil || o.key == (vault.Key{}) || zeros(o.buf) {
		t.Fatalf("nothing was opened: %v", err)
	}
	sl.seal(&db.keys.record, place{bucket: "x", key: "y"}, []byte("a text"))
	if zeros(sl.padded) {
		t.Fatal("nothing was sealed")
	}
	o.wipe()
	sl.wipe()
	if o.key != (vault.Key{}) || !zeros(o.buf) || !zeros(sl.padded) {
		t.Error("a key or a text stayed")
	}
	r := resealing{db: db, old: db.keys, new: db.keys, seed: vault.NewKey()}
	one := r.resealer()
	one.keyOf(someone(1).ID)
	one.wipe()
	r.wipe()
	if one.key != (vault.Key{}) || r.seed != (vault.Key{}) {
		t.Error("a key of a rekey stayed")
	}
}
