package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"custos/internal/register"
)

// BackupMade is a backup that was made and proved.
type BackupMade struct {
	Manifest Manifest
	Path     string        // of the manifest, absolute
	Took     time.Duration // by the store's clock
}

// backing is a backup on its way.
type backing struct {
	db    *DB
	told  func(step string, done, total int)
	dir   string // where it goes
	local string // of the store's own, for the snapshot
	stem  string // of the names of its files
	snap  snapshot
}

// Backup writes a backup of the store as it stands into a folder within to, made if need be: see BackupFolder. Freed
// pages are scrubbed before; the snapshot goes to the store's own disk and is copied out from there, so that a slow stick
// holds nobody up, and changes go on meanwhile. The key ring and the ledger there are replaced. Then all of it is read
// back from its place: every record is opened, and only what is whole gets its manifest. What was interrupted leaves the
// backups there were, and its remains are cleared away by the next one.
//
// told may be nil; it hears of the steps "scrub", "snapshot", "copy", "keys" and "prove", in bytes or records, from one
// goroutine at a time. Errors: Refused with Field "disk" (no room, not writable), Conflict with Field "backup" (the folder
// belongs to another store), the context's; *Damage where what was read back is not what was written.
func (db *DB) Backup(ctx context.Context, to string, told func(step string, done, total int)) (BackupMade, error) {
	began := db.opts.Now()
	b := backing{db: db, told: told}
	if told == nil {
		b.told = func(string, int, int) {}
	}
	if err := b.prepare(ctx, to); err != nil {
		return BackupMade{}, err
	}
	defer func() { _ = os.RemoveAll(b.local) }()
	err := b.carryOut(ctx)
	if err != nil {
		return BackupMade{}, errors.Join(err, b.clear())
	}
	path := filepath.Join(b.dir, b.stem+manifestExt)
	return BackupMade{b.snap.m, path, db.opts.Now().Sub(began)}, nil
}

// prepare looks at both disks before anything is written, and makes the folders.
func (b *backing) prepare(ctx context.Context, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return register.Errorf(register.Invalid, "backup", "%w", err)
	}
	b.told("scrub", 0, 1)
	if _, err := b.db.Scrub(ctx); err != nil {
		return err
	}
	b.told("scrub", 1, 1)
	size := b.db.used()
	if err := b.db.opts.needSpace(b.db.dir, size); err != nil {
		return err
	}
	b.dir = b.db.BackupFolder(to)
	if err := ownFolder(b.dir); err != nil {
		return err
	}
	if err := b.db.opts.needSpace(b.dir, size+size/4); err != nil { // key ring and ledger beside the data
		return err
	}
	if err := b.db.ownSet(b.dir); err != nil {
		return err
	}
	if err := b.sweep(); err != nil {
		return writeErr(filepath.Join(b.dir, "x"), err)
	}
	b.local, err = b.db.localFolder()
	return err
}

// used is how many bytes of store.db hold something.
func (db *DB) used() int64 {
	info, err := os.Stat(filepath.Join(db.dir, dbFile))
	if err != nil {
		return 0
	}
	s := db.bolt.Stats()
	return max(0, info.Size()-int64(s.FreePageN+s.PendingPageN)*int64(db.bolt.Info().PageSize))
}

// ownSet refuses a folder that holds the backups of another store.
func (db *DB) ownSet(dir string) error {
	listed, err := listIn(dir)
	if err != nil {
		return err
	}
	for _, l := range listed {
		if l.Manifest.Store != "" && l.Manifest.Store != db.keys.id {
			return errOtherStore(dir)
		}
	}
	return nil
}

// sweep removes what interrupted backups left in the folder: neighbours on their way, and a data file beside whose
// neighbour no manifest came.
func (b *backing) sweep() error {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !isPart(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		part := filepath.Join(b.dir, e.Name())
		name := e.Name()[1 : len(e.Name())-len(partSuffix)]
		if _, ours := stampOf(name); ours && filepath.Ext(name) == manifestExt {
			path := filepath.Join(b.dir, name)
			if !exists(path) {
				if err := removeFile(path[:len(path)-len(manifestExt)] + dataExt); err != nil {
					return err
				}
			}
		}
		if err := removeFile(part); err != nil {
			return err
		}
	}
	return sweepFormer(filepath.Join(b.dir, ringPrefix+b.db.keys.generation()))
}

// carryOut makes the backup: its manifest comes last, once all the rest is proved.
func (b *backing) carryOut(ctx context.Context) error {
	at := b.db.opts.Now().UTC().Truncate(time.Second)
	b.stem = b.freeStem(at)
	b.snap = snapshot{db: b.db, path: filepath.Join(b.local, "data"), told: b.told}
	if err := b.snap.take(ctx); err != nil {
		return err
	}
	m := &b.snap.m
	m.At, m.Data, m.Ring, m.Ledger = at, b.stem+dataExt, ringPrefix+m.Generation, ledgerPrefix+m.Generation
	if err := b.copyOut(ctx); err != nil {
		return err
	}
	if err := b.keys(ctx); err != nil {
		return err
	}
	if err := m.sign(b.db.keys); err != nil {
		return err
	}
	if err := b.prove(ctx); err != nil {
		return err
	}
	return b.putInPlace()
}

// freeStem names the files: by the instant, numbered where there is one of that second.
func (b *backing) freeStem(at time.Time) string {
	stem := at.Format(stampLayout)
	for n := 2; exists(filepath.Join(b.dir, stem+dataExt)) || exists(filepath.Join(b.dir, stem+manifestExt)); n++ {
		stem = fmt.Sprintf("%s-%d", at.Format(stampLayout), n)
	}
	return stem
}

