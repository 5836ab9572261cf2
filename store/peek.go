package store

import (
	"os"
	"path/filepath"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// FormatOf reads the format of a store that nobody has open; it takes no passphrase and changes nothing. Errors: NotFound
// (no store there), Invalid with Field "store" (not a store), Locked (somebody has it open).
func FormatOf(dir string) (version int, err error) {
	path := filepath.Join(dir, dbFile)
	f, err := os.Open(path)
	if err != nil {
		return 0, register.Errorf(register.NotFound, "store", "there is no store in %s", dir)
	}
	defer func() { _ = f.Close() }()
	if err := checkHeaders(f, true); err != nil {
		return 0, err
	}
	defer func() {
		if recover() != nil { // a damaged file can make bolt panic
			err = newDamage(Finding{Where: "pages", What: "the file does not open"})
		}
	}()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: boltTimeout})
	if err != nil {
		return 0, register.Errorf(register.Locked, "store", "somebody has the store in %s open", dir)
	}
	defer func() { _ = db.Close() }()
	err = db.View(func(tx *bolt.Tx) error {
		h, err := readHeader(tx)
		version = int(h.format)
		return err
	})
	return version, err
}
