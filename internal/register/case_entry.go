package register

import (
	"cmp"

	"custos/internal/calendar"
)

// CaseEntry is a case as lists keep it, ready for any day: a row on no day in
// particular, and what figures are made of.
type CaseEntry struct {
	// RequestRow has no DaysLeft, the Name the case itself has, and for a clock
	// that runs any one of the pressures it may have. On tells for a day.
	RequestRow
	Closed calendar.Date // zero: it is not
	CaseTodo
}

// CaseTodo is what a case asks for, whatever the day.
type CaseTodo struct {
	Next      NextAction // the most useful; zero: nothing
	Awaits    string     // what waits for approval, in a word; empty: nothing
	Preparers []string   // who may not approve it, since it is theirs
	Elsewhere bool       // it was handed over and has not come back
	Advised   bool       // it came back with advice, and is not decided yet
}

// Todo tells what the case asks for.
func (r *Request) Todo() CaseTodo {
	var t CaseTodo
	if next := r.next(); len(next) > 0 {
		t.Next = next[0]
	}
	if !r.State().Open() {
		return t
	}
	if waiting := r.Pending(); len(waiting) > 0 {
		t.Awaits, t.Preparers = waiting[0].inWords(), r.Preparers(waiting[0])
	}
	if out, ok := r.Last(HandedOver); ok {
		back, came := r.Last(AdviceReceived)
		came = came && back.Seq > out.Seq
		decided, done := r.Last(Decided)
		t.Elsewhere, t.Advised = !came, came && (!done || decided.Seq < back.Seq || t.Awaits != "")
	}
	return t
}

// Entry returns the case as lists keep it.
func (r *Request) Entry() CaseEntry {
	closed, _ := r.Last(CaseClosed)
	e := CaseEntry{RequestRow: r.Row(r.Deadline.Due, r.Name), Closed: closed.On, CaseTodo: r.Todo()}
	e.DaysLeft = 0
	return e
}

// On returns the case as a line of a list on a day, as Request.Row does; name is
// the person's.
func (e *CaseEntry) On(today calendar.Date, name string) RequestRow {
	row := e.RequestRow
	row.Name = name
	if e.rank() == runs {
		row.Pressure, row.DaysLeft = pressed(e.Due, today)
	}
	return row
}

// How cases are ranked: whose clock runs first, those that are done last.
const (
	runs = iota
	waits
	done
)

func (e *CaseEntry) rank() int {
	switch e.Pressure {
	case Late, Soon, Calm:
		return runs
	case Stopped, Unset:
		return waits
	case Settled:
	}
	return done
}

// ComparePressing orders cases by what presses most, as SortByDue does. The order
// is the same on every day.
func ComparePressing(a, b *CaseEntry) int {
	return cmp.Or(
		cmp.Compare(a.rank(), b.rank()),
		a.Due.Compare(b.Due),
		a.Received.Compare(b.Received),
		cmp.Compare(a.Ref, b.Ref),
	)
}
