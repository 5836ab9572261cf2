package cli

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) suppressionCommand() *cobra.Command {
	return a.noun("suppression", "Addresses and numbers that must not be used", a.suppress(), a.listSuppressions(), a.lift())
}

const suppressHelp = `Keep an address or a number from being used. Only a keyed hash of it is kept,
so that it outlives the person's record and the next import cannot undo it.

  --scope marketing   nothing that is marketing (unless given)
  --scope all         no contact of any sort
  --scope erased      as all, and no import adds anybody under it again
  --scope PURPOSE     nothing for this purpose of the profile`

func (a *app) suppress() *cobra.Command {
	var in register.SuppressionInput
	cmd := &cobra.Command{
		Use: "add", Short: "Suppress an address or a number", Long: suppressHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			added, err := s.Suppress(ctx, in)
			if err != nil {
				return err
			}
			return a.show(added, func(p *page) { p.line("%s suppressed: %s, %s", added.ID, added.Channel, added.Scope) })
		}, "reason"),
	}
	f := cmd.Flags()
	f.StringVar(&in.Email, "email", "", "the address")
	f.StringVar(&in.Phone, "phone", "", "the number")
	choice(cmd, &in.Channel, "channel", "by which channel; by all unless given", "email", "phone", "sms")
	choice(cmd, &in.Scope, "scope", "what it keeps out; marketing unless given", register.SuppressionScopes()...)
	f.StringVar(&in.Reason, "reason", "", "why; never the address itself")
	return cmd
}

func (a *app) listSuppressions() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List what is suppressed, the latest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Suppressions()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) { p.suppressions(list) })
		}),
	}
}

func (p *page) suppressions(list []register.Suppression) {
	var rows [][]string
	for _, s := range list {
		state := "in force"
		if !s.Lifted.IsZero() {
			state = "lifted " + calendar.LondonDate(s.Lifted).String()
		}
		rows = append(rows, []string{
			string(s.ID), calendar.LondonDate(s.At).String(), s.Kind, s.Channel, s.Scope, s.Source, state, s.Reason,
		})
	}
	heads := []string{"ID", "SINCE", "KIND", "CHANNEL", "SCOPE", "SOURCE", "STATE", "REASON"}
	p.table("nothing is suppressed", heads, rows)
}

func (a *app) lift() *cobra.Command {
	var because string
	cmd := &cobra.Command{
		Use: "lift ID --because TEXT", Short: "End a suppression the person asked to end", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.SuppressionPrefix, args[0])
			if err != nil {
				return err
			}
			if err := s.LiftSuppression(ctx, id, because); err != nil {
				return err
			}
			return a.done(id, "lifted")
		}, "because"),
	}
	cmd.Flags().StringVar(&because, "because", "", "why it may end")
	return cmd
}
