package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) delegateCommand() *cobra.Command {
	return a.noun("delegate", "The people the office keeps",
		a.importDelegates(), a.listDelegates(), a.showDelegate(), a.addDelegate(), a.changeDelegate(), a.mergeDelegates(), a.manyDelegates(),
		a.statusCommand("deactivate", "Stop using a person's record at once: a leaver", (*desk.Seat).Deactivate),
		a.statusCommand("reactivate", "Take a deactivated record back into use", (*desk.Seat).Reactivate))
}

func (a *app) listDelegates() *cobra.Command {
	var in listFlags
	var incomplete bool
	cmd := &cobra.Command{
		Use: "list", Short: "List people by name", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			q, err := in.people()
			if err != nil {
				return err
			}
			rows, err := s.Delegates(q)
			if err != nil {
				return err
			}
			list := collect(rows, 0)
			if incomplete {
				list = onlyIncomplete(list)
			}
			if in.limit > 0 && len(list) > in.limit {
				list = list[:in.limit]
			}
			return a.show(list, func(p *page) { p.people(list) })
		}),
	}
	in.declare(cmd)
	in.declarePeople(cmd)
	cmd.Flags().BoolVar(&incomplete, "incomplete", false, "only records that lack a mandatory field")
	return cmd
}

func (l *listFlags) declarePeople(cmd *cobra.Command) {
	cmd.Flags().StringVar(&l.kind, "kind", "", "only people of this kind")
	cmd.Flags().StringVar(&l.within, "organisation", "", "only members of this organisation")
	choice(cmd, &l.status, "status", "only those that are",
		string(register.Active), string(register.Deactivated), string(register.Restricted), string(register.Erased))
}

// people is the query the flags ask for, without a limit: what is left out is left out afterwards.
func (l *listFlags) people() (register.Query, error) {
	q := register.Query{Filter: l.filter, Kind: l.kind, Status: register.Status(l.status)}
	var err error
	if l.within != "" {
		q.Within, err = register.ParseID(register.OrganisationPrefix, l.within)
	}
	return q, err
}

func onlyIncomplete(list []register.DelegateRow) []register.DelegateRow {
	kept := []register.DelegateRow{}
	for _, d := range list {
		if d.Incomplete {
			kept = append(kept, d)
		}
	}
	return kept
}

func (p *page) people(list []register.DelegateRow) {
	var rows [][]string
	for _, d := range list {
		state := string(d.Status)
		if d.Incomplete {
			state += ", incomplete"
		}
		rows = append(rows, []string{string(d.ID), d.Name, d.Email, d.Organisation, d.Kind, state})
	}
	p.table("no people", []string{"ID", "NAME", "EMAIL", "ORGANISATION", "KIND", "STATUS"}, rows)
}

func (a *app) showDelegate() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show everything held on a person", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.DelegatePrefix, args[0])
			if err != nil {
				return err
			}
			d, err := s.Person(id)
			if err != nil {
				return err
			}
			return a.show(d, func(p *page) { p.person(&d) })
		}),
	}
}

func (p *page) person(d *register.PersonPage) {
	p.pairs([2]string{"id", string(d.Delegate.ID)}, [2]string{"kind", d.Delegate.Kind},
		[2]string{"status", string(d.Delegate.Status)})
	p.missing(d.Missing)
	for _, h := range d.Holdings {
		p.heading(h.Title + ":")
		for i, entry := range h.Entries {
			if i > 0 {
				p.line("")
			}
			var rows [][]string
			for _, l := range entry.Lines {
				rows = append(rows, []string{"  " + l.Label, l.Value, l.Source})
			}
			p.columns(rows)
		}
	}
	if len(d.Requests) > 0 {
		p.heading("Requests:")
		p.requests(d.Requests)
	}
}

func (p *page) missing(fields []register.MissingField) {
	if len(fields) == 0 {
		return
	}
	p.heading("Incomplete: mandatory and empty")
	for _, m := range fields {
		p.line("  %s: %s", m.Title, m.Consequence)
	}
}

// setStatus is how the desk moves a record into or out of use.
type setStatus func(s *desk.Seat, ctx context.Context, who register.ID, reason string) error

func (a *app) statusCommand(verb, short string, do setStatus) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: verb + " ID --reason TEXT", Short: short, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.DelegatePrefix, args[0])
			if err != nil {
				return err
			}
			if err := do(s, ctx, id, strings.TrimSpace(reason)); err != nil {
				return err
			}
			return a.done(id, verb+"d")
		}, "reason"),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	return cmd
}
