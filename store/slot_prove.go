package store

import (
	"errors"

	"custos/internal/register"
	"custos/internal/vault"
)

// Prove returns nil where a passphrase opens an operator's own key slot. It takes the time and the memory of opening the
// store. Errors: Refused with Field "passphrase", the same for an operator who has none.
func (db *DB) Prove(operator string, passphrase []byte) error {
	k := db.ring()
	defer k.wipe()
	id := slotID(k.id, operator)
	var raw []byte
	err := db.View(func(tx *Tx) error {
		held, err := tx.has(bucketSlots, id)
		if held {
			raw = append(raw, tx.raw(bucketSlots, id)...)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(raw) == 0 {
		return errUnlock(errors.New("no such slot"))
	}
	s, err := vault.UnmarshalSlot(raw)
	if err != nil {
		return newDamage(Finding{Where: bucketSlots, What: err.Error()})
	}
	root, err := openSlot(s, Credential{Operator: operator, Passphrase: passphrase})
	defer root.Wipe()
	if err == nil && !vault.Equal(root[:], k.root[:]) {
		err = register.Errorf(register.Conflict, "passphrase", "the store was sealed anew meanwhile; try again")
	}
	return err
}
