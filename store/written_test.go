package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	"custos/internal/register"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestAChangeTellsWhatItHasWrittenAndWhatItFound(t *testing.T) {
	db := newStore(t)
	one, two, three := someone(1), someone(2), someone(3)
	put(t, db, byTester(), one, two)
	r := put(t, db, undoable(), renamed(one, "New name"))
	stop := errors.New("stop")
	var written []Written
	_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error {
		if _, err := tx.Revert(r.Operation, nil); err != nil {
			return err
		}
		if err := tx.Delegates().Put(three); err != nil {
			return err
		}
		if err := tx.Forget(two.ID); err != nil {
			return err
		}
		written = slices.Collect(tx.EachWritten())
		before := tx.Before()
		if d, err := before.Delegates().Get(one.ID); err != nil || d.Name != "New name" {
			t.Errorf("before the change: %q, %v", d.Name, err)
		}
		if _, err := before.Delegates().Get(three.ID); register.KindOf(err) != register.NotFound {
			t.Errorf("somebody new was there before: %v", err)
		}
		if err := before.Delegates().Put(three); err == nil {
			t.Error("what was before can be written to")
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	slices.SortFunc(written, func(a, b Written) int { return cmp.Compare(a.Key, b.Key) })
	want := []Written{
		{"delegates", string(one.ID), one.ID, false},
		{"delegates", string(two.ID), two.ID, true},
		{"delegates", string(three.ID), three.ID, false},
	}
	slices.SortFunc(want, func(a, b Written) int { return cmp.Compare(a.Key, b.Key) })
	if diff := gocmp.Diff(want, written); diff != "" {
		t.Error(diff)
	}
}
