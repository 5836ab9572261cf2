package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// deciding asks for the decision: an outcome open to the kind of case, the reasons, and the grounds the law knows.
func (c *caseScreen) deciding() Screen {
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":decided", title: "Decide", subject: c.page.Delegate,
		intro: "A decision cannot be taken back. Where a second person may approve, it waits for them; " +
			"in an office of one it stands at once and says that nobody checked it.",
		load: asked(decisionFields(&c.page.Kind, c.kit.desk.Today())...),
		confirm: func(v widget.Values) widget.Question {
			return widget.Question{
				Title: "Decide " + ref, Yes: "Decide: " + v["outcome"],
				Text: "The decision stands for good.\n\n" + v["reason"],
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			page, err := desk.Decide(ctx, ref, register.DecisionInput{
				On: on, Outcome: register.Outcome(v["outcome"]), Reason: strings.TrimSpace(v["reason"]),
				Grounds: widget.Chosen(v["ground"]),
			})
			if err != nil {
				return formDone{}, err
			}
			if page.State == register.AwaitsApproval {
				return formDone{said: "Decided; another operator has to approve it."}, nil
			}
			return formDone{said: "Decided; nobody second-checked it, and the record says so."}, nil
		},
	})
}

func decisionFields(kind *register.CaseKind, today calendar.Date) []widget.Field {
	fields := []widget.Field{
		{ID: "outcome", Label: "Decision", Kind: widget.Choice, Required: true, Options: outcomeOptions(kind)},
		{ID: "reason", Label: "Reasons", Kind: widget.LongText, Required: true, Note: "The person may read them."},
	}
	if grounds := groundOptions(kind); len(grounds) > 0 {
		fields = append(fields, widget.Field{
			ID: "ground", Label: "Grounds", Kind: widget.Several, Options: grounds,
			Note: "Those the law knows, any number. Space ticks one.",
		})
	}
	return append(fields, widget.Field{
		ID: "on", Label: "Decided on", Kind: widget.Date, Required: true, Value: today.String(),
	})
}

// outcomeOptions are the decisions open to a kind of case.
func outcomeOptions(kind *register.CaseKind) []widget.Option {
	words := []widget.Option{
		{Value: string(register.Fulfil), Label: "Fulfil: do all that is asked"},
		{Value: string(register.Partly), Label: "Partly: do some of it and say why not the rest"},
		{Value: string(register.Refuse), Label: "Refuse: do none of it and say why"},
	}
	return slices.DeleteFunc(words, func(o widget.Option) bool {
		return !slices.Contains(kind.Outcomes, register.Outcome(o.Value))
	})
}

// groundOptions are the grounds of a kind: first those it succeeds on, then those it may be refused for.
func groundOptions(kind *register.CaseKind) []widget.Option {
	var all []widget.Option
	add := func(lead string, grounds []register.LegalGround) {
		for _, g := range grounds {
			all = append(all, widget.Option{Value: g.Code, Label: lead + g.Text + " (" + g.Source + ")"})
		}
	}
	add("To fulfil: ", kind.Grounds)
	add("To refuse: ", kind.Refusals)
	return all
}

// askApproval shows the oldest act that waits before it is approved.
func (c *caseScreen) askApproval() tea.Cmd {
	act := c.page.Pending[0]
	what := actWords(&act)
	text := "You confirm what somebody else prepared."
	if act.Kind == register.Decided {
		text = "You confirm a decision that somebody else prepared. The reply may go out after this."
	}
	return c.confirm(widget.Question{
		Title: "Approve " + c.ref, Yes: "Approve the " + what, AskedBy: c.pressed, Text: text + "\n\n" + c.told(&act),
	}, "The "+what+" is approved.", c.desk.Approve)
}

func actWords(e *register.RequestEvent) string {
	switch e.Kind {
	case register.Decided:
		return "decision"
	case register.Extended:
		return "extension"
	default:
		return strings.ReplaceAll(string(e.Kind), "-", " ")
	}
}

// told repeats what was prepared, for whoever approves it or sends it back.
func (c *caseScreen) told(e *register.RequestEvent) string {
	what := strings.ReplaceAll(string(e.Kind), "-", " ")
	if e.Outcome != "" {
		what = string(e.Outcome)
	}
	lines := []string{fmt.Sprintf("%s %s on %s: %s.", e.By, verbOf(e.Kind), day(e.On), what)}
	return strings.Join(append(lines, c.saidIn(e)...), "\n")
}

func verbOf(kind register.RequestEventKind) string {
	if kind == register.Decided {
		return "decided"
	}
	return "prepared"
}

// returning asks why what waits for approval goes back to whoever prepared it.
func (c *caseScreen) returning() Screen {
	desk, ref, act := c.desk, c.ref, c.page.Pending[0]
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":returned", title: "Send back", subject: c.page.Delegate,
		intro: strings.ReplaceAll(c.told(&act), "\n", " ") + " It is taken back, and may be prepared anew.",
		load: asked(widget.Field{
			ID: "reason", Label: "What has to be done differently", Kind: widget.LongText, Required: true,
			Note: "For " + act.By + ", who prepared it.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Return(ctx, ref, calendar.Date{}, strings.TrimSpace(v["reason"]))
			return formDone{said: "The " + actWords(&act) + " is sent back to " + act.By + "."}, err
		},
	})
}

// atField leads an error about one question to another, by which it is asked here.
func atField(err error, from, to string) error {
	var e *register.Error
	if !errors.As(err, &e) || e.Field != from {
		return err
	}
	return register.Errorf(e.Kind, to, "%w", err)
}
