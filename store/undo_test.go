package store

import (
	"context"
	"testing"

	"custos/internal/register"
)

func undoable() Change {
	c := byTester()
	c.Undoable = true
	return c
}

func revert(t *testing.T, db *DB, op register.ID, keep func(string, string) bool) (Reverted, error) {
	t.Helper()
	var done Reverted
	_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error {
		var err error
		done, err = tx.Revert(op, keep)
		return err
	})
	return done, err
}

func nameOf(db *DB, id register.ID) string {
	row, _ := db.Person(id)
	return row.Name
}

func renamed(d register.Delegate, name string) register.Delegate {
	d.Name = name
	return d
}

func TestRevertPutsBackWhatWasThere(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1), someone(2))
	r := put(t, db, undoable(), renamed(someone(1), "New name"), someone(3))
	got, err := revert(t, db, r.Operation, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Restored != 1 || got.Removed != 1 || got.Kept != 0 {
		t.Errorf("reverted %+v", got)
	}
	if nameOf(db, someone(1).ID) != "Person 1" || nameOf(db, someone(3).ID) != "" {
		t.Errorf("after the revert: %q, %q", nameOf(db, someone(1).ID), nameOf(db, someone(3).ID))
	}
	if n := db.Info().Counts["delegates"]; n != 2 {
		t.Errorf("%d people, want 2", n)
	}
	if _, err := revert(t, db, r.Operation, nil); register.KindOf(err) != register.NotFound {
		t.Errorf("a second revert: %v, want NotFound", err)
	}
	mustCheck(t, db)
}

func TestRevertOfAnAdditionDestroysThePersonsKey(t *testing.T) {
	db := newStore(t)
	r := put(t, db, undoable(), someone(1))
	if _, err := revert(t, db, r.Operation, nil); err != nil {
		t.Fatal(err)
	}
	if n := db.current().Counts[bucketKeys]; n != 0 {
		t.Errorf("%d keys are left", n)
	}
	if n := db.current().Counts[bucketUndo]; n != 0 {
		t.Errorf("%d undo rows are left", n)
	}
}

func TestRevertKeepsWhatWasChangedSince(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1), someone(2))
	r := put(t, db, undoable(), renamed(someone(1), "A"), renamed(someone(2), "B"))
	put(t, db, byTester(), renamed(someone(1), "Later"))
	if _, err := revert(t, db, r.Operation, nil); register.KindOf(err) != register.Conflict {
		t.Fatalf("got %v, want Conflict", err)
	}
	got, err := revert(t, db, r.Operation, func(string, string) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	kept := "delegates/" + string(someone(1).ID)
	if got.Kept != 1 || got.Restored != 1 || len(got.KeptKeys) != 1 || got.KeptKeys[0] != kept {
		t.Errorf("reverted %+v", got)
	}
	if nameOf(db, someone(1).ID) != "Later" || nameOf(db, someone(2).ID) != "Person 2" {
		t.Errorf("after the revert: %q, %q", nameOf(db, someone(1).ID), nameOf(db, someone(2).ID))
	}
	mustCheck(t, db)
}

func TestRevertKeepsWhatItIsAskedTo(t *testing.T) {
	db := newStore(t)
	r := put(t, db, undoable(), someone(1), someone(2))
	got, err := revert(t, db, r.Operation, func(c, key string) bool {
		return c == "delegates" && key == string(someone(1).ID)
	})
	if err != nil || got.Kept != 1 || got.Removed != 1 {
		t.Fatalf("reverted %+v, %v", got, err)
	}
	if nameOf(db, someone(1).ID) == "" || nameOf(db, someone(2).ID) != "" {
		t.Error("the wrong person was kept")
	}
}

// Chunks of one import are reverted newest first; each puts back the very bytes the one before wrote.
func TestRevertsChain(t *testing.T) {
	db := newStore(t)
	first := put(t, db, undoable(), someone(1))
	second := put(t, db, undoable(), renamed(someone(1), "Second"))
	third := put(t, db, undoable(), renamed(someone(1), "Third"))
	for i, op := range []register.ID{third.Operation, second.Operation, first.Operation} {
		if _, err := revert(t, db, op, nil); err != nil {
			t.Fatalf("revert %d: %v", i, err)
		}
	}
	if n := db.Info().Counts["delegates"]; n != 0 {
		t.Errorf("%d people are left", n)
	}
	mustCheck(t, db)
}

func TestUndoOpsNamesTheNewestOfAnOperator(t *testing.T) {
	db := newStore(t)
	var ops []register.ID
	for i := range 5 {
		ops = append(ops, put(t, db, undoable(), someone(i)).Operation)
	}
	other := undoable()
	other.Operator = "somebody"
	put(t, db, other, someone(9))
	err := db.View(func(tx *Tx) error {
		got, err := tx.UndoOps(testLogin, 3)
		if len(got) != 3 || got[0].Operation != ops[4] || got[2].Operation != ops[2] || got[0].Verb != register.DelegateAdd {
			t.Errorf("got %+v", got)
		}
		all, _ := tx.UndoOps("", 0)
		if len(all) != 6 {
			t.Errorf("%d operations in all, want 6", len(all))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := revert(t, db, ops[0], nil); err != nil {
		t.Error(err)
	}
}

func TestForgettingAPersonDropsTheirFormerVersions(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	r := put(t, db, undoable(), renamed(someone(1), "A"))
	_, err := db.Update(context.Background(), undoable(), func(tx *Tx) error { return tx.Forget(someone(1).ID) })
	if err != nil {
		t.Fatal(err)
	}
	got, err := revert(t, db, r.Operation, nil)
	if err != nil || got.Restored != 0 {
		t.Errorf("a forgotten person came back: %+v, %v", got, err)
	}
	if nameOf(db, someone(1).ID) != "" {
		t.Error("a forgotten person is listed")
	}
	mustCheck(t, db)
}
