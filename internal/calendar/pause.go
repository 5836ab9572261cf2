package calendar

import "slices"

// span is a stretch in which the clock stood: from the day a question was asked to the
// day it was answered, or without end while to is zero.
type span struct {
	from, to Date
	index    int // of the pause that opened it
}

// days is the count used: the day of the question runs, the day of the answer does not.
func (s span) days() int { return s.from.DaysUntil(s.to) }

// literalDays leaves out the day of the question too, as Art 12A(5) read word for word does.
func (s span) literalDays() int { return s.days() + 1 }

// stretches joins pauses that overlap or touch, so that no day counts twice, and drops
// what lies before start: a clock that has not begun cannot be stopped.
func stretches(pauses []Pause, start Date) []span {
	var all []span
	for i, p := range pauses {
		if p.Answered.IsZero() || !p.Answered.Before(start) {
			all = append(all, span{later(p.Asked, start), p.Answered, i})
		}
	}
	slices.SortStableFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	var joined []span
	for _, s := range all {
		if n := len(joined); n > 0 && joined[n-1].covers(s.from) {
			joined[n-1].to = latestEnd(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func (s span) covers(d Date) bool { return s.to.IsZero() || !s.to.Before(d) }

// latestEnd is the later of two ends, where no end is later than any.
func latestEnd(a, b Date) Date {
	if a.IsZero() || b.IsZero() {
		return Date{}
	}
	return later(a, b)
}
