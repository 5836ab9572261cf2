package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/internal/vault"
)

// Fixtures of the tests inside the package; those outside use storetest.

const (
	testLogin = "tester"
	testPass  = "correct horse battery staple"
)

var testStart = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func testOptions() Options {
	return Options{
		Now: func() time.Time { return testStart }, Params: vault.Params{MemoryKiB: 64, Time: 1, Threads: 1},
		CheapKDF: true, AllowNetwork: true,
	}
}

func testSetup() Setup {
	return Setup{
		Operator:   register.Operator{Name: testLogin, Roles: register.Roles(), Created: testStart},
		Passphrase: []byte(testPass),
		Settings:   register.Settings{Office: "Office", Nation: calendar.EnglandAndWales, Created: testStart},
	}
}

func testCredential() Credential {
	return Credential{Operator: testLogin, Passphrase: []byte(testPass)}
}

func newStore(t testing.TB) *DB {
	t.Helper()
	db, _, err := Create(t.TempDir(), testSetup(), testOptions())
	if err != nil {
		t.Fatalf("creating a store: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func put(t testing.TB, db *DB, c Change, people ...register.Delegate) Receipt {
	t.Helper()
	if c.Operator == "" {
		c.Operator, c.Door, c.Verb = testLogin, "test", register.DelegateAdd
	}
	r, err := db.Update(context.Background(), c, func(tx *Tx) error {
		for _, p := range people {
			if err := tx.Delegates().Put(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return r
}

func someone(n int) register.Delegate {
	return register.Delegate{ID: register.ID(fmt.Sprintf("D%013d", n)), Kind: "teacher", Name: fmt.Sprintf("Person %d", n),
		Status: register.Active, Created: testStart, Updated: testStart}
}

func suppression(db *DB, n int, kind, normal string) register.Suppression {
	return register.Suppression{ID: register.ID(fmt.Sprintf("S%013d", n)), Hash: db.AddressHash(kind, normal), Kind: kind,
		Channel: register.AnyChannel, Scope: register.ScopeMarketing, Reason: "asked us", Source: "by hand",
		At: testStart.Add(time.Duration(n) * time.Second), By: testLogin}
}

func mustCheck(t testing.TB, db *DB) {
	t.Helper()
	report, err := db.Check(context.Background())
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	for _, f := range report.Damage() {
		t.Errorf("the store is damaged: %s", f)
	}
}

func readSource(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// copyStore copies a closed store into a new folder.
func copyStore(t testing.TB, from string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{dbFile, headFile} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}
