package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/internal/vault"
	"custos/store"
	"custos/store/storetest"
)

// Every way to a new passphrase costs what guessing it should: below the floor none is made, and nothing changes.
func TestNoPassphraseIsCheapToGuess(t *testing.T) {
	dear := vault.Params{MemoryKiB: vault.FloorMemoryKiB, Time: vault.FloorTime, Threads: 4}
	for name, change := range map[string]func(*vault.Params){
		"memory":                           func(p *vault.Params) { p.MemoryKiB-- },
		"passes":                           func(p *vault.Params) { p.Time-- },
		"lanes":                            func(p *vault.Params) { p.Threads = 0 },
		"more memory than is opened again": func(p *vault.Params) { p.MemoryKiB = vault.MaxMemoryKiB + 1 },
		"more passes than are tried again": func(p *vault.Params) { p.Time = vault.MaxTime + 1 },
	} {
		o := storetest.Options()
		o.CheapKDF, o.Params = false, dear
		change(&o.Params)
		to := filepath.Join(t.TempDir(), "store")
		if _, _, err := store.Create(to, storetest.Setup(), o); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: a store was made: %v", name, err)
		}
		if _, err := os.Lstat(to); !os.IsNotExist(err) {
			t.Errorf("%s: something was left: %v", name, err)
		}
		dir, _ := closedStore(t)
		db, err := store.Open(ctx, dir, credential(), o) // opening costs what the slot says, whatever is asked of new ones
		if err != nil {
			t.Fatal(err)
		}
		by := storetest.By(register.OperatorAdd)
		for way, err := range map[string]error{
			"adding an operator": db.AddSlot(ctx, "second", []byte("another passphrase"), by),
			"a new passphrase":   db.ReplaceSlot(ctx, storetest.Operator, []byte("another passphrase"), by),
			"new keys":           rekeyed(db),
		} {
			if register.KindOf(err) != register.Invalid || !strings.Contains(err.Error(), "passphrase cost") {
				t.Errorf("%s: %s: %v", name, way, err)
			}
		}
		storetest.Close(t, db)
		if err := openAndClose(t, dir, credential(), storetest.Options()); err != nil {
			t.Errorf("%s: the passphrase opens no more: %v", name, err)
		}
	}
}

func rekeyed(db *store.DB) error {
	in := store.RekeyInput{Operator: storetest.Operator, Passphrase: credential().Passphrase}
	_, err := db.Rekey(ctx, in, storetest.By(register.StoreRekey))
	return err
}
