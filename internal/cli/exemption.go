package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) exemptionCommand() *cobra.Command {
	return a.noun("exemption", "Codes under which words are taken out of a reply", a.listExemptions(), a.setExemption(),
		a.removeExemption())
}

func (a *app) listExemptions() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the exemptions", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Exemptions()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, x := range list {
					rows = append(rows, []string{x.Code, x.Title, x.Source, x.Note})
				}
				p.table("no exemptions", []string{"CODE", "COVERS", "LAW", "ADVICE"}, rows)
			})
		}),
	}
}

func (a *app) setExemption() *cobra.Command {
	var x register.Exemption
	cmd := &cobra.Command{
		Use: "set CODE", Short: "Add an exemption, or word one anew", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			x.Code = args[0]
			if err := s.SaveExemption(ctx, x); err != nil {
				return err
			}
			return a.show(x, func(p *page) { p.line("%s saved", x.Code) })
		}, "title", "law"),
	}
	f := cmd.Flags()
	f.StringVar(&x.Title, "title", "", "what it covers, as the reply prints it")
	f.StringVar(&x.Source, "law", "", "where it stands")
	f.StringVar(&x.Note, "advice", "", "advice to whoever uses it; never printed")
	return cmd
}

func (a *app) removeExemption() *cobra.Command {
	return &cobra.Command{
		Use: "remove CODE", Short: "Take an exemption off the list", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if err := s.RemoveExemption(ctx, args[0]); err != nil {
				return err
			}
			return a.done(register.ID(args[0]), "removed")
		}),
	}
}
