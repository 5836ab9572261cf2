package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"custos/internal/register"
	"custos/internal/vault"

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

// addNote is one more migration: it counts how often it ran.
func addNote(runs *int) []migration {
	return append(slices.Clone(migrations), migration{from: format, name: "count the runs",
		run: func(_ *bolt.Tx, _ *keyring, s *state) error {
			*runs++
			s.Counts["migrated"] = 0
			return nil
		}})
}

func TestAnOldFormatIsBroughtUpOnce(t *testing.T) {
	dir, _ := sample(t)
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
}

func TestAFailingMigrationLeavesTheFormatItFound(t *testing.T) {
	dir, _ := sample(t)
	o := testOptions()
	o.migrations = append(slices.Clone(migrations), migration{from: format, name: "fail",
		run: func(tx *bolt.Tx, _ *keyring, _ *state) error {
			return errors.Join(tx.DeleteBucket([]byte("courses")), errors.New("no"))
		}})
	if err := openOnly(dir, o); register.KindOf(err) != register.Internal {
		t.Fatalf("got %v, want Internal", err)
	}
	if err := openOnly(dir, testOptions()); err != nil {
		t.Errorf("in the format it had: %v", err)
	}
	runs := 0
	o.migrations = addNote(&runs)
	if err := openOnly(dir, o); err != nil || runs != 1 {
		t.Errorf("the next attempt: %d runs, %v", runs, err)
	}
}

// The keys that were derived in format 1 are the same ones afterwards, for nobody has the addresses whose hashes lie in
// the store; and they stay the same for good.
func TestFormat1KeepsItsLookupKeyAndGetsASigningKey(t *testing.T) {
	dir := copyStore(t, filepath.Join("testdata", "v1"))
	var signers [2][32]byte
	for i := range signers {
		db, err := Open(context.Background(), dir, testCredential(), testOptions())
		if err != nil {
			t.Fatal(err)
		}
		derived := db.keys.root.Derive("lookup")
		if got, want := db.LookupHash("operator", testLogin), vault.LookupHash(&derived, "operator", testLogin); got != want {
			t.Error("names are not found under the hashes they had")
		}
		signers[i] = db.Signer()
		a := db.Sign(db.AuditHead(), testStart)
		if err := a.Verify(); err != nil || a.PublicKey != signers[i] || a.Store != db.ID() {
			t.Errorf("the anchor is %+v, %v", a, err)
		}
		if n := db.Info().Format; n != 2 {
			t.Errorf("the format is %d", n)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if signers[0] != signers[1] || signers[0] == [32]byte{} {
		t.Error("the signing key is not the same after reopening")
	}
}

func TestANewStoreDerivesNoLookupKey(t *testing.T) {
	db := newStore(t)
	derived := db.keys.root.Derive("lookup")
	if db.keys.lookup == derived || db.keys.lookup == (vault.Key{}) || db.keys.signing == (vault.Key{}) {
		t.Error("the lookup and signing keys of a new store are not random")
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
