package store

import (
	"custos/internal/register"
)

// View runs fn on the store as it stands. It is to be short: a View held open keeps old pages from being used again and
// a Scrub from running. fn must not call Update.
func (db *DB) View(fn func(*Tx) error) error {
	db.reading.RLock()
	defer db.reading.RUnlock()
	if db.writer.closed() {
		return errClosed
	}
	tx, err := db.bolt.Begin(false)
	if err != nil {
		return register.Errorf(register.Internal, "", "the store cannot be read: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	s, err := readState(tx, db.keys)
	if err != nil {
		return err
	}
	s.wipe() // a reader needs none of it
	own := &Tx{keys: db.keys, bolt: tx, state: s, ids: register.NewIDs(db.opts.random()), seal: sealer{keys: db.keys}}
	defer own.wipe()
	return fn(own)
}
