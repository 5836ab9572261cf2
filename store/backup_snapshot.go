package store

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// localPrefix begins the name of the hidden folder, within the store's own, that a snapshot goes to first.
const localPrefix = ".backup-"

// snapshotTx runs fn on one moment of the store. The state holds keys: it is wiped afterwards.
func (db *DB) snapshotTx(fn func(tx *bolt.Tx, s *state) error) error {
	db.reading.RLock()
	defer db.reading.RUnlock()
	if db.writer.closed() {
		return errClosed
	}
	tx, err := db.bolt.Begin(false)
	if err != nil {
		return register.Errorf(register.Internal, "", "the store cannot be read: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	s, err := readState(tx, db.keys)
	if err != nil {
		return err
	}
	defer s.wipe()
	return fn(tx, &s)
}

// dataBuckets are the buckets that a data file holds: meta first, then the others by name.
func dataBuckets() []string {
	var names []string
	for _, c := range registry {
		names = append(names, c.bucket())
	}
	names = append(names, bucketAudit, bucketUndo)
	slices.Sort(names)
	return append([]string{bucketMeta}, names...)
}

// snapshot is a data file on its way, and what the manifest will say of it.
type snapshot struct {
	db   *DB
	path string
	told func(step string, done, total int)
	m    Manifest
}

// takeSnapshot writes the data file of this moment to a local file.
func (s *snapshot) take(ctx context.Context) error {
	f, err := os.OpenFile(s.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return writeErr(s.path, err)
	}
	err = s.db.snapshotTx(func(tx *bolt.Tx, st *state) error {
		return s.write(ctx, s.db.opts.outTo(f, s.path), tx, st)
	})
	closeErr := f.Close()
	switch {
	case err != nil && ctx.Err() != nil:
		return errCancelled(ctx)
	case err != nil:
		return writeErr(s.path, err)
	case closeErr != nil:
		return writeErr(s.path, closeErr)
	}
	return nil
}

// errCancelled is what a cancelled backup, proof or restore returns.
func errCancelled(ctx context.Context) error {
	return register.Errorf(register.Refused, "", "cancelled; nothing was left behind: %w", context.Cause(ctx))
}

func (s *snapshot) write(ctx context.Context, out io.Writer, tx *bolt.Tx, st *state) error {
	h, err := readHeader(tx)
	if err != nil {
		return err
	}
	s.m = Manifest{Version: manifestVersion, Store: s.db.keys.id, Format: int(h.format), Commit: st.Commit,
		AuditSeq: st.AuditSeq, AuditHead: fmt.Sprintf("%x", st.AuditHash), Records: map[string]int{},
		People: st.Counts[delegates.name], DataDigest: s.db.dataDigest(tx, st).String(), Generation: s.db.keys.generation()}
	w := newDataWriter(out, s.db.keys.id)
	err = s.buckets(ctx, w, tx, st)
	if closeErr := w.close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return s.complete(st)
}

func (s *snapshot) buckets(ctx context.Context, w *dataWriter, tx *bolt.Tx, st *state) error {
	total := int(st.AuditSeq)
	for _, name := range dataBuckets() {
		total += st.Counts[name]
	}
	done := 0
	for _, name := range dataBuckets() {
		b := tx.Bucket([]byte(name))
		if b == nil {
			continue
		}
		c, n := b.Cursor(), 0
		for k, v := c.First(); k != nil; k, v = c.Next() {
			w.put(name, k, v)
			if n++; n%itemBatch == 0 {
				if ctx.Err() != nil {
					return errCancelled(ctx)
				}
				s.told("snapshot", done+n, total)
			}
		}
		s.m.Records[name] = n
		done += n
	}
	s.told("snapshot", total, total)
	return nil
}

// complete holds what was written against what the state says must be there.
func (s *snapshot) complete(st *state) error {
	for _, name := range dataBuckets() {
		if name == bucketMeta || name == bucketAudit {
			continue
		}
		if s.m.Records[name] != st.Counts[name] {
			return newDamage(Finding{Where: name, What: fmt.Sprintf("%d records were read, and there must be %d",
				s.m.Records[name], st.Counts[name])})
		}
	}
	maps.DeleteFunc(s.m.Records, func(_ string, n int) bool { return n == 0 })
	return nil
}

// dataDigest is the state digest without the wrapped keys, which a data file does not hold.
func (db *DB) dataDigest(tx *bolt.Tx, st *state) vault.Digest {
	sum, terms := st.Digest, vault.NewTermer(&db.keys.digest)
	if b := tx.Bucket([]byte(bucketKeys)); b != nil {
		c := b.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			sum.Sub(term(terms, bucketKeys, string(k), v))
		}
	}
	return sum
}

// localFolder makes the hidden folder for a snapshot, after clearing away what interrupted backups left.
func (db *DB) localFolder() (string, error) {
	if err := db.sweepLocal(); err != nil {
		return "", writeErr(db.dir, err)
	}
	dir, err := os.MkdirTemp(db.dir, localPrefix)
	if err != nil {
		return "", writeErr(db.dir, err)
	}
	return dir, nil
}

// sweepLocal removes the folders of interrupted backups from the store's own folder.
func (db *DB) sweepLocal() error {
	entries, err := os.ReadDir(db.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), localPrefix) {
			if err := os.RemoveAll(db.dir + string(os.PathSeparator) + e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}
