package store

import (
	"os"
	"path/filepath"
	"time"

	"custos/internal/audit"
)

// Info is how a store stands.
type Info struct {
	ID       string
	Path     string
	Format   int
	Bytes    int64          // size of store.db
	Counts   map[string]int // records by collection
	Commits  uint64
	Audit    audit.Head
	Opened   time.Time // UTC
	Operator string    // who unlocked it; empty: the recovery key
	Holder   Holder
	// HeadError is why the head file could not be written lately, nil where it was: it lags, and no change is lost.
	HeadError error
}

// Info returns how the store stands.
func (db *DB) Info() Info {
	s := db.current()
	i := Info{
		ID: db.keys.id, Path: db.dir, Format: int(db.opts.formats()), Counts: map[string]int{}, Commits: s.Commit,
		Audit: s.head(), Opened: db.opened, Operator: db.operator,
	}
	for _, c := range registry {
		i.Counts[c.bucket()] = s.Counts[c.bucket()]
	}
	if info, err := os.Stat(filepath.Join(db.dir, dbFile)); err == nil {
		i.Bytes = info.Size()
	}
	if db.lock != nil {
		i.Holder = db.lock.holder
	}
	i.HeadError = db.anchor.lastError()
	return i
}
