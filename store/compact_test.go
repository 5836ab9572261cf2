package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// lies reports whether bytes stand in any file of a folder.
func lies(t *testing.T, dir string, what []byte) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, what) {
			return true
		}
	}
	return false
}

func sealedValue(t *testing.T, db *DB, bucket, key string) []byte {
	t.Helper()
	var v []byte
	err := db.bolt.View(func(tx *bolt.Tx) error {
		v = bytes.Clone(tx.Bucket([]byte(bucket)).Get([]byte(key)))
		return nil
	})
	if err != nil || v == nil {
		t.Fatalf("nothing lies under %s in %s: %v", key, bucket, err)
	}
	return v
}

func TestWhatWasDeletedIsInNoFileAfterACompact(t *testing.T) {
	db := newStore(t)
	addOperator(t, db, "second", "the passphrase of the second")
	people := make([]register.Delegate, 40)
	for i := range people {
		people[i] = someone(i)
	}
	put(t, db, byTester(), people...)
	gone := string(someone(7).ID)
	for what, c := range map[string]struct {
		bucket, key string
		remove      func() error
	}{
		"a slot": {bucketSlots, slotID(db.ID(), "second"), func() error {
			return db.RemoveSlot(context.Background(), "second", byTester())
		}},
		"a record": {delegates.name, gone, func() error {
			_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Forget(register.ID(gone)) })
			return err
		}},
	} {
		deleted := sealedValue(t, db, c.bucket, c.key)
		if err := c.remove(); err != nil {
			t.Fatal(err)
		}
		if !lies(t, db.dir, deleted) {
			t.Errorf("%s is gone before the compaction already: this shows nothing", what)
		}
		old, err := os.Open(db.path(dbFile))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
		if lies(t, db.dir, deleted) {
			t.Errorf("%s still lies in the folder", what)
		}
		wantZeros(t, old)
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		mustCheck(t, db)
	}
}

// wantZeros reads a file that has no name any longer.
func wantZeros(t *testing.T, f *os.File) {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, info.Size())
	if _, err := f.ReadAt(b, 0); err != nil {
		t.Fatal(err)
	}
	if len(b) == 0 || len(bytes.Trim(b, "\x00")) > 0 {
		t.Errorf("the old file of %d bytes is not overwritten with zeros", len(b))
	}
}

func TestTheFileBeforeARekeyIsOverwritten(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	slot := sealedValue(t, db, bucketSlots, slotID(db.ID(), testLogin))
	old, err := os.Open(db.path(dbFile))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Close() }()
	mustRekey(t, db, rekeying())
	wantZeros(t, old)
	if lies(t, db.dir, slot) {
		t.Error("a slot of the old key still lies in the folder")
	}
}

func TestAFileHalfOverwrittenIsFinishedAtTheNextOpening(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	crashed := snapshots(t, &db.opts, db.dir)
	mustRekey(t, db, rekeying())
	dir := crashed["burying"]
	former, err := os.OpenFile(filepath.Join(dir, formerFile), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = former.Close() }()
	if _, err := former.WriteAt(make([]byte, 3*4096), 0); err != nil {
		t.Fatal(err)
	}
	if err := openOnly(dir, testOptions()); err != nil {
		t.Fatal(err)
	}
	wantZeros(t, former)
	wantTidy(t, dir)
}

// What lies in the place of a file of an exchange and is none of ours is taken away, and not what it points to.
func TestALinkInTheWayIsNotFollowed(t *testing.T) {
	db := newStore(t)
	precious := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(precious, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{nextFile, nextHeadFile, formerFile} {
		if err := os.Symlink(precious, db.path(name)); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	mustRekey(t, db, rekeying())
	if b, err := os.ReadFile(precious); err != nil || string(b) != "not ours" {
		t.Errorf("what the link led to is %q, %v", b, err)
	}
	wantTidy(t, db.dir)
}
