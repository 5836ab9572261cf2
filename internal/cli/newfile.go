package cli

import (
	"errors"
	"os"

	"custos/internal/desk"
	"custos/internal/register"
)

// writeNew makes a file that only its owner reads, with what it holds, or none. It returns a Refused error for one that
// exists.
func writeNew(name string, data []byte) error { return writeFresh(name, data, 0o600) }

// writeFresh makes a file that others may read, or not. A link is no name for a new file, whatever it leads to.
func writeFresh(name string, data []byte, perm os.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, perm)
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

// readSmall reads a file that no person could have made larger.
func readSmall(name string) ([]byte, error) { return desk.ReadFile(name, smallFile) }
