package tui

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// stateWords is a state as it is read out.
func stateWords(s register.RequestState) string { return strings.ReplaceAll(string(s), "-", " ") }

// requestRows shows a list of cases in the table of requests: the rows in sight are all that is asked for.
type requestRows struct {
	list   register.CaseList
	order  []int // of the rows; nil: as the list is
	turned bool  // the last first
}

const (
	columnRef = iota
	columnKind
	columnPerson
	columnState
	columnOwner
	columnReceived
	columnDue
	columnPress
	requestColumns
)

// orderOf orders a list by a column. By what presses most it is ordered already.
func orderOf(list register.CaseList, by int, turned bool) requestRows {
	r := requestRows{list: list, turned: turned}
	compare, ok := caseOrders()[by]
	if !ok {
		return r
	}
	rows := make([]register.RequestRow, list.Len())
	r.order = make([]int, len(rows))
	for i := range rows {
		rows[i], r.order[i] = list.Row(i), i
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return compare(&rows[a], &rows[b]) })
	return r
}

func caseOrders() map[int]func(a, b *register.RequestRow) int {
	return map[int]func(a, b *register.RequestRow) int{
		columnRef:  func(a, b *register.RequestRow) int { return strings.Compare(a.Ref, b.Ref) },
		columnKind: func(a, b *register.RequestRow) int { return strings.Compare(string(a.Right), string(b.Right)) },
		columnPerson: func(a, b *register.RequestRow) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		},
		columnState:    func(a, b *register.RequestRow) int { return strings.Compare(string(a.State), string(b.State)) },
		columnReceived: func(a, b *register.RequestRow) int { return a.Received.Compare(b.Received) },
		columnDue:      func(a, b *register.RequestRow) int { return a.Due.Compare(b.Due) },
		columnOwner:    func(a, b *register.RequestRow) int { return strings.Compare(a.Owner, b.Owner) },
	}
}

// Len is the number of cases.
func (r requestRows) Len() int {
	if r.list == nil {
		return 0
	}
	return r.list.Len()
}

func (r requestRows) row(i int) register.RequestRow {
	if r.turned {
		i = r.Len() - 1 - i
	}
	if r.order != nil {
		i = r.order[i]
	}
	return r.list.Row(i)
}

// find is where a case stands, 0 where it is not in the list.
func (r requestRows) find(ref string) int {
	if ref == "" {
		return 0
	}
	for i := range r.Len() {
		if r.row(i).Ref == ref {
			return i
		}
	}
	return 0
}

// ID is the number of a case.
func (r requestRows) ID(i int) string { return r.row(i).Ref }

// Row is a case as the table shows it.
func (r requestRows) Row(i int) []string {
	x := r.row(i)
	return []string{
		x.Ref, string(x.Right), x.Name, stateWords(x.State), x.Owner, short(x.Received), short(x.Due), pressure(x),
	}
}

// Tone is the pressure of the case on its date and in its words.
func (r requestRows) Tone(row, column int) theme.Tone {
	if column != columnDue && column != columnPress {
		return theme.Plain
	}
	return pressing(r.row(row).Pressure)
}
