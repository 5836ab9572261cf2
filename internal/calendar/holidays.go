package calendar

import "slices"

// Holidays is a table of bank holidays over whole years, for all three divisions. It
// never changes once made, and may be shared. Its methods are the clocks that have to
// know a working day.
type Holidays struct {
	first, last int
	days        []holiday // by date
	amended     bool      // an override file was applied
}

// Builtin returns the table compiled in: 2012 to 2028.
func Builtin() *Holidays {
	return &Holidays{first: builtinFirst, last: builtinLast, days: builtin}
}

// Years returns the first and the last year the table covers.
func (h *Holidays) Years() (first, last int) { return h.first, h.last }

// On returns the name of the bank holiday n keeps on d, or "" when d is none.
// Errors: *OutsideTableError; *FieldError for a nation that does not exist.
func (h *Holidays) On(d Date, n Nation) (string, error) {
	if err := checkNation(n); err != nil {
		return "", err
	}
	name, _, err := h.on(d, n.set())
	return name, err
}

// IsWorkingDay reports whether d is neither a Saturday, a Sunday nor a bank holiday in
// n. Errors: *OutsideTableError, on weekends too; *FieldError.
func (h *Holidays) IsWorkingDay(d Date, n Nation) (bool, error) {
	name, err := h.On(d, n)
	return err == nil && name == "" && !d.isWeekend(), err
}

// on returns the first holiday on d that any member of who keeps, and who keeps it.
func (h *Holidays) on(d Date, who nations) (string, nations, error) {
	if d.Year() < h.first || d.Year() > h.last {
		return "", 0, &OutsideTableError{Date: d, First: h.first, Last: h.last}
	}
	i, _ := slices.BinarySearchFunc(h.days, d, func(day holiday, d Date) int { return day.date.Compare(d) })
	for ; i < len(h.days) && h.days[i].date == d; i++ {
		if h.days[i].keep&who != 0 {
			return h.days[i].name, h.days[i].keep, nil
		}
	}
	return "", 0, nil
}

// roll moves d forward to a working day of who, writing a step for every day passed.
func (h *Holidays) roll(d Date, who nations, t *trail) (Date, error) {
	for {
		name, _, err := h.on(d, who)
		switch {
		case err != nil:
			return Date{}, err
		case d.isWeekend():
			t.add(d, t.law.roll, "%s is a weekend day, so the date moves to the next day.", d.spoken())
		case name != "":
			t.add(d, t.law.roll, "%s is a bank holiday in %s (%s), so the date moves to the next day.",
				d.spoken(), who.where(), name)
		default:
			return d, nil
		}
		d = d.AddDays(1)
	}
}

// workingDay returns the n-th working day of who after d, and the bank holidays that
// were left out on the way.
func (h *Holidays) workingDay(d Date, n int, who nations) (Date, []holiday, error) {
	var skipped []holiday
	for n > 0 {
		d = d.AddDays(1)
		name, keep, err := h.on(d, who)
		switch {
		case err != nil:
			return Date{}, nil, err
		case d.isWeekend():
		case name != "":
			skipped = append(skipped, holiday{d, keep, name})
		default:
			n--
		}
	}
	return d, skipped, nil
}

func checkNation(n Nation) error {
	if n.set() == 0 {
		return refuse("nation", "choose one of %s", joinNames(Nations()))
	}
	return nil
}
