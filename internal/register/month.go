package register

import (
	"time"

	"custos/internal/calendar"
)

// MonthItem is one thing that falls on a day of a month, such as a reply due.
type MonthItem struct {
	Ref      string   `json:"ref"`
	What     string   `json:"what"`
	Pressure Pressure `json:"pressure"`
}

// MonthDay is one square of a month on the wall.
type MonthDay struct {
	On      calendar.Date `json:"on"`
	In      bool          `json:"in"` // of the month itself, not of the neighbour that shares its week
	Working bool          `json:"working"`
	Holiday string        `json:"holiday,omitempty"` // its name, where it is a bank holiday
	Items   []MonthItem   `json:"items,omitempty"`
}

// MonthOf lays a month out in its four to six weeks, Monday to Sunday, each day
// with its items, those of the neighbouring months included. day tells the bank
// holiday's name and whether the day is worked. It returns nil for a month that
// the calendar lacks; squares beyond the years 1 to 9999 are empty.
func MonthOf(
	year int, month time.Month, items map[calendar.Date][]MonthItem,
	day func(calendar.Date) (holiday string, working bool),
) [][7]MonthDay {
	first := calendar.NewDate(year, month, 1)
	if first.IsZero() {
		return nil
	}
	var weeks [][7]MonthDay
	for monday := mondayOf(first); weeks == nil || monday.Month() == month; monday = monday.AddDays(7) {
		var week [7]MonthDay
		for i := range week {
			on := monday.AddDays(i)
			if on.IsZero() {
				continue
			}
			d := &week[i]
			d.On, d.In, d.Items = on, on.Month() == month, items[on]
			d.Holiday, d.Working = day(on)
		}
		weeks = append(weeks, week)
	}
	return weeks
}

// mondayOf returns the Monday of the week a day is in.
func mondayOf(d calendar.Date) calendar.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }
