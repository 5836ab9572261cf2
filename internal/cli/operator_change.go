package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) changeOperator() *cobra.Command {
	var roles []string
	var organisation string
	cmd := &cobra.Command{
		Use: "change NAME", Short: "Give a member of staff other roles, from their next step on", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := leadOf(organisation)
			if err != nil {
				return err
			}
			op, err := s.ChangeOperator(ctx, args[0], rolesOf(roles), id)
			if err != nil {
				return err
			}
			return a.show(operatorRow{op.Name, op.Roles, op.Organisation, op.Created, op.CreatedBy, keyRows(op.Keys)},
				func(p *page) { p.line("%s is %s now", op.Name, strings.Join(texts(op.Roles), ", ")) })
		}, "role"),
	}
	f := cmd.Flags()
	f.StringSliceVar(&roles, "role", nil, "what they may do from now on, all of it: "+strings.Join(texts(register.Roles()), ", "))
	_ = cmd.RegisterFlagCompletionFunc("role", // declared a line above
		cobra.FixedCompletions(texts(register.Roles()), cobra.ShellCompDirectiveNoFileComp))
	f.StringVar(&organisation, "organisation", "", "whose people a lead sees")
	return cmd
}

func rolesOf(names []string) []register.Role {
	var roles []register.Role
	for _, name := range names {
		roles = append(roles, register.Role(name))
	}
	return roles
}

// leadOf reads the organisation of a lead; empty for none.
func leadOf(text string) (register.ID, error) {
	if text == "" {
		return "", nil
	}
	return register.ParseID(register.OrganisationPrefix, text)
}
