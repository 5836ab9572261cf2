package desk

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Batches lists the imports, the latest first.
func (s *Seat) Batches() ([]register.Batch, error) {
	all := []register.Batch{}
	err := s.read(register.ImportApply, func(tx *store.Tx) error {
		for b, err := range tx.Batches().All() {
			if err != nil {
				return err
			}
			all = append(all, b)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b register.Batch) int { return b.At.Compare(a.At) })
	return all, err
}

// UndoImport takes a whole batch back, newest chunk first: people and
// organisations it added are removed, values it changed are put back. What
// somebody worked with since is kept and counted.
func (s *Seat) UndoImport(ctx context.Context, id register.ID) (register.Undone, error) {
	out := register.Undone{Verb: register.ImportApply}
	if err := s.allow(register.ImportUndo); err != nil {
		return out, err
	}
	b, err := s.batch(id)
	if err != nil {
		return out, err
	}
	if b.State == register.BatchUndone {
		return out, register.Errorf(register.Conflict, "", "the import %s is already undone", id)
	}
	for i, op := range slices.Backward(b.Operations) {
		a := act{verb: register.ImportUndo, note: fmt.Sprintf("%s, part %d", id, i+1)}
		_, err := s.change(ctx, a, func(tx *store.Tx) error {
			done, err := tx.Revert(op, s.worked(tx, &b))
			if err != nil {
				return err
			}
			out.Restored, out.Removed, out.Kept = out.Restored+done.Restored, out.Removed+done.Removed, out.Kept+keptRecords(done)
			left := b
			if left.Operations = b.Operations[:i]; i == 0 {
				left.State, left.Operations = register.BatchUndone, b.Operations
			}
			return tx.Batches().Put(left)
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func (s *Seat) batch(id register.ID) (register.Batch, error) {
	var b register.Batch
	err := s.read(register.ImportApply, func(tx *store.Tx) (err error) {
		b, err = tx.Batches().Get(id)
		return err
	})
	return b, err
}

// keptRecords counts what an undo left alone, the batch's own record apart.
func keptRecords(done store.Reverted) int {
	kept := 0
	for _, key := range done.KeptKeys {
		if !strings.HasPrefix(key, batches) {
			kept++
		}
	}
	return kept
}

const batches = "batches"

// worked tells which records of an import stay: the batch's own, and people it
// added whom something else has come to rest on. Values it changed in people
// held before are put back whatever came since.
func (s *Seat) worked(tx *store.Tx, b *register.Batch) func(collection, key string) bool {
	known := map[register.ID]bool{}
	return func(collection, key string) bool {
		if collection == batches {
			return true
		}
		if collection != "delegates" && collection != "memberships" || len(key) < register.IDLen {
			return false
		}
		who := register.ID(key[:register.IDLen])
		kept, asked := known[who]
		if !asked {
			d, err := tx.Delegates().Get(who)
			kept = err == nil && !d.Created.Before(b.At) && restsOn(tx, who)
			known[who] = kept
		}
		return kept
	}
}

// restsOn reports whether a consent, a booking, a disclosure or a case is about
// a person, which taking the person back would destroy.
func restsOn(tx *store.Tx, who register.ID) bool {
	return holdsAny(tx.Consents().Of(who)) || holdsAny(tx.Bookings().Of(who)) ||
		holdsAny(tx.Disclosed().Of(who)) || holdsAny(tx.Requests().Of(who))
}

// holdsAny reports whether there is anything at all; what cannot be read counts.
func holdsAny[T any](all iter.Seq2[T, error]) (found bool) {
	all(func(T, error) bool {
		found = true
		return false
	})
	return found
}
