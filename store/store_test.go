package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var ctx = context.Background()

// person is a delegate with an id made of a number.
func person(n int) register.Delegate {
	return register.Delegate{
		ID: register.ID(fmt.Sprintf("D%013d", n)), Kind: "teacher", Name: fmt.Sprintf("Person %d", n),
		Email: fmt.Sprintf("person%d@example.org", n), Status: register.Active, Created: storetest.Start,
		Updated: storetest.Start,
	}
}

func update(t testing.TB, db *store.DB, c store.Change, fn func(*store.Tx) error) store.Receipt {
	t.Helper()
	r, err := db.Update(ctx, c, fn)
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return r
}

func addPeople(t testing.TB, db *store.DB, people ...register.Delegate) store.Receipt {
	t.Helper()
	return update(t, db, storetest.By(register.DelegateAdd), func(tx *store.Tx) error {
		for _, p := range people {
			if err := tx.Delegates().Put(p); err != nil {
				return err
			}
		}
		return nil
	})
}

func reopen(t testing.TB, db *store.DB) *store.DB {
	t.Helper()
	dir := db.Path()
	if err := db.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	again, err := store.Open(ctx, dir, credential(), storetest.Options())
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { storetest.Close(t, again) })
	return again
}

func credential() store.Credential {
	return store.Credential{Operator: storetest.Operator, Passphrase: []byte(storetest.Passphrase)}
}

func TestWhatIsPutIsThereAfterReopening(t *testing.T) {
	db := storetest.New(t)
	want := person(1)
	want.Fields = map[string]string{"dietary": "none"}
	receipt := addPeople(t, db, want)
	if receipt.Seq != 2 || receipt.Operation == "" {
		t.Errorf("receipt %+v: the change after the creation has sequence 2 and an operation", receipt)
	}
	db = reopen(t, db)
	err := db.View(func(tx *store.Tx) error {
		got, err := tx.Delegates().Get(want.ID)
		if err != nil {
			return err
		}
		if d := cmp.Diff(want, got, cmp.AllowUnexported()); d != "" {
			t.Errorf("after reopening (-put +got):\n%s", d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if row, ok := db.Person(want.ID); !ok || row.Name != want.Name {
		t.Errorf("the read model has %+v, %v", row, ok)
	}
}

func TestAFailingChangeLeavesNothing(t *testing.T) {
	db := storetest.New(t)
	sentinel := errors.New("no")
	before := db.AuditHead()
	_, err := db.Update(ctx, storetest.By(register.DelegateAdd), func(tx *store.Tx) error {
		if err := tx.Delegates().Put(person(1)); err != nil {
			return err
		}
		if _, err := tx.Delegates().Get(person(1).ID); err != nil {
			t.Errorf("a change sees its own writes: %v", err)
		}
		return sentinel
	})
	if !errors.Is(err, sentinel) {
		t.Fatalf("got %v, want the function's error", err)
	}
	if db.AuditHead() != before {
		t.Error("a failed change left an audit entry")
	}
	err = db.View(func(tx *store.Tx) error { _, err := tx.Delegates().Get(person(1).ID); return err })
	if register.KindOf(err) != register.NotFound {
		t.Errorf("got %v, want NotFound", err)
	}
}
