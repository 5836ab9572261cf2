//go:build unix

package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"

	bolt "go.etcd.io/bbolt"
)

// What bolt does by itself when its file is taken away: it goes on, and says that all is saved. The control of the next
// test.
func TestBoltGoesOnWritingIntoAFileWithoutAName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bolt.db")
	b, err := bolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, os.Remove(path))
	if err := b.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("b")); return err }); err != nil {
		t.Errorf("bolt says %v: a check of the store's own is not needed", err)
	}
	must(t, b.Close())
}

func TestNothingIsSavedIntoAFileThatWasTakenAway(t *testing.T) {
	for name, c := range map[string]struct {
		take func(path string) error
		says string
	}{
		"removed":         {os.Remove, "was removed or moved away"},
		"moved away":      {func(path string) error { return os.Rename(path, path+".old") }, "was removed or moved away"},
		"replaced":        {func(path string) error { return replaceByCopy(path) }, "was replaced by another file"},
		"folder replaced": {func(path string) error { return replaceFolder(filepath.Dir(path)) }, "was replaced by another file"},
	} {
		t.Run(name, func(t *testing.T) {
			db := openLoaded(t)
			path := filepath.Join(db.Path(), "store.db")
			must(t, c.take(path))
			before, _ := os.ReadFile(path)
			refusedFor(t, tryAdd(db, 2), register.Refused, c.says)
			_, err := db.Scrub(ctx)
			refusedFor(t, err, register.Refused, c.says)
			_, err = db.Compact(ctx)
			refusedFor(t, err, register.Refused, c.says)
			if _, ok := db.Person(person(2).ID); ok {
				t.Error("the list shows somebody who was not saved")
			}
			if row, ok := db.Person(person(1).ID); !ok || row.Name != person(1).Name {
				t.Error("what was saved can no longer be read")
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file that took its place was written to")
			}
		})
	}
}

func replaceByCopy(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".copy", b, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".copy", path)
}

// replaceFolder puts a copy of a whole folder in its place, as one who restores it does.
func replaceFolder(dir string) error {
	if err := os.CopyFS(dir+".copy", os.DirFS(dir)); err != nil {
		return err
	}
	if err := os.Rename(dir, dir+".old"); err != nil {
		return err
	}
	return os.Rename(dir+".copy", dir)
}

func TestAStoreThatIsPutBackTakesChangesAgain(t *testing.T) {
	db := openLoaded(t)
	path := filepath.Join(db.Path(), "store.db")
	must(t, os.Rename(path, path+".moved"))
	refusedFor(t, tryAdd(db, 2), register.Refused, "put it back")
	must(t, os.Rename(path+".moved", path))
	must(t, tryAdd(db, 3))
	db = reopen(t, db)
	if n := db.Info().Counts["delegates"]; n != 2 {
		t.Errorf("%d people, want those two that were acknowledged", n)
	}
}

// Two writers on two files: whoever replaced the folder has the new one, and the one before is refused.
func TestWhoeverHadTheFileBeforeWritesNoMore(t *testing.T) {
	first := openLoaded(t)
	must(t, replaceFolder(first.Path()))
	second, err := store.Open(ctx, first.Path(), credential(), withChild(t))
	must(t, err)
	must(t, tryAdd(second, 2))
	refusedFor(t, tryAdd(first, 3), register.Refused, "was replaced by another file")
	must(t, first.Close())
	must(t, tryAdd(second, 4))
	storetest.Close(t, second)
	db, err := store.Open(ctx, first.Path(), credential(), withChild(t))
	must(t, err)
	if n := db.Info().Counts["delegates"]; n != 3 {
		t.Errorf("%d people, want 3", n)
	}
	storetest.Close(t, db)
}

func TestALockFileThatIsTakenAwayLetsNobodyElseIn(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed": os.Remove, "replaced": replaceByCopy, "emptied": func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			db := openLoaded(t)
			must(t, take(filepath.Join(db.Path(), "store.lock")))
			for _, o := range []store.Options{storetest.Options(), withChild(t)} {
				_, err := store.Open(ctx, db.Path(), credential(), o)
				refusedFor(t, err, register.Locked, "the store is open already")
			}
			must(t, tryAdd(db, 2))
			db = reopen(t, db)
			if n := db.Info().Counts["delegates"]; n != 2 {
				t.Errorf("%d people, want 2", n)
			}
		})
	}
}

func TestAHeadFileThatIsTakenAwayIsMadeAnew(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed": os.Remove, "replaced": replaceByCopy,
		"replaced by nothing": func(path string) error {
			return os.Rename(filepath.Join(filepath.Dir(path), "store.lock"), path)
		},
		"a link to elsewhere": func(path string) error {
			elsewhere := filepath.Join(filepath.Dir(filepath.Dir(path)), "elsewhere")
			if err := os.WriteFile(elsewhere, nil, 0o600); err != nil {
				return err
			}
			if err := os.Remove(path); err != nil {
				return err
			}
			return os.Symlink(elsewhere, path)
		},
	} {
		for _, changes := range []int{0, 1, 3} {
			t.Run(name, func(t *testing.T) {
				db := openLoaded(t)
				head := filepath.Join(db.Path(), "head")
				must(t, take(head))
				for n := range changes {
					must(t, tryAdd(db, 10+n))
				}
				must(t, db.Info().HeadError)
				must(t, db.Close())
				if info, err := os.Lstat(head); err != nil || !info.Mode().IsRegular() {
					t.Errorf("the head file is %v, %v", info, err)
				}
				again, err := store.Open(ctx, db.Path(), credential(), withChild(t))
				must(t, err)
				if n := again.Info().Counts["delegates"]; n != 1+changes {
					t.Errorf("%d people, want %d", n, 1+changes)
				}
				storetest.Close(t, again)
			})
		}
	}
}

// What takes store.db away while a commit is on its way to the disk makes it neither saved nor not.
func TestAFileTakenAwayDuringACommitIsNotCalledSaved(t *testing.T) {
	db := openLoaded(t)
	path := filepath.Join(db.Path(), "store.db")
	db.OnCommit(func(commit, _ func() error) error {
		return errors.Join(commit(), replaceByCopy(path))
	})
	refusedFor(t, tryAdd(db, 2), register.Internal, "it is in the file that was open, and in no other")
	db.OnCommit(nil)
	refusedFor(t, tryAdd(db, 3), register.Internal, "close the program")
	if _, ok := db.Person(person(2).ID); ok {
		t.Error("the list shows somebody whom nobody can say to be saved")
	}
}
