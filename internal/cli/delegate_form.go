package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// personFlags are the fields of a person on a command line.
type personFlags struct {
	in           register.DelegateInput
	fields       fieldFlags
	sets         []string // FIELD=VALUE, for the fields a profile adds
	organisation string
}

func (f *personFlags) declare(cmd *cobra.Command) {
	f.fields = fieldFlags{}
	for _, field := range []string{register.FieldName, register.FieldGiven, register.FieldFamily, register.FieldEmail,
		register.FieldPhone, register.FieldJobTitle} {
		f.fields.declare(cmd, field)
	}
	cmd.Flags().StringArrayVar(&f.sets, "set", nil, "FIELD=VALUE for any other field of the profile; may be repeated")
	cmd.Flags().StringVar(&f.in.Kind, "kind", "", "kind of person; the profile's first unless given")
	cmd.Flags().StringVar(&f.in.Source.How, "source", "", "where this comes from")
}

// input is what the flags say.
func (f *personFlags) input(cmd *cobra.Command) (register.DelegateInput, error) {
	in := f.in
	in.Values = f.fields.given(cmd)
	for _, set := range f.sets {
		field, value, ok := strings.Cut(set, "=")
		if !ok {
			return in, usagef("--set takes FIELD=VALUE")
		}
		in.Values[field] = value
	}
	var err error
	if f.organisation != "" {
		in.Organisation, err = register.ParseID(register.OrganisationPrefix, f.organisation)
	}
	return in, err
}

func (a *app) addDelegate() *cobra.Command {
	var f personFlags
	cmd := &cobra.Command{
		Use: "add", Short: "Add a person", Args: takes(cobra.NoArgs),
		Long: "Add a person. A name is all that is needed; a mandatory field left out makes the\n" +
			"record incomplete, and --strict refuses it.",
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
		in, err := f.input(cmd)
		if err != nil {
			return err
		}
		id, err := s.AddDelegate(ctx, in)
		if err != nil {
			return err
		}
		return a.added(s, id)
	})
	f.declare(cmd)
	cmd.Flags().StringVar(&f.organisation, "organisation", "", "the organisation they belong to")
	cmd.Flags().StringVar(&f.in.Role, "role", "", "their role there")
	cmd.Flags().StringVar(&f.in.Access, "access", "", "their access level there")
	cmd.Flags().BoolVar(&f.in.Strict, "strict", false, "refuse a record that lacks a mandatory field")
	return cmd
}

// added says which id a new person has and what their record lacks.
func (a *app) added(s *desk.Seat, id register.ID) error {
	d, err := s.Person(id)
	if err != nil {
		return err
	}
	result := struct {
		ID         register.ID             `json:"id"`
		Incomplete bool                    `json:"incomplete"`
		Missing    []register.MissingField `json:"missing"`
	}{id, len(d.Missing) > 0, d.Missing}
	return a.show(result, func(p *page) {
		p.line("%s added", id)
		p.missing(d.Missing)
	})
}

func (a *app) changeDelegate() *cobra.Command {
	var f personFlags
	cmd := &cobra.Command{
		Use: "change ID", Short: "Change the fields given; an empty value clears one", Args: takes(cobra.ExactArgs(1)),
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
		id, err := register.ParseID(register.DelegatePrefix, args[0])
		if err != nil {
			return err
		}
		in, err := f.input(cmd)
		if err != nil {
			return err
		}
		if err := s.ChangeDelegate(ctx, id, in); err != nil {
			return err
		}
		return a.done(id, "changed")
	})
	f.declare(cmd)
	return cmd
}
