package store

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// A build writes so many bytes in one bolt transaction, and fills pages so far: what it writes comes in order.
const (
	buildBytes = 8 << 20
	buildFill  = 0.9
)

// build writes what was taken into a new file in a folder: a store of the format the damaged one had, sealed as it was.
// The state vouches for what is there.
func (s *salvage) build(dir string) error {
	b, err := bolt.Open(filepath.Join(dir, dbFile), 0o600, &bolt.Options{
		Timeout: boltTimeout, FreelistType: bolt.FreelistMapType, NoSync: true})
	if err != nil {
		return register.Errorf(register.Internal, "store", "making the new store: %w", err)
	}
	err = s.fill(b)
	if err = errors.Join(err, b.Sync(), b.Close()); err != nil {
		return refusedFolder(dir, err)
	}
	return nil
}

func (s *salvage) fill(b *bolt.DB) error {
	err := b.Update(func(tx *bolt.Tx) error {
		for _, name := range append(slices.Sorted(maps.Keys(systemBuckets())), registryNames()...) {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	all := slices.Concat(s.taken, s.entries, s.slots)
	bucket := func(e *sealedAt) string { return cmp.Or(e.opens, bucketSlots) }
	slices.SortFunc(all, func(a, b *sealedAt) int {
		return cmp.Or(cmp.Compare(bucket(a), bucket(b)), cmp.Compare(a.key, b.key))
	})
	st := s.state.clone()
	st.Counts, st.Digest = map[string]int{}, vault.Digest{}
	terms := vault.NewTermer(&s.keys.digest)
	for len(all) > 0 {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		n, bytes := 0, 0
		for n < len(all) && bytes < buildBytes {
			bytes += all[n].size
			n++
		}
		if err := b.Update(func(tx *bolt.Tx) error { return s.write(tx, all[:n], &st, terms) }); err != nil {
			return err
		}
		all = all[n:]
	}
	st.Commit = max(st.Commit, s.anchor.Commit)
	return b.Update(func(tx *bolt.Tx) error { return writeHeader(tx, s.keys, s.header, &st) })
}

// write puts values where they open, and into the state that vouches for them.
func (s *salvage) write(tx *bolt.Tx, values []*sealedAt, st *state, terms *vault.Termer) error {
	for _, e := range values {
		name := cmp.Or(e.opens, bucketSlots)
		value := s.bytes(e)
		b := tx.Bucket([]byte(name))
		b.FillPercent = buildFill
		if err := b.Put([]byte(e.key), value); err != nil {
			return err
		}
		if name != bucketAudit {
			st.Counts[name]++
		}
		st.Digest.Add(term(terms, name, e.key, value))
	}
	return nil
}

// recovered counts what was taken, by bucket.
func (s *salvage) recovered() map[string]int {
	counts := map[string]int{bucketAudit: len(s.entries), bucketSlots: len(s.slots)}
	for _, e := range s.taken {
		counts[e.opens]++
	}
	return counts
}
