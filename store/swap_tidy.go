package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"custos/internal/register"
	"custos/internal/vault"
)

// tidySwap finishes or undoes an exchange that was interrupted, once store.db has verified under its key: a new head file
// whose turn it was gets its name, and what is left over is overwritten and removed.
func tidySwap(dir string, key *vault.Key) error {
	if err := finishHead(dir, key); err != nil {
		return err
	}
	return removeLeftovers(dir)
}

// leaveNothing removes what an exchange left.
func (db *DB) leaveNothing() error {
	if err := removeLeftovers(db.dir); err != nil {
		return register.Errorf(register.Internal, "store", "removing what a former attempt left: %w", err)
	}
	return nil
}

// removeLeftovers overwrites and removes the files of an exchange. As long as there is a new file beside it, or both are
// one file, the former file is the live one.
func removeLeftovers(dir string) error {
	next, former, head := filepath.Join(dir, nextFile), filepath.Join(dir, formerFile), filepath.Join(dir, nextHeadFile)
	if absent(next) && absent(former) && absent(head) {
		return nil
	}
	live, err := sameFile(filepath.Join(dir, dbFile), former)
	if err != nil {
		return err
	}
	if live || !absent(next) {
		err = removeFile(former)
	} else if err = syncFolder(dir); err == nil { // the new file's name is on the disk before the old one's bytes go
		err = shred(former)
	}
	return errors.Join(err, shred(next), removeFile(head), syncFolder(dir))
}

func absent(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// sameFile reports whether two names are of one file; false where either is of none.
func sameFile(a, b string) (bool, error) {
	if absent(a) || absent(b) {
		return false, nil
	}
	x, errA := os.Lstat(a)
	y, errB := os.Lstat(b)
	if err := errors.Join(errA, errB); err != nil {
		return false, err
	}
	return os.SameFile(x, y), nil
}

// shred overwrites a file and removes it. There may be none.
func shred(path string) error {
	if absent(path) {
		return nil
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, removeFile(path)) // not ours: its bytes are somebody else's
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(zeroFile(f), f.Close(), removeFile(path))
}

// zeroFile overwrites a file with zeros, through to the disk.
func zeroFile(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	zeros := make([]byte, readChunkSize)
	for at := int64(0); at < info.Size(); at += readChunkSize {
		if _, err := f.WriteAt(zeros[:min(readChunkSize, info.Size()-at)], at); err != nil {
			return err
		}
	}
	return f.Sync()
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
