package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const mergeHelp = `Join two records of the same person. Everything of the one goes to the other:
memberships, bookings, the whole ledger, cases, disclosures and suppressions.
What the record that stays lacks is filled in; where the two differ its value
stays, unless --take names the field. The other record is then gone for good.

It needs --yes; --dry-run says what would happen and changes nothing.`

func (a *app) mergeDelegates() *cobra.Command {
	var in register.MergeInput
	var into string
	var dry, yes bool
	cmd := &cobra.Command{
		Use: "merge ID --into ID", Short: "Join two records of the same person", Long: mergeHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			if in.From, err = register.ParseID(register.DelegatePrefix, args[0]); err != nil {
				return err
			}
			if in.Into, err = register.ParseID(register.DelegatePrefix, into); err != nil {
				return err
			}
			if !dry && !yes {
				return register.Errorf(register.Refused, "", "this cannot be taken back: look at --dry-run, then say --yes")
			}
			m, err := s.Merge(ctx, in, dry)
			if err != nil {
				return err
			}
			return a.show(m, func(p *page) { p.merge(&m) })
		}, "into"),
	}
	f := cmd.Flags()
	f.StringVar(&into, "into", "", "id of the record that stays")
	f.StringSliceVar(&in.Take, "take", nil, "a field the other record knows better; may be repeated")
	f.BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	f.BoolVar(&yes, "yes", false, "do it: the record is gone afterwards")
	return cmd
}

func (p *page) merge(m *register.Merge) {
	p.pairs([2]string{"Filled in", strings.Join(m.Filled, ", ")}, [2]string{"Lost, since they differ", strings.Join(m.Differ, ", ")})
	for _, name := range slices.Sorted(maps.Keys(m.Moved)) {
		p.line("%s: %d go over", name, m.Moved[name])
	}
	if m.Suppressed > 0 {
		p.line("suppressions: %d come to cover the address that stays", m.Suppressed)
	}
	for _, q := range m.Questions {
		p.line("%s: %s and %s become %s", inWords(q.Purpose, q.Channel, q.Brand), q.From, q.Into, q.Becomes)
	}
	if m.Done {
		p.line("%s is one with %s.", m.From, m.Into)
		return
	}
	p.line("Nothing was changed.")
}
