package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"custos/internal/register"
)

// partSuffix ends the names of files on their way. A name that begins with a dot and ends so is ours to clear away.
const partSuffix = ".part"

// formerSuffix ends the name of what is being replaced, where a file that is open cannot be renamed over.
const formerSuffix = ".former"

func partOf(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+partSuffix)
}

// isPart reports whether a name is one that partOf makes.
func isPart(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, partSuffix)
}

// writeErr is a failed write in one sentence: what is no fault of ours is Refused.
func writeErr(path string, err error) error {
	var known *register.Error
	switch {
	case errors.As(err, &known):
		return err
	case diskFull(err):
		return register.Errorf(register.Refused, "disk", "the disk of %s is full; nothing was left there: %w",
			filepath.Dir(path), err)
	}
	return register.Errorf(register.Refused, "disk", "nothing can be written to %s: %w", filepath.Dir(path), err)
}

// ownFolder makes a folder that is ours alone, or takes the one there is; a link is not followed.
func ownFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return writeErr(dir, err)
	}
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		return syncFolder(filepath.Dir(dir))
	}
	if !errors.Is(err, fs.ErrExist) {
		return writeErr(filepath.Join(dir, "x"), err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return writeErr(dir, err)
	}
	if !info.IsDir() {
		return register.Errorf(register.Refused, "backup", "%s is a link or a file, and no folder; nothing was written", dir)
	}
	return nil
}

// openPlain opens a file for reading that is no link and no device.
func openPlain(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, register.Errorf(register.Refused, "backup", "%s is a link or no file at all; it is not followed",
			filepath.Base(path))
	}
	return os.Open(path)
}

// writePart writes the neighbour of a file and syncs it; it leaves nothing when it fails. Put it in place with os.Rename.
func (o *Options) writePart(path string, write func(io.Writer) error) error {
	part := partOf(path)
	if err := removeFile(part); err != nil {
		return writeErr(path, err)
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return writeErr(path, err)
	}
	err = write(o.outTo(f, path))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(writeErr(path, err), removeFile(part))
	}
	return nil
}

// outTo lets tests fail writes.
func (o *Options) outTo(f io.Writer, path string) io.Writer {
	if o.wrapOut == nil {
		return f
	}
	return o.wrapOut(f, path)
}

// replace writes a file anew and puts it in place of the former one, whose bytes are then overwritten with zeros. At
// every moment one of the two is there whole.
func (o *Options) replace(path string, write func(io.Writer) error) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return register.Errorf(register.Refused, "backup", "%s is a link or no file at all; it is not followed",
			filepath.Base(path))
	}
	if err := o.writePart(path, write); err != nil {
		return err
	}
	if err := o.swapIn(path); err != nil {
		return errors.Join(writeErr(path, err), removeFile(partOf(path)))
	}
	return nil
}

// swapIn renames the neighbour over a file and zeroes what lay there.
func (o *Options) swapIn(path string) error {
	if runtime.GOOS == "windows" { // renames over nothing that is open
		former := path + formerSuffix
		if err := os.Rename(path, former); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.Rename(partOf(path), path); err != nil {
			return err
		}
		return sweepFormer(path)
	}
	former, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err = os.Rename(partOf(path), path)
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if former == nil {
		return err
	}
	if err == nil {
		err = zeroFile(former)
	}
	return errors.Join(err, former.Close())
}

// sweepFormer overwrites and removes what replace could not, once the new file is in its place.
func sweepFormer(path string) error {
	if !exists(path) {
		return nil
	}
	return shred(path + formerSuffix)
}
