package table

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// The ways a date fails to be read. None repeats the date: a date of birth is personal data.
var (
	ErrNoDate     = errors.New("not a date; write it as 31/12/2026 or 2026-12-31")
	ErrMonthFirst = errors.New("there is no such month; dates are read with the day first, as 31/12/2026")
	ErrNoSuchDay  = errors.New("there is no such day in that month")
	ErrShortYear  = errors.New("the year has only two digits; write all four")
	ErrSerial     = errors.New("this is a spreadsheet's day number, not a date; format the column as a date and save again")
)

var (
	timeShape   = `(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?`
	dayFirst    = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})` + timeShape + `$`)
	yearFirst   = regexp.MustCompile(`^(\d{4})([/.-])(\d{1,2})([/.-])(\d{1,2})` + timeShape + `$`)
	monthName   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})` + timeShape + `$`)
	serialShape = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
)

// ParseDate reads a date as people in the United Kingdom and computers write it: d/m/yyyy, dd-mm-yyyy, dd.mm.yyyy,
// yyyy-mm-dd, 2 January 2026, 2-Jan-2026, each optionally with a time of day, which is dropped: the date is the one
// written, with no change of time zone. The day is always first; a date that can only be meant month first is refused
// rather than turned round. The cell is cleaned first, and years before 1000 are refused.
func ParseDate(s string) (year, month, day int, err error) {
	s = Clean(s)
	var y, m, d, sep1, sep2 string
	if p := yearFirst.FindStringSubmatch(s); p != nil {
		y, sep1, m, sep2, d = p[1], p[2], p[3], p[4], p[5]
	} else if p := dayFirst.FindStringSubmatch(s); p != nil {
		d, sep1, m, sep2, y = p[1], p[2], p[3], p[4], p[5]
	} else if p := monthName.FindStringSubmatch(s); p != nil {
		d, m, y = p[1], monthNumber(p[2]), p[3]
	} else if serialShape.MatchString(s) {
		return 0, 0, 0, ErrSerial
	}
	if m == "" || sep1 != sep2 {
		return 0, 0, 0, ErrNoDate
	}
	return checkDate(number(y), number(m), number(d))
}

func checkDate(year, month, day int) (int, int, int, error) {
	switch {
	case year < 100:
		return 0, 0, 0, ErrShortYear
	case year < 1000:
		return 0, 0, 0, ErrNoDate
	case month < 1 || month > 12:
		return 0, 0, 0, ErrMonthFirst
	case day < 1 || day > daysIn(year, month):
		return 0, 0, 0, ErrNoSuchDay
	}
	return year, month, day, nil
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// number reads what a pattern has already shown to be a few digits.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func monthNumber(name string) string {
	name = strings.ToLower(name)
	for i, full := range []string{"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december"} {
		if strings.HasPrefix(full, name) || name == "sept" && i == 8 {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
