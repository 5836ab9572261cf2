package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"custos/internal/register"
)

// outFile is a file on its way out: its name is reserved, its bytes go to a
// neighbour, and only Keep puts them under the name. Whatever exists is never
// written over and no link is followed.
type outFile struct {
	to   string
	part *os.File
	hash hash.Hash
	size int64
}

// newOutFile reserves a name that must not exist yet, readable by its owner
// only. It returns a Refused error that says why it cannot.
func newOutFile(to string) (*outFile, error) {
	reserved, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fileError(to, err)
	}
	if err := reserved.Close(); err != nil {
		return nil, fileError(to, err)
	}
	part, err := os.CreateTemp(filepath.Dir(to), ".custos-*.part")
	if err != nil {
		return nil, errors.Join(fileError(to, err), os.Remove(to))
	}
	return &outFile{to: to, part: part, hash: sha256.New()}, nil
}

func (f *outFile) Write(p []byte) (int, error) {
	n, err := f.part.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	if err != nil {
		return n, fileError(f.to, err)
	}
	return n, nil
}

// settle puts the bytes on the disk and returns their digest.
func (f *outFile) settle() (digest string, err error) {
	if err := errors.Join(f.part.Sync(), f.part.Close()); err != nil {
		return "", fileError(f.to, err)
	}
	return hex.EncodeToString(f.hash.Sum(nil)), nil
}

// Keep puts the settled bytes under the name.
func (f *outFile) Keep() error {
	if err := os.Rename(f.part.Name(), f.to); err != nil {
		return fileError(f.to, err)
	}
	return nil
}

// Drop leaves nothing behind.
func (f *outFile) Drop() {
	_ = f.part.Close() // closed already, or of no more use
	_ = os.Remove(f.part.Name())
	_ = os.Remove(f.to)
}

// fileError says what is wrong with a place to write to.
func fileError(name string, err error) error {
	why := "cannot be written"
	switch {
	case errors.Is(err, fs.ErrExist):
		why = "exists already; choose another name, nothing was written over"
	case errors.Is(err, fs.ErrNotExist):
		why = "lies in a folder that does not exist"
	case errors.Is(err, fs.ErrPermission):
		why = "lies in a folder that may not be written to"
	case diskFull(err):
		why = "does not fit: the disk is full"
	}
	return &register.Error{Kind: register.Refused, Field: "to", Msg: fmt.Sprintf("%s %s", name, why), Err: err}
}

var _ io.Writer = (*outFile)(nil)
