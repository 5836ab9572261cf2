package desk

import (
	"strings"

	"custos/internal/register"
)

// Request returns everything a case page shows.
func (s *Seat) Request(ref string) (register.RequestPage, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return register.RequestPage{}, err
	}
	r, err := s.request(ref)
	if err != nil {
		return register.RequestPage{}, err
	}
	return s.page(&r), nil
}

// request finds a case in the loaded list: the only place "not found" may be
// said from.
func (s *Seat) request(ref string) (register.Request, error) {
	ref = strings.ToUpper(strings.TrimSpace(ref))
	r, ok := s.desk.db.CaseByRef(ref)
	if !ok {
		return r, register.Errorf(register.NotFound, "", "there is no case %s", ref)
	}
	return r, nil
}

// who names the person a case is about.
func (s *Seat) who(r *register.Request) string { return s.named(r.Delegate, r.Name) }

// named is the name of the person held, or the one a case was opened under.
func (s *Seat) named(id register.ID, name string) string {
	if id == "" {
		return name
	}
	if row, ok := s.desk.db.Person(id); ok {
		return row.Name
	}
	return name
}
