package store_test

import (
	"slices"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// suppress puts suppressions of one address: in force, lifted, and of another address.
func suppress(t *testing.T, db *store.DB, kind, normal string) register.Suppression {
	t.Helper()
	s := register.Suppression{ID: "S1", Hash: db.AddressHash(kind, normal), Kind: kind, Channel: register.AnyChannel,
		Scope: register.ScopeErased, Reason: "erased", Source: "erasure", At: storetest.Start, By: storetest.Operator}
	lifted, other := s, s
	lifted.ID, lifted.Lifted = "S2", storetest.Start
	other.ID, other.Hash = "S3", db.AddressHash(kind, normal+".uk")
	update(t, db, storetest.By(register.SuppressionAdd), func(tx *store.Tx) error {
		for _, x := range []register.Suppression{s, lifted, other} {
			if err := tx.Suppressions().Put(x); err != nil {
				return err
			}
		}
		found, err := tx.SuppressedBy(kind, normal)
		if len(found) != 1 || found[0] != s {
			t.Errorf("a change sees %+v suppressed, want %+v", found, s)
		}
		return err
	})
	return s
}

func TestASuppressionIsFoundByTheAddressAlone(t *testing.T) {
	db := storetest.New(t)
	want := suppress(t, db, "email", "gone@example.org")
	db = reopen(t, db)
	err := db.View(func(tx *store.Tx) error {
		if tx.AddressHash("email", "gone@example.org") != want.Hash {
			t.Error("the hash of an address is another inside a transaction, or after reopening")
		}
		for _, c := range []struct {
			kind, normal string
			want         []register.Suppression
		}{
			{"email", "gone@example.org", []register.Suppression{want}}, {"phone", "gone@example.org", nil},
			{"email", "gone@example", nil}, {"email", "", nil},
		} {
			found, err := tx.SuppressedBy(c.kind, c.normal)
			if err != nil || !slices.Equal(found, c.want) {
				t.Errorf("%s %s: got %+v (%v), want %+v", c.kind, c.normal, found, err, c.want)
			}
		}
		_, err := tx.Suppressions().Get("S9")
		if register.KindOf(err) != register.NotFound {
			t.Errorf("got %v, want NotFound", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAddressIsHashedDifferentlyInEveryStoreAndKind(t *testing.T) {
	a, b := storetest.New(t), storetest.New(t)
	hashes := []string{a.AddressHash("email", "x"), b.AddressHash("email", "x"), a.AddressHash("phone", "x")}
	slices.Sort(hashes)
	if len(slices.Compact(hashes)) != 3 {
		t.Errorf("two of the hashes are the same: %v", hashes)
	}
}

// A suppression stands when everything about the person is gone, and meets whoever comes with the address.
func TestASuppressionOutlivesThePerson(t *testing.T) {
	db := storetest.New(t)
	addPeople(t, db, person(1))
	want := suppress(t, db, "email", person(1).Email)
	update(t, db, storetest.By(register.DelegateMerge), func(tx *store.Tx) error { return tx.Forget(person(1).ID) })
	if _, ok := db.Contactee(person(1).ID); ok {
		t.Error("somebody forgotten can still be contacted")
	}
	again := person(2)
	again.Email = "PERSON1@example.org"
	addPeople(t, db, again)
	if p, _ := db.Contactee(again.ID); len(p.Suppressed) != 1 || p.Suppressed[0] != want {
		t.Errorf("the address comes back and is met by %+v, want %+v", p.Suppressed, want)
	}
}

// Whoever is told of a withdrawal must already see it.
func TestAWithdrawalShowsBeforeTheNote(t *testing.T) {
	db := storetest.New(t)
	addPeople(t, db, person(1))
	notes, cancel := db.Subscribe()
	defer cancel()
	const many = 100
	seen := make(chan int, many)
	go func() {
		for range notes {
			p, _ := db.Contactee(person(1).ID)
			seen <- len(p.Facts)
		}
	}()
	for n := range many {
		e := register.ConsentEvent{ID: register.ID([]byte{'K', byte('0' + n/10), byte('0' + n%10)}), Delegate: person(1).ID,
			Purpose: "news", Channel: "email", Act: register.Withdrawn, At: storetest.Start, Recorded: storetest.Start}
		update(t, db, storetest.By(register.ConsentWithdraw), func(tx *store.Tx) error { return tx.Consents().Put(e) })
		if p, _ := db.Contactee(e.Delegate); len(p.Facts) != n+1 || p.Facts[n].ID != e.ID {
			t.Fatalf("after withdrawal %d was saved, %d facts show", n+1, len(p.Facts))
		}
		if facts := <-seen; facts != n+1 {
			t.Fatalf("told of withdrawal %d, a screen sees %d", n+1, facts)
		}
	}
}
