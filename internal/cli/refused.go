package cli

import (
	"custos/internal/desk"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// writeRefused writes the rows an import refused to a new file, and returns its name; "" where none was asked for or
// nothing was refused.
func writeRefused(s *desk.Seat, name string, t *table.Table, problems []register.Problem) (string, error) {
	if name == "" {
		return "", nil
	}
	rows, err := s.WriteRefused(name, t, problems)
	if err != nil || rows == 0 {
		return "", err
	}
	return name, nil
}
