package store

import (
	"context"
	"time"

	"custos/internal/register"
)

// RekeyInput says who seals the store anew, and what the others are to open it with.
type RekeyInput struct {
	Operator   string            // whose passphrase stays as it is
	Passphrase []byte            // theirs, to be proved
	Others     map[string][]byte // new passphrases by login; who is not named gets one that is made up
}

// Rekeyed is what a Rekey leaves to be handed over, once.
type Rekeyed struct {
	Recovery    string            // the new recovery key, to be printed
	Passphrases map[string]string // those made up, by login
	Records     int               // values sealed anew
	Took        time.Duration     // by the store's clock
}

// Rekey replaces the store key and the key of everybody on record, and seals everything anew, into a new file that takes
// the place of the old one: after a passphrase or the recovery key has leaked, neither opens what is written from now on.
// Copies made before still open with them. Changes wait meanwhile; views do not, but for a moment at the end. Interrupted
// anywhere, the store opens with the old or the new key.
//
// Errors: Refused (wrong passphrase, no room on the disk), NotFound (Others names somebody without a passphrase), Invalid
// (a passphrase that cannot be one), *Damage. Where Rekeyed is not empty beside an error, the new keys are in force.
func (db *DB) Rekey(ctx context.Context, in RekeyInput, c Change) (Rekeyed, error) {
	return Rekeyed{}, register.Errorf(register.Refused, "store", "the store cannot be sealed anew yet")
}
