package desk

import (
	"context"
	"io"
	"strconv"
	"strings"

	"custos/internal/exchange/table"
	"custos/internal/letter"
	"custos/internal/register"
)

const firstYear = 1998 // the first data protection law with these rights

// Figures counts the cases received in a year, beside those of the year before.
func (s *Seat) Figures(year int) (register.YearFigures, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return register.YearFigures{}, err
	}
	if year < firstYear || year > s.Today().Year() {
		return register.YearFigures{}, register.Errorf(register.Invalid, "year", "give a year from %d to %d", firstYear, s.Today().Year())
	}
	return register.FiguresOf(year, s.desk.db.RequestList(), s.Today()), nil
}

// WriteFigures writes the figures of a year as a report to print, .html or .pdf,
// or as a table, .csv. Nobody is named in it.
func (s *Seat) WriteFigures(ctx context.Context, year int, to string) (register.Disclosure, error) {
	figures, err := s.Figures(year)
	if err != nil {
		return register.Disclosure{}, err
	}
	format := strings.TrimPrefix(ending(to, "csv"), ".")
	record := register.Disclosure{
		What: "figures of " + strconv.Itoa(year), Recipient: "internal", Fields: []string{"counts by kind"}, Format: format,
		Encryption: "none", Unchecked: true,
	}
	report := letter.Figures{
		Office: s.Settings().Office, At: s.desk.now(), Figures: figures, Audit: s.marked(&record),
	}
	var write func(io.Writer) error
	switch format {
	case "html":
		write = report.HTML
	case "pdf":
		write = report.PDF
	case "csv":
		write = func(w io.Writer) error { return figuresTable(&figures).write(table.CSV, w) }
	default:
		return register.Disclosure{}, register.Errorf(register.Invalid, "to", "the name of a report ends in .html, .pdf or .csv")
	}
	return s.disclose(ctx, leaving{record: record, verb: register.RequestShare, write: write}, to)
}

// figuresTable has a line for each kind and for all, of both years.
func figuresTable(f *register.YearFigures) *listing {
	l := &listing{columns: []string{
		"year", "kind", "received", "answered", "in_time", "by_last_lawful_day", "late", "open", "closed_without_reply", "extended",
		"refused", "partly", "median_days", "longest_days",
	}}
	for _, y := range []*register.YearFigures{f, f.Before} {
		if y == nil {
			continue
		}
		for _, k := range append([]register.KindFigures{y.All}, y.Kinds...) {
			kind := string(k.Right)
			if kind == "" {
				kind = "all"
			}
			row := []string{strconv.Itoa(y.Year), kind}
			for _, n := range []int{
				k.Received, k.Answered, k.InTime, k.Lawful, k.Late, k.Open, k.Closed, k.Extended, k.Refused, k.Partly, k.Median, k.Longest,
			} {
				row = append(row, strconv.Itoa(n))
			}
			l.rows = append(l.rows, row)
		}
	}
	return l
}
