package store

import (
	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// migration takes a store from one format to the next, in the transaction that also writes the new header. It changes
// buckets and keys; records keep their own version byte and are read in every version there ever was. What it adds to
// the sealed state it adds to s.
type migration struct {
	from uint16
	name string
	run  func(tx *bolt.Tx, k *keyring, s *state) error
}

// migrations are the format changes, oldest first: migration i leads from format i+1.
var migrations = []migration{
	{from: 1, name: "keep the lookup key and a signing key in the state", run: keepKeys},
}

// keepKeys puts the lookup key, derived from the store key until then, into the state, and a signing key beside it.
func keepKeys(_ *bolt.Tx, k *keyring, s *state) error {
	lookup, signing := k.root.Derive("lookup"), vault.NewKey()
	s.Lookup, s.Signing = lookup[:], signing[:]
	return nil
}

// formats returns the newest format known.
func (o *Options) formats() uint16 {
	newest := uint16(format)
	for _, m := range o.steps() {
		newest = max(newest, m.from+1)
	}
	return newest
}

func (o *Options) steps() []migration {
	if o.migrations != nil {
		return o.migrations
	}
	return migrations
}

// migrate brings a verified store up to the newest format, one transaction a step. A step that fails leaves the store
// in the format it had.
func (db *DB) migrate() error {
	var is header
	err := db.bolt.View(func(tx *bolt.Tx) error {
		var err error
		is, err = readHeader(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range db.opts.steps() {
		if m.from < is.format {
			continue // an opening of a store of today writes nothing
		}
		err := db.bolt.Update(func(tx *bolt.Tx) error { return m.apply(tx, db.keys) })
		if err != nil {
			return register.Errorf(register.Internal, "format", "bringing the store from format %d to %d (%s): %w",
				m.from, m.from+1, m.name, err)
		}
	}
	return nil
}

func (m *migration) apply(tx *bolt.Tx, k *keyring) error {
	h, err := readHeader(tx)
	if err != nil || h.format != m.from {
		return err
	}
	s, err := readState(tx, k)
	if err != nil {
		return err
	}
	defer s.wipe()
	if err := m.run(tx, k, &s); err != nil {
		return err
	}
	h.format = m.from + 1
	return writeHeader(tx, k, h, &s)
}

// writeHeader writes the header and the state that vouches for it.
func writeHeader(tx *bolt.Tx, k *keyring, h header, s *state) error {
	meta := tx.Bucket([]byte(bucketMeta))
	if err := meta.Put([]byte(keyHeader), h.encode()); err != nil {
		return err
	}
	s.Meta = storedMetaHash(tx)
	s.Commit++
	sealed, err := s.seal(k)
	if err != nil {
		return err
	}
	return meta.Put([]byte(keyState), sealed)
}

// addBuckets gives an older store of this format the buckets of the collections added since. They are empty, so its
// state stays as it is.
func (db *DB) addBuckets() error {
	var missing []string
	err := db.bolt.View(func(tx *bolt.Tx) error {
		for _, c := range registry {
			if c.addedLater() && tx.Bucket([]byte(c.bucket())) == nil {
				missing = append(missing, c.bucket())
			}
		}
		return nil
	})
	if err == nil && len(missing) > 0 {
		err = db.bolt.Update(func(tx *bolt.Tx) error {
			for _, name := range missing {
				if _, err := tx.CreateBucket([]byte(name)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return register.Errorf(register.Internal, "format", "making room for what is new in the store: %w", err)
	}
	return nil
}
