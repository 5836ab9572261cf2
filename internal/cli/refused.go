package cli

import (
	"errors"
	"os"

	"custos/internal/exchange/table"
	"custos/internal/exchange/writeback"
	"custos/internal/register"
)

// writeRefused writes the rows an import refused to a new file, and returns its name; "" where none was asked for or
// nothing was refused.
func writeRefused(name string, t *table.Table, problems []register.Problem) (string, error) {
	if name == "" || len(problems) == 0 {
		return "", nil
	}
	f, err := newFile(name)
	if err != nil {
		return "", err
	}
	_, err = writeback.Refused(t, problems, f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}
