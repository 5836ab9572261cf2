package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// Create makes a store in a folder that does not exist or is empty, opens it, and returns the recovery key to be
// printed: it is shown this once. The store is made in a folder beside it, synced and renamed, so that there is never
// half a store.
//
// Errors: Conflict (the folder is not empty), Refused (network file system, read-only folder), Invalid (passphrase,
// operator).
func Create(dir string, s Setup, o Options) (db *DB, recoveryKey string, err error) {
	if err := s.Operator.Validate(); err != nil {
		return nil, "", err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, "", register.Errorf(register.Invalid, "store", "%w", err)
	}
	if err := vacant(dir); err != nil {
		return nil, "", err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, "", refusedFolder(parent, err)
	}
	if err := o.checkNetwork(parent); err != nil {
		return nil, "", err
	}
	temp, err := os.MkdirTemp(parent, ".custos-new-")
	if err != nil {
		return nil, "", refusedFolder(parent, err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	k, recoveryKey, err := build(temp, &s, o)
	if err != nil {
		return nil, "", err
	}
	if err := moveInto(temp, dir, parent); err != nil {
		return nil, "", err
	}
	l, err := takeLock(dir, s.Operator.Name, o.Now())
	if err != nil {
		return nil, "", err
	}
	if db, err = openVerified(dir, k, s.Operator.Name, nil, o); err != nil {
		l.release()
		return nil, "", err
	}
	db.lock = l
	return db, recoveryKey, nil
}

func refusedFolder(dir string, err error) error {
	return register.Errorf(register.Refused, "store", "nothing can be written to %s: %w", dir, err)
}

// vacant refuses a folder that holds anything.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return register.Errorf(register.Refused, "store", "%w", err)
	case len(entries) > 0:
		return register.Errorf(register.Conflict, "store", "%s is not empty; a store is made in a folder of its own", dir)
	}
	return nil
}

// build makes a whole store in a folder: keys, buckets, slots, then settings and the first operator as its first
// change.
func build(dir string, s *Setup, o Options) (*keyring, string, error) {
	id, err := register.NewIDs(o.random()).Next('S')
	if err != nil {
		return nil, "", register.Errorf(register.Internal, "", "%w", err)
	}
	k := newKeyring(string(id), vault.NewKey())
	k.lookup, k.signing = vault.NewKey(), vault.NewKey()
	p, err := o.params()
	if err != nil {
		return nil, "", err
	}
	slot, err := k.newSlot(s.Operator.Name, s.Passphrase, p)
	if err != nil {
		return nil, "", err
	}
	recovery, text, err := k.newRecovery()
	if err != nil {
		return nil, "", err
	}
	slots := map[string][]byte{slotID(k.id, s.Operator.Name): slot, recoverySlot: recovery}
	if err := buildFile(filepath.Join(dir, dbFile), k, slots); err != nil {
		return nil, "", register.Errorf(register.Internal, "store", "making the store: %w", err)
	}
	return k, text, firstChange(dir, *k, s, o)
}

func buildFile(path string, k *keyring, slots map[string][]byte) error {
	b, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = b.Update(func(tx *bolt.Tx) error {
		for name := range systemBuckets() {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		for _, c := range registry {
			if _, err := tx.CreateBucket([]byte(c.bucket())); err != nil {
				return err
			}
		}
		for id, slot := range slots {
			if err := tx.Bucket([]byte(bucketSlots)).Put([]byte(id), slot); err != nil {
				return err
			}
		}
		start := audit.Start(k.id)
		s := state{AuditHash: start.Hash, Counts: map[string]int{bucketSlots: len(slots)},
			Lookup: k.lookup[:], Signing: k.signing[:]}
		return writeHeader(tx, k, header{format, k.id}, &s)
	})
	return errors.Join(err, b.Close())
}

// firstChange writes what the store begins with. It works on a copy of the keys, which closing wipes.
func firstChange(dir string, k keyring, s *Setup, o Options) error {
	db, err := openVerified(dir, &k, s.Operator.Name, nil, o)
	if err != nil {
		return err
	}
	c := Change{Operator: s.Operator.Name, Door: "set-up", Verb: register.StoreCreate}
	_, err = db.Update(context.Background(), c, func(tx *Tx) error {
		if err := tx.Settings().Put(s.Settings); err != nil {
			return err
		}
		return tx.Operators().Put(s.Operator)
	})
	return errors.Join(err, db.Close())
}

// moveInto puts a finished folder in its place, for good.
func moveInto(temp, dir, parent string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return refusedFolder(dir, err)
	}
	if err := errors.Join(syncFolder(temp), os.Rename(temp, dir), syncFolder(parent)); err != nil {
		return register.Errorf(register.Refused, "store", "putting the new store in its place: %w", err)
	}
	return nil
}

// syncFolder makes the names in a folder durable, where the system can.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("syncing a folder: %w", err)
	}
	defer func() { _ = f.Close() }()
	if err := f.Sync(); err != nil && !folderSyncUnknown {
		return fmt.Errorf("syncing a folder: %w", err)
	}
	return nil
}
