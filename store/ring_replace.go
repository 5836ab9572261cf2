package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"custos/internal/audit"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// Beginnings of the names of rings and ledgers; the generation follows.
const (
	ringPrefix   = "ring-"
	ledgerPrefix = "ledger-"
)

// readRing reads and parses a key ring. Errors: fs.ErrNotExist, or a sentence that does not name the file.
func readRing(path string) (*ring, error) {
	b, err := readPlain(path)
	if errors.Is(err, fs.ErrNotExist) {
		b, err = readPlain(path + formerSuffix) // a replacement that was interrupted
	}
	if err != nil {
		return nil, err
	}
	r, err := parseRing(b)
	if err == nil {
		return r, nil
	}
	if again, readErr := readPlain(path); readErr == nil && !bytes.Equal(again, b) { // it was being replaced
		return parseRing(again)
	}
	return nil, err
}

// readPlain reads a file that is no link.
func readPlain(path string) ([]byte, error) {
	f, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b := make([]byte, info.Size())
	_, err = io.ReadFull(f, b)
	return b, err
}

// ReplaceRing writes the key ring beside the backups in a folder (see BackupFolder) anew: the key slots and the key of
// everybody on record. Backups made before go dark for whoever is on record no more. The former ring is overwritten with
// zeros; rings of former generations lose the same people. A folder without backups of this store is left alone.
func (db *DB) ReplaceRing(ctx context.Context, folder string) error {
	dir := db.BackupFolder(folder)
	if !isFolder(dir) {
		return nil
	}
	db.keep.folder.Lock()
	defer db.keep.folder.Unlock()
	return db.replaceRing(ctx, dir)
}

// newRings are the rings of a folder as they are to be: the bytes of each that changes, by path.
type newRings struct {
	db     *DB
	tx     *bolt.Tx
	erased map[register.ID]bool
	files  map[string][]byte
}

// replaceRing is ReplaceRing for who holds keep.folder. Nothing is written while the store is looked at: a slow stick
// would hold its pages.
func (db *DB) replaceRing(ctx context.Context, dir string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	n := newRings{db: db, files: map[string][]byte{}}
	current := filepath.Join(dir, ringPrefix+db.keys.generation())
	paths, err := filepath.Glob(filepath.Join(escapeGlob(dir), ringPrefix+"*"))
	if err != nil {
		return err
	}
	err = db.snapshotTx(func(tx *bolt.Tx, s *state) (err error) {
		n.tx = tx
		if n.erased, err = erasedIDs(tx, db.keys); err != nil {
			return err
		}
		for _, path := range paths {
			if path != current && !strings.Contains(filepath.Base(path), ".") {
				n.prune(path)
			}
		}
		return n.current(current, s)
	})
	if err != nil {
		return err
	}
	for path, b := range n.files {
		write := func(w io.Writer) error { _, err := w.Write(b); return err }
		if err := db.opts.replace(path, write); err != nil {
			return err
		}
	}
	return nil
}

func errOtherStore(dir string) error {
	return register.Errorf(register.Conflict, "backup", "%s holds the backups of another store", dir)
}

// current makes the ring of today's generation.
func (n *newRings) current(path string, s *state) error {
	var strangers []ringEntry
	former, err := readRing(path)
	if err == nil {
		if former.store != n.db.keys.id {
			return errOtherStore(filepath.Dir(path))
		}
		fork := !inTrail(n.tx, n.db.keys, former.at)
		for e := range former.all() {
			if (e.stranger || fork) && !n.onRecord(e.id) && !n.erased[register.ID(e.id)] {
				e.stranger = true
				strangers = append(strangers, e)
			}
		}
	}
	head, err := n.db.ringHead(n.tx, s)
	if err != nil {
		return err
	}
	n.files[path], err = encodeRing(&head, s.Counts[bucketKeys]+len(strangers), func(yield func(ringEntry) bool) {
		n.entries(strangers, yield)
	})
	return err
}

// entries walks everybody on record and the strangers, in order.
func (n *newRings) entries(strangers []ringEntry, yield func(ringEntry) bool) {
	b := n.tx.Bucket([]byte(bucketKeys))
	if b == nil {
		return
	}
	c := b.Cursor()
	for id, wrapped := c.First(); id != nil; id, wrapped = c.Next() {
		for len(strangers) > 0 && bytes.Compare(strangers[0].id, id) < 0 {
			if !yield(strangers[0]) {
				return
			}
			strangers = strangers[1:]
		}
		if !yield(ringEntry{id: id, wrapped: wrapped}) {
			return
		}
	}
	for _, e := range strangers {
		if !yield(e) {
			return
		}
	}
}

func (n *newRings) onRecord(id []byte) bool {
	b := n.tx.Bucket([]byte(bucketKeys))
	return b != nil && b.Get(id) != nil
}

// prune takes out of the ring of a former generation whoever is on record no more, or was erased. One that cannot be
// read is left: proving the backup names what is wrong with it.
func (n *newRings) prune(path string) {
	r, err := readRing(path)
	if err != nil || r.store != n.db.keys.id {
		return
	}
	kept := 0
	b, err := encodeRing(&r.ringHead, int(r.count), func(yield func(ringEntry) bool) {
		for e := range r.all() {
			if n.erased[register.ID(e.id)] || !e.stranger && !n.onRecord(e.id) {
				continue
			}
			if kept++; !yield(e) {
				return
			}
		}
	})
	if err == nil && uint64(kept) < r.count {
		n.files[path] = b
	}
}

// ringHead is the head of the ring of a moment.
func (db *DB) ringHead(tx *bolt.Tx, s *state) (ringHead, error) {
	h := ringHead{store: db.keys.id, generation: db.keys.generation(), at: s.head()}
	var err error
	if len(s.Former) > 0 {
		h.former, err = db.keys.sealFormer(s.Former)
	}
	if slots := tx.Bucket([]byte(bucketSlots)); slots != nil && err == nil {
		err = slots.ForEach(func(id, raw []byte) error {
			h.slots = append(h.slots, ringSlot{string(id), bytes.Clone(raw)})
			return nil
		})
	}
	return h, err
}

// inTrail reports whether a head is one the audit trail passed through. One that it did not is of another history of the
// same store: of what there was before an older backup was restored.
func inTrail(tx *bolt.Tx, k *keyring, h audit.Head) bool {
	if h.Seq == 0 {
		return true
	}
	trail := tx.Bucket([]byte(bucketAudit))
	if trail == nil {
		return false
	}
	sl, key := sealer{keys: k}, []byte(auditKey(h.Seq))
	env := trail.Get(key)
	if env == nil {
		return false
	}
	e, err := sl.openEntry(key, env)
	return err == nil && e.Hash() == h.Hash
}

// erasedIDs are the people of all erasures, under every id they went by.
func erasedIDs(tx *bolt.Tx, k *keyring) (map[register.ID]bool, error) {
	gone := map[register.ID]bool{}
	view := &Tx{keys: k, bolt: tx, seal: sealer{keys: k}}
	for e, err := range view.Erasures().All() {
		if err != nil {
			return nil, err
		}
		gone[e.Delegate] = true
		for _, id := range e.MergedFrom {
			gone[id] = true
		}
	}
	return gone, nil
}

func isFolder(dir string) bool {
	info, err := os.Lstat(dir)
	return err == nil && info.IsDir()
}
