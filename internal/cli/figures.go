package cli

import (
	"context"
	"strconv"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) figuresOfRequests() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "figures YEAR", Short: "Count a year's cases: in time, late, extended, refused", Args: takes(cobra.ExactArgs(1)),
		Long: "Count the cases received in a year, kind by kind, with the year before beside them.\nWith --to as a new file to print or share; nobody is named in it.",
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := strconv.Atoi(args[0])
			if err != nil {
				return usagef("a year is a number, such as 2026")
			}
			if to != "" {
				return a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
					return a.showDisclosure(s.WriteFigures(ctx, year, to))
				})(cmd, args)
			}
			return a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
				f, err := s.Figures(year)
				if err != nil {
					return err
				}
				return a.show(f, func(p *page) { p.figures(&f) })
			})(cmd, args)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "a new file: .html, .pdf or .csv; - for the output, as csv")
	return cmd
}

func (p *page) figures(f *register.YearFigures) {
	p.line("Cases received in %d, as they stand on %s:", f.Year, long(f.AsOf))
	heads := []string{"KIND", "RECEIVED", "IN TIME", "LATE", "OPEN", "EXTENDED", "PARTLY", "REFUSED", "MEDIAN DAYS", "LONGEST"}
	var rows [][]string
	for _, k := range append(f.Kinds, f.All) {
		row := []string{k.Title}
		for _, n := range []int{k.Received, k.InTime, k.Late, k.Open, k.Extended, k.Partly, k.Refused, k.Median, k.Longest} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	p.table("no cases", heads, rows)
	if f.Before != nil {
		p.line("%d the year before, %d of them in time.", f.Before.All.Received, f.Before.All.InTime)
	}
}

func (a *app) deadlinesOfRequests() *cobra.Command {
	var to, month string
	remind := 7
	cmd := &cobra.Command{
		Use: "calendar", Short: "Show what falls due in a month, or write a calendar file", Args: takes(cobra.NoArgs),
		Long: "Show what falls due in a month. With --to, write every open case's dates to a new .ics\nfor another calendar: case numbers only, no personal data.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if to != "" {
				return a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
					return a.showDisclosure(s.WriteDeadlines(ctx, to, remind))
				})(cmd, args)
			}
			return a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
				year, in := s.Today().Year(), s.Today().Month()
				if month != "" {
					at, err := time.Parse("2006-01", month)
					if err != nil {
						return usagef("a month is written as 2026-03")
					}
					year, in = at.Year(), at.Month()
				}
				weeks, err := s.MonthDue(year, in)
				if err != nil {
					return err
				}
				return a.show(weeks, func(p *page) { p.month(weeks) })
			})(cmd, args)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "a new .ics file; - for the output")
	cmd.Flags().StringVar(&month, "month", "", "YEAR-MONTH; this one unless given")
	cmd.Flags().IntVar(&remind, "remind", remind, "of the file: days before, 0 for none")
	return cmd
}

func (p *page) month(weeks [][7]register.MonthDay) {
	var rows [][]string
	for _, week := range weeks {
		for _, d := range week {
			for _, item := range d.Items {
				if d.In {
					rows = append(rows, []string{d.On.String(), item.Ref, item.What, string(item.Pressure)})
				}
			}
			if d.In && d.Holiday != "" {
				rows = append(rows, []string{d.On.String(), "", d.Holiday, "bank holiday"})
			}
		}
	}
	p.table("nothing falls due", []string{"DAY", "CASE", "WHAT", "STATE"}, rows)
}
