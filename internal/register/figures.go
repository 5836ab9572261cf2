package register

import (
	"time"

	"custos/internal/calendar"
)

// YearFigures are the cases received in a year in numbers, with the year before
// beside them. Nobody is named in them.
type YearFigures struct {
	Year   int           `json:"year"`
	AsOf   calendar.Date `json:"as_of"`
	All    KindFigures   `json:"all"`
	Kinds  []KindFigures `json:"kinds"` // of every kind that came in in either year, in their order
	Months [12]int       `json:"received_by_month"`
	// Before are the figures of the year before, without its own year before.
	Before *YearFigures `json:"year_before,omitempty"`
}

// KindFigures counts the cases of a kind. In time means replied to no later than
// the day the case was due; by the last lawful day is counted apart.
type KindFigures struct {
	Right    calendar.Right `json:"right,omitempty"` // empty: all kinds
	Title    string         `json:"title"`
	Received int            `json:"received"`
	Answered int            `json:"answered"`
	InTime   int            `json:"in_time"`
	Lawful   int            `json:"by_last_lawful_day"` // after the due date, and still lawful
	Late     int            `json:"late"`               // replied late, or open and overdue
	Open     int            `json:"open"`
	Closed   int            `json:"closed_without_reply"` // duplicates and cases given up
	Extended int            `json:"extended"`
	Refused  int            `json:"refused"`
	Partly   int            `json:"partly"`
	// Median and Longest are whole days from the start of the clock to the reply.
	Median  int `json:"median_days"`
	Longest int `json:"longest_days"`
}

// MonthName names a month of the figures, 0 for January.
func MonthName(i int) string { return time.Month(i + 1).String() }

// FiguresOf counts the cases received in a year, and in the year before, as they
// stand on a day.
func FiguresOf(year int, cases []Request, asOf calendar.Date) YearFigures {
	f := figuresOf(year, cases, asOf)
	before := figuresOf(year-1, cases, asOf)
	f.Kinds, before.Kinds = alike(f.Kinds, before.Kinds)
	f.Before = &before
	return f
}
