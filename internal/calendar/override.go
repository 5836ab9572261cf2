package calendar

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// fewestHolidays is the least any division has had in any year of the table compiled
	// in; a year listed with fewer is one not yet filled in.
	fewestHolidays = 8

	wordAll   = "all"
	wordYears = "years"
)

// WithOverride returns the table with the changes of a holidays file made to it; h
// stays as it was. The name stands for the file in errors. A line is one of
//
//	nation,YYYY-MM-DD,name     adds a bank holiday, or renames one already there
//	-nation,YYYY-MM-DD         takes one away
//	years,first,last           widens the years the table covers, once
//
// A nation is england-and-wales, scotland, northern-ireland or all. Empty lines and
// lines beginning with # are passed over; the order of lines does not matter, save
// that of two lines on the same day the later one wins.
//
// A year the file adds has to list at least eight bank holidays for each nation, and a
// day taken away has to be in the table: a slip of the pen must not make a working
// day. Errors: *FileError naming file, line and field.
func (h *Holidays) WithOverride(r io.Reader, name string) (*Holidays, error) {
	lines, err := readLines(r, name)
	if err != nil {
		return nil, err
	}
	next := &Holidays{first: h.first, last: h.last, days: slices.Clone(h.days), amended: true}
	widened, err := next.widen(lines)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if l.fields[0] == wordYears {
			continue
		}
		if err := next.apply(l); err != nil {
			return nil, err
		}
	}
	for year := next.first; year <= next.last; year++ {
		if year >= h.first && year <= h.last {
			continue
		}
		if err := next.checkYear(year, widened); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// widen applies the years line, if there is one, and returns it.
func (h *Holidays) widen(lines []line) (line, error) {
	var found line
	for _, l := range lines {
		if l.fields[0] != wordYears {
			continue
		}
		if found.number != 0 {
			return line{}, l.fail(wordYears, "the years were already given on line %d", found.number)
		}
		if len(l.fields) != 3 {
			return line{}, l.fail(wordYears, "write years,first,last")
		}
		first, err := l.year(1, "first", h.first)
		if err != nil {
			return line{}, err
		}
		last, err := l.year(2, "last", h.last)
		if err != nil {
			return line{}, err
		}
		if first > h.first || last < h.last {
			return line{}, l.fail(wordYears, "the table covers %d to %d already and can only be widened", h.first, h.last)
		}
		found, h.first, h.last = l, first, last
	}
	return found, nil
}

// year reads field i, a year within a century of near.
func (l line) year(i int, field string, near int) (int, error) {
	year, err := strconv.Atoi(l.fields[i])
	if err != nil || year < near-100 || year > near+100 {
		return 0, l.fail(field, "not a year between %d and %d", near-100, near+100)
	}
	return year, nil
}

// apply adds or takes away the holiday of one line.
func (h *Holidays) apply(l line) error {
	word, remove := strings.CutPrefix(l.fields[0], "-")
	who := Nation(word).set()
	if word == wordAll {
		who = uk
	}
	if who == 0 {
		return l.fail("nation", "write one of %s, %s, or %s", joinNames(Nations()), wordAll, wordYears)
	}
	want := 3
	if remove {
		want = 2
	}
	if len(l.fields) != want {
		return l.fail("", "a line has %d fields here, this one has %d", want, len(l.fields))
	}
	d, err := l.date(1, "date")
	if err != nil {
		return err
	}
	if d.Year() < h.first || d.Year() > h.last {
		return l.fail("date", "%s is outside the years %d to %d: widen them with a line years,first,last",
			d, h.first, h.last)
	}
	if remove {
		return h.remove(l, d, who)
	}
	name := l.fields[2]
	if name == "" {
		return l.fail("name", "the bank holiday needs a name")
	}
	h.clear(d, who)
	h.insert(holiday{d, who, name})
	return nil
}

func (h *Holidays) remove(l line, d Date, who nations) error {
	for _, n := range Nations() {
		if who&n.set() == 0 {
			continue
		}
		if name, _, err := h.on(d, n.set()); err != nil || name == "" {
			return l.fail("date", "%s is not a bank holiday in %s, so it cannot be taken away", d, n.Name())
		}
	}
	h.clear(d, who)
	return nil
}

// clear takes who out of every holiday on d.
func (h *Holidays) clear(d Date, who nations) {
	for i := range h.days {
		if h.days[i].date == d {
			h.days[i].keep &^= who
		}
	}
	h.days = slices.DeleteFunc(h.days, func(day holiday) bool { return day.keep == 0 })
}

func (h *Holidays) insert(day holiday) {
	i, _ := slices.BinarySearchFunc(h.days, day.date, func(have holiday, d Date) int { return have.date.Compare(d) })
	h.days = slices.Insert(h.days, i, day)
}

// checkYear refuses a widened year that is not filled in. l is the years line.
func (h *Holidays) checkYear(year int, l line) error {
	for _, n := range Nations() {
		count := 0
		for d, end := NewDate(year, time.January, 1), NewDate(year, time.December, 31); !d.After(end); d = d.AddDays(1) {
			if name, _, err := h.on(d, n.set()); err == nil && name != "" {
				count++
			}
		}
		if count < fewestHolidays {
			return l.fail(wordYears, "%d lists %d bank holidays for %s, and every year has at least %d:"+
				" add them before widening the table", year, count, n.Name(), fewestHolidays)
		}
	}
	return nil
}
