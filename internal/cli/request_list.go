package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) listRequests() *cobra.Command {
	var q register.CaseQuery
	var state, right string
	var board bool
	cmd := &cobra.Command{
		Use: "list", Short: "List cases by what presses most", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			q.State, q.Right, q.AsOf = register.RequestState(state), kindOfCase(right), s.Today()
			list, err := s.Cases(q)
			if err != nil {
				return err
			}
			if board {
				return a.show(register.BoardOf(list), func(p *page) { p.board(register.BoardOf(list)) })
			}
			rows := make([]register.RequestRow, list.Len())
			for i := range rows {
				rows[i] = list.Row(i)
			}
			return a.show(rows, func(p *page) { p.requests(rows) })
		}),
	}
	choice(cmd, &state, "state", "only those that are", texts(register.RequestStates())...)
	choice(cmd, &right, "right", "only those of a kind", texts(register.CaseRights())...)
	f := cmd.Flags()
	f.StringVar(&q.Owner, "owner", "", "only those of an operator")
	f.StringVar(&q.Text, "filter", "", "words that all have to occur")
	f.BoolVar(&q.OnlyOpen, "open", false, "only those that still wait for an answer")
	date(cmd, &q.DueBefore, "due-before", "only those due before a day")
	f.BoolVar(&board, "board", false, "by where they stand")
	return cmd
}

func (p *page) requests(list []register.RequestRow) {
	var rows [][]string
	for _, r := range list {
		left := ""
		if !r.Due.IsZero() && r.Pressure != register.Settled {
			left = strconv.Itoa(r.DaysLeft)
		}
		rows = append(rows, []string{r.Ref, string(r.Right), string(r.State), r.Received.String(), r.Due.String(), left,
			string(r.Pressure), r.Name})
	}
	p.table("no cases", []string{"REF", "RIGHT", "STATE", "RECEIVED", "DUE", "DAYS LEFT", "PRESSURE", "NAME"}, rows)
}

func (p *page) board(columns []register.BoardColumn) {
	for _, c := range columns {
		if len(c.Rows) == 0 {
			continue
		}
		p.heading(strings.ReplaceAll(string(c.State), "-", " ") + ": " + strconv.Itoa(len(c.Rows)))
		for _, r := range c.Rows {
			p.line("  %s  %s  %s  %s", r.Ref, r.Due, r.Pressure, r.Name)
		}
	}
}
