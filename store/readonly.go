package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// Why a store is open for reading only.
const (
	lookingAsked   = "that was asked for"
	lookingMedium  = "nothing can be written to its folder"
	lookingSalvage = "it is what was salvaged of a damaged store"
)

// ReadOnly reports whether the store is open for reading only, because it was asked for, because nothing can be written
// to its folder, or because what is shown is what was salvaged of a damaged store. Every change is Refused.
func (db *DB) ReadOnly() bool { return db.looking != "" }

// WhyReadOnly is why the store is open for reading only, as half a sentence; empty where it is not.
func (db *DB) WhyReadOnly() string { return db.looking }

// Damage lists what is missing or in doubt in a store that was opened with Options.Salvage; nil for a sound one.
func (db *DB) Damage() []Finding { return slices.Clone(db.damage) }

// errLooking refuses a change.
func (db *DB) errLooking() error {
	return register.Errorf(register.Refused, "store", "the store is open for reading only: %s", db.looking)
}

// unwritable reports whether an error says that nothing can be written to a folder.
func unwritable(err error) bool { return errors.Is(err, fs.ErrPermission) || readOnlyFS(err) }

// openLooking opens a store for reading only. Nothing is written to its folder, not even a lock.
func openLooking(ctx context.Context, dir string, f *os.File, c Credential, o Options) (*DB, error) {
	l, err := lockForReading(dir)
	if err != nil {
		return nil, err
	}
	db, err := look(ctx, dir, f, c, o)
	if err == nil {
		db, err = db.named(c)
	}
	var d *Damage
	if err != nil && o.Salvage && (errors.As(err, &d) || register.KindOf(err) == register.Invalid) {
		l.release() // the salvage takes it again
		return openSalvaged(ctx, dir, c, o)
	}
	if err != nil {
		l.release()
		return nil, err
	}
	db.lock = l
	return db, nil
}

// look opens a store that verifies. One of an older format is brought up to date in a private copy.
func look(ctx context.Context, dir string, f *os.File, c Credential, o Options) (*DB, error) {
	k, older, err := verified(ctx, dir, f, c, &o)
	if err != nil {
		return nil, err
	}
	db := newDB(dir, k, c.Operator, o)
	db.looking = lookingAsked
	if !o.ReadOnly && !o.Salvage {
		db.looking = lookingMedium
	}
	if older != nil {
		db.damage = []Finding{*older}
	}
	if err := db.openForReading(filepath.Join(dir, dbFile)); err != nil {
		return nil, err
	}
	if current, err := db.upToDate(); err != nil || current {
		return db.ready(err)
	}
	if err := db.bolt.Close(); err != nil {
		return nil, register.Errorf(register.Internal, "store", "%w", err)
	}
	return db.ready(db.openCopy(f))
}

// openSalvaged opens what is intact of a damaged store, in a private copy that is sealed as the store is.
func openSalvaged(ctx context.Context, dir string, c Credential, o Options) (*DB, error) {
	temp, err := os.MkdirTemp("", "custos-look-")
	if err != nil {
		return nil, refusedFolder(os.TempDir(), err)
	}
	s, err := salvageInto(ctx, temp, RepairInput{From: dir, Credential: c}, &o)
	if err == nil {
		defer s.wipe()
		accept := o
		accept.AcceptOlder = true // a copy has no head file
		err = verifyFolder(ctx, temp, &s.keys.root, accept)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(temp))
	}
	keys := *s.keys
	db := newDB(dir, &keys, c.Operator, o)
	db.looking, db.private = lookingSalvage, temp
	db.damage = slices.Concat(s.damage, s.lost, s.ambiguous)
	l, err := lockForReading(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(temp))
	}
	db.lock = l
	if db, err = db.ready(db.openPrivate()); err != nil {
		return nil, err
	}
	return db.named(c)
}

// openCopy makes a private copy of the store's file and opens that.
func (db *DB) openCopy(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	if db.private, err = os.MkdirTemp("", "custos-look-"); err != nil {
		return refusedFolder(os.TempDir(), err)
	}
	if err := db.opts.needSpace(db.private, info.Size()+fileStep); err != nil {
		return err
	}
	to, err := os.OpenFile(filepath.Join(db.private, dbFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return refusedFolder(db.private, err)
	}
	_, err = io.Copy(to, io.NewSectionReader(f, 0, info.Size()))
	if err := errors.Join(err, to.Close()); err != nil {
		return refusedFolder(db.private, err)
	}
	return db.openPrivate()
}

// openPrivate brings the private copy up to date and opens it for reading. Where the system lets it, the copy loses its
// name at once, so that it is gone even if the program is.
func (db *DB) openPrivate() error {
	copied := &DB{dir: db.private, opts: db.opts, keys: db.keys}
	if err := copied.openBolt(); err != nil {
		return err
	}
	err := copied.migrate()
	if err == nil {
		err = copied.addBuckets()
	}
	if err := errors.Join(err, copied.bolt.Close()); err != nil {
		return err
	}
	if err := db.openForReading(filepath.Join(db.private, dbFile)); err != nil {
		return err
	}
	_ = os.RemoveAll(db.private)
	return nil
}

// ready loads what is kept in memory, or gives up what was opened so far.
func (db *DB) ready(err error) (*DB, error) {
	if err == nil {
		db.state, err = db.storedState()
	}
	if err == nil {
		err = db.loadModel()
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openForReading opens a bolt file and never writes to it.
func (db *DB) openForReading(path string) error {
	db.file = path
	b, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: boltTimeout, ReadOnly: true,
		OpenFile: func(name string, _ int, _ os.FileMode) (*os.File, error) {
			f, err := os.Open(name)
			if err != nil {
				return nil, err
			}
			db.raw = f
			db.fileInfo, err = f.Stat()
			return f, err
		},
	})
	if err != nil {
		return register.Errorf(register.Internal, "store", "opening %s: %w", dbFile, err)
	}
	db.bolt = b
	return nil
}

// upToDate reports whether a store has the newest format and every bucket.
func (db *DB) upToDate() (bool, error) {
	current := true
	err := db.bolt.View(func(tx *bolt.Tx) error {
		h, err := readHeader(tx)
		current = h.format == db.opts.formats()
		for _, name := range registryNames() {
			current = current && tx.Bucket([]byte(name)) != nil
		}
		return err
	})
	return current, err
}
