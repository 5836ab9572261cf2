package register

import (
	"cmp"
	"slices"

	"custos/internal/calendar"
)

// Row returns the case as a line of a list on a day; name is the person's.
func (r *Request) Row(today calendar.Date, name string) RequestRow {
	pressure, left := r.Press(today)
	return RequestRow{
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
		case Stopped:
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

// Next returns what may be done with the case now, the most useful first.
func (r *Request) Next() []NextAction {
	switch r.State() {
	case WaitingIdentity:
		return []NextAction{{IdentitySeen, "Record that proof of identity has arrived"}, {Noted, "Add a note"}}
	case WaitingAuthority:
		return []NextAction{{AuthoritySeen, "Record that proof of authority has arrived"}, {Noted, "Add a note"}}
	case WaitingFee:
		return []NextAction{{FeePaid, "Record that the fee has been paid"}, {Noted, "Add a note"}}
	case ClockStopped:
		return []NextAction{{Clarified, "Record the answer to the clarification"}, {Noted, "Add a note"}}
	case InProgress:
		return r.nextInProgress()
	case AwaitsApproval:
		return []NextAction{{Approved, "Approve the decision (another operator)"}, {Noted, "Add a note"}}
	case ReadyToReply:
		return r.nextReady()
	case RepliedTo:
		return []NextAction{{CaseClosed, "Close the case"}, {Noted, "Add a note"}}
	case ClosedCase:
	}
	return []NextAction{{Noted, "Add a note"}}
}

// nextReady offers the pack of an access request until one was built from the
// approved decision, and then the reply.
func (r *Request) nextReady() []NextAction {
	build := NextAction{Packed, "Build the pack"}
	reply := NextAction{Replied, "Record that the reply has gone out"}
	note := NextAction{Noted, "Add a note"}
	approved, _ := r.Last(Approved)
	packed, ok := r.Last(Packed)
	switch {
	case r.Right != calendar.Access:
		return []NextAction{reply, note}
	case ok && packed.Seq > approved.Seq:
		return []NextAction{reply, build, note}
	}
	return []NextAction{build, reply, note}
}

func (r *Request) nextInProgress() []NextAction {
	next := []NextAction{{Decided, "Decide"}}
	if r.Right == calendar.Access {
		next = append(next, NextAction{Packed, "Build a draft pack"})
	}
	if !r.has(IdentityAsked) {
		next = append(next, NextAction{IdentityAsked, "Ask for proof of identity"})
	}
	if r.Right == calendar.Access {
		next = append(next, NextAction{ClarifyAsked, "Ask what data is wanted (stops the clock)"})
	}
	if !r.has(Extended) {
		next = append(next, NextAction{Extended, "Extend by two months, with reasons"})
	}
	return append(next, NextAction{Noted, "Add a note"})
}
