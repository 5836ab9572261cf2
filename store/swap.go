package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// The files of an exchange: a whole new file is put in the place of the live one. At any moment store.db is either the
// old file or the new one, whole; the next opening finishes or undoes what lies beside it, see tidySwap.
const (
	nextFile     = dbFile + ".next"   // the new file
	nextHeadFile = headFile + ".next" // its head file, where its keys are new
	formerFile   = dbFile + ".former" // a second name of the old file, until its bytes are overwritten
)

// successor is a file that is to take the place of store.db.
type successor struct {
	keys  *keyring // it is sealed under
	state state    // it ends with
	fresh bool     // the keys are new, and so is the head file
	build func(to *bolt.DB) error

	inPlace bool     // it has taken the place of store.db
	former  *os.File // the old file, where it has no second name
}

// writable refuses an exchange where nothing may be written, or where store.db is no longer the file that is open.
func (db *DB) writable() error {
	if db.broken != nil {
		return db.broken
	}
	return db.inPlace()
}

// exchange builds a successor, has it verified, puts it in the place of the live file and overwrites that. Whoever has
// the turn calls it. What fails before the new file is in its place leaves the old one in force and nothing beside it;
// what fails after it the next opening finishes.
func (db *DB) exchange(ctx context.Context, s *successor) error {
	if err := db.leaveNothing(); err != nil {
		return err
	}
	err := db.prepare(ctx, s)
	if err == nil {
		err = db.moveIn(s)
	}
	switch {
	case err == nil:
		return db.bury(s)
	case s.inPlace:
		return err
	}
	return errors.Join(err, db.leaveNothing())
}

// prepare writes the new file and its head file, and verifies both as an opening does.
func (db *DB) prepare(ctx context.Context, s *successor) error {
	info, err := os.Stat(db.path(dbFile))
	if err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	if err := db.opts.needSpace(db.dir, info.Size()+info.Size()/8+fileStep); err != nil {
		return err
	}
	if err := db.buildNext(s); err != nil {
		return err
	}
	db.at("built")
	if s.fresh {
		if err := writeNextHead(db.dir, &s.keys.anchor, &s.state); err != nil {
			return refusedFolder(db.dir, err)
		}
		db.at("head written")
	}
	if err := syncFolder(db.dir); err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	if err := verifyNext(ctx, db.dir, s.keys, db.opts); err != nil {
		return fmt.Errorf("the new file did not verify and was not used: %w", err)
	}
	db.at("verified")
	return ctx.Err()
}

// buildNext writes the new file to the disk.
func (db *DB) buildNext(s *successor) error {
	to, err := bolt.Open(db.path(nextFile), 0o600, &bolt.Options{Timeout: boltTimeout,
		FreelistType: bolt.FreelistMapType, InitialMmapSize: initialMap(), NoSync: true, NoGrowSync: true})
	if err != nil {
		return refusedFolder(db.dir, err)
	}
	to.AllocSize = db.bolt.AllocSize
	err = s.build(to)
	if err == nil {
		err = to.Sync()
	}
	err = errors.Join(err, to.Close())
	if err != nil && (diskFull(err) || errors.Is(err, fs.ErrPermission)) {
		return register.Errorf(register.Refused, "disk", "the new file cannot be written, and nothing was changed: %w", err)
	}
	return err
}

// verifyNext verifies store.db.next in a child, as an opening verifies store.db.
func verifyNext(ctx context.Context, dir string, k *keyring, o Options) error {
	info, err := os.Stat(filepath.Join(dir, nextFile))
	if err != nil {
		return err
	}
	o.verifyNext, o.AcceptOlder = true, false
	s, err := startSession(ctx, dir, info.Size(), &o)
	if err != nil {
		return err
	}
	if _, err := s.opening(); err != nil {
		return err
	}
	report, err := s.verify(&k.root)
	if err != nil {
		return err
	}
	_, err = judge(report, false)
	return err
}

// moveIn puts the new file in the place of the old one and opens it, while nobody reads.
func (db *DB) moveIn(s *successor) error {
	db.reading.Lock()
	defer db.reading.Unlock()
	if err := db.bolt.Close(); err != nil {
		return db.unknown(fmt.Errorf("closing the file to be replaced: %w", err))
	}
	if err := db.rename(s); err != nil {
		if again := db.openBolt(); again != nil {
			return db.unknown(errors.Join(err, again))
		}
		return register.Errorf(register.Refused, "store", "putting the new file in its place: %w", err)
	}
	db.at("in place")
	if err := db.follow(s); err != nil {
		db.broken = register.Errorf(register.Internal, "store", "the new file is in its place; close the store and open it "+
			"again: %w", err)
		return db.broken
	}
	return nil
}

// rename gives the live file a second name, by which its bytes are overwritten even after a crash, and the new file its
// name. Where a file system knows no second names, the open file has to do.
func (db *DB) rename(s *successor) error {
	live := db.path(dbFile)
	if err := os.Link(live, db.path(formerFile)); err != nil {
		if runtime.GOOS == "windows" {
			return err // there nothing takes the place of an open file
		}
		if s.former, err = os.OpenFile(live, os.O_RDWR, 0); err != nil {
			return err
		}
	}
	db.at("linked")
	if err := os.Rename(db.path(nextFile), live); err != nil {
		if s.former != nil {
			err = errors.Join(err, s.former.Close())
		}
		return err
	}
	s.inPlace = true
	return nil
}

// follow goes over to a file that has taken the place of the old one. The names are made durable one by one: there is
// never a new head file beside an old store.db.
func (db *DB) follow(s *successor) error {
	err := syncFolder(db.dir)
	if s.fresh {
		db.keys.derive(s.keys.root)
		if err == nil {
			err = db.anchor.moveIn(db.dir)
			db.at("head in place")
		}
	}
	db.mu.Lock()
	db.state = s.state
	db.mu.Unlock()
	return errors.Join(err, db.openBolt())
}

// bury overwrites the old file and takes its second name away.
func (db *DB) bury(s *successor) error {
	var err error
	db.at("burying")
	if s.former != nil {
		err = errors.Join(zeroFile(s.former), s.former.Close())
	} else {
		err = shred(db.path(formerFile))
	}
	if err != nil {
		return register.Errorf(register.Internal, "store", "the new file is in force, but the old one could not be "+
			"overwritten; the next start tries again: %w", err)
	}
	db.at("buried")
	return syncFolder(db.dir)
}

func (db *DB) path(name string) string { return filepath.Join(db.dir, name) }

// at tells tests how far an exchange is.
func (db *DB) at(step string) {
	if db.opts.step != nil {
		db.opts.step(step)
	}
}
