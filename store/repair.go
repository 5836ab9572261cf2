package store

import (
	"context"
	"time"

	"custos/internal/audit"
	"custos/internal/register"
)

// RepairInput says what is to be repaired, and where the repaired store is to lie.
type RepairInput struct {
	From       string // the folder of the damaged store; it is only read
	To         string // a folder that does not exist, or is empty
	Credential Credential
	Ring       string // the ring file of a backup, for key slots and keys that are destroyed; may be empty
}

// RepairReport is what a repair found and kept.
type RepairReport struct {
	Store     string         // id
	Path      string         // of the repaired store
	Recovered map[string]int // records taken, by bucket
	Expected  map[string]int // records there were by the sealed state, by bucket; nil where no state was found
	Lost      []Finding      // records that are gone, by collection and id; numbers where the ids are not known
	Ambiguous []Finding      // records of which several versions were found and none was taken
	Damage    []Finding      // what was destroyed, and how it was got round
	Gaps      []audit.Gap    // entries that the audit trail has lost, now and in repairs before
	Audit     audit.Head     // after the entry that tells of the repair
	Whole     bool           // proved by the sealed digest: every record is there, in its last version
	Took      time.Duration  // by the clock of the options
}

// Repair makes a sound store in a new folder of all that is intact in a damaged one. It reads the pages itself, takes
// every record that opens in its place, and lists what is lost; the damaged folder is only read. The new store is
// verified from end to end before it gets its name, and its audit trail tells of the repair.
//
// Errors: NotFound (no store there), Conflict (To is not empty), Refused (wrong passphrase, no key slot left, too
// little room, network file system), Locked (somebody has the damaged store open), Invalid with Field "store" (no trace
// of a store in the file).
func Repair(ctx context.Context, in RepairInput, o Options) (RepairReport, error) {
	_ = ctx
	_ = o
	return RepairReport{Path: in.To}, register.Errorf(register.Internal, "store", "the store cannot be repaired yet")
}
