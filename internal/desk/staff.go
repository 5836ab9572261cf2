package desk

import (
	"context"
	"sync"

	"custos/internal/register"
	"custos/store"
)

// login is by which name an operator sits: what they may do is asked of the desk each time.
type login struct{ Name string }

// staff is what is on record of those who sit here, so that nobody's roles are read from disk at every step.
type staff struct {
	mu    sync.RWMutex
	known map[string]register.Operator // somebody with no record is held as removed
}

// member returns an operator as they are on record now.
func (d *Desk) member(name string) register.Operator {
	d.staff.mu.RLock()
	op, known := d.staff.known[name]
	d.staff.mu.RUnlock()
	if known {
		return op
	}
	d.staff.mu.Lock()
	defer d.staff.mu.Unlock()
	if d.staff.known == nil {
		d.staff.known = map[string]register.Operator{}
	}
	d.staff.known[name] = register.Operator{}
	d.readStaff()
	return d.staff.known[name]
}

// readStaff reads those anew who are known. The lock is held.
func (d *Desk) readStaff() {
	_ = d.db.View(func(tx *store.Tx) error { // what does not read is nobody
		for name := range d.staff.known {
			op, err := tx.Operators().Get(name)
			if err != nil {
				op = register.Operator{Name: name, Removed: d.now()}
			}
			d.staff.known[name] = op
		}
		return nil
	})
}

// update runs a change of the store. Who sits here follows at once what it writes of them.
func (d *Desk) update(ctx context.Context, c store.Change, fn func(*store.Tx) error) (store.Receipt, error) {
	wrote, forget := false, func() {}
	done, err := d.db.Update(ctx, c, func(tx *store.Tx) error {
		err := fn(tx)
		wrote, forget = tx.Wrote("operators"), d.known.wrote(tx)
		return err
	})
	forget()
	if wrote {
		d.staff.mu.Lock()
		defer d.staff.mu.Unlock()
		d.readStaff()
	}
	return done, err
}

// Gone reports that the operator is one no longer: they were removed. Whoever keeps the seat ends it.
func (s *Seat) Gone() bool { return !s.Operator().Removed.IsZero() }
