package desk

import (
	"errors"

	"custos/internal/exchange/table"
	"custos/internal/exchange/writeback"
	"custos/internal/register"
)

// WriteRefused writes the rows an import refused to a file that does not exist
// yet, readable by its owner only, to be corrected and imported again. It
// returns how many rows it wrote; with none it makes no file. The rows are the
// operator's own and nothing held, so no disclosure is recorded. Errors: Denied,
// Refused for a place that cannot be written to.
func (s *Seat) WriteRefused(to string, t *table.Table, problems []register.Problem) (rows int, err error) {
	if err := s.allow(register.ImportApply); err != nil || len(problems) == 0 {
		return 0, err
	}
	f, err := s.files.newOut(to)
	if err != nil {
		return 0, err
	}
	rows, err = writeback.Refused(t, problems, f)
	if err == nil {
		_, err = f.settle()
	}
	if err == nil {
		err = f.Keep()
	}
	if err != nil {
		f.Drop()
		var told *register.Error
		if !errors.As(err, &told) {
			err = fileError(to, err)
		}
		return 0, err
	}
	return rows, nil
}
