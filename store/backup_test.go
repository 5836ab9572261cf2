package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"custos/internal/register"
)

func backup(t testing.TB, db *DB, to string) BackupMade {
	t.Helper()
	made, err := db.Backup(context.Background(), to, nil)
	if err != nil {
		t.Fatalf("backup: %v", err)
	}
	return made
}

// ticking is a store whose clock moves on by a minute each time it is read.
func ticking(t testing.TB) *DB {
	t.Helper()
	var mu sync.Mutex
	now := testStart
	o := testOptions()
	o.Now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	}
	db, _, err := Create(t.TempDir(), testSetup(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func proved(t testing.TB, path string) BackupReport {
	t.Helper()
	report, err := CheckBackup(context.Background(), path, testCredential(), testOptions())
	if err != nil {
		t.Fatalf("proving: %v", err)
	}
	return report
}

// mustProve fails where a backup is not whole.
func mustProve(t testing.TB, path string) BackupReport {
	t.Helper()
	report := proved(t, path)
	for _, f := range report.Findings {
		t.Errorf("the backup is not whole: %s", f)
	}
	return report
}

// filesIn are the names in a folder, sorted.
func filesIn(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestABackupIsProvedAndListed(t *testing.T) {
	db := ticking(t)
	for i := range 50 {
		put(t, db, undoable(), someone(i))
	}
	to := t.TempDir()
	first, made := backup(t, db, to), backup(t, db, to)
	report := mustProve(t, to)
	if report.Path != made.Path || report.Manifest.People != 50 || report.Records != made.Manifest.Total() ||
		report.Through != made.Manifest.AuditSeq || len(report.Dark) != 0 {
		t.Errorf("the proof says %+v", report)
	}
	mustProve(t, strings.TrimSuffix(first.Path, manifestExt)+dataExt)
	listed, err := ListBackups(to)
	if err != nil || len(listed) != 2 || listed[0].Problem != "" || listed[0].Path != made.Path || listed[1].Path != first.Path {
		t.Fatalf("listed are %+v, %v", listed, err)
	}
	onlyOurs(t, filepath.Dir(made.Path))
	if err := RemoveBackup(first.Path); err != nil {
		t.Fatal(err)
	}
	if names := filesIn(t, filepath.Dir(made.Path)); len(names) != 4 {
		t.Errorf("after one of two was removed there are %v", names)
	}
	if report, err := db.ProveBackup(context.Background(), made.Path, nil); err != nil || len(report.Findings) > 0 {
		t.Errorf("with the store's own keys: %v, %v", report.Findings, err)
	}
	if names := filesIn(t, db.Path()); len(names) != 3 {
		t.Errorf("in the store's folder there are %v", names)
	}
}

// onlyOurs holds the modes of a folder of backups.
func onlyOurs(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		if os.PathSeparator == '/' && info.Mode().Perm() != want {
			t.Errorf("%s has the mode %o", filepath.Base(path), info.Mode().Perm())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoBackupsOfOneSecondDoNotMeet(t *testing.T) {
	db := newStore(t) // whose clock stands still
	to := t.TempDir()
	a, b := backup(t, db, to), backup(t, db, to)
	if a.Path == b.Path {
		t.Fatal("both have one name")
	}
	mustProve(t, a.Path)
	mustProve(t, b.Path)
	if listed, err := ListBackups(to); err != nil || listed[0].Path != b.Path {
		t.Errorf("the newer one is not first: %+v, %v", listed, err)
	}
}

func TestABackupGoesOnWhileTheStoreChanges(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(0))
	to := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	saved := 0
	wg.Go(func() {
		for n := 1; ctx.Err() == nil; n++ {
			_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(n)) })
			if err != nil {
				t.Errorf("a change during a backup: %v", err)
			}
			saved++
		}
	})
	during := 0
	made, err := db.Backup(context.Background(), to, func(step string, _, _ int) {
		if step == "copy" && during == 0 {
			put(t, db, Change{}, someone(100_000)) // from within: a change waits for no backup
			during++
		}
	})
	cancel()
	wg.Wait()
	if err != nil || saved == 0 || during == 0 {
		t.Fatalf("%d changes, %v", saved, err)
	}
	report := mustProve(t, made.Path)
	if report.Manifest.People == 0 || report.Manifest.People > saved+2 {
		t.Errorf("the backup holds %d people of %d", report.Manifest.People, saved+2)
	}
	if !strings.HasPrefix(report.Manifest.AuditHead, fmt.Sprintf("%x", headAt(t, db, report.Manifest.AuditSeq))) {
		t.Error("the backup is not of one moment of the store")
	}
}

func headAt(t *testing.T, db *DB, seq uint64) (hash [32]byte) {
	t.Helper()
	err := db.View(func(tx *Tx) error {
		for e, err := range tx.AuditFrom(seq) {
			hash = e.Hash()
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// diskOf lets so many bytes through to the files of a backup, and then says that the disk is full.
func diskOf(db *DB, after int) (failed *bool) {
	failed = new(bool)
	db.opts.wrapOut = func(w io.Writer, _ string) io.Writer {
		return writerFunc(func(b []byte) (int, error) {
			if after -= len(b); after < 0 {
				*failed = true
				return 0, syscall.ENOSPC
			}
			return w.Write(b)
		})
	}
	return failed
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

func TestAFullDiskLeavesTheBackupsThereWere(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1), someone(2))
	to := t.TempDir()
	made := backup(t, db, to)
	dir := filepath.Dir(made.Path)
	before := filesIn(t, dir)
	failures := 0
	for after := 0; ; after += 1500 {
		failed := diskOf(db, after)
		_, err := db.Backup(context.Background(), to, nil)
		db.opts.wrapOut = nil
		if !*failed {
			if err != nil {
				t.Errorf("with %d bytes of room: %v", after, err)
			}
			break
		}
		failures++
		if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "full") {
			t.Errorf("after %d bytes: %v, want one sentence that the disk is full", after, err)
		}
		if names := filesIn(t, dir); strings.Join(names, " ") != strings.Join(before, " ") {
			t.Fatalf("after %d bytes there are %v, before %v", after, names, before)
		}
		mustProve(t, made.Path)
	}
	if failures < 4 || len(filesIn(t, db.Path())) != 3 {
		t.Errorf("%d failures; in the store's folder are %v", failures, filesIn(t, db.Path()))
	}
}

func TestNoRoomIsSaidBeforeAnythingIsWritten(t *testing.T) {
	db := newStore(t)
	to := t.TempDir()
	for _, short := range []string{db.Path(), to} {
		db.opts.space = func(dir string) (uint64, error) {
			if strings.HasPrefix(dir, short) {
				return 1000, nil
			}
			return 1 << 40, nil
		}
		_, err := db.Backup(context.Background(), to, nil)
		if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "room") {
			t.Errorf("no room in %s: %v", short, err)
		}
		if listed, _ := ListBackups(to); len(listed) > 0 || len(filesIn(t, db.BackupFolder(to))) > 0 {
			t.Error("something was written")
		}
	}
}

func TestACancelledBackupLeavesNothing(t *testing.T) {
	db := ticking(t)
	put(t, db, Change{}, someone(1))
	to := t.TempDir()
	first := backup(t, db, to)
	before := filesIn(t, filepath.Dir(first.Path))
	for _, at := range []string{"scrub", "snapshot", "copy", "keys", "prove"} {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := db.Backup(ctx, to, func(step string, _, _ int) {
			if step == at {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %q: %v", at, err)
		}
		if names := filesIn(t, filepath.Dir(first.Path)); strings.Join(names, " ") != strings.Join(before, " ") {
			t.Errorf("cancelled at %q there are %v", at, names)
		}
		mustProve(t, first.Path)
	}
}

func TestTheRemainsOfAnInterruptedBackupAreClearedAway(t *testing.T) {
	db := ticking(t)
	to := t.TempDir()
	first := backup(t, db, to)
	dir := filepath.Dir(first.Path)
	half := filepath.Join(dir, "20260302T080000Z")
	strange := []string{filepath.Join(dir, "20260302T070000Z.data"), filepath.Join(dir, "notes.txt")}
	for _, path := range append(strange, half+dataExt, partOf(half+manifestExt), partOf(half+dataExt),
		partOf(filepath.Join(dir, ringPrefix+first.Manifest.Generation))) {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(db.Path(), localPrefix+"1", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	second := backup(t, db, to)
	mustProve(t, second.Path)
	if names := filesIn(t, dir); len(names) != 8 { // two backups, ring, ledger and what is not ours to remove
		t.Errorf("there are %v", names)
	}
	for _, path := range strange {
		if !exists(path) {
			t.Errorf("%s was removed and is nobody's remains", filepath.Base(path))
		}
	}
	if names := filesIn(t, db.Path()); len(names) != 3 {
		t.Errorf("in the store's folder there are %v", names)
	}
}

func TestLinksAndFilesInTheWayAreNeitherFollowedNorOverwritten(t *testing.T) {
	db := ticking(t)
	to, elsewhere := t.TempDir(), t.TempDir()
	if err := os.Symlink(elsewhere, db.BackupFolder(to)); err != nil {
		t.Skip("no links here")
	}
	if _, err := db.Backup(context.Background(), to, nil); register.KindOf(err) != register.Refused {
		t.Errorf("a link in place of the folder: %v", err)
	}
	if names := filesIn(t, elsewhere); len(names) > 0 {
		t.Errorf("the link was followed: %v", names)
	}
	to = t.TempDir()
	made := backup(t, db, to)
	precious := filepath.Join(elsewhere, "precious")
	if err := os.WriteFile(precious, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{made.Manifest.Ring, made.Manifest.Ledger} {
		path := filepath.Join(filepath.Dir(made.Path), name)
		if err := errors.Join(os.Rename(path, path+".kept"), os.Symlink(precious, path)); err != nil {
			t.Fatal(err)
		}
		_, err := db.Backup(context.Background(), to, nil)
		if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), name) {
			t.Errorf("a link in place of %s: %v", name, err)
		}
		if report := proved(t, made.Path); len(report.Findings) == 0 {
			t.Errorf("a link in place of %s was followed in proving", name)
		}
		if err := errors.Join(os.Remove(path), os.Symlink(path+".kept", path)); err != nil {
			t.Fatal(err)
		}
		if report := proved(t, made.Path); len(report.Findings) == 0 {
			t.Errorf("a link to the very file in place of %s was followed", name)
		}
		if err := os.Rename(path+".kept", path); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(precious); err != nil || string(b) != "precious" {
		t.Errorf("what a link pointed to is now %q", b)
	}
}

func TestABackupTellsNothingToWhoHasNoKey(t *testing.T) {
	db := ticking(t)
	change(t, db, undoable(), func(tx *Tx) error { return theirOwn(tx, zoe()) })
	change(t, db, undoable(), func(tx *Tx) error { return tx.Suppressions().Put(suppression(db, 1, "email", zoe().Email)) })
	no := register.ConsentEvent{ID: "K9", Delegate: zoe().ID, Purpose: "news", Channel: "email", Act: register.Objected,
		Evidence: zoe().Name, At: testStart, Recorded: testStart}
	change(t, db, undoable(), func(tx *Tx) error { return tx.Consents().Put(no) })
	made := backup(t, db, t.TempDir())
	put(t, db, undoable(), renamed(zoe(), "Zoë Smith"))
	if err := db.FlushLedger(filepath.Dir(made.Path)); err != nil {
		t.Fatal(err)
	}
	for _, name := range filesIn(t, filepath.Dir(made.Path)) {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(made.Path), name))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Zo", "Ash", "example", "01632", "Beech", "objected", testLogin, "Office"} {
			if bytes.Contains(b, []byte(word)) && len(word) > 3 {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

func TestTheFolderOfAnotherStoreIsRefused(t *testing.T) {
	a, b := ticking(t), ticking(t)
	to := t.TempDir()
	made := backup(t, a, to)
	if err := os.Rename(filepath.Dir(made.Path), b.BackupFolder(to)); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Backup(context.Background(), to, nil); register.KindOf(err) != register.Conflict {
		t.Errorf("into the folder of another store: %v", err)
	}
}
