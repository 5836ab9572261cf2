package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) disclosureCommand() *cobra.Command {
	return a.noun("disclosure", "Files that left the office, and who was in them", a.listDisclosures(), a.showDisclosed())
}

func (a *app) listDisclosures() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the files that left, the latest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Disclosures()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, d := range list {
					rows = append(rows, []string{
						string(d.ID), onTheClock(d.At), d.What, d.Recipient, strconv.Itoa(d.Count), d.Request, d.PreparedBy,
					})
				}
				p.table("nothing has left", []string{"ID", "AT", "WHAT", "TO", "PEOPLE", "REQUEST", "BY"}, rows)
			})
		}),
	}
}

func (a *app) showDisclosed() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show a file that left, with everybody in it", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.DisclosurePrefix, args[0])
			if err != nil {
				return err
			}
			d, err := s.DisclosurePage(ctx, id)
			if err != nil {
				return err
			}
			return a.show(d, func(p *page) {
				x := &d.Disclosure
				p.pairs([2]string{"Disclosure", string(x.ID)}, [2]string{"At", onTheClock(x.At)}, [2]string{"What", x.What},
					[2]string{"To", x.Recipient}, [2]string{"Request", x.Request}, [2]string{"By", x.PreparedBy},
					[2]string{"Approved by", x.ApprovedBy}, [2]string{"SHA-256", x.Digest}, [2]string{"Audit trail", x.Audit().String()})
				var rows [][]string
				for _, who := range d.People {
					rows = append(rows, []string{string(who.ID), who.Name})
				}
				p.line("")
				p.table("nobody on record was in it", []string{"DELEGATE", "NAME"}, rows)
				if d.Gone > 0 {
					p.line("%s in it who are erased since", people(d.Gone))
				}
			})
		}),
	}
}
