package store

import (
	"context"
	"os"
	"time"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// CompactReport is what a Compact did.
type CompactReport struct {
	Before int64         // size of store.db, in bytes
	After  int64         // the same
	Took   time.Duration // by the store's clock
}

// compactStep is how many bytes one transaction of the new file takes: small ones are the fastest.
const compactStep = 1 << 20

// Compact writes the store into a new file without its free pages, verifies it, and puts it in the place of the old one,
// whose bytes are overwritten: nothing that was deleted is in any page of the store afterwards. Changes wait meanwhile;
// views do not, but for a moment at the end. Interrupted anywhere, the store opens as it was.
//
// Errors: Refused (no room on the disk), *Damage.
func (db *DB) Compact(ctx context.Context) (CompactReport, error) {
	var report CompactReport
	err := db.submit(ctx, &job{done: make(chan struct{}), exclusive: func() error {
		began := db.opts.Now()
		if err := db.writable(); err != nil {
			return err
		}
		before, err := db.raw.Stat()
		if err != nil {
			return register.Errorf(register.Internal, "store", "%w", err)
		}
		s := successor{keys: db.keys, state: db.current(), build: func(to *bolt.DB) error {
			return bolt.Compact(to, db.bolt, compactStep)
		}}
		if err := db.exchange(ctx, &s); err != nil {
			return err
		}
		after, err := os.Stat(db.path(dbFile))
		if err != nil {
			return register.Errorf(register.Internal, "store", "%w", err)
		}
		report = CompactReport{before.Size(), after.Size(), db.opts.Now().Sub(began)}
		return nil
	}})
	return report, err
}
