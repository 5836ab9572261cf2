package desk

import (
	"context"
	"crypto/subtle"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// AddKey lets an operator come in from elsewhere with a public SSH key, given as its one line. An empty label leaves what
// stands behind the key. Errors: those of ReadSSHKey and CheckKeyLabel; NotFound for nobody of that name; Conflict for a
// key somebody has already; Refused for more than MaxSSHKeys.
func (s *Seat) AddKey(ctx context.Context, name string, line []byte, label string) (register.SSHKey, error) {
	key, err := ReadSSHKey(line)
	if err != nil {
		return key, err
	}
	if label != "" {
		key.Label = label
	}
	if err := register.CheckKeyLabel(key.Label); err != nil {
		return key, err
	}
	key.Added, key.AddedBy = s.desk.now(), s.operator.Name
	a := act{verb: register.OperatorKey, note: name + " added " + key.Fingerprint}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		op, err := present(tx, name)
		if err != nil {
			return err
		}
		if err := keyIsNew(tx, key.Key); err != nil {
			return err
		}
		if len(op.Keys) >= register.MaxSSHKeys {
			return register.Errorf(register.Refused, "ssh-key", "%s has %d keys: remove one first", name, len(op.Keys))
		}
		op.Keys = append(slices.Clone(op.Keys), key)
		return tx.Operators().Put(op)
	})
	return key, err
}

// present is an operator who was not removed.
func present(tx *store.Tx, name string) (register.Operator, error) {
	op, err := tx.Operators().Get(name)
	if register.KindOf(err) == register.NotFound || err == nil && !op.Removed.IsZero() {
		return op, register.Errorf(register.NotFound, "operator", "there is no operator %s", name)
	}
	return op, err
}

// keyIsNew refuses a key of somebody: who comes in with it must be one person.
func keyIsNew(tx *store.Tx, key string) error {
	owner, err := ownerOf(tx, key)
	if err == nil && owner != "" {
		err = register.Errorf(register.Conflict, "ssh-key", "this key is %s's already", owner)
	}
	return err
}

// RemoveKey takes a key away by its fingerprint; a connection that came in with it is ended by the server. Errors:
// NotFound.
func (s *Seat) RemoveKey(ctx context.Context, name, fingerprint string) error {
	a := act{verb: register.OperatorKey, note: name + " removed " + fingerprint}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		op, err := present(tx, name)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(op.Keys, func(k register.SSHKey) bool { return k.Fingerprint == fingerprint })
		if at < 0 {
			return register.Errorf(register.NotFound, "ssh-key", "%s has no key with that fingerprint", name)
		}
		op.Keys = slices.Delete(slices.Clone(op.Keys), at, at+1)
		return tx.Operators().Put(op)
	})
	return err
}

// OperatorOfKey names the operator who comes in with a key, given as SSHKey.Key has it. Every key on record is compared,
// each in the same time, whether or not one is the right one. Errors: Denied for a key that is nobody's.
func (d *Desk) OperatorOfKey(key string) (string, error) {
	var owner string
	err := d.db.View(func(tx *store.Tx) (err error) {
		owner, err = ownerOf(tx, key)
		return err
	})
	if err == nil && owner == "" {
		err = register.Errorf(register.Denied, "ssh-key", "this key is no operator's")
	}
	return owner, err
}

func ownerOf(tx *store.Tx, key string) (string, error) {
	owner := ""
	for op, err := range tx.Operators().All() {
		if err != nil {
			return "", err
		}
		for _, k := range op.Keys {
			if subtle.ConstantTimeCompare([]byte(k.Key), []byte(key)) == 1 && op.Removed.IsZero() {
				owner = op.Name
			}
		}
	}
	return owner, nil
}
