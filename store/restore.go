package store

import (
	"context"
	"time"

	"custos/internal/register"
)

// RestoreInput says what is restored and where to.
type RestoreInput struct {
	Backup     string // manifest, data file, or a folder, of which the newest backup is taken
	To         string // a folder that does not exist or is empty
	Credential Credential
	// WithoutLedger restores although the ledger is missing or damaged: what was refused, restricted and erased since is
	// then not known to the copy. It is audited.
	WithoutLedger bool
}

// The kinds of what is done again on a restored copy.
const (
	RedoErasure     = "erasure"     // by case number
	RedoMerge       = "merge"       // by the id of whom the record was joined into
	RedoSuppression = "suppression" // by id
	RedoNo          = "no"          // by consent event
	RedoRestriction = "restriction" // by person
	RedoMask        = "mask"        // collection/key of records of others
	RedoPerson      = "person"      // people unknown to the backup, who are there with their no
)

// RestoreReport is what a restore did.
type RestoreReport struct {
	Backup  Manifest
	To      string
	Records int // in the restored store
	// Dark are the people of the backup whose key is gone; nothing of them was restored.
	Dark        []register.ID
	DarkRecords int
	Redone      map[string][]string // ids by kind: see RedoErasure
	Through     uint64              // the audit sequence up to which the ledger knew; 0: there was none
	LedgerLost  string              // why there was no ledger, where that was accepted
	At          time.Time           // UTC; of the restore
	Audit       uint64              // sequence of the entry about it
	// Missing is how many audit entries the store had at least beyond the backup's: changes that are lost.
	Missing uint64
}

// Restore makes a store of a backup, in a folder that does not exist or is empty. What the ledger beside the backup says
// was refused, suppressed, restricted, merged or erased since is done again before anybody can look; records of people
// whose key is gone are left out. The copy is verified like any store at its opening, and put in its place whole or not at
// all. It opens with the passphrases of the key ring, and goes on where the backup stopped; its audit trail says so.
//
// Errors: Conflict (the folder is not empty), NotFound (no backup there), Refused (wrong passphrase; network file system;
// no room; the ledger is missing or damaged, Field "ledger"), *Damage for a backup that is not whole, the context's.
func Restore(ctx context.Context, in RestoreInput, o Options) (RestoreReport, error) {
	return RestoreReport{}, register.Errorf(register.Refused, "backup", "nothing can be restored yet")
}
