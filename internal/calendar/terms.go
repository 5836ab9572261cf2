package calendar

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

var errNoTerms = errors.New("there are no terms: write a first and a last day per line," +
	" for example 2026-09-03,2026-10-23")

// Term is an unbroken stretch of weeks in which a school is open, both days included. A
// term with a half-term holiday in it is two.
type Term struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Terms are the known terms of one school, in order. The zero Terms knows none. A day
// between two terms is a school holiday; a day before the first or after the last is
// unknown.
type Terms struct{ list []Term }

// ReadTerms reads a file of one term per line, from,to as YYYY-MM-DD, in any order; the
// name stands for the file in errors. A first line "from,to", empty lines and lines
// beginning with # are passed over. Errors: *FileError naming file, line and field.
func ReadTerms(r io.Reader, name string) (Terms, error) {
	lines, err := readLines(r, name)
	if err != nil {
		return Terms{}, err
	}
	if len(lines) > 0 && strings.EqualFold(strings.Join(lines[0].fields, ","), "from,to") {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return Terms{}, &FileError{File: name, Err: errNoTerms}
	}
	read := make([]numberedTerm, 0, len(lines))
	for _, l := range lines {
		term, err := l.term()
		if err != nil {
			return Terms{}, err
		}
		read = append(read, numberedTerm{term, l})
	}
	slices.SortStableFunc(read, func(a, b numberedTerm) int { return a.From.Compare(b.From) })
	list := make([]Term, len(read))
	for i, t := range read {
		if i > 0 && t.overlaps(list[i-1]) {
			first, second := read[i-1].line, t.line
			if second.number < first.number {
				first, second = second, first
			}
			return Terms{}, second.fail("from", "this term overlaps the one on line %d", first.number)
		}
		list[i] = t.Term
	}
	return Terms{list}, nil
}

// numberedTerm remembers the line a term came from.
type numberedTerm struct {
	Term
	line line
}

func (l line) term() (Term, error) {
	if len(l.fields) != 2 {
		return Term{}, l.fail("", "a line has 2 fields here, from and to; this one has %d", len(l.fields))
	}
	from, err := l.date(0, "from")
	if err != nil {
		return Term{}, err
	}
	to, err := l.date(1, "to")
	if err != nil {
		return Term{}, err
	}
	term := Term{From: from, To: to}
	if field, err := term.check(); err != nil {
		return Term{}, l.fail(field, "%w", err)
	}
	return term, nil
}

// check returns the field at fault and why.
func (t Term) check() (string, error) {
	switch {
	case t.From.IsZero():
		return "from", errors.New("the first day is missing")
	case t.To.IsZero():
		return "to", errors.New("the last day is missing")
	case t.To.Before(t.From):
		return "to", fmt.Errorf("the term ends on %s, before it begins on %s", t.To, t.From)
	default:
		return "", nil
	}
}

func (t Term) overlaps(u Term) bool { return !t.From.After(u.To) && !u.From.After(t.To) }

// List returns the terms in order.
func (t Terms) List() []Term { return slices.Clone(t.list) }

// Span returns the first and the last day known; both are zero when no term is.
func (t Terms) Span() (first, last Date) {
	if len(t.list) == 0 {
		return Date{}, Date{}
	}
	return t.list[0].From, t.list[len(t.list)-1].To
}

// open reports whether d lies in a term.
func (t Terms) open(d Date) bool {
	return slices.ContainsFunc(t.list, func(term Term) bool { return !d.Before(term.From) && !d.After(term.To) })
}
