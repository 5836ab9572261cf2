package register

import (
	"cmp"
	"slices"

	"custos/internal/calendar"
)

// Row returns the case as a line of a list on a day; name is the person's.
func (r *Request) Row(today calendar.Date, name string) RequestRow {
	pressure, left := r.Press(today)
	decided, _ := r.Last(Decided)
	replied, _ := r.Last(Replied)
	return RequestRow{
		Extended: r.Inputs.Extended, Outcome: decided.Outcome, Replied: replied.On,
		Ref: r.Ref, Right: r.Right, State: r.State(), Received: r.Received(),
		Due: r.Deadline.Due, LastLawful: r.Deadline.LastLawful, DaysLeft: left, Pressure: pressure,
		Delegate: r.Delegate, Name: name, Owner: r.Owner,
	}
}

// SortByDue orders cases by what presses most: overdue and soonest due first,
// stopped clocks after them, finished cases last.
func SortByDue(rows []RequestRow) {
	rank := func(p Pressure) int {
		switch p {
		case Late, Soon, Calm:
			return 0
		case Stopped, Unset:
			return 1
		case Settled:
		}
		return 2
	}
	slices.SortStableFunc(rows, func(a, b RequestRow) int {
		return cmp.Or(
			cmp.Compare(rank(a.Pressure), rank(b.Pressure)),
			a.Due.Compare(b.Due),
			a.Received.Compare(b.Received),
			cmp.Compare(a.Ref, b.Ref),
		)
	})
}
