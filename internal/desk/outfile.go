package desk

import (
	"cmp"
	"crypto/rand"
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

// disk is where files lie: this machine, or one folder of it.
type disk interface {
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	Rename(from, to string) error
	Remove(name string) error
}

// machine is all of this machine.
type machine struct{}

func (machine) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag, perm)
}
func (machine) Rename(from, to string) error { return os.Rename(from, to) }
func (machine) Remove(name string) error     { return os.Remove(name) }

// outFile is a file on its way out: its name is reserved, its bytes go to a neighbour, and only Keep puts them under the
// name. Whatever exists is never written over and no link is followed. What goes to the output is made in private
// first, and Keep lets it go.
type outFile struct {
	to   string
	disk disk
	part *os.File
	name string // of part
	hash hash.Hash
	size int64
	full error // why it could not be written

	files  Files
	stream io.Writer // in place of a name
	temp   string    // a folder made for the part alone
}

// newOut reserves a name that must not exist yet, readable by its owner only, or the output. It returns a Refused error
// that says why it cannot.
func (f Files) newOut(to string) (*outFile, error) {
	if to == Stream {
		return f.newStream()
	}
	out := &outFile{to: to, files: f, disk: machine{}, hash: sha256.New()}
	if f.Elsewhere() {
		if err := f.inFolder(to); err != nil {
			return nil, err
		}
		out.disk = f.root
	}
	reserved, err := out.disk.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fileError(to, err)
	}
	if err := reserved.Close(); err != nil {
		return nil, fileError(to, err)
	}
	if err := out.begin(filepath.Dir(to)); err != nil {
		return nil, errors.Join(err, out.disk.Remove(to))
	}
	return out, nil
}

// newStream makes room for what goes to the output: in the drop folder, else in a folder of its own that nobody else
// opens.
func (f Files) newStream() (*outFile, error) {
	w, err := f.output()
	if err != nil {
		return nil, err
	}
	out := &outFile{to: "the output", files: f, stream: w, disk: machine{}, hash: sha256.New()}
	if f.root != nil {
		out.disk = f.root
	} else if out.temp, err = os.MkdirTemp("", "custos-"); err != nil {
		f.giveBack(w)
		return nil, fileError("the folder for temporary files", err)
	}
	if err := out.begin(cmp.Or(out.temp, ".")); err != nil {
		f.giveBack(w)
		return nil, errors.Join(err, out.noTemp())
	}
	return out, nil
}

// begin makes the neighbour the bytes go to.
func (f *outFile) begin(dir string) (err error) {
	f.name = filepath.Join(dir, ".custos-"+rand.Text()+".part")
	if f.part, err = f.disk.OpenFile(f.name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err != nil {
		return fileError(f.to, err)
	}
	return nil
}

func (f *outFile) Write(p []byte) (int, error) {
	n, err := f.part.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	if err != nil {
		f.full = fileError(f.to, err)
	}
	return n, f.full
}

// settle puts the bytes on the disk and returns their digest.
func (f *outFile) settle() (digest string, err error) {
	if err := errors.Join(f.part.Sync(), f.part.Close()); err != nil {
		return "", fileError(f.to, err)
	}
	return hex.EncodeToString(f.hash.Sum(nil)), nil
}

// written reads the settled bytes back from the disk.
func (f *outFile) written() ([]byte, error) {
	part, err := f.disk.OpenFile(f.name, os.O_RDONLY, 0)
	if err != nil {
		return nil, fileError(f.to, err)
	}
	data, err := io.ReadAll(part)
	if err = errors.Join(err, part.Close()); err != nil {
		return nil, fileError(f.to, err)
	}
	return data, nil
}

// Keep puts the settled bytes under the name, or lets them go.
func (f *outFile) Keep() error {
	if f.stream != nil {
		return errors.Join(f.send(), f.disk.Remove(f.name), f.noTemp())
	}
	if err := f.disk.Rename(f.name, f.to); err != nil {
		return fileError(f.to, err)
	}
	return nil
}

// send copies the settled bytes to the output.
func (f *outFile) send() (err error) {
	part, err := f.disk.OpenFile(f.name, os.O_RDONLY, 0)
	if err != nil {
		return fileError(f.to, err)
	}
	defer func() { err = errors.Join(err, part.Close()) }()
	f.files.noteWritten()
	if n, err := io.Copy(f.stream, part); err != nil {
		return register.Errorf(register.Refused, "to", "the output broke off after %d of %d bytes: %w", n, f.size, err)
	}
	return nil
}

// Drop leaves nothing behind.
func (f *outFile) Drop() {
	_ = f.part.Close() // closed already, or of no more use
	_ = f.disk.Remove(f.name)
	_ = f.noTemp()
	if f.stream == nil {
		_ = f.disk.Remove(f.to)
		return
	}
	if !f.files.Streamed() {
		f.files.giveBack(f.stream)
	}
}

// noTemp removes the folder that was made for the part.
func (f *outFile) noTemp() error {
	if f.temp == "" {
		return nil
	}
	return os.RemoveAll(f.temp)
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
