package register

import (
	"time"

	"custos/internal/calendar"
)

// AnsweredOn is the instant an act counts from of which only the day in London
// is known, UTC: a no from the end of the day, anything else from its beginning,
// so that of two answers on a day the no counts. Today it is now.
func AnsweredOn(day calendar.Date, act ConsentAct, now time.Time) time.Time {
	switch {
	case day == calendar.LondonDate(now):
		return now
	case act.No():
		return calendar.LondonStart(day.AddDays(1)).Add(-time.Second)
	}
	return calendar.LondonStart(day)
}
