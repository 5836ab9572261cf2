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

// smallFile is the most that is read of a template or of requests sent by machine.
const smallFile = 16 << 20

// readSmall reads a file that no person could have made larger.
func readSmall(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > smallFile {
		return nil, register.Errorf(register.Refused, "", "%s is larger than %s", name, bytesInWords(smallFile))
	}
	return os.ReadFile(name)
}
