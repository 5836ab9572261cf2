package register

import (
	"slices"

	"custos/internal/calendar"
)

// CaseQuery is which cases a list shows. The zero query is all of them.
type CaseQuery struct {
	Text      string         // words, all of which case number, kind, name or owner must hold
	Owner     string         // an operator
	State     RequestState   // "" is any
	Right     calendar.Right // "" is any
	DueBefore calendar.Date  // only those with a due date before this day; zero: any
	OnlyOpen  bool           // neither replied to nor closed
	Part      HomePart       // of the day's work of whoever asks; "" is any, and those beside it
	AsOf      calendar.Date  // the day pressure is told for; zero: today
}

// Validate returns an Invalid error naming what no case can be.
func (q *CaseQuery) Validate() error {
	if q.State != "" && !q.State.known() {
		return Errorf(Invalid, "state", "states are %v", RequestStates())
	}
	if q.Part != "" && !slices.Contains(CaseParts(), q.Part) {
		return Errorf(Invalid, "part", "parts with cases are %v", CaseParts())
	}
	if q.Right != "" {
		if _, err := ParseCase(string(q.Right)); err != nil {
			return err
		}
	}
	return nil
}

// Everything reports whether the query leaves nothing out.
func (q *CaseQuery) Everything() bool {
	return *q == CaseQuery{AsOf: q.AsOf}
}

// Takes reports whether a row is one the query asks for, its words and its part apart.
func (q *CaseQuery) Takes(row *RequestRow) bool {
	switch {
	case q.Owner != "" && row.Owner != q.Owner, q.Right != "" && row.Right != q.Right,
		q.State != "" && row.State != q.State, q.OnlyOpen && !row.State.Open():
		return false
	case !q.DueBefore.IsZero():
		return !row.Due.IsZero() && row.Due.Before(q.DueBefore)
	}
	return true
}

// CaseList is a list of cases, what presses most first. Reading a row costs the
// same whatever the length.
type CaseList interface {
	Len() int
	Row(i int) RequestRow
}

// BoardColumn is a state with the cases that stand there.
type BoardColumn struct {
	State RequestState
	Rows  []RequestRow
}

// BoardOf groups a list by state, in the order cases go through the states,
// each column in the order of the list. States that no case is in are there too.
func BoardOf(list CaseList) []BoardColumn {
	states := RequestStates()
	board := make([]BoardColumn, len(states))
	place := make(map[RequestState]int, len(states))
	for i, state := range states {
		board[i].State, place[state] = state, i
	}
	for i := range list.Len() {
		row := list.Row(i)
		if at, ok := place[row.State]; ok {
			board[at].Rows = append(board[at].Rows, row)
		}
	}
	return board
}

func (s RequestState) known() bool {
	switch s {
	case WaitingIdentity, WaitingAuthority, WaitingFee, ClockStopped, InProgress, AwaitsApproval, ReadyToReply, RepliedTo,
		ClosedCase:
		return true
	}
	return false
}

// Open reports whether the person still waits for an answer.
func (s RequestState) Open() bool { return s != RepliedTo && s != ClosedCase }
