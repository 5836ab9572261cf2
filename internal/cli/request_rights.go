package cli

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) rectifyRequest() *cobra.Command {
	var in register.RectifyInput
	cmd := a.step("rectify", "Put a value right that an approved request is about",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Rectify(ctx, ref(args), in)
		})
	f := cmd.Flags()
	f.StringVar(&in.Field, "field", "", "the field, as the profile calls it")
	f.StringVar(&in.Value, "value", "", "what it should say")
	f.StringVar(&in.Statement, "statement", "", "what the person states, where the data is incomplete")
	date(cmd, &in.On, "on", "day; today unless given")
	return cmd
}

func (a *app) restrictRequest() *cobra.Command {
	var in register.RestrictInput
	var codes []string
	for _, g := range register.RestrictionGrounds() {
		codes = append(codes, g.Code)
	}
	cmd := a.step("restrict", "Store the person's data and do nothing else with it",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Restrict(ctx, ref(args), in)
		}, "ground")
	choice(cmd, &in.Ground, "ground", "why", codes...)
	date(cmd, &in.On, "on", "day; today unless given")
	cmd.Flags().StringVar(&in.Note, "note", "", "anything to remember")
	return cmd
}

func (a *app) liftRequest() *cobra.Command {
	var on calendar.Date
	var why string
	cmd := a.step("lift", "End a restriction, once the person was told",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.LiftRestriction(ctx, ref(args), orToday(on, s), why)
		}, "why")
	date(cmd, &on, "on", "day; today unless given")
	cmd.Flags().StringVar(&why, "why", "", "why it may end")
	return cmd
}

func (a *app) recipientsOfRequest() *cobra.Command {
	return &cobra.Command{
		Use: "recipients REF", Short: "List who had the data and is to be told", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			rows, err := s.Recipients(ref(args))
			if err != nil {
				return err
			}
			return a.show(rows, func(p *page) { p.recipients(rows) })
		}),
	}
}

func (p *page) recipients(list []register.RecipientRow) {
	var rows [][]string
	for _, r := range list {
		state := "to be told"
		switch {
		case r.Unable != "":
			state = r.Unable + ": " + r.How
		case !r.Told.IsZero():
			state = "told " + r.Told.String()
		}
		var had []string
		for _, h := range r.Had {
			had = append(had, h.What+" "+h.On.String())
		}
		rows = append(rows, []string{r.Recipient, r.Name, r.Role, strings.Join(had, ", "), state})
	}
	p.table("nobody outside had it", []string{"RECIPIENT", "NAME", "ROLE", "HAD", "STATE"}, rows)
}

func (a *app) tellRecipient() *cobra.Command {
	var in register.TellInput
	cmd := a.step("tell", "Record that a recipient was told, or cannot be",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.TellRecipient(ctx, ref(args), in)
		}, "recipient", "how")
	f := cmd.Flags()
	f.StringVar(&in.Recipient, "recipient", "", "who")
	f.StringVar(&in.How, "how", "", "how they were told, or why they cannot be")
	choice(cmd, &in.Unable, "unable", "they are not told, because it is", register.Unables()...)
	date(cmd, &in.On, "on", "day; today unless given")
	return cmd
}

func (a *app) balanceRequest() *cobra.Command {
	var in register.BalanceInput
	cmd := a.step("balance", "Write down how interests were weighed in an objection",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Balance(ctx, ref(args), in)
		}, "interests", "impact", "outcome", "text")
	f := cmd.Flags()
	f.StringVar(&in.Interests, "interests", "", "what the office needs the data for")
	f.StringVar(&in.Impact, "impact", "", "what its use means for the person")
	choice(cmd, (*string)(&in.Outcome), "outcome", "the weighing came out for or against the person",
		string(register.ForPerson), string(register.AgainstPerson))
	f.StringVar(&in.Text, "text", "", "why")
	f.StringArrayVar(&in.Purposes, "purpose", nil, "a purpose objected to; all that may be, unless given")
	date(cmd, &in.On, "on", "day; today unless given")
	return cmd
}

func (a *app) stopMarketing() *cobra.Command {
	return a.step("stop", "Stop direct marketing to the person, at once",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.StopMarketing(ctx, ref(args))
		})
}

func (a *app) withdrawForRequest() *cobra.Command {
	return &cobra.Command{
		Use: "withdraw REF", Short: "Record the withdrawal of consent a request is about", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			held, err := s.Request(ref(args))
			if err != nil {
				return err
			}
			w, err := s.WithdrawFor(ctx, ref(args))
			if err != nil {
				return err
			}
			return a.show(w, func(p *page) { p.withdrawal(held.Delegate, &w) })
		}),
	}
}
