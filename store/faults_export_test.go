package store

import (
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// OnCommit has a function do, or not do, all that bolt commits, for the tests outside the package; nil: no more.
func (db *DB) OnCommit(fn func(commit, rollback func() error) error) {
	db.commitBolt = (*bolt.Tx).Commit
	if fn != nil {
		db.commitBolt = func(tx *bolt.Tx) error { return fn(tx.Commit, tx.Rollback) }
	}
}

// OnHeaderSync has a function do, or not do, the sync of a header that is written again after an error.
func (db *DB) OnHeaderSync(fn func(sync func() error) error) {
	db.syncRaw = func(f *os.File) error { return fn(f.Sync) }
}

// Rounds is how often a fault is tried: fewer times where the tests are to be short, as under the race detector.
func Rounds(full, short int) int {
	if testing.Short() {
		return short
	}
	return full
}
