package desk

import (
	"time"

	"custos/internal/register"
	"custos/store"
)

// Guarded is the guard of every change, for tests of what it lets through.
func (s *Seat) Guarded(v register.Verb, fn func(*store.Tx) error) func(*store.Tx) error {
	return s.guarded(v, fn)
}

// WithPatience sets how long a closing desk waits for a slow backup folder.
func WithPatience(limit time.Duration) Option {
	return func(d *Desk) { d.keeping.patience = limit }
}

// Settled waits until the backup folders are looked after, as the last change asked for.
func (d *Desk) Settled() {
	d.keeping.mu.Lock()
	busy, idle := d.keeping.busy, d.keeping.idle
	d.keeping.mu.Unlock()
	if busy {
		<-idle
	}
}

// HoldTurn takes the turn at the backup folders, as a slow one does, until it is given back.
func (d *Desk) HoldTurn() (free func()) {
	d.keeping.turn <- struct{}{}
	return d.keeping.endTurn
}
