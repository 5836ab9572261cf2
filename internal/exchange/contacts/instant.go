package contacts

import (
	"regexp"
	"strconv"
	"time"

	"custos/internal/calendar"
	"custos/internal/exchange/table"
)

var (
	zoneName  = regexp.MustCompile(`\s+[A-Z]{2,5}$`)
	timeOfDay = regexp.MustCompile(`[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$`)
)

// ParseInstant reads a date in the forms of table.ParseDate, with the time of
// day where it is written, and returns it in UTC. A time without a zone is
// taken as London's, a date without a time as its first instant in London. The
// errors are those of table.ParseDate.
func ParseInstant(s string) (time.Time, error) {
	s = zoneName.ReplaceAllString(table.Clean(s), "")
	y, m, d, err := table.ParseDate(s)
	if err != nil {
		return time.Time{}, err
	}
	p := timeOfDay.FindStringSubmatch(s)
	if p == nil {
		return calendar.LondonStart(calendar.NewDate(y, time.Month(m), d)).UTC(), nil
	}
	hour, minute, second := atoi(p[1]), atoi(p[2]), atoi(p[3])
	if hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, table.ErrNoDate
	}
	return time.Date(y, time.Month(m), d, hour, minute, second, 0, zone(p[4])).UTC(), nil
}

// zone reads "Z", "+01:00" or "+0100"; London for none.
func zone(s string) *time.Location {
	switch s {
	case "":
		return calendar.London()
	case "Z":
		return time.UTC
	}
	at, err := time.Parse("-0700", s)
	if err != nil {
		at, err = time.Parse("-07:00", s)
	}
	if err != nil {
		return time.UTC
	}
	return at.Location()
}

// atoi reads what a pattern has shown to be digits, or nothing.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
