package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
)

// steps are where an exchange can be cut off, in order.
func exchangeSteps(fresh bool) []string {
	if !fresh {
		return []string{"built", "verified", "linked", "in place", "burying", "buried"}
	}
	return []string{"building", "built", "head written", "verified", "linked", "in place", "head in place", "burying",
		"buried"}
}

// snapshots copies a store's folder at every step of an exchange, as a crash would leave it: two names of one file stay
// two names of one file.
func snapshots(t *testing.T, o *Options, dir string) map[string]string {
	t.Helper()
	taken := map[string]string{}
	o.step = func(step string) {
		to := filepath.Join(t.TempDir(), "crashed")
		if _, done := taken[step]; !done {
			copyFolder(t, dir, to)
			taken[step] = to
		}
	}
	return taken
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dbFile, headFile, nextFile, nextHeadFile, formerFile} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		live, err := sameFile(filepath.Join(from, dbFile), filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if live && name != dbFile {
			err = os.Link(filepath.Join(to, dbFile), filepath.Join(to, name))
		} else {
			err = os.WriteFile(filepath.Join(to, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// wantTidy fails where a folder holds anything but the files of a closed store.
func wantTidy(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); n != dbFile && n != headFile && n != lockFile {
			t.Errorf("%s is left over", n)
		}
	}
}

func TestACompactedStoreIsWholeAfterACrashAtAnyStep(t *testing.T) {
	db := newStore(t)
	put(t, db, undoable(), someone(1), someone(2))
	crashed := snapshots(t, &db.opts, db.dir)
	report, err := db.Compact(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if report.After > report.Before {
		t.Errorf("it grew: %+v", report)
	}
	mustCheck(t, db)
	put(t, db, byTester(), someone(3))
	mustCheck(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantTidy(t, db.dir)
	for _, step := range exchangeSteps(false) {
		again, err := Open(context.Background(), crashed[step], testCredential(), testOptions())
		if err != nil {
			t.Errorf("after a crash at %q: %v", step, err)
			continue
		}
		if _, ok := again.Person(someone(2).ID); !ok {
			t.Errorf("after a crash at %q: an acknowledged change is lost", step)
		}
		put(t, again, byTester(), someone(4))
		mustCheck(t, again)
		if err := again.Close(); err != nil {
			t.Error(err)
		}
		wantTidy(t, crashed[step])
		if err := openOnly(crashed[step], testOptions()); err != nil {
			t.Errorf("after a crash at %q, the second time: %v", step, err)
		}
	}
}

func TestAnExchangeNeedsRoomFirst(t *testing.T) {
	db := newStore(t)
	db.opts.space = func(string) (uint64, error) { return 1000, nil }
	if _, err := db.Compact(context.Background()); register.KindOf(err) != register.Refused {
		t.Errorf("got %v, want Refused", err)
	}
	wantTidy(t, db.dir)
	put(t, db, byTester(), someone(1))
	mustCheck(t, db)
}
