package cli

import (
	"context"
	"strconv"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// told is a command that records what the person was told on the way.
func (a *app) told(use, short, words string, kind register.RequestEventKind) *cobra.Command {
	e := event{Kind: kind}
	cmd := a.step(use, short, func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
		e.On = orToday(e.On, s)
		return s.Progress(ctx, ref(args), e)
	})
	date(cmd, &e.On, "on", "day they were told; today unless given")
	cmd.Flags().StringVar(&e.Text, "note", "", words)
	return cmd
}

func (a *app) foundInRequest() *cobra.Command {
	return &cobra.Command{
		Use: "found REF TEXT", Short: "Record what the enquiry into a case found", Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			e := event{Kind: register.Found, On: s.Today(), Text: args[1]}
			return a.showCase(s.Progress(ctx, ref(args), e))
		}),
	}
}

func (a *app) assignRequest() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use: "assign REF OPERATOR", Short: "Give a case to a colleague", Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.showCase(s.Assign(ctx, ref(args), args[1], note))
		}),
	}
	cmd.Flags().StringVar(&note, "note", "", "what they should know")
	return cmd
}

func (a *app) taskOfRequest() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use: "task REF TASK", Short: "Tick a task of a case", Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.showCase(s.FinishTask(ctx, ref(args), args[1], note))
		}),
	}
	cmd.Flags().StringVar(&note, "note", "", "how it was done")
	return cmd
}

func (a *app) duplicateRequest() *cobra.Command {
	var of, why string
	cmd := a.step("duplicate", "Mark a case as a duplicate of another, which goes on",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.MarkDuplicate(ctx, ref(args), ref([]string{of}), why)
		}, "of")
	cmd.Flags().StringVar(&of, "of", "", "the case that goes on")
	cmd.Flags().StringVar(&why, "why", "", "how you know")
	return cmd
}

func (a *app) returnRequest() *cobra.Command {
	var reason string
	var on calendar.Date
	cmd := a.step("return", "Send back what waits for your approval, with the reason",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Return(ctx, ref(args), orToday(on, s), reason)
		}, "reason")
	cmd.Flags().StringVar(&reason, "reason", "", "what has to be done differently")
	date(cmd, &on, "on", "day of the return; today unless given")
	return cmd
}

const correctHelp = `Put an earlier entry right by a new one: the day it happened, or what was written.
With --strike it never happened. The entry itself stays, and the due date is
counted anew; what it was before is kept beside it.`

func (a *app) correctRequest() *cobra.Command {
	var e event
	var strike bool
	cmd := &cobra.Command{
		Use: "correct REF ENTRY", Short: "Put an earlier entry of a case right", Long: correctHelp, Args: takes(cobra.ExactArgs(2)),
		Example: "  custos request correct AR-2026-0042 3 --on 2026-03-05 --reason 'the letter was stamped on the 5th'",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			seq, err := strconv.Atoi(args[1])
			if err != nil {
				return usagef("an entry is a number, as in: custos request show %s", args[0])
			}
			held, err := s.Request(ref(args))
			if err != nil {
				return err
			}
			fixed := e
			fixed.Corrects = seq
			if err := corrected(&fixed, held.Events, strike); err != nil {
				return err
			}
			return a.showCase(s.Correct(ctx, ref(args), fixed))
		}, "reason"),
	}
	date(cmd, &e.On, "on", "the day it happened in truth")
	cmd.Flags().StringVar(&e.Text, "reason", "", "why, or the words as they should be")
	cmd.Flags().BoolVar(&strike, "strike", false, "it never happened")
	return cmd
}

// corrected fills the new entry from the one it replaces.
func corrected(e *event, events []event, strike bool) error {
	for _, old := range events {
		if old.Seq != e.Corrects {
			continue
		}
		e.Kind, e.Evidence, e.To, e.Task, e.Case = old.Kind, old.Evidence, old.To, old.Task, old.Case
		if strike {
			e.Kind = register.StruckOut
		}
		if e.On.IsZero() {
			e.On = old.On
		}
		return nil
	}
	return register.Errorf(register.NotFound, "", "the case has no entry %d", e.Corrects)
}
