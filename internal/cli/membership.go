package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) membershipCommand() *cobra.Command {
	return a.noun("membership", "Who belongs to which organisation", a.addMembership(), a.endMembership())
}

// pair is a person and an organisation on a command line.
type pair struct{ delegate, organisation string }

func (m *pair) declare(cmd *cobra.Command) {
	cmd.Flags().StringVar(&m.delegate, "delegate", "", "id of the person")
	cmd.Flags().StringVar(&m.organisation, "organisation", "", "id of the organisation")
}

func (m *pair) ids() (who, org register.ID, err error) {
	if who, err = register.ParseID(register.DelegatePrefix, m.delegate); err != nil {
		return "", "", err
	}
	org, err = register.ParseID(register.OrganisationPrefix, m.organisation)
	return who, org, err
}

func (a *app) addMembership() *cobra.Command {
	var m pair
	var in register.MembershipInput
	cmd := &cobra.Command{
		Use: "add", Short: "Make a person a member, or change their role there", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if in.Delegate, in.Organisation, err = m.ids(); err != nil {
				return err
			}
			id, err := s.Join(ctx, in)
			if err != nil {
				return err
			}
			return a.done(id, "set")
		}, "delegate", "organisation"),
	}
	m.declare(cmd)
	cmd.Flags().StringVar(&in.Role, "role", "", "their role there")
	cmd.Flags().StringVar(&in.Access, "access", "", "their access level there")
	date(cmd, &in.From, "from", "first day; today unless given")
	return cmd
}

func (a *app) endMembership() *cobra.Command {
	var m pair
	cmd := &cobra.Command{
		Use: "end", Short: "End a membership today", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			who, org, err := m.ids()
			if err != nil {
				return err
			}
			if err := s.Leave(ctx, who, org); err != nil {
				return err
			}
			return a.done(who, "is no longer a member of "+string(org))
		}, "delegate", "organisation"),
	}
	m.declare(cmd)
	return cmd
}
