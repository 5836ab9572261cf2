package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const manyHelp = `Do one thing with many people: those named by --id, or all that --filter and
the flags beside it find. Each is judged by the rules for one; who cannot have it
done is left and told, with the reason.

  --dry-run  says what would become of each, and changes nothing

'custos undo' takes all of it back at once, what they were told of apart.`

const manyCasesHelp = `Do one thing with many cases: those named by --ref, or all that --filter and the
flags beside it find. It stays on record; another entry puts it right.

  --dry-run  says what would become of each, and changes nothing`

// manyDone is the result of one thing done with many records.
type manyDone struct {
	Plan *register.ManyPlan `json:"plan"`
	Done *register.ManyDone `json:"done,omitempty"` // nothing was done: a dry run
}

func (a *app) manyDelegates() *cobra.Command {
	var in listFlags
	var ids []string
	var dry bool
	var acts manyActs
	cmd := &cobra.Command{
		Use: "many", Short: "Do one thing with many people", Long: manyHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			what, err := acts.people()
			if err != nil {
				return err
			}
			who, err := chosenPeople(s, ids, &in)
			if err != nil {
				return err
			}
			return a.doMany(ctx, s, who, what, dry)
		}),
	}
	in.declare(cmd)
	in.declarePeople(cmd)
	f := cmd.Flags()
	f.StringSliceVar(&ids, "id", nil, "a person; may be repeated")
	f.BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	acts.declare(cmd)
	return atLeastOne(exactlyOne(cmd, "deactivate", "reactivate", "set", "join", "leave", "told"),
		"id", "filter", "status", "kind", "organisation")
}

// manyActs are the flags that say what is done.
type manyActs struct {
	deactivate, reactivate bool
	set, join, leave, told string
	reason, role, access   string
	source, how, version   string
}

func (m *manyActs) declare(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&m.deactivate, "deactivate", false, "stop using their records, with --reason")
	f.BoolVar(&m.reactivate, "reactivate", false, "take their records back into use, with --reason")
	f.StringVar(&m.set, "set", "", "give one field a value, as FIELD=VALUE")
	f.StringVar(&m.join, "join", "", "make them members of an organisation, by its id")
	f.StringVar(&m.leave, "leave", "", "end their membership of an organisation today, by its id")
	f.StringVar(&m.told, "told", "", "record that they were told of a notice, by its id, with --notice-version and --how")
	f.StringVar(&m.reason, "reason", "", "why, where a record goes out of use or comes back")
	f.StringVar(&m.role, "role", "", "their role in the organisation they join")
	f.StringVar(&m.access, "access", "", "their access level there")
	f.StringVar(&m.source, "source", "", "where the value comes from")
	f.StringVar(&m.version, "notice-version", "", "the version of the notice they were told of")
	f.StringVar(&m.how, "how", "", "how they were told")
}

// people is what the flags say.
func (m *manyActs) people() (what register.Many, err error) {
	what = register.Many{
		Reason: strings.TrimSpace(m.reason), Role: m.role, Access: m.access, Source: register.Provenance{How: m.source},
		Notice: m.told, Version: m.version, How: m.how,
	}
	organisation := func(act register.ManyAct, id string) {
		what.Act = act
		what.Organisation, err = register.ParseID(register.OrganisationPrefix, id)
	}
	switch {
	case m.deactivate:
		what.Act = register.ManyDeactivate
	case m.reactivate:
		what.Act = register.ManyReactivate
	case m.join != "":
		organisation(register.ManyJoin, m.join)
	case m.leave != "":
		organisation(register.ManyLeave, m.leave)
	case m.told != "":
		what.Act = register.ManyTold
	default:
		var ok bool
		what.Act = register.ManySet
		if what.Field, what.Value, ok = strings.Cut(m.set, "="); !ok {
			return what, usagef("--set takes FIELD=VALUE; FIELD= takes away what is held")
		}
	}
	return what, err
}

