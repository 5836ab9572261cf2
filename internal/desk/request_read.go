package desk

import (
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Requests lists cases by what presses most on a day; zero means today. An
// empty state lists all.
func (s *Seat) Requests(state register.RequestState, asOf calendar.Date) ([]register.RequestRow, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	if state != "" && !slices.Contains(register.RequestStates(), state) {
		return nil, register.Errorf(register.Invalid, "state", "states are %v", register.RequestStates())
	}
	if asOf.IsZero() {
		asOf = s.Today()
	}
	rows := []register.RequestRow{}
	for _, r := range s.desk.db.RequestList() {
		if state == "" || r.State() == state {
			rows = append(rows, r.Row(asOf, s.who(&r)))
		}
	}
	register.SortByDue(rows)
	return rows, nil
}

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
	for _, r := range s.desk.db.RequestList() {
		if r.Ref == ref {
			return r, nil
		}
	}
	return register.Request{}, register.Errorf(register.NotFound, "", "there is no case %s", ref)
}

// who names the person a case is about.
func (s *Seat) who(r *register.Request) string {
	if row, ok := s.desk.db.Person(r.Delegate); ok {
		return row.Name
	}
	return r.Name
}
