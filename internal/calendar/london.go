package calendar

import (
	"errors"
	"sync"
	"time"
	_ "time/tzdata" // Windows has no zone database of its own
)

// ErrInstantForm says a text is neither an RFC 3339 instant nor a London time.
var ErrInstantForm = errors.New("not a time: write it as 2026-03-27T16:00 (London time) or 2026-03-27T16:00:00Z")

// ErrNoSuchTime says a London time falls in the hour the clocks skip in spring.
var ErrNoSuchTime = errors.New("the clocks went forward: there is no such time in London on that day")

const localForm = "2006-01-02T15:04"

var london = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("calendar: the compiled-in zone data lacks Europe/London: " + err.Error())
	}
	return zone
})

// London returns the Europe/London zone, from the data compiled in where the machine
// has none.
func London() *time.Location { return london() }

// LondonDate returns the day it is in London at the instant t: half past midnight in
// British Summer Time belongs to the new day although UTC is still on the old one.
// The zero Time, and a year outside 1 to 9999, give the zero Date.
func LondonDate(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return dateOf(t.In(London()))
}

// ParseInstant reads an RFC 3339 instant, or a time on the London clock written
// 2006-01-02T15:04. In the hour that occurs twice in autumn it takes the first, so
// that a clock started from it ends sooner. Errors: ErrInstantForm, ErrNoSuchTime.
func ParseInstant(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	wall, err := time.Parse(localForm, s)
	if err != nil {
		return time.Time{}, ErrInstantForm
	}
	// Summer time first: it is the earlier of the two instants a wall clock can mean.
	for _, offset := range []time.Duration{time.Hour, 0} {
		t := wall.Add(-offset).In(London())
		if t.Format(localForm) == s {
			return t, nil
		}
	}
	return time.Time{}, ErrNoSuchTime
}

// LondonStart returns the instant a day begins in London, UTC; the zero Date
// gives the zero Time.
func LondonStart(d Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, London()).UTC()
}