func (b *backing) data() string { return filepath.Join(b.dir, b.stem+dataExt) }

// copyOut copies the snapshot to its folder, and hashes it on the way.
func (b *backing) copyOut(ctx context.Context) error {
	in, err := os.Open(b.snap.path)
	if err != nil {
		return writeErr(b.snap.path, err)
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return writeErr(b.snap.path, err)
	}
	b.snap.m.Bytes = info.Size()
	if err := b.db.opts.needSpace(b.dir, info.Size()); err != nil {
		return err
	}
	sum := newSideHash()
	err = b.db.opts.writePart(b.data(), func(out io.Writer) error {
		for done := int64(0); done < info.Size(); {
			if ctx.Err() != nil {
				return errCancelled(ctx)
			}
			buf := sum.buffer()
			n, err := io.ReadFull(in, buf[:min(int64(len(buf)), info.Size()-done)])
			if err != nil {
				return err
			}
			if _, err := out.Write(buf[:n]); err != nil {
				return err
			}
			sum.give(buf[:n])
			done += int64(n)
			b.told("copy", int(done), int(info.Size()))
		}
		return nil
	})
	b.snap.m.SHA256 = fmt.Sprintf("%x", sum.end())
	return err
}

// keys replaces the ring, writes the ledger anew and looks whether both are as they must be.
func (b *backing) keys(ctx context.Context) error {
	b.told("keys", 0, 2)
	b.db.keep.folder.Lock()
	defer b.db.keep.folder.Unlock()
	if err := b.db.replaceRing(ctx, b.dir); err != nil {
		return err
	}
	b.told("keys", 1, 2)
	listed, err := listIn(b.dir)
	if err != nil {
		return err
	}
	since := b.snap.m.At
	if len(listed) > 0 && listed[len(listed)-1].Manifest.At.Before(since) {
		since = listed[len(listed)-1].Manifest.At
	}
	if err := b.db.writeLedger(ctx, b.dir, since); err != nil {
		return err
	}
	b.told("keys", 2, 2)
	return nil
}

// prove reads all of the backup back from its folder.
func (b *backing) prove(ctx context.Context) error {
	p := proof{k: b.db.keys, dir: b.dir, m: b.snap.m, data: partOf(b.data()), told: b.told, hold: &b.db.keep.folder}
	defer p.st.wipe()
	report, err := p.run(ctx)
	if err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return badBackup("the backup that was made is not whole, and was removed", report.Findings)
	}
	return nil
}

// putInPlace gives the data file and then the manifest their names.
func (b *backing) putInPlace() error {
	path := filepath.Join(b.dir, b.stem+manifestExt)
	text, err := b.snap.m.encode()
	if err != nil {
		return err
	}
	err = b.db.opts.writePart(path, func(w io.Writer) error { _, err := w.Write(text); return err })
	if err != nil {
		return err
	}
	if again, err := readPlain(partOf(path)); err != nil || string(again) != string(text) {
		return badBackup("the backup that was made is not whole, and was removed",
			[]Finding{{Where: filepath.Base(path), What: "what was read back is not what was written"}})
	}
	if exists(b.data()) || exists(path) {
		return register.Errorf(register.Conflict, "backup", "somebody else writes backups to %s at the same time", b.dir)
	}
	err = os.Rename(partOf(b.data()), b.data())
	if err == nil {
		err = os.Rename(partOf(path), path)
	}
	if err == nil {
		err = syncFolder(b.dir)
	}
	if err != nil {
		return writeErr(path, err)
	}
	return nil
}

// clear removes what a failed backup left, unless its manifest is in its place.
func (b *backing) clear() error {
	if b.stem == "" {
		return nil
	}
	path := filepath.Join(b.dir, b.stem+manifestExt)
	files := []string{partOf(b.data()), partOf(path)}
	if exists(partOf(path)) && !exists(path) {
		files = append(files, b.data())
	}
	var err error
	for _, file := range files {
		err = errors.Join(err, removeFile(file))
	}
	return err
}

// badBackup is the error of a backup that is not whole: one sentence for the person at the keyboard.
func badBackup(lead string, findings []Finding) *Damage {
	msg := lead
	if len(findings) > 0 {
		msg += ": " + findings[0].String()
	}
	if n := len(findings) - 1; n > 0 {
		msg += fmt.Sprintf("; and %s", count(uint64(n), "thing more", "things more"))
	}
	return &Damage{findings, &register.Error{Kind: register.Internal, Field: "backup", Msg: msg}}
}

// sideHash hashes buffers on a goroutine of its own.
type sideHash struct {
	in   chan []byte
	free chan []byte
	sum  chan hash.Hash
}

func newSideHash() *sideHash {
	s := &sideHash{in: make(chan []byte, blocksAhead), free: make(chan []byte, blocksAhead+2), sum: make(chan hash.Hash, 1)}
	go func() {
		h := sha256.New()
		for b := range s.in {
			h.Write(b)
			select {
			case s.free <- b[:cap(b)]:
			default:
			}
		}
		s.sum <- h
	}()
	return s
}

func (s *sideHash) buffer() []byte {
	select {
	case b := <-s.free:
		return b
	default:
		return make([]byte, readChunkSize)
	}
}

func (s *sideHash) give(b []byte) { s.in <- b }

func (s *sideHash) end() []byte {
	close(s.in)
	return (<-s.sum).Sum(nil)
}
