package tui

import (
	"context"

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
	switch {
	case !c.happened(asked):
		return c.record(asked)
	case evidenceKinds(came) != nil:
		return c.proving(came)
	}
	return c.record(came)
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
