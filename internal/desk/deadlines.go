package desk

import (
	"context"
	"fmt"
	"io"
	"time"

	"custos/internal/calendar"
	"custos/internal/exchange/ical"
	"custos/internal/register"
)

// MonthDue lays a month out in weeks, Monday to Sunday, with what falls due on
// each day and the bank holidays. It is Invalid for a month there is not.
func (s *Seat) MonthDue(year int, month time.Month) ([][7]register.MonthDay, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	holidays, err := s.desk.calendar()
	if err != nil {
		return nil, err
	}
	items := map[calendar.Date][]register.MonthItem{}
	for _, row := range s.running() {
		items[row.Due] = append(items[row.Due], register.MonthItem{Ref: row.Ref, What: dueWords(&row), Pressure: row.Pressure})
	}
	nation := s.Settings().Nation
	weeks := register.MonthOf(year, month, items, func(on calendar.Date) (string, bool) {
		name, err := holidays.On(on, nation)
		weekend := on.Weekday() == time.Saturday || on.Weekday() == time.Sunday
		return name, !weekend && (err != nil || name == "") // beyond the table nobody knows of a holiday
	})
	if weeks == nil {
		return nil, register.Errorf(register.Invalid, "month", "there is no month %d of the year %d", month, year)
	}
	return weeks, nil
}

// running returns the cases whose clock runs, the soonest due first.
func (s *Seat) running() []register.RequestRow {
	var rows []register.RequestRow
	all := s.desk.db.Cases()
	for i := range all.Len() {
		e := all.Row(i)
		row := e.On(s.Today(), s.named(e.Delegate, e.Name))
		switch row.Pressure {
		case register.Late, register.Soon, register.Calm:
			rows = append(rows, row)
		case register.Stopped, register.Settled, register.Unset:
		}
	}
	return rows
}

// dueWords says what is due, without saying for whom.
func dueWords(row *register.RequestRow) string {
	kind, _ := register.KindOfCase(row.Right)
	what := "reply due"
	if row.Right == calendar.Complaint {
		what = "acknowledgement due"
	}
	return fmt.Sprintf("%s: %s", kind.Title, what)
}

// WriteDeadlines writes the due dates of open cases as a calendar file, .ics,
// with a reminder some days ahead; 0 for none. A calendar lies on other people's
// servers: there is nobody's name in it, only case numbers and what is due.
func (s *Seat) WriteDeadlines(ctx context.Context, to string, remindDays int) (register.Disclosure, error) {
	if ending(to, "ics") != ".ics" {
		return register.Disclosure{}, register.Errorf(register.Invalid, "to", "the name of a calendar file ends in .ics")
	}
	var entries []ical.Entry
	for _, row := range s.running() {
		e := ical.Entry{
			UID: s.desk.db.ID() + "-" + row.Ref, On: row.Due, Summary: row.Ref + " " + dueWords(&row), Remind: remindDays,
			Description: "Received on " + row.Received.Long() + ".",
		}
		if row.LastLawful != row.Due {
			e.Description += "\nThe very last day is " + row.LastLawful.Long() + "."
		}
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return register.Disclosure{}, register.Errorf(register.Refused, "", "no case has a date to keep")
	}
	info := ical.Info{Office: s.Settings().Office, Created: s.desk.now()}
	if err := ical.Write(io.Discard, entries, info); err != nil {
		return register.Disclosure{}, err // what is wrong with the input, before a file is begun
	}
	return s.disclose(ctx, leaving{
		record: register.Disclosure{
			What: "deadlines", Recipient: "internal", Fields: []string{"ref", "right", "received", "due", "last_lawful"}, Format: "ics",
			Encryption: "none", Unchecked: true,
		},
		verb:  register.RequestShare,
		write: func(w io.Writer) error { return ical.Write(w, entries, info) },
	}, to)
}
