package store

import bolt "go.etcd.io/bbolt"

// AroundCommits calls a function before and after everything that bolt commits: for the tests outside the package.
func (db *DB) AroundCommits(before, after func()) {
	db.commitBolt = func(tx *bolt.Tx) error {
		before()
		defer after()
		return tx.Commit()
	}
}
