package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// caseDoneMsg says what was done to the case.
type caseDoneMsg struct{ said string }

// carry does what a key does to a case: it opens the form for it, or asks.
func (c *caseScreen) carry(msg actMsg) tea.Cmd {
	return c.begin(msg)
}

// matching says whose data a case is about that was opened under a name, or under the wrong person.
func (c *caseScreen) matching() Screen {
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":matched", title: "Match",
		intro: "The case is about " + c.about() + ". It is about the person chosen here from now on; " +
			"once it is decided, that can no longer be changed.",
		load: func() ([]widget.Field, error) {
			people, err := personOptions(desk)
			return []widget.Field{{
				ID: "delegate", Label: "Whose data", Kind: widget.Choice, Options: people, Required: true,
				Note: "Type part of the name.",
			}}, err
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Match(ctx, ref, register.ID(v["delegate"]))
			return formDone{said: ref + " is matched to " + v["delegate"] + "."}, err
		},
	})
}

// await asks for something, or records that what was asked for has come.
func (c *caseScreen) await(asked, came register.RequestEventKind) tea.Cmd {
	if c.happened(asked) {
		return c.record(came)
	}
	return c.record(asked)
}

func (c *caseScreen) deciding() Screen {
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":decided", title: "Decide", subject: c.page.Delegate,
		intro: "A decision cannot be taken back. Where a second person may approve, it waits for them; " +
			"in an office of one it stands at once and says that nobody checked it.",
		load: asked(
			widget.Field{ID: "outcome", Label: "Decision", Kind: widget.Choice, Required: true, Options: []widget.Option{
				{Value: string(register.Fulfil), Label: "Fulfil: do all that is asked"},
				{Value: string(register.Partly), Label: "Partly: do some of it and say why not the rest"},
				{Value: string(register.Refuse), Label: "Refuse: do none of it and say why"},
			}},
			widget.Field{
				ID: "reason", Label: "Reasons", Kind: widget.LongText, Required: true, Note: "The person may read them.",
			},
			widget.Field{
				ID: "on", Label: "Decided on", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String(),
			},
		),
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

func (c *caseScreen) askApproval() tea.Cmd {
	return c.confirm(widget.Question{
		Title: "Approve " + c.ref, Yes: "Approve the decision", AskedBy: c.pressed,
		Text: "You confirm a decision that somebody else prepared. The reply may go out after this.\n\n" + c.decision(),
	}, "The decision is approved: the reply may go out.", c.desk.Approve)
}

// decision repeats what was decided, for whoever approves it.
func (c *caseScreen) decision() string {
	for i := len(c.page.Events) - 1; i >= 0; i-- {
		if e := c.page.Events[i]; e.Kind == register.Decided {
			return fmt.Sprintf("%s decided on %s: %s.\n%s", e.By, day(e.On), e.Outcome, e.Text)
		}
	}
	return ""
}

func (c *caseScreen) askClosing() tea.Cmd {
	return c.confirm(widget.Question{
		Title: "Close " + c.ref, Yes: "Close the case", AskedBy: c.pressed,
		Text: "Nothing but notes can be added to a closed case.",
	}, "The case is closed.", c.close)
}

func (c *caseScreen) close(ctx context.Context, ref string, on calendar.Date) (register.RequestPage, error) {
	return c.desk.Progress(ctx, ref, register.RequestEvent{Kind: register.CaseClosed, On: on})
}

// caseAct is done to a case today.
type caseAct func(ctx context.Context, ref string, on calendar.Date) (register.RequestPage, error)

// confirm asks before something that no key may do by itself.
func (c *caseScreen) confirm(q widget.Question, said string, do caseAct) tea.Cmd {
	ref, today := c.ref, c.kit.desk.Today()
	return ask(q, func() tea.Msg {
		if _, err := do(context.Background(), ref, today); err != nil {
			return fail(err)()
		}
		return caseDoneMsg{said}
	})
}
