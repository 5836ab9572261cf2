package desk

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

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
//
// The ledger is only ever added to: a yes the import recorded for somebody who
// stays gets an event that corrects it, so that it no longer counts, and is
// among the restored. A no it recorded, and an address it suppressed, stays and
// is among the kept.
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
			gone := &parted{}
			done, err := tx.Revert(op, s.worked(tx, &b, gone))
			if err != nil {
				return err
			}
			if err := s.outlive(tx, &b, gone); err != nil {
				return err
			}
			corrected, err := s.correct(tx, &b, done)
			if err != nil {
				return err
			}
			out.Restored, out.Removed = out.Restored+done.Restored+corrected, out.Removed+done.Removed
			out.Kept += keptRecords(done) - corrected
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

const (
	batches      = "batches"
	consents     = "consents"
	suppressions = "suppressions"
)

// worked tells which records of an import stay: the batch's own, suppressions,
// the events of people who stay, and people it added whom something else has
// come to rest on. Of somebody restricted everything stays. Values it changed in
// people held before are put back whatever came since.
func (s *Seat) worked(tx *store.Tx, b *register.Batch, gone *parted) func(collection, key string) bool {
	type standing struct{ added, rests bool }
	known := map[register.ID]standing{}
	of := func(who register.ID) standing {
		f, asked := known[who]
		if !asked {
			d, err := tx.Delegates().Get(who)
			f.added = err == nil && broughtIn(&d, b)
			f.rests = f.added && restsBeside(tx, who, b) || d.Status == register.Restricted
			known[who] = f
		}
		return f
	}
	return func(collection, key string) bool {
		if collection == batches || collection == suppressions {
			return true
		}
		if len(key) < register.IDLen {
			return false
		}
		switch who := register.ID(key[:register.IDLen]); collection {
		case "delegates", "memberships":
			return of(who).rests
		case consents:
			if !of(who).added || of(who).rests {
				return true
			}
			gone.add(tx, key)
		}
		return false
	}
}

// broughtIn reports whether an import added a person: the first source of
// their record says so.
func broughtIn(d *register.Delegate, b *register.Batch) bool {
	return len(d.Sources) > 0 && d.Sources[0].Detail == sourceOf(b.ID)
}

func sourceOf(batch register.ID) string { return "batch " + string(batch) }

// correct puts an event beside every yes the import recorded for somebody who
// stays. It is dated just before, so that whatever they said at that moment or
// since still counts.
func (s *Seat) correct(tx *store.Tx, b *register.Batch, done store.Reverted) (corrected int, err error) {
	l, err := s.openLedger(tx)
	if err != nil {
		return 0, err
	}
	for _, key := range done.KeptKeys {
		event, ours := strings.CutPrefix(key, consents+"/")
		if !ours {
			continue
		}
		who, id, _ := strings.Cut(event, "/")
		e, err := tx.Consents().Get(register.ID(who), register.ID(id))
		if err != nil {
			return corrected, err
		}
		if stands, err := s.standingYes(tx, &e); err != nil || !stands {
			if err != nil {
				return corrected, err
			}
			continue
		}
		_, err = l.record(register.ConsentInput{
			Delegate: e.Delegate, Purpose: e.Purpose, Channel: e.Channel, Brand: e.Brand, Act: register.Expired,
			At: e.At.Add(-time.Millisecond), Method: "imported", Evidence: evidenceOf(b.ID) + " was taken back", Corrects: e.ID,
		})
		if err != nil {
			return corrected, err
		}
		corrected++
	}
	return corrected, nil
}

// standingYes reports whether an event is a yes nobody put right yet, of
// somebody whose record may be worked on.
func (s *Seat) standingYes(tx *store.Tx, e *register.ConsentEvent) (bool, error) {
	if !e.Act.Yes() {
		return false, nil
	}
	d, err := tx.Delegates().Get(e.Delegate)
	if err != nil || d.Status == register.Restricted || d.Status == register.Erased {
		return false, err
	}
	events, err := consentsOf(tx, e.Delegate)
	already := func(old register.ConsentEvent) bool { return old.Corrects == e.ID }
	return !slices.ContainsFunc(events, already), err
}

// ownEvent reports whether an event was recorded by an import.
func ownEvent(e *register.ConsentEvent, batch register.ID) bool {
	return e.Method == "imported" && strings.HasPrefix(e.Evidence, evidenceOf(batch)+",")
}

// restsOn reports whether a consent, a booking, a disclosure or a case is about
// a person, which taking the person back would destroy.
func restsOn(tx *store.Tx, who register.ID) bool { return restsBeside(tx, who, nil) }

// restsBeside is restsOn, the events an import recorded itself apart.
func restsBeside(tx *store.Tx, who register.ID, b *register.Batch) bool {
	for e, err := range tx.Consents().Of(who) {
		if err != nil || b == nil || !ownEvent(&e, b.ID) {
			return true
		}
	}
	return holdsAny(tx.Bookings().Of(who)) || holdsAny(tx.Disclosed().Of(who)) || holdsAny(tx.Requests().Of(who))
}

// holdsAny reports whether there is anything at all; what cannot be read counts.
func holdsAny[T any](all iter.Seq2[T, error]) (found bool) {
	all(func(T, error) bool {
		found = true
		return false
	})
	return found
}
