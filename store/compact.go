package store

import (
	"context"
	"time"

	"custos/internal/register"
)

// CompactReport is what a Compact did.
type CompactReport struct {
	Before int64 // size of store.db, in bytes
	After  int64
	Took   time.Duration // by the store's clock
}

// Compact writes the store into a new file without its free pages, verifies it, and puts it in the place of the old one,
// whose bytes are overwritten: nothing that was deleted is in any page of the store afterwards. Changes wait meanwhile;
// views do not, but for a moment at the end. Interrupted anywhere, the store opens as it was.
//
// Errors: Refused (no room on the disk), *Damage.
func (db *DB) Compact(ctx context.Context) (CompactReport, error) {
	return CompactReport{}, register.Errorf(register.Refused, "store", "the store cannot be compacted yet")
}
