package desk

import (
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Cases lists cases, what presses most first. Errors: Invalid naming a part of
// the query that no case can be, Denied.
func (s *Seat) Cases(q register.CaseQuery) (register.CaseList, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	q.AsOf = s.orToday(q.AsOf)
	words := strings.Fields(store.Fold(q.Text))
	rows := register.CaseRows{}
	for _, r := range s.desk.db.RequestList() {
		if q.Owner != "" && r.Owner != q.Owner || q.Right != "" && r.Right != q.Right {
			continue
		}
		row := r.Row(q.AsOf, s.who(&r))
		if q.Takes(&row) && holdsAll(store.Fold(row.Ref+" "+string(row.Right)+" "+row.Name+" "+row.Owner), words) {
			rows = append(rows, row)
		}
	}
	register.SortByDue(rows)
	return rows, nil
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
