package desk

import (
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Cases lists cases, what presses most first. The whole list opens at once,
// whatever its length; one narrowed down is gone through once. Errors: Invalid
// naming a part of the query that no case can be, Denied.
func (s *Seat) Cases(q register.CaseQuery) (register.CaseList, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	list := caseList{seat: s, all: s.desk.db.Cases(), on: s.orToday(q.AsOf)}
	if q.Everything() {
		return list, nil
	}
	approvers, err := s.desk.approving()
	if err != nil {
		return nil, err
	}
	words := strings.Fields(store.Fold(q.Text))
	list.picked = []int{}
	for i := range list.all.Len() {
		e := list.all.Row(i)
		if !q.Takes(&e.RequestRow) || len(words) > 0 && !s.caseSays(e, words) {
			continue
		}
		if q.Part == "" || s.standsIn(q.Part, e, list.on, approvers) {
			list.picked = append(list.picked, i)
		}
	}
	return list, nil
}

// caseList is a list of cases, all or those picked, as they stand on a day.
type caseList struct {
	seat   *Seat
	all    store.CaseList
	picked []int // nil: all
	on     calendar.Date
}

func (l caseList) Len() int {
	if l.picked != nil {
		return len(l.picked)
	}
	return l.all.Len()
}

func (l caseList) Row(i int) register.RequestRow {
	if l.picked != nil {
		i = l.picked[i]
	}
	e := l.all.Row(i)
	return e.On(l.on, l.seat.named(e.Delegate, e.Name))
}

// standsIn reports whether a case is in a part of the operator's day.
func (s *Seat) standsIn(part register.HomePart, e *register.CaseEntry, on calendar.Date, approvers []string) bool {
	if idle(e) {
		return false
	}
	row := e.On(on, "")
	stands, _ := s.casePart(&row, &e.CaseTodo, approvers)
	return stands == part
}

// caseSays reports whether a case holds every one of some folded words.
func (s *Seat) caseSays(e *register.CaseEntry, words []string) bool {
	kind, _ := register.KindOfCase(e.Right)
	text := store.Fold(strings.Join([]string{
		e.Ref, string(e.Right), kind.Title, string(e.State), s.named(e.Delegate, e.Name), e.Owner,
	}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Requests lists cases by what presses most on a day; zero means today. An
// empty state lists all.
func (s *Seat) Requests(state register.RequestState, asOf calendar.Date) ([]register.RequestRow, error) {
	list, err := s.Cases(register.CaseQuery{State: state, AsOf: asOf})
	if err != nil {
		return nil, err
	}
	rows := make([]register.RequestRow, list.Len())
	for i := range rows {
		rows[i] = list.Row(i)
	}
	return rows, nil
}
