package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/audit"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// sample returns the folder of a closed store with some of everything, and the options to open it with a child.
func sample(t testing.TB) (dir string, o Options) {
	t.Helper()
	dir = t.TempDir()
	db, _, err := Create(dir, testSetup(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	for i := range 30 {
		put(t, db, undoable(), someone(i))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o = testOptions()
	o.Verifier = []string{exe, VerifyArg}
	return dir, o
}

func openOnly(dir string, o Options) error {
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		return err
	}
	return db.Close()
}

// tamper changes a closed store's bolt file as somebody without the keys could.
func tamper(t *testing.T, dir string, fn func(tx *bolt.Tx) error) {
	t.Helper()
	b, err := bolt.Open(filepath.Join(dir, dbFile), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Update(fn), b.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestTamperingIsNamed(t *testing.T) {
	in := func(bucket string, fn func(b *bolt.Bucket) error) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error { return fn(tx.Bucket([]byte(bucket))) }
	}
	first, second := []byte(someone(1).ID), []byte(someone(2).ID)
	cases := map[string]struct {
		tamper func(tx *bolt.Tx) error
		where  string
	}{
		"record changed": {in("delegates", func(b *bolt.Bucket) error {
			v := bytes.Clone(b.Get(first))
			v[len(v)-1] ^= 1
			return b.Put(first, v)
		}), "delegates"},
		"record under another key": {in("delegates", func(b *bolt.Bucket) error {
			return b.Put(first, bytes.Clone(b.Get(second)))
		}), "delegates"},
		"record removed": {in("delegates", func(b *bolt.Bucket) error { return b.Delete(first) }), "digest"},
		"key removed":    {in(bucketKeys, func(b *bolt.Bucket) error { return b.Delete(first) }), "delegates"},
		"undo removed": {in(bucketUndo, func(b *bolt.Bucket) error {
			k, _ := b.Cursor().First()
			return b.Delete(k)
		}), "digest"},
		"audit cut": {in(bucketAudit, func(b *bolt.Bucket) error {
			k, _ := b.Cursor().Last()
			return b.Delete(k)
		}), "audit"},
		"audit gap":     {in(bucketAudit, func(b *bolt.Bucket) error { return b.Delete([]byte(auditKey(5))) }), "audit"},
		"state removed": {in(bucketMeta, func(b *bolt.Bucket) error { return b.Delete([]byte(keyState)) }), "state"},
		"slot added": {in(bucketSlots, func(b *bolt.Bucket) error {
			return b.Put([]byte("x"), b.Get([]byte(recoverySlot)))
		}), "slots"},
		"slot removed":   {in(bucketSlots, func(b *bolt.Bucket) error { return b.Delete([]byte(recoverySlot)) }), "slots"},
		"bucket removed": {func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("courses")) }, "courses"},
		"bucket added":   {func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }, "pages"},
		"case renumbered": {in("requests", func(b *bolt.Bucket) error {
			return b.Put([]byte("AR-1"), b.Get([]byte("AR-2026-0001")))
		}), "requests"},
	}
	dir, o := sample(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := copyStore(t, dir)
			tamper(t, dir, c.tamper)
			before, _ := os.ReadFile(filepath.Join(dir, dbFile))
			err := openOnly(dir, o)
			var d *Damage
			if !errors.As(err, &d) || register.KindOf(err) != register.Internal {
				t.Fatalf("got %v, want damage", err)
			}
			named := false
			for _, f := range d.Findings {
				named = named || f.Where == c.where
			}
			if !named {
				t.Errorf("%q is not named in %v", c.where, d.Findings)
			}
			if after, _ := os.ReadFile(filepath.Join(dir, dbFile)); !bytes.Equal(before, after) {
				t.Error("a damaged file was written to")
			}
		})
	}
	if err := openOnly(dir, o); err != nil {
		t.Errorf("untouched: %v", err)
	}
}