func chosenPeople(s *desk.Seat, ids []string, in *listFlags) ([]register.ID, error) {
	var who []register.ID
	for _, text := range ids {
		id, err := register.ParseID(register.DelegatePrefix, text)
		if err != nil {
			return nil, err
		}
		who = append(who, id)
	}
	if len(ids) > 0 {
		return who, nil
	}
	q, err := in.people()
	if err != nil {
		return nil, err
	}
	rows, err := s.Delegates(q)
	if err != nil {
		return nil, err
	}
	for _, r := range collect(rows, in.limit) {
		who = append(who, r.ID)
	}
	return who, nil
}

func (a *app) manyRequests() *cobra.Command {
	var q register.CaseQuery
	var refs []string
	var dry bool
	var assign, note, state string
	cmd := &cobra.Command{
		Use: "many", Short: "Do one thing with many cases", Long: manyCasesHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			what := register.Many{Act: register.ManyNote, Text: strings.TrimSpace(note)}
			if assign != "" {
				what = register.Many{Act: register.ManyAssign, To: assign}
			}
			ids := make([]register.ID, len(refs))
			for i, ref := range refs {
				ids[i] = register.ID(ref)
			}
			if len(refs) == 0 {
				q.State, q.AsOf = register.RequestState(state), s.Today()
				list, err := s.Cases(q)
				if err != nil {
					return err
				}
				for i := range list.Len() {
					ids = append(ids, register.ID(list.Row(i).Ref))
				}
			}
			return a.doMany(ctx, s, ids, what, dry)
		}),
	}
	choice(cmd, &state, "state", "only those that are", texts(register.RequestStates())...)
	f := cmd.Flags()
	f.StringVar(&q.Owner, "owner", "", "only those of an operator")
	f.StringVar(&q.Text, "filter", "", "words that all have to occur")
	f.StringSliceVar(&refs, "ref", nil, "a case; may be repeated")
	f.StringVar(&assign, "assign", "", "give them to a colleague, by login")
	f.StringVar(&note, "note", "", "add the same note to each")
	f.BoolVar(&dry, "dry-run", false, "say what would happen and change nothing")
	return atLeastOne(exactlyOne(cmd, "assign", "note"), "ref", "filter", "state", "owner")
}

// exactlyOne makes a command refuse to run unless one of the flags was given.
func exactlyOne(cmd *cobra.Command, flags ...string) *cobra.Command {
	return counting(cmd, flags, func(given int) bool { return given == 1 }, "exactly one of --%s has to be given")
}

// doMany plans one thing for many records and, unless it is a dry run, carries it out.
func (a *app) doMany(ctx context.Context, s *desk.Seat, ids []register.ID, what register.Many, dry bool) error {
	plan, err := s.PlanMany(ctx, ids, what)
	if err != nil {
		return err
	}
	result := manyDone{Plan: &plan}
	if !dry && plan.Counts.Changes > 0 {
		shown := a.progress()
		done, err := s.ApplyMany(ctx, plan, func(n, total int) { shown.told("Writing", n, total) })
		shown.end()
		result.Done = &done
		if err != nil {
			if done.Counts.Changes > 0 {
				err = fmt.Errorf("done with %d, %d left: %w", done.Counts.Changes, done.Left, err)
			}
			return err
		}
	}
	return a.show(result, func(p *page) { p.many(&result) })
}

func (p *page) many(m *manyDone) {
	var rows [][]string
	for i := range m.Plan.Rows {
		r := &m.Plan.Rows[i]
		rows = append(rows, []string{string(r.ID), string(r.Outcome), r.Was, first(r.Reason, r.Becomes)})
	}
	p.table("nobody is like that", []string{"ID", "FATE", "IS", "BECOMES, OR WHY NOT"}, rows)
	c := m.Plan.Counts
	p.line("%s: %d would change, %d the same, %d refused.", strconv.Itoa(c.Rows), c.Changes, c.Same, c.Refused)
	if m.Done == nil {
		p.line("Nothing was changed.")
		return
	}
	for _, r := range m.Done.Refused {
		p.line("%s: %s", r.ID, r.Reason)
	}
	p.line("Done with %d.", m.Done.Counts.Changes)
}
