package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) organisationCommand() *cobra.Command {
	return a.noun("organisation", "Schools, settings, employers and partners",
		a.importOrganisations(), a.listOrganisations(), a.showOrganisation(), a.addOrganisation(), a.changeOrganisation())
}

// listFlags narrow a list.
type listFlags struct {
	filter, status, kind, within string
	limit                        int
}

func (l *listFlags) declare(cmd *cobra.Command) {
	cmd.Flags().StringVar(&l.filter, "filter", "", "words that all have to occur")
	cmd.Flags().IntVar(&l.limit, "limit", 0, "at most so many; 0 for all")
}

func (a *app) listOrganisations() *cobra.Command {
	var in listFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List organisations by name", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			rows, err := s.Organisations(register.Query{Filter: in.filter, Kind: in.status, Limit: in.limit})
			if err != nil {
				return err
			}
			list := collect(rows, in.limit)
			return a.show(list, func(p *page) { p.organisations(list) })
		}),
	}
	in.declare(cmd)
	choice(cmd, &in.status, "status", "only those that are",
		string(register.Open), string(register.Closed), string(register.Proposed))
	return cmd
}

// collect takes rows out of a list, all of them where limit is 0.
func collect[T any](rows register.Rows[T], limit int) []T {
	n := rows.Len()
	if limit > 0 {
		n = min(n, limit)
	}
	list := make([]T, n)
	for i := range list {
		list[i] = rows.Row(i)
	}
	return list
}

func (p *page) organisations(list []register.OrganisationRow) {
	var rows [][]string
	for _, o := range list {
		rows = append(rows, []string{string(o.ID), o.Name, o.URN, o.Type, o.Town, string(o.Status), strconv.Itoa(o.People)})
	}
	p.table("no organisations", []string{"ID", "NAME", "URN", "TYPE", "TOWN", "STATUS", "PEOPLE"}, rows)
}

func (a *app) showOrganisation() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show an organisation and its people", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.OrganisationPrefix, args[0])
			if err != nil {
				return err
			}
			o, err := s.OrganisationPage(id)
			if err != nil {
				return err
			}
			return a.show(o, func(p *page) { p.organisation(&o) })
		}),
	}
}

func (p *page) organisation(o *register.OrganisationPage) {
	pairs := [][2]string{{"id", string(o.Organisation.ID)}, {"status", string(o.Organisation.Status)}}
	for _, field := range register.OrganisationFields() {
		pairs = append(pairs, [2]string{strings.ReplaceAll(field, "_", " "), o.Organisation.Value(field)})
	}
	pairs = append(pairs, [2]string{"opened", o.Organisation.Opened.String()},
		[2]string{"closed", o.Organisation.Closed.String()})
	for _, link := range o.Organisation.Links {
		pairs = append(pairs, [2]string{link.Type, strings.TrimSpace(link.URN + " " + link.Name + " " + link.On.String())})
	}
	p.pairs(pairs...)
	p.heading("People:")
	p.people(o.People)
}

func (a *app) addOrganisation() *cobra.Command {
	var in register.OrganisationInput
	values := fieldFlags{}
	cmd := &cobra.Command{
		Use: "add", Short: "Add an organisation", Args: takes(cobra.NoArgs),
		Example: `  custos organisation add --name "Hill Road Primary School" --urn 100001`,
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
		in.Values = values.given(cmd)
		id, err := s.AddOrganisation(ctx, in)
		if err != nil {
			return err
		}
		return a.done(id, "added")
	}, "name")
	for _, field := range register.OrganisationFields() {
		values.declare(cmd, field)
	}
	cmd.Flags().StringVar(&in.Source.How, "source", "", "where this comes from")
	return cmd
}

func (a *app) changeOrganisation() *cobra.Command {
	var in register.OrganisationInput
	values := fieldFlags{}
	cmd := &cobra.Command{
		Use: "change ID", Short: "Change the fields given; an empty value clears one", Args: takes(cobra.ExactArgs(1)),
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
		id, err := register.ParseID(register.OrganisationPrefix, args[0])
		if err != nil {
			return err
		}
		in.Values = values.given(cmd)
		if err := s.ChangeOrganisation(ctx, id, in); err != nil {
			return err
		}
		return a.done(id, "changed")
	})
	for _, field := range register.OrganisationFields() {
		values.declare(cmd, field)
	}
	cmd.Flags().StringVar(&in.Source.How, "source", "", "where this comes from")
	return cmd
}
