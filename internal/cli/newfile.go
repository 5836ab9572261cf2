package cli

import (
	"errors"
	"os"
	"path/filepath"

	"custos/internal/desk"
	"custos/internal/register"
)

// writePage makes a new file that everybody may read. A link is no name for one, whatever it leads to. It returns a
// Refused error for a file that exists.
func writePage(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	switch {
	case errors.Is(err, os.ErrExist):
		return register.Errorf(register.Refused, "", "%s exists already; nothing was written over", name)
	case err != nil:
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// Bounds on files that come in.
const (
	smallFile  = 16 << 20  // what a person writes, and requests sent by machine
	sealedFile = 128 << 20 // a case sealed and armoured
)

// files is where the files a command names come from and go to.
func (a *app) files() desk.Files {
	if a.env.Seat != nil {
		return a.env.Seat.Files()
	}
	return a.env.Files
}

// readSmall reads a file that no person could have made larger.
func (a *app) readSmall(name string) ([]byte, error) { return a.files().Read(name, smallFile) }

// baseName is what a file is called, without the folder it lies in.
func baseName(name string) string {
	if name == desk.Stream {
		return "standard input"
	}
	return filepath.Base(name)
}
