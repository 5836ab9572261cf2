package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"custos/internal/register"
	"custos/internal/vault"
)

// recoverySlot is the id of the slot that the printed key opens.
const recoverySlot = "recovery"

// slotID names an operator's slot: readable in the file, so it is a hash of the login and not the login.
func slotID(store, login string) string {
	sum := sha256.Sum256(appendParts(nil, "custos slot v1", store, login))
	return hex.EncodeToString(sum[:8])
}

// errUnlock is one message for an unknown operator and a wrong passphrase.
func errUnlock(err error) error {
	return &register.Error{
		Kind: register.Refused, Field: "passphrase", Msg: "unknown operator, wrong passphrase, or damaged key slot", Err: err,
	}
}

// unlock finds a credential's slot and opens it. Who does not say who they are is the only one there can be.
func unlock(o *opening, c Credential) (vault.Key, error) {
	id := slotID(o.ID, c.Operator)
	switch {
	case c.Recovery != "":
		id = recoverySlot
	case c.Operator == "":
		var err error
		if id, err = onlySlot(o); err != nil {
			return vault.Key{}, err
		}
	}
	for _, raw := range o.Slots {
		s, err := vault.UnmarshalSlot(raw)
		if err != nil {
			return vault.Key{}, newDamage(Finding{Where: bucketSlots, What: err.Error()})
		}
		if s.Name.Slot == id && s.Name.Store == o.ID {
			return openSlot(s, c)
		}
	}
	return vault.Key{}, errUnlock(errors.New("no such slot"))
}

// onlySlot returns the id of the one slot that a passphrase opens.
func onlySlot(o *opening) (string, error) {
	var ids []string
	for _, raw := range o.Slots {
		if s, err := vault.UnmarshalSlot(raw); err == nil && s.Kind == vault.PassphraseSlot {
			ids = append(ids, s.Name.Slot)
		}
	}
	if len(ids) != 1 {
		return "", register.Errorf(register.Invalid, "operator", "several people open this store: say who you are")
	}
	return ids[0], nil
}

// soleOperator is the login of the only operator there is, "" where there are several.
func (db *DB) soleOperator() (string, error) {
	var names []string
	err := db.View(func(tx *Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if op.Removed.IsZero() {
				names = append(names, op.Name)
			}
		}
		return nil
	})
	if err != nil || len(names) != 1 {
		return "", err
	}
	return names[0], nil
}

func openSlot(s vault.Slot, c Credential) (vault.Key, error) {
	if s.Kind == vault.RecoverySlot {
		recovery, err := vault.ParseRecoveryKey(c.Recovery)
		if err != nil {
			return vault.Key{}, register.Errorf(register.Invalid, "recovery", "%w", err)
		}
		defer recovery.Wipe()
		k, err := vault.OpenRecoverySlot(s, &recovery)
		if err != nil {
			return k, register.Errorf(register.Refused, "recovery", "%w", err)
		}
		return k, nil
	}
	pass := normalPassphrase(c.Passphrase)
	defer clear(pass)
	k, err := vault.OpenSlot(s, pass)
	if err != nil {
		return k, errUnlock(err)
	}
	return k, nil
}

// newSlot wraps the store key for an operator, and proves that the slot opens before anybody relies on it.
func (k *keyring) newSlot(login string, passphrase []byte, p vault.Params) ([]byte, error) {
	pass := normalPassphrase(passphrase)
	defer clear(pass)
	s, err := vault.NewPassphraseSlot(&k.root, vault.SlotName{Store: k.id, Slot: slotID(k.id, login)}, pass, p)
	if err != nil {
		return nil, register.Errorf(register.Invalid, "passphrase", "%w", err)
	}
	raw, err := s.MarshalBinary()
	if err != nil {
		return nil, register.Errorf(register.Internal, "", "%w", err)
	}
	read, err := vault.UnmarshalSlot(raw)
	if err != nil {
		return nil, register.Errorf(register.Internal, "", "%w", err)
	}
	again, err := vault.OpenSlot(read, pass)
	defer again.Wipe()
	if err != nil || again != k.root {
		return nil, register.Errorf(register.Internal, "", "the new key slot does not open; it was not kept")
	}
	return raw, nil
}

