package calendar

import (
	"cmp"
	"errors"
	"strconv"
	"time"
)

// ErrDateForm says a text is not of the form YYYY-MM-DD. It does not repeat the
// text, which may hold anything a person typed.
var ErrDateForm = errors.New("not a date: write year, month and day, for example 2026-03-31")

// ErrNoSuchDay says a text has the form of a date that the calendar lacks, such as 30 February.
var ErrNoSuchDay = errors.New("there is no such day in the calendar")

const (
	minYear   = 1
	maxYear   = 9999
	maxDays   = maxYear * 366
	maxMonths = maxYear * 12
)

// Date is a day in the civil calendar, without a time or a zone: what the law calls
// a day. Statutory dates are days in Europe/London. Dates are comparable with == and
// may be map keys. The zero Date means "no date".
type Date struct {
	year  int16
	month uint8
	day   uint8
}

// NewDate returns the day named, or the zero Date where the calendar has no such day
// between the years 1 and 9999. It never rolls 31 February over into March.
func NewDate(year int, month time.Month, day int) Date {
	if year < minYear || year > maxYear || month < time.January || month > time.December {
		return Date{}
	}
	if day < 1 || day > daysIn(year, month) {
		return Date{}
	}
	return Date{int16(year), uint8(month), uint8(day)}
}

// ParseDate reads exactly YYYY-MM-DD. Errors: ErrDateForm, ErrNoSuchDay.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return Date{}, ErrDateForm
	}
	var n [3]int
	for i, part := range [3]string{s[:4], s[5:7], s[8:]} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return Date{}, ErrDateForm
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	d := NewDate(n[0], time.Month(n[1]), n[2])
	if d.IsZero() {
		return Date{}, ErrNoSuchDay
	}
	return d, nil
}

// Year returns the year, 1 to 9999; 0 for the zero Date.
func (d Date) Year() int { return int(d.year) }

// Month returns the month; 0 for the zero Date.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month, 1 to 31; 0 for the zero Date.
func (d Date) Day() int { return int(d.day) }

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the day n days after d, or before it when n is negative. The zero
// Date, and any day outside the years 1 to 9999, give the zero Date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > maxDays || n < -maxDays {
		return Date{}
	}
	return dateOf(d.midnight().AddDate(0, 0, n))
}

// AddMonths returns the same day of the month n months later (earlier when n is
// negative) or, where that month is too short, its last day: 31 January plus one
// month is the last day of February. Out of range as for AddDays.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > maxMonths || n < -maxMonths {
		return Date{}
	}
	months := d.Year()*12 + int(d.month) - 1 + n
	year, month := months/12, time.Month(months%12+1)
	if months < 0 || year < minYear || year > maxYear {
		return Date{}
	}
	return NewDate(year, month, min(d.Day(), daysIn(year, month)))
}

// DaysUntil returns how many days e lies after d, negative when it lies before. It
// is 0 when either is the zero Date.
func (d Date) DaysUntil(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int((e.midnight().Unix() - d.midnight().Unix()) / (24 * 60 * 60))
}

// Weekday returns the day of the week; for the zero Date it means nothing.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// Compare returns -1, 0 or +1 as d is before, the same as or after e. The zero Date
// comes before every other.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Equal reports whether d and e are the same day.
func (d Date) Equal(e Date) bool { return d == e }

// String returns YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	text := []byte("0000-00-00")
	putDigits(text[:4], d.Year())
	putDigits(text[5:7], int(d.month))
	putDigits(text[8:], d.Day())
	return string(text)
}

// Long returns the date as a letter writes it, "2 March 2026", or "".
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

// spoken is Long with the day of the week, as the steps of a clock say it.
// It is put into words only where they are printed.
func (d Date) spoken() spoken { return spoken(d) }

type spoken Date

func (s spoken) String() string { return Date(s).Weekday().String() + " " + Date(s).Long() }

func (d Date) midnight() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

func (d Date) isWeekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func dateOf(t time.Time) Date {
	year, month, day := t.Date()
	return NewDate(year, month, day)
}

// putDigits writes n over text, right to left, with leading zeros.
func putDigits(text []byte, n int) {
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = byte('0' + n%10)
		n /= 10
	}
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}
