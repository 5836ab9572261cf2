package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"custos/internal/register"
)

// sinceMargin is by how much a clock may have been set back between a backup and a no.
const sinceMargin = 48 * time.Hour

// WriteLedger writes the ledger in a folder anew: what must be done again on a copy restored from any backup there, of
// which since is the oldest (zero: all that is kept). A folder without backups of this store is left alone.
func (db *DB) WriteLedger(ctx context.Context, folder string, since time.Time) error {
	dir := db.BackupFolder(folder)
	if !isFolder(dir) {
		return nil
	}
	db.keep.folder.Lock()
	defer db.keep.folder.Unlock()
	return db.writeLedger(ctx, dir, since)
}

func (db *DB) ledgerPath(dir string) string {
	return filepath.Join(dir, ledgerPrefix+db.keys.generation())
}

// writeLedger is WriteLedger for who holds keep.folder. A ring of another history is replaced before: what the ledger
// says of keys is newer than the ring.
func (db *DB) writeLedger(ctx context.Context, dir string, since time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	path := db.ledgerPath(dir)
	delete(db.keep.ledgers, path)
	if err := db.alignRing(ctx, dir); err != nil {
		return err
	}
	_, position, through, _ := db.keep.pending(0)
	at := &ledgerAt{position: position}
	at.ledgerHead = ledgerHead{store: db.keys.id, generation: db.keys.generation(), since: since.UTC()}
	at.through = through
	if !since.IsZero() {
		since = since.Add(-sinceMargin)
	}
	out := at.begin()
	err := db.View(func(tx *Tx) error {
		g := newGathering(tx, &at.ledgerFile, through.Seq)
		g.out = out
		if err := g.everything(db.standing(since)); err != nil {
			return err
		}
		if _, err := g.seal(); err != nil {
			return err
		}
		err := g.mark(&at.ledgerFile)
		out = g.out
		return err
	})
	if err != nil {
		return err
	}
	if err := db.opts.replace(path, func(w io.Writer) error { _, err := w.Write(out); return err }); err != nil {
		return err
	}
	db.keep.ledgers[path] = at
	return nil
}

// alignRing replaces a ring that tells another history of the store than its audit trail.
func (db *DB) alignRing(ctx context.Context, dir string) error {
	r, err := readRing(filepath.Join(dir, ringPrefix+db.keys.generation()))
	if err != nil {
		return nil //nolint:nilerr // there is none to be older than the ledger
	}
	if r.store != db.keys.id {
		return errOtherStore(dir)
	}
	var ours bool
	if err := db.View(func(tx *Tx) error { ours = inTrail(tx.bolt, tx.keys, r.at); return nil }); err != nil || ours {
		return err
	}
	return db.replaceRing(ctx, dir)
}

// FlushLedger appends to the ledger in a folder what changes brought since it was written. One that lags too far behind,
// or tells another history, is written anew. A folder without backups of this store is left alone.
func (db *DB) FlushLedger(folder string) error {
	dir := db.BackupFolder(folder)
	if !isFolder(dir) {
		return nil
	}
	db.keep.folder.Lock()
	defer db.keep.folder.Unlock()
	at, err := db.ledgerAt(dir)
	if err != nil || at == nil {
		return err
	}
	spots, position, through, ok := db.keep.pending(at.position)
	if at.stale || !ok {
		return db.writeLedger(context.Background(), dir, at.since)
	}
	if through == at.through && len(spots) == 0 {
		return nil
	}
	return db.appendLedger(db.ledgerPath(dir), at, spots, position, func(l *ledgerFile) { l.through = through })
}

// appendLedger adds what spots say, and a mark.
func (db *DB) appendLedger(path string, at *ledgerAt, spots []spot, position int, move func(*ledgerFile)) error {
	next := ledgerAt{ledgerFile: at.ledgerFile, position: position}
	move(&next.ledgerFile)
	var out []byte
	err := db.View(func(tx *Tx) error {
		g := newGathering(tx, &next.ledgerFile, next.through.Seq)
		for _, s := range spots {
			if err := g.spot(s); err != nil {
				return err
			}
		}
		if _, err := g.seal(); err != nil {
			return err
		}
		err := g.mark(&next.ledgerFile)
		out = g.out
		return err
	})
	if err != nil {
		return err
	}
	delete(db.keep.ledgers, path) // until it is known to be on the disk
	if err := db.opts.appendAt(path, at.size, out); err != nil {
		return err
	}
	db.keep.ledgers[path] = &next
	return nil
}

// appendAt writes at the end of a file that must be so long.
func (o *Options) appendAt(path string, size int64, b []byte) error {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return register.Errorf(register.Refused, "backup", "%s is no longer the file it was", filepath.Base(path))
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return writeErr(path, err)
	}
	_, err = f.Seek(size, io.SeekStart)
	if err == nil {
		_, err = o.outTo(f, path).Write(b)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return writeErr(path, err)
	}
	return nil
}

// ledgerAt returns how far the ledger in a folder goes; nil where there are no backups for it to serve. One that is not
// known yet, or not as it was left, is read.
func (db *DB) ledgerAt(dir string) (*ledgerAt, error) {
	path := db.ledgerPath(dir)
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		listed, err := listIn(dir)
		if err != nil || len(listed) == 0 {
			return nil, err
		}
		return staleLedger(dir)
	}
	if err != nil {
		return nil, writeErr(path, err)
	}
	if at := db.keep.ledgers[path]; at != nil && at.size == info.Size() {
		return at, nil
	}
	at, err := db.readLedgerAt(path)
	if err == nil && !at.stale {
		db.keep.ledgers[path] = at
	}
	return at, err
}

// readLedgerAt reads how far a ledger goes that this process has not written. It can be appended to if it ends where this
// process began; anything else is stale.
func (db *DB) readLedgerAt(path string) (*ledgerAt, error) {
	f, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	l, err := scanLedger(f, info.Size(), db.keys, func(*ledgerEntry) error { return nil })
	if err != nil {
		return staleLedger(filepath.Dir(path))
	}
	return &ledgerAt{ledgerFile: *l, stale: l.torn || l.through != db.keep.began}, nil
}

// staleLedger stands for a ledger that is to be written anew, for all backups there are.
func staleLedger(dir string) (*ledgerAt, error) {
	at := &ledgerAt{stale: true}
	listed, err := listIn(dir)
	if len(listed) > 0 {
		at.since = listed[len(listed)-1].Manifest.At
	}
	return at, err
}

// LedgerBehind reports whether the ledger in a folder lacks anything that FlushLedger would tell it of.
func (db *DB) LedgerBehind(folder string) (bool, error) {
	dir := db.BackupFolder(folder)
	if !isFolder(dir) {
		return false, nil
	}
	db.keep.folder.Lock()
	defer db.keep.folder.Unlock()
	at, err := db.ledgerAt(dir)
	if err != nil || at == nil {
		return false, err
	}
	spots, _, _, ok := db.keep.pending(at.position)
	return at.stale || !ok || len(spots) > 0, nil
}
