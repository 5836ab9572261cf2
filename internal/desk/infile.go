package desk

import (
	"errors"
	"io"
	"os"

	"custos/internal/register"
)

// ReadFile reads a file that comes in, up to a number of bytes: what it says of
// its size is not believed, and neither is a device that never ends. Errors:
// Invalid with Field "file" for one that is larger; those of the system.
func ReadFile(name string, most int) (data []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && len(data) > most {
		return nil, register.Errorf(register.Invalid, "file", "%s is larger than %d kB, the most that is read of such a file",
			name, most>>10)
	}
	return data, err
}
