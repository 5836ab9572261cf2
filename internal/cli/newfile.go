package cli

import (
	"errors"
	"os"

	"custos/internal/register"
)

// newFile makes a file that only its owner reads. It returns a Refused error for one that exists.
func newFile(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, register.Errorf(register.Refused, "", "%s exists already; nothing was written over", name)
	}
	return f, err
}

// writeNew makes a file with what it holds, or none.
func writeNew(name string, data []byte) error {
	f, err := newFile(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
