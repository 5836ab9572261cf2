package cli

import (
	"context"
	"fmt"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) breachCommand() *cobra.Command {
	return a.noun("breach", "Personal data breaches, and the 72 hours to report them",
		a.addBreach(), a.listBreaches(), a.showBreach(), a.changeBreach(), a.reportBreach(), a.closeBreach())
}

// breachFlags declares the facts of a breach.
func breachFlags(cmd *cobra.Command, in *register.BreachInput) {
	f := cmd.Flags()
	f.Var(instantFlag{&in.Aware}, "aware", "when the office became aware of it, such as 2026-03-27T16:00")
	f.StringVar(&in.What, "what", "", "what happened")
	f.StringVar(&in.Data, "data", "", "kinds of data")
	f.IntVar(&in.People, "people", 0, "how many people are affected, about")
	f.StringVar(&in.Effects, "effects", "", "likely consequences")
	f.StringVar(&in.Measures, "measures", "", "what was done about it, or will be")
}

func (a *app) addBreach() *cobra.Command {
	var in register.BreachInput
	cmd := &cobra.Command{
		Use: "add", Short: "Record a breach, which starts the 72 hours", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			row, err := s.AddBreach(ctx, in)
			if err != nil {
				return err
			}
			return a.show(row, func(p *page) { p.line("%s is on record: %s", row.ID, row.Words) })
		}, "aware", "what"),
	}
	breachFlags(cmd, &in)
	return cmd
}

func (a *app) changeBreach() *cobra.Command {
	var in register.BreachInput
	cmd := &cobra.Command{
		Use: "change ID", Short: "Put the facts of a breach right, or add to them", Args: takes(cobra.ExactArgs(1)),
		Long: "Put the facts of a breach right, or add to them. What no flag speaks of stays.",
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
		id, err := register.ParseID(register.BreachPrefix, args[0])
		if err != nil {
			return err
		}
		held, err := s.Breach(id)
		if err != nil {
			return err
		}
		row, err := s.ChangeBreach(ctx, id, changedFacts(cmd, &held, in))
		if err != nil {
			return err
		}
		return a.show(row, func(p *page) { p.line("%s: %s", row.ID, row.Words) })
	})
	breachFlags(cmd, &in)
	return cmd
}

// changedFacts are the facts held, with those that flags were given for.
func changedFacts(cmd *cobra.Command, held *register.BreachRow, given register.BreachInput) register.BreachInput {
	given.Revision = held.Revision
	for name, keep := range map[string]func(){
		"aware":    func() { given.Aware = held.Aware },
		"what":     func() { given.What = held.What },
		"data":     func() { given.Data = held.Data },
		"people":   func() { given.People = held.People },
		"effects":  func() { given.Effects = held.Effects },
		"measures": func() { given.Measures = held.Measures },
	} {
		if !cmd.Flags().Changed(name) {
			keep()
		}
	}
	return given
}

func (a *app) reportBreach() *cobra.Command {
	var in register.BreachDecision
	var risk string
	cmd := &cobra.Command{
		Use: "report ID", Short: "Judge the risk, and record who was told or why not", Args: takes(cobra.ExactArgs(1)),
		RunE: a.decidesBreach(func() register.BreachDecision {
			in.Risk = register.BreachRisk(risk)
			return in
		}),
	}
	choice(cmd, &risk, "risk", "to people", texts(register.BreachRisks())...)
	f := cmd.Flags()
	f.Var(instantFlag{&in.Reported}, "reported", "when it was reported to the regulator")
	f.StringVar(&in.Reference, "reference", "", "the regulator's reference")
	f.StringVar(&in.LateBecause, "late-because", "", "why it was reported after the 72 hours")
	f.StringVar(&in.NotReported, "not-reported", "", "why it is not reported: a risk to people is unlikely because")
	f.Var(instantFlag{&in.Told}, "told", "when the people were told")
	f.StringVar(&in.NotTold, "not-told", "", "why the people are not told")
	return cmd
}

func (a *app) closeBreach() *cobra.Command {
	return &cobra.Command{
		Use: "close ID", Short: "Close a breach that is done with", Args: takes(cobra.ExactArgs(1)),
		RunE: a.decidesBreach(func() register.BreachDecision { return register.BreachDecision{Close: true} }),
	}
}

func (a *app) decidesBreach(in func() register.BreachDecision) func(*cobra.Command, []string) error {
	return a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
		id, err := register.ParseID(register.BreachPrefix, args[0])
		if err != nil {
			return err
		}
		row, err := s.DecideBreach(ctx, id, in())
		if err != nil {
			return err
		}
		return a.show(row, func(p *page) { p.line("%s: %s", row.ID, row.Words) })
	})
}

func (a *app) listBreaches() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the breaches, what presses most first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Breaches()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for i := range list {
					b := &list[i]
					rows = append(rows, []string{string(b.ID), onTheClock(b.Aware), onTheClock(b.Due), string(b.Risk), b.Words, b.What})
				}
				p.table("no breaches", []string{"ID", "AWARE", "REPORT BY", "RISK", "STATE", "WHAT"}, rows)
			})
		}),
	}
}

func (a *app) showBreach() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show a breach, with how its 72 hours are counted", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.BreachPrefix, args[0])
			if err != nil {
				return err
			}
			b, err := s.Breach(id)
			if err != nil {
				return err
			}
			return a.show(b, func(p *page) { breachPage(p, &b) })
		}),
	}
}

func breachPage(p *page, b *register.BreachRow) {
	closed := ""
	if !b.Closed.IsZero() {
		closed = b.Closed.String() + " by " + b.ClosedBy
	}
	p.pairs(
		[2]string{"Breach", string(b.ID)}, [2]string{"State", b.Words},
		[2]string{"Aware", onTheClock(b.Aware)}, [2]string{"Report by", onTheClock(b.Due)},
		[2]string{"What happened", b.What}, [2]string{"Data", b.Data}, [2]string{"People", fmt.Sprint(b.People)},
		[2]string{"Consequences", b.Effects}, [2]string{"Measures", b.Measures},
		[2]string{"Risk", string(b.Risk)}, [2]string{"Judged by", b.JudgedBy},
		[2]string{"Reported", onTheClock(b.Reported)}, [2]string{"Reference", b.Reference},
		[2]string{"Late because", b.LateBecause}, [2]string{"Not reported", b.NotReported},
		[2]string{"People told", onTheClock(b.Told)}, [2]string{"Not told", b.NotTold},
		[2]string{"Recorded by", b.By}, [2]string{"Closed", closed},
	)
	if clock, err := calendar.BreachDue(b.Aware); err == nil {
		p.heading("How the time is counted")
		p.steps(clock.Steps)
	}
}
