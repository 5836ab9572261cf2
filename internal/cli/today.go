package cli

import (
	"context"
	"fmt"
	"slices"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) todayCommand() *cobra.Command {
	return &cobra.Command{
		Use: "today", Short: "What must be done today, what presses most first", Args: takes(cobra.NoArgs),
		Long: "What must be done today, what presses most first: what the console opens on. It lists what the operator may\n" +
			"act on or see, and nothing else.",
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			if s.May(register.DelegateRead) {
				if _, err := s.Recount(ctx); err != nil {
					return err
				}
			}
			h, err := s.Home()
			if err != nil {
				return err
			}
			return a.show(h, func(p *page) { homePage(p, &h) })
		}),
	}
}

func homePage(p *page, h *register.Home) {
	p.line("%s, %s", h.Office, h.Today.Long())
	if len(h.Sections) == 0 {
		p.heading("Nothing is to be done.")
	}
	for _, section := range h.Sections {
		p.heading(fmt.Sprintf("%s (%d)", section.Part, section.Count))
		rows := make([][]string, len(section.Lines))
		for i, line := range section.Lines {
			due := ""
			if !line.Due.IsZero() {
				due = line.Due.String()
			}
			rows[i] = []string{line.What, line.Kind, line.Name, due, line.Words}
		}
		p.columns(filled(rows))
		if more := section.Count - len(section.Lines); more > 0 {
			p.line("and %d more", more)
		}
	}
}

// filled are the rows without the columns that are empty in all of them.
func filled(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for column := range rows[0] {
		if !slices.ContainsFunc(rows, func(row []string) bool { return row[column] != "" }) {
			continue
		}
		for i, row := range rows {
			out[i] = append(out[i], row[column])
		}
	}
	return out
}
