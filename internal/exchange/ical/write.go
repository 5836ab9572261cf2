// Package ical writes dates as a calendar file (iCalendar, RFC 5545) that Outlook, Google Calendar, Thunderbird and the
// calendars of phones import: events of a whole day, which all of them show, where tasks are shown by few. It knows the
// format alone and adds nothing to what it is given. A calendar is soon shared, and lies on other people's servers: the
// caller gives case numbers and what is due, never a name or anything else about a person.
package ical

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Entry is one day to keep in mind.
type Entry struct {
	// UID is the same whenever the same entry is written again, so that it is brought up to date and not doubled. It
	// differs from that of every other entry anywhere: an id of the store and a reference make a good one.
	UID         string
	On          calendar.Date // in London
	Summary     string        // the line a calendar shows
	Description string        // may have several lines
	Categories  []string
	Remind      int // days ahead to be reminded at nine in the morning; 0: no reminder
}

// Info is what the file says of itself.
type Info struct {
	Office  string    // the calendar's name
	Created time.Time // instant; written in UTC to the second
}

// maxRemind is the most days a reminder runs ahead.
const maxRemind = 366

// Write writes the entries in their order. Equal entries and an equal time make equal bytes. Control characters are left
// out, bytes that are not UTF-8 become U+FFFD. It returns an Invalid error, before anything is written, for an entry
// without UID, day or summary, a UID given twice, a reminder out of bounds, and for no entries at all, which the format
// does not allow.
func Write(w io.Writer, entries []Entry, info Info) error {
	if err := check(entries, info); err != nil {
		return err
	}
	c := &lines{w: bufio.NewWriter(w)}
	c.plain("BEGIN", "VCALENDAR")
	c.plain("VERSION", "2.0")
	c.plain("PRODID", "-//Custos//Custos//EN")
	c.plain("CALSCALE", "GREGORIAN")
	c.plain("METHOD", "PUBLISH")
	if info.Office != "" {
		c.text("X-WR-CALNAME", info.Office)
	}
	stamp := info.Created.UTC().Format("20060102T150405Z")
	for i := range entries {
		c.event(&entries[i], stamp)
	}
	c.plain("END", "VCALENDAR")
	if err := c.w.Flush(); err != nil {
		return fmt.Errorf("ical: %w", err)
	}
	return nil
}

func check(entries []Entry, info Info) error {
	if len(entries) == 0 {
		return register.Errorf(register.Invalid, "", "there is no date to put into a calendar")
	}
	if y := info.Created.UTC().Year(); info.Created.IsZero() || y > 9999 {
		return register.Errorf(register.Invalid, "created", "the time a calendar is made at is missing")
	}
	seen := make(map[string]bool, len(entries))
	for i := range entries {
		e, field, reason := &entries[i], "", ""
		uid := clean(e.UID)
		switch {
		case strings.TrimSpace(uid) == "":
			field, reason = "uid", "is missing"
		case seen[uid]:
			field, reason = "uid", "is that of an earlier entry"
		case e.On.IsZero():
			field, reason = "on", "is missing"
		case strings.TrimSpace(clean(e.Summary)) == "":
			field, reason = "summary", "is missing"
		case e.Remind < 0 || e.Remind > maxRemind:
			field, reason = "remind", fmt.Sprintf("is not between 0 and %d days", maxRemind)
		}
		if field != "" {
			return register.Errorf(register.Invalid, field, "calendar entry %d: the %s %s", i+1, field, reason)
		}
		seen[uid] = true
	}
	return nil
}

// event writes an entry. It takes up no time: a day on which something is due is not a day away.
func (c *lines) event(e *Entry, stamp string) {
	c.plain("BEGIN", "VEVENT")
	c.text("UID", e.UID)
	c.plain("DTSTAMP", stamp)
	c.plain("DTSTART;VALUE=DATE", basic(e.On))
	if next := e.On.AddDays(1); !next.IsZero() {
		c.plain("DTEND;VALUE=DATE", basic(next))
	}
	c.text("SUMMARY", e.Summary)
	if e.Description != "" {
		c.text("DESCRIPTION", e.Description)
	}
	if len(e.Categories) > 0 {
		c.text("CATEGORIES", e.Categories...)
	}
	c.plain("TRANSP", "TRANSPARENT")
	if e.Remind > 0 {
		c.plain("BEGIN", "VALARM")
		c.plain("ACTION", "DISPLAY")
		c.plain("TRIGGER", ahead(e.Remind))
		c.text("DESCRIPTION", e.Summary)
		c.plain("END", "VALARM")
	}
	c.plain("END", "VEVENT")
}

// basic is a date without its hyphens.
func basic(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// ahead counts back from the midnight that begins the day to nine in the morning some days before.
func ahead(days int) string {
	if days == 1 {
		return "-PT15H"
	}
	return fmt.Sprintf("-P%dDT15H", days-1)
}
