package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/register"
)

// folderOf is everything a folder holds: names, contents, and when they were written.
func folderOf(t testing.TB, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := e.Info()
		fmt.Fprintf(&all, "%s %s %x\n", path, info.ModTime(), hashOf(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// openLookingOnly opens a store with options, has it closed when the test ends, and fails the test where the folder is
// not as it was, or something is left among temporary files.
func openLookingOnly(t testing.TB, dir string, o Options) *DB {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	before := folderOf(t, dir)
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if after := folderOf(t, dir); after != before {
			t.Errorf("the folder was written to:\n%swas:\n%s", after, before)
		}
		if left, _ := os.ReadDir(temp); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	return db
}

// refusesChanges tries everything that writes.
func refusesChanges(t testing.TB, db *DB) {
	t.Helper()
	ctx := context.Background()
	_, update := db.Update(ctx, byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(1)) })
	_, scrub := db.Scrub(ctx)
	_, compact := db.Compact(ctx)
	_, recovery := db.ReplaceRecovery(ctx, byTester())
	for what, err := range map[string]error{
		"a change": update, "a scrub": scrub, "compacting": compact, "a new recovery key": recovery,
		"a new passphrase": db.AddSlot(ctx, "other", []byte("a long passphrase"), byTester()),
	} {
		if register.KindOf(err) != register.Refused || !strings.Contains(fmt.Sprint(err), "open for reading only: ") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAStoreOpenedForReadingIsNotWrittenTo(t *testing.T) {
	dir, o := sample(t)
	o.ReadOnly = true
	for _, without := range []string{"", lockFile} {
		t.Run("without "+without, func(t *testing.T) {
			dir := copyStore(t, dir)
			if without == "" {
				if err := os.WriteFile(filepath.Join(dir, lockFile), []byte{0}, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			db := openLookingOnly(t, dir, o)
			if !db.ReadOnly() || db.WhyReadOnly() != lookingAsked || db.Damage() != nil {
				t.Errorf("read-only %v, %q, %v", db.ReadOnly(), db.WhyReadOnly(), db.Damage())
			}
			if nameOf(db, someone(4).ID) != someone(4).Name {
				t.Error("a person is not listed")
			}
			refusesChanges(t, db)
			mustCheck(t, db)
			if i := db.Info(); i.HeadError != nil || i.Counts["delegates"] != 31 {
				t.Errorf("the store stands at %+v", i)
			}
		})
	}
}

func TestReadersShareAStoreAndKeepWritersOut(t *testing.T) {
	dir, o := sample(t)
	reading := o
	reading.ReadOnly = true
	for range 2 {
		openLookingOnly(t, dir, reading)
	}
	if err := openOnly(dir, o); register.KindOf(err) != register.Locked {
		t.Errorf("a writer beside readers: %v, want Locked", err)
	}
	other, o := sample(t)
	db, err := Open(context.Background(), other, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := openOnly(other, reading); register.KindOf(err) != register.Locked || !strings.Contains(err.Error(), testLogin) {
		t.Errorf("a reader beside a writer: %v, want Locked naming them", err)
	}
}

// A folder that nothing can be written to is noticed by the lock.
func TestAReadOnlyMediumIsOpenedForReading(t *testing.T) {
	dir, o := sample(t)
	o.lock = func(string, string, time.Time) (*lock, error) {
		return nil, register.Errorf(register.Refused, "store", "no: %w", &fs.PathError{Err: fs.ErrPermission})
	}
	db := openLookingOnly(t, dir, o)
	if db.WhyReadOnly() != lookingMedium {
		t.Errorf("read-only because %q", db.WhyReadOnly())
	}
	refusesChanges(t, db)
}

func TestAnOlderFormatIsReadWithoutBeingBroughtUpToDate(t *testing.T) {
	o := testOptions()
	o.ReadOnly = true
	db := openLookingOnly(t, copyStore(t, filepath.Join("testdata", "v1")), o)
	old := frozen{version: "v1", entries: 5, operators: []string{testLogin}}
	old.check(t, db)
	refusesChanges(t, db)
	if all := db.Suppressions(); len(all) != 0 {
		t.Errorf("suppressed: %v", all)
	}
}

func TestADamagedStoreIsLookedAtThroughWhatIsIntact(t *testing.T) {
	dir, o := sample(t)
	dir = copyStore(t, dir)
	broken := leafOf(t, dir, delegates.name, string(someone(2).ID))
	flip(t, filepath.Join(dir, dbFile), broken.at+int64(broken.size)/2, 1)
	o.ReadOnly = true
	var d *Damage
	if err := openOnly(dir, o); !errors.As(err, &d) {
		t.Fatalf("got %v, want damage", err)
	}
	o.ReadOnly, o.Salvage = false, true
	db := openLookingOnly(t, dir, o)
	named := false
	for _, f := range db.Damage() {
		named = named || f.Where == delegates.name && f.ID == string(someone(2).ID)
	}
	if !named || db.WhyReadOnly() != lookingSalvage {
		t.Errorf("missing: %v, because %q", db.Damage(), db.WhyReadOnly())
	}
	for i := range 30 {
		if want := someone(i).Name; i != 2 && nameOf(db, someone(i).ID) != want {
			t.Errorf("person %d is listed as %q", i, nameOf(db, someone(i).ID))
		}
	}
	refusesChanges(t, db)
	if db.Path() != dir {
		t.Errorf("the store lies in %s", db.Path())
	}
}

func TestASoundStoreHasNothingToSalvage(t *testing.T) {
	dir, o := sample(t)
	o.Salvage = true
	if db := openLookingOnly(t, dir, o); db.Damage() != nil || !db.ReadOnly() {
		t.Errorf("missing: %v", db.Damage())
	}
}

// leafOf returns where a record lies in a closed store's file.
func leafOf(t testing.TB, dir, bucket, key string) *sealedAt {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(dir, dbFile))
	if err != nil {
		t.Fatal(err)
	}
	f := newPageFile(bytes.NewReader(file), int64(len(file)))
	newest, _ := f.newest()
	w := newTreeWalk(f, inTree)
	w.from(newest.root)
	for _, e := range w.found {
		if e.leaf.bucket == bucket && e.key == key {
			return e
		}
	}
	t.Fatalf("%s %s is nowhere", bucket, key)
	return nil
}
