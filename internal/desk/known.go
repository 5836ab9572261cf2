package desk

import (
	"slices"
	"sync"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// known is what lists and the day's work need beside the memory of the store: read from disk once, and again after
// something of it was written.
type known struct {
	mu        sync.Mutex
	breaches  []register.Breach // nil: not read
	refusals  []register.Batch  // imports that refused rows, the newest first; nil: not read
	approvers []string          // who may approve; nil: not read
	outlooks  map[register.ID]outlook
	commits   int // of what outlooks count
}

// outlook is what was counted over everybody a lead knows, or over all.
type outlook struct {
	register.Outlook
	on      calendar.Date
	commits int
}

// wrote forgets what a change of the store has made untrue.
func (k *known) wrote(tx *store.Tx) func() {
	breaches, batches, staff := tx.Wrote("breaches"), tx.Wrote("batches"), tx.Wrote("operators")
	people := slices.ContainsFunc([]string{"consents", "delegates", "memberships", "suppressions", "settings"}, tx.Wrote)
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if breaches {
			k.breaches = nil
		}
		if batches {
			k.refusals = nil
		}
		if staff {
			k.approvers = nil
		}
		if people {
			k.commits++
		}
	}
}

// lookUp returns what is known, or reads it. What it returns is shared: read only.
func lookUp[T any](d *Desk, held *[]T, read func(*store.Tx, func(T)) error) ([]T, error) {
	d.known.mu.Lock()
	defer d.known.mu.Unlock()
	if *held != nil {
		return *held, nil
	}
	all := []T{}
	if err := d.db.View(func(tx *store.Tx) error { return read(tx, func(v T) { all = append(all, v) }) }); err != nil {
		return nil, err
	}
	*held = all
	return all, nil
}

// breached are all breaches.
func (d *Desk) breached() ([]register.Breach, error) {
	return lookUp(d, &d.known.breaches, func(tx *store.Tx, take func(register.Breach)) error {
		for b, err := range tx.Breaches().All() {
			if err != nil {
				return err
			}
			take(b)
		}
		return nil
	})
}

// refused are the imports that refused rows and stand, the newest first.
func (d *Desk) refused() ([]register.Batch, error) {
	all, err := lookUp(d, &d.known.refusals, func(tx *store.Tx, take func(register.Batch)) error {
		var some []register.Batch
		for b, err := range tx.Batches().All() {
			if err != nil {
				return err
			}
			if b.Counts.Refused > 0 && b.State != register.BatchUndone {
				some = append(some, b)
			}
		}
		slices.SortFunc(some, func(a, b register.Batch) int { return b.At.Compare(a.At) })
		for _, b := range some {
			take(b)
		}
		return nil
	})
	return all, err
}

// approving are those who may approve what others prepared.
func (d *Desk) approving() ([]string, error) {
	return lookUp(d, &d.known.approvers, func(tx *store.Tx, take func(string)) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if op.May(register.RequestApprove) {
				take(op.Name)
			}
		}
		return nil
	})
}
