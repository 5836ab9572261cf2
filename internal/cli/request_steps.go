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
	ask, came := event{Kind: asking}, event{Kind: seen}
	var insufficient string
	cmd := a.step(use, "Record "+what,
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			if insufficient != "" {
				came.Kind, came.Text = register.AuthorityFailed, insufficient
			}
			return twice(ctx, s, ref(args), ask, came)
		})
	date(cmd, &ask.On, "asked", "day it was asked for")
	date(cmd, &came.On, "received", "day it arrived")
	f := cmd.Flags()
	f.StringVar(&ask.Text, "why", "", "why it is asked for")
	f.StringVar(&came.Evidence, "evidence", "", "what kind of proof was seen; no copy is kept")
	if asking == register.AuthorityAsked {
		f.StringVar(&insufficient, "insufficient", "", "what arrived does not prove it, because; the clock goes on waiting")
	}
	return atLeastOne(cmd, "asked", "received")
}

func (a *app) clarifyRequest() *cobra.Command {
	ask, came := event{Kind: register.ClarifyAsked}, event{Kind: register.Clarified}
	cmd := a.step("clarify", "Record a question about what an access request covers, and its answer",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return twice(ctx, s, ref(args), ask, came)
		})
	date(cmd, &ask.On, "asked", "day it was asked: the clock stops")
	date(cmd, &came.On, "answered", "day the answer came: the clock goes on")
	cmd.Flags().StringVar(&ask.Text, "question", "", "what was asked, in its words")
	cmd.Flags().StringVar(&came.Text, "answer", "", "what the answer was")
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
	cmd.Flags().StringArrayVar(&in.Grounds, "ground", nil, "a ground the law knows, by its code; may be repeated")
	date(cmd, &in.On, "on", "day of the decision; today unless given")
	return cmd
}

func (a *app) approveRequest() *cobra.Command {
	var on calendar.Date
	cmd := a.step("approve", "Approve what somebody else prepared: a decision, an extension, the end of a restriction",
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
