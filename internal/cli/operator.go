package cli

import (
	"context"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) operatorCommand() *cobra.Command {
	return a.noun("operator", "The office's staff who open the store",
		a.addOperator(), a.changeOperator(), a.listOperators(), a.removeOperator(), a.operatorKeys())
}

func (a *app) addOperator() *cobra.Command {
	var roles []string
	var organisation, file, keyFile string
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add a member of staff, with a passphrase of their own", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			org, err := leadOf(organisation)
			if err != nil {
				return err
			}
			op := register.Operator{Name: args[0], Roles: rolesOf(roles), Organisation: org}
			if err := op.Validate(); err != nil {
				return err
			}
			keys, err := a.keysOf(keyFile)
			if err != nil {
				return err
			}
			p, err := a.newPassphrase(ctx, file, op.Name, s.Settings().Office, op.Name)
			if err != nil {
				return err
			}
			if err := s.AddOperator(ctx, op, p); err != nil {
				return err
			}
			added, err := addKeys(ctx, s, op.Name, keys)
			if err != nil {
				return err
			}
			row := operatorRow{Name: op.Name, Roles: op.Roles, Organisation: op.Organisation, Keys: added}
			return a.show(row, func(p *page) {
				p.line("%s added as %s", op.Name, strings.Join(roles, ", "))
				keyLines(p, added)
			})
		}, "role"),
	}
	f := cmd.Flags()
	f.StringSliceVar(&roles, "role", nil, "what they may do: "+strings.Join(texts(register.Roles()), ", "))
	_ = cmd.RegisterFlagCompletionFunc("role", // declared a line above
		cobra.FixedCompletions(texts(register.Roles()), cobra.ShellCompDirectiveNoFileComp))
	f.StringVar(&organisation, "organisation", "", "whose people a lead sees")
	f.StringVar(&file, "new-passphrase-file", "", "file whose first line is their passphrase")
	f.StringVar(&keyFile, "ssh-key", "", "file with the public SSH key they come in with from elsewhere")
	return cmd
}

// operatorRow is a member of staff in a result.
type operatorRow struct {
	Name         string          `json:"name"`
	Roles        []register.Role `json:"roles"`
	Organisation register.ID     `json:"organisation,omitempty"`
	Created      time.Time       `json:"created,omitzero"`
	CreatedBy    string          `json:"created_by,omitempty"`
	Keys         []keyRow        `json:"keys,omitempty"`
}

func (a *app) listOperators() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the staff who open the store", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			all, err := s.Operators()
			if err != nil {
				return err
			}
			var list []operatorRow
			var rows [][]string
			for _, op := range all {
				list = append(list, operatorRow{op.Name, op.Roles, op.Organisation, op.Created, op.CreatedBy, keyRows(op.Keys)})
				rows = append(rows, []string{op.Name, strings.Join(texts(op.Roles), ", "), calendar.LondonDate(op.Created).String()})
			}
			return a.show(list, func(p *page) { p.table("nobody", []string{"NAME", "ROLES", "SINCE"}, rows) })
		}),
	}
}

func (a *app) removeOperator() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Take a member of staff's way in away", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if err := s.RemoveOperator(ctx, args[0]); err != nil {
				return err
			}
			return a.show(struct {
				Name string `json:"name"`
			}{args[0]}, func(p *page) { p.line("%s removed", args[0]) })
		}),
	}
}
