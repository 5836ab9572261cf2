package store

import (
	"encoding/hex"
	"strings"

	"custos/internal/register"
	"custos/internal/vault"
)

// Suppressions are the addresses and numbers that are kept from being used, by the hash of each: named by their ids,
// but found at once by what they suppress.
type Suppressions struct{ rows[register.Suppression] }

// Suppressions are keyed hashes of addresses, with what they keep out. They are about nobody, and outlive everybody. A
// suppression is lifted by putting it again, never deleted.
func (tx *Tx) Suppressions() Suppressions {
	return Suppressions{rows[register.Suppression]{tx, suppressions}}
}

// Get returns the suppression with an id, lifted or not, or a NotFound error. It walks the keys of all of them.
func (s Suppressions) Get(id register.ID) (register.Suppression, error) {
	for r, err := range s.tx.scan(suppressions.name, "") {
		if err != nil {
			return register.Suppression{}, err
		}
		if hash, name, _ := strings.Cut(r.key, keySep); name == string(id) {
			return s.get(hash, name)
		}
	}
	return register.Suppression{}, register.Errorf(register.NotFound, "", "there is no suppression %s", id)
}

// SuppressedBy returns the suppressions of an address that are not lifted, in the order of their ids. The address is
// normal: as register.NormalEmail or register.NormalPhone makes it; the kind is "email" or "phone".
func (tx *Tx) SuppressedBy(kind, normal string) ([]register.Suppression, error) {
	none := tx.state.Counts[suppressions.name] == 0 && (tx.stage == nil || len(tx.stage.buckets[suppressions.name]) == 0)
	if normal == "" || none {
		return nil, nil // whole files are checked, so this is not counted anew for each row
	}
	all := tx.Suppressions()
	var found []register.Suppression
	for r, err := range tx.scan(suppressions.name, tx.AddressHash(kind, normal)+keySep) {
		if err != nil {
			return nil, err
		}
		plain, err := tx.openRow(suppressions.name, r)
		if err != nil {
			return nil, err
		}
		s, err := all.c.decode(plain)
		if err != nil {
			return nil, err
		}
		if s.Kind == kind && s.Lifted.IsZero() {
			found = append(found, s)
		}
	}
	return found, nil
}

// AddressHash is the keyed hash, 32 hexadecimal digits, under which a normal address or number is suppressed. It means
// nothing in another store. Kinds and forms as for SuppressedBy.
func (tx *Tx) AddressHash(kind, normal string) string { return tx.keys.address(kind, normal) }

// AddressHash is Tx.AddressHash outside a transaction.
func (db *DB) AddressHash(kind, normal string) string { return db.keys.address(kind, normal) }

func (k *keyring) address(kind, normal string) string {
	tag := k.addressTag(kind, normal)
	return hex.EncodeToString(tag[:])
}

func (k *keyring) addressTag(kind, normal string) addressTag {
	sum := vault.LookupHash(&k.lookup, "suppression/"+kind, normal)
	return addressTag(sum[:len(addressTag{})])
}
