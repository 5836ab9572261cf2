package cli

import (
	"errors"
	"os"

	"custos/internal/register"
)

// writeNew makes a file that only its owner reads, with what it holds, or none. It returns a Refused error for one that
// exists.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
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
