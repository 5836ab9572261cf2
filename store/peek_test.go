package store

import (
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
	"custos/internal/vault"
)

func TestFormatOfAStoreNobodyHasOpen(t *testing.T) {
	db := newStore(t)
	dir := db.Path()
	if _, err := FormatOf(dir); register.KindOf(err) != register.Locked {
		t.Errorf("an open store: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := FormatOf(dir); err != nil || got != format {
		t.Errorf("%d, %v", got, err)
	}
	if _, err := FormatOf(t.TempDir()); register.KindOf(err) != register.NotFound {
		t.Errorf("no store: %v", err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, dbFile), make([]byte, 20_000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := FormatOf(foreign); register.KindOf(err) != register.Invalid {
		t.Errorf("a foreign file: %v", err)
	}
}

// The head file takes its room when the store is made: a full disk later cannot keep a commit from being noted.
func TestHeadFileReservesItsRoom(t *testing.T) {
	db := newStore(t)
	info, err := os.Stat(filepath.Join(db.Path(), headFile))
	if err != nil || info.Size() != vault.AnchorFileSize {
		t.Fatalf("%v, %v", info, err)
	}
}
