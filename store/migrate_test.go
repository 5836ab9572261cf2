package store

import (
	"context"
	"errors"
	"testing"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// asFormat opens a closed store and writes another format into its header, as a program of that format would have.
func asFormat(t *testing.T, dir string, format uint16) {
	t.Helper()
	db, err := Open(context.Background(), dir, testCredential(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	err = db.submit(context.Background(), &job{done: make(chan struct{}), exclusive: func() error {
		return db.bolt.Update(func(tx *bolt.Tx) error {
			s, err := readState(tx, db.keys)
			if err != nil {
				return err
			}
			return writeHeader(tx, db.keys, header{format, db.keys.id}, &s)
		})
	}})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// addNote is an artificial migration: it counts how often it ran in the sealed state.
func addNote(runs *int) []migration {
	return []migration{{from: 0, name: "count the runs", run: func(_ *bolt.Tx, _ *keyring, s *state) error {
		*runs++
		s.Counts["migrated"] = 0
		return nil
	}}}
}

func TestAnOldFormatIsBroughtUpOnce(t *testing.T) {
	dir, _ := sample(t)
	asFormat(t, dir, 0)
	runs := 0
	o := testOptions()
	o.migrations = addNote(&runs)
	for range 2 {
		if err := openOnly(dir, o); err != nil {
			t.Fatal(err)
		}
	}
	if runs != 1 {
		t.Errorf("the migration ran %d times", runs)
	}
	if err := openOnly(dir, testOptions()); err != nil {
		t.Errorf("after the migration: %v", err)
	}
}

func TestAFailingMigrationLeavesTheFormatItFound(t *testing.T) {
	dir, _ := sample(t)
	asFormat(t, dir, 0)
	o := testOptions()
	o.migrations = []migration{{from: 0, name: "fail", run: func(tx *bolt.Tx, _ *keyring, _ *state) error {
		return errors.Join(tx.DeleteBucket([]byte("courses")), errors.New("no"))
	}}}
	if err := openOnly(dir, o); register.KindOf(err) != register.Internal {
		t.Fatalf("got %v, want Internal", err)
	}
	runs := 0
	o.migrations = addNote(&runs)
	if err := openOnly(dir, o); err != nil || runs != 1 {
		t.Errorf("the next attempt: %d runs, %v", runs, err)
	}
}

func TestANewerFormatIsRefused(t *testing.T) {
	dir, _ := sample(t)
	asFormat(t, dir, format+1)
	err := openOnly(dir, testOptions())
	var e *register.Error
	if !errors.As(err, &e) || e.Kind != register.Conflict || e.Field != "format" {
		t.Errorf("got %v, want Conflict about the format", err)
	}
}

func TestMigrationsAreInOrder(t *testing.T) {
	for i, m := range migrations {
		if int(m.from) != i+1 {
			t.Errorf("migration %d leads from format %d", i, m.from)
		}
	}
	if len(migrations) != format-1 {
		t.Errorf("%d migrations lead to format %d", len(migrations), format)
	}
}
