package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// DB is an open store. Safe for concurrent use.
type DB struct {
	dir      string
	opts     Options
	keys     *keyring
	lock     *lock
	anchor   *anchorFile
	operator string
	opened   time.Time

	bolt     *bolt.DB
	raw      *os.File // of bolt: for the scrub
	file     string   // its path, and what it was when it was opened
	fileInfo os.FileInfo
	reading  sync.RWMutex // held for reading by views, for writing by a scrub and a reopening

	mu    sync.Mutex // guards state
	state state

	model *model
	notes notes
	keep  keeping // for the ledgers beside backups

	writer  *writer
	closing sync.Once
	looking string    // why nothing is written; empty where it is
	private string    // the folder of a private copy that is shown in place of the store; empty: there is none
	damage  []Finding // of the store of which this is what was salvaged
	broken  error     // set by whoever has the turn, after a commit nobody can tell the outcome of

	unscrubbed bool // as broken is: a scrub began and did not end

	commitBolt func(*bolt.Tx) error // (*bolt.Tx).Commit, but in tests
	syncRaw    func(*os.File) error // (*os.File).Sync, but in tests
}

// Open opens the store in a folder. It takes the lock, looks at both headers, reads the file once, works out the key
// meanwhile, has every page and every seal verified by a child process, and loads the read model.
//
// A store whose folder cannot be written to is opened for reading only: see DB.ReadOnly.
//
// Errors: NotFound (no store there), Refused (wrong passphrase or unknown operator, network file system), Locked
// (naming the holder), Invalid with Field "store" (not a store), Conflict with Field "format" (made by a newer program),
// *Damage.
func Open(ctx context.Context, dir string, c Credential, o Options) (*DB, error) {
	f, err := openFile(dir, &o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if o.ReadOnly || o.Salvage {
		return openLooking(ctx, dir, f, c, o)
	}
	take := takeLock
	if o.lock != nil {
		take = o.lock
	}
	l, err := take(dir, c.Operator, o.Now())
	if unwritable(err) {
		return openLooking(ctx, dir, f, c, o)
	}
	if err != nil {
		return nil, err
	}
	db, err := openLocked(ctx, dir, f, c, o)
	if err != nil {
		l.release()
		return nil, err
	}
	db.lock = l
	return db, nil
}

// openFile finds store.db and refuses what is no store, before anything is locked or written.
func openFile(dir string, o *Options) (*os.File, error) {
	f, err := os.Open(filepath.Join(dir, dbFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, register.Errorf(register.NotFound, "store", "there is no store in %s", dir)
	case err != nil:
		return nil, register.Errorf(register.Refused, "store", "%w", err)
	}
	if err := o.checkNetwork(dir); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func openLocked(ctx context.Context, dir string, f *os.File, c Credential, o Options) (*DB, error) {
	k, older, err := verified(ctx, dir, f, c, &o)
	if err != nil {
		return nil, err
	}
	db, err := openVerified(dir, k, c.Operator, older, o)
	if err != nil {
		return nil, err
	}
	return db.named(c)
}

// verified has a store verified, and returns its keys and what is to be accepted of its head file.
func verified(ctx context.Context, dir string, f *os.File, c Credential, o *Options) (*keyring, *Finding, error) {
	if err := checkHeaders(f, o.AcceptOlder); err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, register.Errorf(register.Internal, "store", "%w", err)
	}
	s, err := startSession(ctx, dir, info.Size(), o)
	if err != nil {
		return nil, nil, err
	}
	k, err := unlockSession(s, c, o.formats())
	if err != nil {
		s.abandon()
		return nil, nil, err
	}
	report, err := s.verify(&k.root)
	if err != nil {
		return nil, nil, err
	}
	older, err := judge(report, o.AcceptOlder)
	return k, older, err
}

// named finds out who opened the store where the passphrase alone did.
func (db *DB) named(c Credential) (*DB, error) {
	if c.Operator != "" || c.Recovery != "" {
		return db, nil
	}
	var err error
	if db.operator, err = db.soleOperator(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// unlockSession turns a credential into the keys of the store a session is verifying.
func unlockSession(s *session, c Credential, newest uint16) (*keyring, error) {
	open, err := s.opening()
	if err != nil {
		return nil, err
	}
	if open.Format > newest {
		return nil, register.Errorf(register.Conflict, "format",
			"the store has format %d, made by a newer program; this one knows formats up to %d", open.Format, newest)
	}
	root, err := unlock(open, c)
	if err != nil {
		return nil, err
	}
	defer root.Wipe()
	return newKeyring(open.ID, root), nil
}

// judge turns a report into an error, or into what is to be audited where an older state is accepted.
func judge(r *CheckReport, acceptOlder bool) (older *Finding, err error) {
	found := r.Damage()
	switch {
	case len(found) == 0:
		return nil, nil
	case len(found) > 1 || found[0].Where != headFile:
		return nil, newDamage(found...)
	case !acceptOlder:
		return nil, errOlder(&found[0])
	}
	return &found[0], nil
}

func newDB(dir string, k *keyring, operator string, o Options) *DB {
	return &DB{
		dir: dir, opts: o, keys: k, operator: operator, opened: o.Now().UTC(),
		writer: newWriter(), commitBolt: (*bolt.Tx).Commit, syncRaw: (*os.File).Sync,
		model: newModel(o.Now, k),
	}
}

// openVerified opens a store that verified, with the head file's finding where an older state was accepted.
func openVerified(dir string, k *keyring, operator string, older *Finding, o Options) (*DB, error) {
	db := newDB(dir, k, operator, o)
	if err := tidySwap(dir, &k.anchor); err != nil {
		return nil, register.Errorf(register.Refused, "store", "finishing what was interrupted: %w", err)
	}
	if err := db.openBolt(); err != nil {
		return nil, err
	}
	if err := db.start(); err != nil {
		_ = db.bolt.Close()
		return nil, err
	}
	if older != nil {
		if err := db.anchor.restart(); err != nil {
			return nil, errors.Join(register.Errorf(register.Refused, headFile, "%w", err), db.Close())
		}
		who := operator
		if who == "" {
			who = "recovery key"
		}
		accepted := Change{Operator: who, Door: "store", Verb: register.StoreOpen,
			Note: "older state accepted: " + older.What}
		if _, err := db.Update(context.Background(), accepted, func(*Tx) error { return nil }); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}

// start brings the format up to date and loads what is kept in memory.
func (db *DB) start() error {
	if err := db.migrate(); err != nil {
		return err
	}
	if err := db.addBuckets(); err != nil {
		return err
	}
	s, err := db.storedState()
	if err != nil {
		return err
	}
	db.state = s
	db.keepFrom(&s)
	if db.anchor, err = openAnchor(db.dir, &db.keys.anchor); err != nil {
		return register.Errorf(register.Refused, "store", "%w", err)
	}
	if err := db.loadModel(); err != nil {
		return errors.Join(err, db.anchor.close())
	}
	return nil
}

// Limits and sizes of the bolt file.
const (
	boltTimeout = 300 * time.Millisecond
	mapSize     = 1 << 30
	fileStep    = 1 << 20
)

// openBolt opens bolt's file for writing, keeping hold of the file itself.
func (db *DB) openBolt() error {
	db.file = filepath.Join(db.dir, dbFile)
	b, err := bolt.Open(db.file, 0o600, &bolt.Options{
		Timeout: boltTimeout, FreelistType: bolt.FreelistMapType, InitialMmapSize: initialMap(),
		OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag&^os.O_CREATE, perm)
			if err != nil {
				return nil, err
			}
			db.raw = f
			db.fileInfo, err = f.Stat()
			return f, err
		},
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return errHeld
	}
	if err != nil {
		return register.Errorf(register.Internal, "store", "opening %s: %w", dbFile, err)
	}
	b.AllocSize = fileStep
	if db.opts.fileStep > 0 {
		b.AllocSize = db.opts.fileStep
	}
	db.bolt = b
	return nil
}

// Close waits for the change being written, syncs the head file and lets the lock go.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		db.writer.stop()
		db.model.close()
		db.reading.Lock()
		defer db.reading.Unlock()
		db.notes.close()
		s := db.current()
		if db.anchor != nil {
			err = db.anchor.end(&s, db.opts.Now())
		}
		if db.bolt != nil {
			err = errors.Join(err, db.bolt.Close())
		}
		if db.private != "" {
			err = errors.Join(err, os.RemoveAll(db.private))
		}
		db.keys.wipe()
		db.forgetState()
		if db.lock != nil {
			db.lock.release()
		}
	})
	return err
}

// ID is the random id of the store.
func (db *DB) ID() string { return db.keys.id }

// Path is the store's folder.
func (db *DB) Path() string { return db.dir }

// UnlockedBy is the login of the operator whose passphrase opened the store; empty for the recovery key.
func (db *DB) UnlockedBy() string { return db.operator }

// LookupHash is the keyed hash under which something is found again that must not be readable, such as a normalised
// address within a scope.
func (db *DB) LookupHash(scope, normalised string) [32]byte {
	return vault.LookupHash(&db.keys.lookup, scope, normalised)
}

func (db *DB) current() state {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.state.clone()
}
