package cli

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// stride takes a case one step on and returns it as it then stands.
type stride func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error)

// step is a command that takes a case one step on.
func (a *app) step(use, short string, do stride, needed ...string) *cobra.Command {
	return &cobra.Command{
		Use: use + " REF", Short: short, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.showCase(do(ctx, s, args))
		}, needed...),
	}
}

// orToday is the day given, or today.
func orToday(on calendar.Date, s *desk.Seat) calendar.Date {
	if on.IsZero() {
		return s.Today()
	}
	return on
}

func (a *app) noteRequest() *cobra.Command {
	return &cobra.Command{
		Use: "note REF TEXT", Short: "Add a note to a case", Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			e := event{Kind: register.Noted, On: s.Today(), Text: args[1]}
			return a.showCase(s.Progress(ctx, ref(args), e))
		}),
	}
}

func (a *app) matchRequest() *cobra.Command {
	var delegate string
	cmd := a.step("match", "Say whose data a case is about that was opened under a name",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			id, err := register.ParseID(register.DelegatePrefix, delegate)
			if err != nil {
				return register.RequestPage{}, err
			}
			return s.Match(ctx, ref(args), id)
		}, "delegate")
	cmd.Flags().StringVar(&delegate, "delegate", "", "id of the person")
	return cmd
}

// awaited is a command for something that is asked for and arrives, before the clock may start.
func (a *app) awaited(use, what string, asking, seen register.RequestEventKind) *cobra.Command {
	var asked, received calendar.Date
	cmd := a.step(use, "Record "+what,
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return twice(ctx, s, ref(args), event{Kind: asking, On: asked},
				event{Kind: seen, On: received})
		})
	date(cmd, &asked, "asked", "day it was asked for")
	date(cmd, &received, "received", "day it arrived")
	return atLeastOne(cmd, "asked", "received")
}

func (a *app) clarifyRequest() *cobra.Command {
	var asked, answered calendar.Date
	cmd := a.step("clarify", "Record a question about what an access request covers, and its answer",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return twice(ctx, s, ref(args), event{Kind: register.ClarifyAsked, On: asked},
				event{Kind: register.Clarified, On: answered})
		})
	date(cmd, &asked, "asked", "day it was asked: the clock stops")
	date(cmd, &answered, "answered", "day the answer came: the clock goes on")
	return atLeastOne(cmd, "asked", "answered")
}

// event is something that happened to a case; without a day it did not.
type event = register.RequestEvent

// twice records those of two events that have a day, together or not at all. A question the case already waits on is
// not asked again: who gives the answer may repeat the day it was asked.
func twice(ctx context.Context, s *desk.Seat, ref string, asked, answered event) (register.RequestPage, error) {
	held, err := s.Request(ref)
	if err != nil {
		return held, err
	}
	var events []event
	if !asked.On.IsZero() && (answered.On.IsZero() || !waits(held, asked)) {
		events = append(events, asked)
	}
	if !answered.On.IsZero() {
		events = append(events, answered)
	}
	return s.ProgressAll(ctx, ref, events)
}

// waits reports whether a case already holds a question of a day.
func waits(r register.RequestPage, asked register.RequestEvent) bool {
	return slices.ContainsFunc(r.Events, func(e event) bool {
		return e.Kind == asked.Kind && e.On == asked.On
	})
}

func (a *app) extendRequest() *cobra.Command {
	e := event{Kind: register.Extended}
	cmd := a.step("extend", "Record that the person was told it takes two months more",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Progress(ctx, ref(args), e)
		}, "on", "reason")
	date(cmd, &e.On, "on", "day the notice went out")
	cmd.Flags().StringVar(&e.Text, "reason", "", "the reason they were told")
	return cmd
}

func (a *app) decideRequest() *cobra.Command {
	var outcome string
	var in register.DecisionInput
	cmd := a.step("decide", "Decide a case, with reasons",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			in.Outcome = register.Outcome(outcome)
			return s.Decide(ctx, ref(args), in)
		}, "outcome", "reason")
	choice(cmd, &outcome, "outcome", "the decision",
		string(register.Fulfil), string(register.Partly), string(register.Refuse))
	cmd.Flags().StringVar(&in.Reason, "reason", "", "the reasons")
	date(cmd, &in.On, "on", "day of the decision; today unless given")
	return cmd
}

func (a *app) approveRequest() *cobra.Command {
	var on calendar.Date
	cmd := a.step("approve", "Approve a decision somebody else prepared",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Approve(ctx, ref(args), orToday(on, s))
		})
	date(cmd, &on, "on", "day of the approval; today unless given")
	return cmd
}

func (a *app) replyRequest() *cobra.Command {
	e := event{Kind: register.Replied}
	cmd := a.step("reply", "Record that the reply went out",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.Progress(ctx, ref(args), e)
		}, "on")
	date(cmd, &e.On, "on", "day it went out")
	cmd.Flags().StringVar(&e.Text, "note", "", "how it went out")
	return cmd
}

func (a *app) closeRequest() *cobra.Command {
	e := event{Kind: register.CaseClosed}
	cmd := a.step("close", "Close a case",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			e.On = orToday(e.On, s)
			return s.Progress(ctx, ref(args), e)
		})
	date(cmd, &e.On, "on", "day of closing; today unless given")
	cmd.Flags().StringVar(&e.Text, "note", "", "anything to remember")
	return cmd
}

func (a *app) packRequest() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "pack REF", Short: "Write everything the reply to an access request consists of",
		Args: takes(cobra.ExactArgs(1)),
		Long: "Write everything the reply to an access request consists of to a new .zip. Until the\n" +
			"release is approved the file is marked a draft for the office.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.showDisclosure(s.Pack(ctx, ref(args), register.PackInput{To: to}))
		}, "to"),
	}
	cmd.Flags().StringVar(&to, "to", "", "the file; it must not exist")
	return cmd
}
