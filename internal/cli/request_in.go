package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) readRequests() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Open cases from a file of the Data Rights Protocol or OpenDSR", Args: takes(cobra.ExactArgs(1)),
		Long: "Open cases from a JSON file of the Data Rights Protocol or of OpenDSR: one request, a list,\nor one on each line. Who asks is not proved by such a file: identity is asked for.",
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := a.readSmall(args[0])
			if err != nil {
				return err
			}
			do := func(ctx context.Context, s *desk.Seat, _ []string) error {
				plan, err := s.ReadIncoming(ctx, baseName(args[0]), data, dry)
				if err != nil {
					return err
				}
				return a.show(plan, func(p *page) { p.incoming(&plan) })
			}
			if dry {
				return a.reads(do)(cmd, args)
			}
			return a.changes(do)(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be opened, and open nothing")
	return cmd
}

func (p *page) incoming(plan *register.IncomingPlan) {
	var rows [][]string
	for _, r := range plan.Rows {
		rows = append(rows, []string{strconv.Itoa(r.Line), string(r.Right), r.Received.String(), r.Name, string(r.Fate), r.Ref, r.Reason})
	}
	p.table("no requests", []string{"LINE", "RIGHT", "RECEIVED", "NAME", "FATE", "CASE", "REASON"}, rows)
	p.line("%s: %d new, %d read before, %d refused", numbered(len(plan.Rows), "request"), plan.New, plan.Read, plan.Refused)
}
