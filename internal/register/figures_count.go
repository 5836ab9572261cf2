package register

import (
	"slices"

	"custos/internal/calendar"
)

// figuresOf counts one year, with a line for every kind.
func figuresOf(year int, cases []Request, asOf calendar.Date) YearFigures {
	f := YearFigures{Year: year, AsOf: asOf, All: KindFigures{Title: "All"}, Kinds: make([]KindFigures, len(caseKinds))}
	days := make([][]int, len(caseKinds)) // from start to reply, by kind
	for i, k := range caseKinds {
		f.Kinds[i].Right, f.Kinds[i].Title = k.Right, k.Title
	}
	for i := range cases {
		r := &cases[i]
		received := r.Received()
		kind := slices.IndexFunc(caseKinds, func(k CaseKind) bool { return k.Right == r.Right })
		if received.Year() != year || r.Visit != nil || kind < 0 {
			continue
		}
		f.Months[received.Month()-1]++
		f.Kinds[kind].count(r, asOf)
		if took, ok := r.DaysTaken(); ok {
			days[kind] = append(days[kind], took)
		}
	}
	for i := range f.Kinds {
		f.Kinds[i].Median, f.Kinds[i].Longest = middle(days[i])
		f.All.add(&f.Kinds[i])
	}
	f.All.Median, f.All.Longest = middle(slices.Concat(days...))
	return f
}

// count takes one case in.
func (k *KindFigures) count(r *Request, asOf calendar.Date) {
	k.Received++
	if r.Inputs.Extended {
		k.Extended++
	}
	if decided, ok := r.Last(Decided); ok {
		switch decided.Outcome {
		case Refuse:
			k.Refused++
		case Partly:
			k.Partly++
		case Fulfil:
		}
	}
	verdict := r.Timely(asOf)
	switch {
	case r.has(Replied):
		k.Answered++
	case r.has(CaseClosed):
		k.Closed++
	default:
		k.Open++
	}
	switch verdict {
	case InTime:
		k.InTime++
	case JustLawful:
		k.Lawful++
	case TooLate:
		k.Late++
	case NotYet, NoDate:
	}
}

// add adds the counts of a kind to those of all.
func (k *KindFigures) add(x *KindFigures) {
	k.Received += x.Received
	k.Answered += x.Answered
	k.InTime += x.InTime
	k.Lawful += x.Lawful
	k.Late += x.Late
	k.Open += x.Open
	k.Closed += x.Closed
	k.Extended += x.Extended
	k.Refused += x.Refused
	k.Partly += x.Partly
}

// middle returns the median, the lower of two, and the largest; 0 of none.
func middle(days []int) (median, longest int) {
	if len(days) == 0 {
		return 0, 0
	}
	slices.Sort(days)
	return days[(len(days)-1)/2], days[len(days)-1]
}

// alike leaves out the kinds of which nothing came in in either year.
func alike(now, before []KindFigures) (a, b []KindFigures) {
	for i := range now {
		if now[i].Received+before[i].Received > 0 {
			a, b = append(a, now[i]), append(b, before[i])
		}
	}
	return a, b
}

// Timeliness is whether a case was answered when the law wants it.
type Timeliness string

// The verdicts.
const (
	InTime     Timeliness = "yes"
	JustLawful Timeliness = "by the last lawful day"
	TooLate    Timeliness = "no"
	NotYet     Timeliness = "open" // and not overdue
	NoDate     Timeliness = ""     // no day is set for it
)

// Timely judges a case on a day. What counts is the day the reply went out, or
// for a complaint the acknowledgement, against the day it was due then.
func (r *Request) Timely(asOf calendar.Date) Timeliness {
	due, lawful := r.Deadline.Due, r.Deadline.LastLawful
	answer, answered := r.Last(Replied)
	if r.Right == calendar.Complaint {
		due, lawful = r.Deadline.Base, r.Deadline.Base // it keeps the day once the due date is met
		if e, ok := r.Last(Acknowledged); ok && (!answered || e.On.Before(answer.On)) {
			answer, answered = e, true
		}
	}
	switch {
	case answered && due.IsZero() && r.Deadline.Stopped:
		return InTime // sent what was not in doubt
	case due.IsZero():
		return NoDate
	case answered && !answer.On.After(due):
		return InTime
	case answered && !answer.On.After(lawful):
		return JustLawful
	case answered:
		return TooLate
	case r.has(CaseClosed):
		return NoDate
	case asOf.After(due):
		return TooLate
	}
	return NotYet
}

// DaysTaken returns the days from the start of the clock to the reply.
func (r *Request) DaysTaken() (int, bool) {
	replied, ok := r.Last(Replied)
	if !ok || r.Deadline.Start.IsZero() {
		return 0, false
	}
	return r.Deadline.Start.DaysUntil(replied.On), true
}
