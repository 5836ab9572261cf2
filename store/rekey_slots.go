package store

import (
	"crypto/rand"
	"math/big"
	"strings"

	"custos/internal/register"
)

// slotsAnew wraps a new store key for everybody who had a passphrase, and under a new recovery key. Each slot was opened
// once before it is returned. Slots of nobody on record are not made again.
func (db *DB) slotsAnew(k *keyring, in *RekeyInput) (map[string][]byte, Rekeyed, error) {
	done := Rekeyed{Passphrases: map[string]string{}}
	logins, err := db.openers()
	if err != nil {
		return nil, done, err
	}
	for login := range in.Others {
		if !logins[login] || login == in.Operator {
			return nil, done, register.Errorf(register.NotFound, "operator", "%s has no passphrase to replace", login)
		}
	}
	p, err := db.opts.params()
	if err != nil {
		return nil, done, err
	}
	slots := map[string][]byte{}
	for login := range logins {
		pass, given := in.Others[login]
		switch {
		case login == in.Operator:
			pass = in.Passphrase
		case !given:
			text, err := madeUpPassphrase()
			if err != nil {
				return nil, done, err
			}
			pass, done.Passphrases[login] = []byte(text), text
		}
		if slots[slotID(k.id, login)], err = k.newSlot(login, pass, p); err != nil {
			return nil, done, err
		}
	}
	slots[recoverySlot], done.Recovery, err = k.newRecovery()
	return slots, done, err
}

// openers are the logins of who can open the store with a passphrase.
func (db *DB) openers() (map[string]bool, error) {
	logins := map[string]bool{}
	err := db.View(func(tx *Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			held, err := tx.has(bucketSlots, slotID(db.keys.id, op.Name))
			if err != nil {
				return err
			}
			if held {
				logins[op.Name] = true
			}
		}
		return nil
	})
	return logins, err
}

// Passphrases that are made up are letters that nobody takes for another, 72 bits of them, in groups.
const (
	passAlphabet = "abcdefghjkmnpqrstuvwxyz"
	passGroups   = 4
	passGroup    = 4
)

func madeUpPassphrase() (string, error) {
	var b strings.Builder
	n := big.NewInt(int64(len(passAlphabet)))
	for i := range passGroups * passGroup {
		if i > 0 && i%passGroup == 0 {
			b.WriteByte('-')
		}
		at, err := rand.Int(rand.Reader, n)
		if err != nil {
			return "", register.Errorf(register.Internal, "", "making up a passphrase: %w", err)
		}
		b.WriteByte(passAlphabet[at.Int64()])
	}
	return b.String(), nil
}
