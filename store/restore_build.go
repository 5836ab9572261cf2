package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path/filepath"
	"slices"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// rebuild is a bolt file that is filled, with the sum and the numbers of what it holds.
type rebuild struct {
	bolt   *bolt.DB
	tx     *bolt.Tx
	terms  *vault.Termer
	sum    vault.Digest
	counts map[string]int
	bytes  int
}

// rebuildBytes is how much is put in one transaction.
const rebuildBytes = 32 << 20

func newRebuild(path string, k *keyring) (*rebuild, error) {
	b, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout, FreelistType: bolt.FreelistMapType, NoSync: true})
	if err != nil {
		return nil, err
	}
	r := &rebuild{bolt: b, terms: vault.NewTermer(&k.digest), counts: map[string]int{}}
	if r.tx, err = b.Begin(true); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	names := slices.Collect(maps.Keys(systemBuckets()))
	for _, c := range registry {
		names = append(names, c.bucket())
	}
	for _, name := range names {
		if _, err := r.tx.CreateBucket([]byte(name)); err != nil {
			return nil, errors.Join(err, r.close())
		}
	}
	return r, nil
}

// put writes a value, none to delete it.
func (r *rebuild) put(bucket string, key, value []byte) error {
	b := r.tx.Bucket([]byte(bucket))
	if b == nil {
		return damagedBucket(bucket)
	}
	b.FillPercent = 0.9 // in order, but for what is done again
	before := b.Get(key)
	if before == nil && value == nil {
		return nil
	}
	r.sum.Sub(term(r.terms, bucket, string(key), before))
	r.sum.Add(term(r.terms, bucket, string(key), value))
	switch {
	case before == nil:
		r.counts[bucket]++
	case value == nil:
		r.counts[bucket]--
	}
	r.bytes += len(key) + len(value)
	return putRaw(b, string(key), value)
}

// step commits once there is enough.
func (r *rebuild) step() error {
	if r.bytes < rebuildBytes {
		return nil
	}
	r.bytes = 0
	if err := r.tx.Commit(); err != nil {
		return err
	}
	var err error
	r.tx, err = r.bolt.Begin(true)
	return err
}

// finish writes header and state, and brings all of it to the disk.
func (r *rebuild) finish(k *keyring, h header, s state) error {
	s.Digest, s.Counts = r.sum, maps.Clone(r.counts)
	delete(s.Counts, bucketAudit)
	delete(s.Counts, bucketMeta)
	if err := writeHeader(r.tx, k, h, &s); err != nil {
		return err
	}
	if err := r.tx.Commit(); err != nil {
		return err
	}
	r.tx = nil
	return r.bolt.Sync()
}

func (r *rebuild) close() error {
	if r.tx != nil {
		_ = r.tx.Rollback()
	}
	return r.bolt.Close()
}

// build makes store.db of the backup and does again what the ledger says.
func (r *restoring) build(ctx context.Context) error {
	if err := r.redo.load(r.proof, r.ring); err != nil {
		return err
	}
	to, err := newRebuild(filepath.Join(r.root, dbFile), r.keys)
	if err != nil {
		return register.Errorf(register.Internal, "store", "making the store: %w", err)
	}
	err = r.fill(ctx, to)
	if err == nil {
		err = r.redo.run(r, to)
	}
	if err == nil {
		h, s := r.beginning()
		err = to.finish(r.keys, h, s)
	}
	if err = errors.Join(err, to.close()); err != nil {
		return writeErr(filepath.Join(r.root, dbFile), err)
	}
	return syncFolder(r.root)
}

// fill puts in what the backup holds, but for people whose key is gone; with the keys of everybody and the slots.
func (r *restoring) fill(ctx context.Context, to *rebuild) error {
	for _, s := range r.ring.slots {
		if err := to.put(bucketSlots, []byte(s.id), s.raw); err != nil {
			return err
		}
	}
	for id, wrapped := range r.redo.allKeys() {
		if err := errors.Join(to.put(bucketKeys, []byte(id), wrapped), to.step()); err != nil {
			return err
		}
	}
	dark := map[register.ID]int{}
	anew := r.anew()
	err := r.eachData(ctx, func(bucket string, key, value []byte) error {
		if subject, _, err := splitEnvelope(value); err == nil && subject != "" && bucket != bucketMeta && r.isDark(subject) {
			dark[subject]++
			return nil
		}
		if bucket == bucketMeta {
			return nil // written anew at the end
		}
		value, err := anew.value(bucket, key, value)
		if err != nil || value == nil {
			return err
		}
		return errors.Join(to.put(bucket, key, value), to.step())
	})
	r.report.Dark = slices.Sorted(maps.Keys(dark))
	for _, n := range dark {
		r.report.DarkRecords += n
	}
	return err
}

// isDark reports whether what the backup holds of a person cannot be opened: their key is gone, or another one.
func (r *restoring) isDark(subject register.ID) bool {
	if _, dark := r.proof.tally.dark[subject]; dark {
		return true
	}
	newer, ok := r.redo.keys[subject]
	if r.proof.now != nil { // other keys: whoever has one of today's is not erased
		return ok && newer == nil || !ok && r.ring.find(subject) == nil
	}
	return ok && !bytes.Equal(newer, r.ring.find(subject))
}

// eachData reads the data file once more.
func (r *restoring) eachData(ctx context.Context, visit func(bucket string, key, value []byte) error) error {
	p := r.proof
	f, err := openPlain(p.data)
	if err != nil {
		return badBackup("the backup cannot be restored", []Finding{{Where: p.m.Data, What: sentence(err)}})
	}
	defer func() { _ = f.Close() }()
	d, err := newDataReader(f, p.m.Bytes)
	done, total := 0, p.m.Total()
	for err == nil {
		if ctx.Err() != nil {
			return errCancelled(ctx)
		}
		var b dataBlock
		if b, err = d.next(); err != nil {
			break
		}
		if d.ended {
			continue
		}
		if !b.whole() {
			err = fmt.Errorf("block %d changed while it was being read", b.number)
			break
		}
		if visitErr := b.each(func(key, value []byte) error { return visit(b.bucket, key, value) }); visitErr != nil {
			return visitErr
		}
		done += int(b.records)
		p.told("restore", min(done, total), total)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return badBackup("the backup cannot be restored", []Finding{{Where: p.m.Data, What: err.Error()}})
}

// allKeys walks the keys of the ring as the ledger changes them, in order.
func (d *redoing) allKeys() iter.Seq2[register.ID, []byte] {
	return func(yield func(register.ID, []byte) bool) {
		more := slices.Sorted(maps.Keys(d.keys))
		for e := range d.ring.all() {
			for len(more) > 0 && string(more[0]) <= string(e.id) {
				if w := d.keys[more[0]]; w != nil && !yield(more[0], w) {
					return
				}
				more = more[1:]
			}
			if _, newer := d.keys[register.ID(e.id)]; !newer && !yield(register.ID(e.id), e.wrapped) {
				return
			}
		}
		for _, id := range more {
			if w := d.keys[id]; w != nil && !yield(id, w) {
				return
			}
		}
	}
}
