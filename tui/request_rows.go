package tui

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// stateWords is a state as it is read out.
func stateWords(s register.RequestState) string { return strings.ReplaceAll(string(s), "-", " ") }

// requestRows shows cases in the table of requests.
type requestRows []register.RequestRow

const (
	columnRef = iota
	columnRight
	columnPerson
	columnState
	columnReceived
	columnDue
	columnPress
	requestColumns
)

func (r requestRows) Len() int           { return len(r) }
func (r requestRows) ID(i int) string    { return r[i].Ref }
func (r requestRows) Row(i int) []string { return requestCells(r[i]) }

func requestCells(x register.RequestRow) []string {
	return []string{x.Ref, string(x.Right), x.Name, stateWords(x.State), short(x.Received), short(x.Due), pressure(x)}
}

// Tone is the pressure of the case on its date and in its words.
func (r requestRows) Tone(row, column int) theme.Tone {
	if column < columnDue {
		return theme.Plain
	}
	return pressing(r[row].Pressure)
}

// sort orders the cases by a column, those that are equal by what presses most.
func (r requestRows) sort(by int, turned bool) {
	register.SortByDue(r)
	compare := map[int]func(a, b register.RequestRow) int{
		columnRef:   func(a, b register.RequestRow) int { return strings.Compare(a.Ref, b.Ref) },
		columnRight: func(a, b register.RequestRow) int { return strings.Compare(string(a.Right), string(b.Right)) },
		columnPerson: func(a, b register.RequestRow) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		},
		columnState:    func(a, b register.RequestRow) int { return strings.Compare(string(a.State), string(b.State)) },
		columnReceived: func(a, b register.RequestRow) int { return a.Received.Compare(b.Received) },
		columnDue:      func(a, b register.RequestRow) int { return a.Due.Compare(b.Due) },
	}
	if c, ok := compare[by]; ok {
		slices.SortStableFunc(r, c)
	}
	if turned {
		slices.Reverse(r)
	}
}
