package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"custos/internal/register"
)

// stayed reports whether the file at a path is still the one that was opened: a file that was removed, moved away or
// replaced can be written to for as long as it is open, and nobody finds there what was written.
func stayed(path string, opened os.FileInfo) error {
	now, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s was removed or moved away", path)
	case err != nil:
		return fmt.Errorf("%s cannot be reached: %w", path, err)
	case !os.SameFile(now, opened):
		return fmt.Errorf("%s was replaced by another file", path)
	}
	return nil
}

// inPlace refuses a change where store.db is no longer the file that is open.
func (db *DB) inPlace() error {
	err := stayed(db.file, db.fileInfo)
	if err == nil {
		return nil
	}
	return register.Errorf(register.Refused, "store", "%w while the store was open, so nothing was saved; "+
		"put it back, or close the program and look into the folder before opening the store again", err)
}

// stillInPlace looks again once a commit is on the disk, before anybody is told. In the file that was taken away the
// change is saved, in the one at its place it is not: nobody can say, and nothing more is written.
func (db *DB) stillInPlace() error {
	err := stayed(db.file, db.fileInfo)
	if err == nil {
		return nil
	}
	db.broken = register.Errorf(register.Internal, "store", "%w while a change was being saved: it is in the file that "+
		"was open, and in no other; close the program and look into the folder before opening the store again", err)
	return db.broken
}