// newRecovery wraps the store key under a new recovery key and returns the text to be printed.
func (k *keyring) newRecovery() (slot []byte, text string, err error) {
	text, recovery := vault.NewRecoveryKey()
	defer recovery.Wipe()
	s, err := vault.NewRecoverySlot(&k.root, vault.SlotName{Store: k.id, Slot: recoverySlot}, &recovery)
	if err != nil {
		return nil, "", register.Errorf(register.Internal, "", "%w", err)
	}
	typed, err := vault.ParseRecoveryKey(text)
	if err != nil {
		return nil, "", register.Errorf(register.Internal, "", "%w", err)
	}
	if again, err := vault.OpenRecoverySlot(s, &typed); err != nil || again != k.root {
		return nil, "", register.Errorf(register.Internal, "", "the new recovery key does not open; it was not kept")
	}
	slot, err = s.MarshalBinary()
	return slot, text, err
}

// ring is a copy of the keys, for work that takes its time outside a transaction. The caller wipes it.
func (db *DB) ring() keyring {
	db.reading.RLock()
	defer db.reading.RUnlock()
	return *db.keys
}

// sameRoot refuses a slot that was made while the store was sealed anew: it would open nothing.
func (tx *Tx) sameRoot(k *keyring) error {
	if !vault.Equal(k.root[:], tx.keys.root[:]) {
		return register.Errorf(register.Conflict, "passphrase", "the store was sealed anew meanwhile; try again")
	}
	return nil
}

// AddSlot lets an operator open the store with a passphrase. Errors: Conflict when the operator has a slot already.
func (db *DB) AddSlot(ctx context.Context, operator string, passphrase []byte, c Change) error {
	return db.putSlot(ctx, operator, passphrase, c, func(held bool) error {
		if held {
			return register.Errorf(register.Conflict, "operator", "%s has a passphrase already", operator)
		}
		return nil
	})
}

// ReplaceSlot changes an operator's passphrase. Errors: NotFound when the operator has none.
func (db *DB) ReplaceSlot(ctx context.Context, operator string, passphrase []byte, c Change) error {
	return db.putSlot(ctx, operator, passphrase, c, func(held bool) error {
		if !held {
			return register.Errorf(register.NotFound, "operator", "%s has no passphrase to change", operator)
		}
		return nil
	})
}

func (db *DB) putSlot(ctx context.Context, operator string, pass []byte, c Change, may func(held bool) error) error {
	p, err := db.opts.params()
	if err != nil {
		return err
	}
	k := db.ring()
	defer k.wipe()
	raw, err := k.newSlot(operator, pass, p)
	if err != nil {
		return err
	}
	id := slotID(k.id, operator)
	_, err = db.Update(ctx, c, func(tx *Tx) error {
		if err := tx.sameRoot(&k); err != nil {
			return err
		}
		held, err := tx.has(bucketSlots, id)
		if err != nil {
			return err
		}
		if err := may(held); err != nil {
			return err
		}
		tx.stage.set(bucketSlots, id, &staged{raw: raw})
		return nil
	})
	return err
}

// RemoveSlot takes an operator's passphrase away. Copies of the store made before still open with it. Errors: NotFound
// when the operator has none, Refused when it is the last one.
func (db *DB) RemoveSlot(ctx context.Context, operator string, c Change) error {
	id := slotID(db.keys.id, operator)
	_, err := db.Update(ctx, c, func(tx *Tx) error {
		held, err := tx.has(bucketSlots, id)
		switch {
		case err != nil:
			return err
		case !held:
			return register.Errorf(register.NotFound, "operator", "%s has no passphrase", operator)
		case tx.passphrases() < 2:
			return register.Errorf(register.Refused, "operator", "%s has the last passphrase that opens the store", operator)
		}
		tx.stage.set(bucketSlots, id, &staged{})
		return nil
	})
	return err
}

// passphrases counts the slots that a passphrase opens.
func (tx *Tx) passphrases() int {
	n := 0
	for r, err := range tx.scan(bucketSlots, "") {
		if err == nil && r.key != recoverySlot {
			n++
		}
	}
	return n
}

// HasSlot reports whether an operator can open the store with a passphrase.
func (db *DB) HasSlot(operator string) (bool, error) {
	var held bool
	err := db.View(func(tx *Tx) error {
		var err error
		held, err = tx.has(bucketSlots, slotID(db.keys.id, operator))
		return err
	})
	return held, err
}

// ReplaceRecovery makes a new recovery key, printed once; the old one no longer opens this store.
func (db *DB) ReplaceRecovery(ctx context.Context, c Change) (text string, err error) {
	k := db.ring()
	defer k.wipe()
	raw, text, err := k.newRecovery()
	if err != nil {
		return "", err
	}
	_, err = db.Update(ctx, c, func(tx *Tx) error {
		if err := tx.sameRoot(&k); err != nil {
			return err
		}
		tx.stage.set(bucketSlots, recoverySlot, &staged{raw: raw})
		return nil
	})
	if err != nil {
		return "", err
	}
	return text, nil
}