// A stale record that opens under its key shows in the digest alone.
func TestAnOldVersionPutBackIsSeen(t *testing.T) {
	dir, o := sample(t)
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	var old []byte
	err = db.View(func(tx *Tx) error {
		old = bytes.Clone(tx.raw("delegates", string(someone(1).ID)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, byTester(), renamed(someone(1), "New"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(tx *bolt.Tx) error { return tx.Bucket([]byte("delegates")).Put([]byte(someone(1).ID), old) })
	var d *Damage
	if err := openOnly(dir, o); !errors.As(err, &d) || d.Findings[0].Where != "digest" {
		t.Errorf("got %v, want the digest to show it", err)
	}
}

func TestAnOlderFilePutBackIsNamed(t *testing.T) {
	dir, o := sample(t)
	old := copyStore(t, dir)
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		put(t, db, byTester(), someone(100+i))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, _ := os.ReadFile(filepath.Join(old, dbFile))
	if err := os.WriteFile(filepath.Join(dir, dbFile), file, 0o600); err != nil {
		t.Fatal(err)
	}
	err = openOnly(dir, o)
	if err == nil || !strings.Contains(err.Error(), "3 changes are missing") {
		t.Fatalf("got %v, want the number of missing changes", err)
	}
	o.AcceptOlder = true
	db, err = Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatalf("accepting the older state: %v", err)
	}
	var last audit.Entry
	_ = db.View(func(tx *Tx) error {
		for e, err := range tx.AuditBack() {
			last = e
			return err
		}
		return nil
	})
	if last.Verb != string(register.StoreOpen) || !strings.Contains(last.Note, "older state accepted") {
		t.Errorf("the acceptance is not audited: %+v", last)
	}
	put(t, db, byTester(), someone(200))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	o.AcceptOlder = false
	if err := openOnly(dir, o); err != nil {
		t.Errorf("after accepting once: %v", err)
	}
}

func TestAMissingOrForeignHeadIsRefused(t *testing.T) {
	dir, o := sample(t)
	other, _ := sample(t)
	foreign, _ := os.ReadFile(filepath.Join(other, headFile))
	for name, content := range map[string][]byte{"missing": nil, "foreign": foreign, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			dir, o := copyStore(t, dir), o
			path := filepath.Join(dir, headFile)
			if content == nil {
				_ = os.Remove(path)
			} else if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			var d *Damage
			if err := openOnly(dir, o); !errors.As(err, &d) || d.Findings[0].Where != headFile {
				t.Fatalf("got %v, want the head file named", err)
			}
			o.AcceptOlder = true
			if err := openOnly(dir, o); err != nil {
				t.Fatalf("accepting: %v", err)
			}
			o.AcceptOlder = false
			if err := openOnly(dir, o); err != nil {
				t.Errorf("after accepting once: %v", err)
			}
		})
	}
}

// The head file may lag: a crash loses what was not synced of it, and the store opens all the same.
func TestALaggingHeadIsNoDamage(t *testing.T) {
	dir, o := sample(t)
	head, _ := os.ReadFile(filepath.Join(dir, headFile))
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, byTester(), someone(100))
	if err := errors.Join(db.Close(), os.WriteFile(filepath.Join(dir, headFile), head, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := openOnly(dir, o); err != nil {
		t.Error(err)
	}
}

func TestOneDamagedHeaderIsNamed(t *testing.T) {
	dir, o := sample(t)
	for _, at := range []int64{pageHeader + 50, int64(os.Getpagesize()) + pageHeader + 50} {
		dir := copyStore(t, dir)
		flip(t, filepath.Join(dir, dbFile), at, 1)
		var d *Damage
		if err := openOnly(dir, o); !errors.As(err, &d) || d.Findings[0].Where != "header" {
			t.Errorf("byte %d: got %v, want the header named", at, err)
		}
	}
}

func flip(t *testing.T, path string, at int64, n int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	b := make([]byte, n)
	if _, err := f.ReadAt(b, at); err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] ^= 0x5A
	}
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

// livePages returns the pages of a closed store that hold something, and the file's high-water mark.
func livePages(t *testing.T, dir string) (live []int64, highWater int64) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, dbFile))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, _ := f.Stat()
	metas, _ := readMetas(f, info.Size())
	m := metas[0]
	if metas[1].txid > m.txid {
		m = metas[1]
	}
	free, err := freePages(f, m)
	if err != nil {
		t.Fatal(err)
	}
	for p := uint64(0); p < m.highWater; p++ {
		if !slices.Contains(free, p) {
			live = append(live, int64(p))
		}
	}
	return live, int64(m.highWater)
}

// Whatever is damaged, the store opens with everything right, or says that it is damaged; it never dies and never shows
// wrong data. Damage to the unused part of a page is harmless and may pass.
func TestRandomDamageIsNeverTakenForData(t *testing.T) {
	dir, o := sample(t)
	live, highWater := livePages(t, dir)
	size := int64(os.Getpagesize())
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func() int64 { return live[rng.IntN(len(live))] }
	damages := []func(path string) string{
		func(path string) string {
			at := pick()*size + rng.Int64N(size)
			flip(t, path, at, 1)
			return fmt.Sprintf("a byte at %d", at)
		},
		func(path string) string {
			at := pick()*size + rng.Int64N(size-16)
			flip(t, path, at, 16)
			return fmt.Sprintf("16 bytes at %d", at)
		},
		func(path string) string {
			from, to := pick(), pick()
			b, _ := os.ReadFile(path)
			copy(b[to*size:(to+1)*size], bytes.Clone(b[from*size:(from+1)*size]))
			_ = os.WriteFile(path, b, 0o600)
			return fmt.Sprintf("page %d over %d", from, to)
		},
		func(path string) string {
			to := rng.Int64N(highWater * size)
			_ = os.Truncate(path, to)
			return fmt.Sprintf("cut to %d", to)
		},
	}
	refused, copies := 0, Rounds(60, 12)
	for i := range copies {
		dir := copyStore(t, dir)
		what := damages[i%len(damages)](filepath.Join(dir, dbFile))
		db, err := Open(context.Background(), dir, testCredential(), o)
		if err != nil {
			refused++
			if k := register.KindOf(err); k != register.Internal && k != register.Invalid && k != register.Refused {
				t.Errorf("%s: %v", what, err)
			}
			continue
		}
		for n := range 30 {
			if nameOf(db, someone(n).ID) != someone(n).Name {
				t.Errorf("%s: person %d is wrong", what, n)
			}
		}
		_ = db.Close()
	}
	if refused < copies/3 {
		t.Errorf("only %d of %d damaged files were refused", refused, copies)
	}
}

func TestAHangingOrDyingVerifierIsOneSentence(t *testing.T) {
	dir, o := sample(t)
	for name, argv := range map[string][]string{
		"dies at once": {"false"}, "says nothing sensible": {"echo", "hello"}, "is not there": {"/nonexistent/verifier"},
	} {
		o.Verifier = argv
		err := openOnly(dir, o)
		if err == nil || register.KindOf(err) != register.Internal || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o.Verifier = []string{"sleep", "60"}
	if _, err := Open(ctx, dir, testCredential(), o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	o.verifyLimit = time.Millisecond
	if err := openOnly(dir, o); err == nil || !strings.Contains(err.Error(), "did not come to an end") {
		t.Errorf("hanging: %v", err)
	}
	o.Verifier, o.verifyLimit = nil, 0
	if err := openOnly(dir, o); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
