package cli

import (
	"custos/internal/desk"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// refusedFile is the file the rows an import refused go to, to be corrected.
type refusedFile struct {
	name string // "" where none was asked for
	dry  bool   // write nothing
}

// write writes the rows refused and returns the file's name; "" where none was asked for or nothing was refused. A dry
// run only finds out that the file could be new. It returns a Refused error for a file that exists.
func (f refusedFile) write(s *desk.Seat, t *table.Table, problems []register.Problem) (string, error) {
	if f.name == "" || len(problems) == 0 {
		return "", nil
	}
	if !f.dry {
		_, err := s.WriteRefused(f.name, t, problems)
		return f.name, err
	}
	if err := s.Files().Free(f.name); err != nil {
		return "", err
	}
	return f.name, nil
}

// refusedIn says where the rows refused are, or would be.
func (p *page) refusedIn(file, state string) {
	switch {
	case file == "":
	case state == dryRun:
		p.line("The rows refused would be written to %s, to be corrected and imported again.", file)
	default:
		p.line("The rows refused are in %s, to be corrected and imported again.", file)
	}
}
