package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) holdCommand() *cobra.Command {
	return a.noun("hold", "Data that must be kept until something is settled", a.setHold(), a.releaseHold(), a.listHolds())
}

func (a *app) setHold() *cobra.Command {
	var in register.HoldInput
	cmd := &cobra.Command{
		Use: "set", Short: "Keep a person's data from being erased", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			h, err := s.SetHold(ctx, in)
			if err != nil {
				return err
			}
			return a.show(h, func(p *page) { p.line("%s holds %s: %s", h.ID, h.Delegate, h.Kind) })
		}, "delegate", "kind", "reason"),
	}
	person(cmd, &in.Delegate)
	choice(cmd, &in.Kind, "kind", "what it is for", register.HoldKinds()...)
	cmd.Flags().StringVar(&in.Reason, "reason", "", "why the data must be kept")
	date(cmd, &in.On, "on", "day; today unless given")
	date(cmd, &in.Review, "review", "day to look at it again")
	return cmd
}

func (a *app) releaseHold() *cobra.Command {
	var who register.ID
	var because string
	cmd := &cobra.Command{
		Use: "release ID", Short: "End a hold", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.HoldPrefix, args[0])
			if err != nil {
				return err
			}
			if err := s.ReleaseHold(ctx, who, id, because); err != nil {
				return err
			}
			return a.done(id, "released")
		}, "delegate", "because"),
	}
	person(cmd, &who)
	cmd.Flags().StringVar(&because, "because", "", "why it may end")
	return cmd
}

func (a *app) listHolds() *cobra.Command {
	var who register.ID
	cmd := &cobra.Command{
		Use: "list", Short: "List the holds on a person", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Holds(who)
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, h := range list {
					state := "stands"
					if !h.Standing() {
						state = "released " + h.Released.String()
					}
					rows = append(rows, []string{string(h.ID), h.Kind, h.On.String(), state, h.Reason})
				}
				p.table("no holds", []string{"ID", "KIND", "SINCE", "STATE", "REASON"}, rows)
			})
		}, "delegate"),
	}
	person(cmd, &who)
	return cmd
}
