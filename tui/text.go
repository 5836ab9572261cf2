package tui

import (
	"fmt"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

func splitLines(s string) []string { return strings.Split(s, "\n") }

// fit makes lines exactly height lines of at most width columns.
func fit(th *theme.Theme, all []string, width, height int) string {
	out := make([]string, max(0, height))
	for i := range min(len(all), len(out)) {
		out[i] = th.Cut(all[i], width)
	}
	return strings.Join(out, "\n")
}

// day writes a date as the office reads it, and nothing for none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Long()
}

// moment writes an instant in the office's time, and nothing for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.London()).Format("2 January 2006, 15:04")
}

// pressing is the tone of a due date.
func pressing(p register.Pressure) theme.Tone {
	switch p {
	case register.Late:
		return theme.Late
	case register.Soon:
		return theme.Soon
	case register.Calm:
		return theme.Calm
	case register.Stopped, register.Settled, register.Unset:
		return theme.Muted
	}
	return theme.Plain
}

// pressure is the same in words, because colour alone is never enough.
func pressure(r register.RequestRow) string {
	switch r.Pressure {
	case register.Late:
		return "OVERDUE by " + days(-r.DaysLeft)
	case register.Soon:
		if r.DaysLeft == 0 {
			return "DUE TODAY"
		}
		return "DUE SOON, " + days(r.DaysLeft)
	case register.Calm:
		return days(r.DaysLeft) + " left"
	case register.Stopped:
		return "CLOCK STOPPED"
	case register.Unset:
		return "no set date"
	case register.Settled:
		return "done"
	}
	return ""
}

// days counts them in words.
func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return widget.Count(n) + " days"
}

// short writes a date as a column holds it, and nothing for none.
func short(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day(), d.Month().String()[:3], d.Year())
}

// changed is the day a person's record was last changed.
func changed(r register.DelegateRow) string {
	if r.Updated.IsZero() {
		return ""
	}
	return short(calendar.LondonDate(r.Updated))
}

// when writes an instant as a column holds it, in the office's time.
func when(t time.Time) string { return t.In(calendar.London()).Format("2 Jan 2006 15:04") }

// howMany counts people in words.
func howMany(n int) string {
	if n == 1 {
		return "1 person"
	}
	return widget.Count(n) + " people"
}
