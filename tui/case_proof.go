package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// What is made of a proof that came.
const (
	enough    = "enough"
	notEnough = "not-enough"
)

// proving records that a proof came, what kind it is, and whether it is enough.
func (c *caseScreen) proving(kind register.RequestEventKind) tea.Cmd {
	desk, ref, f := c.desk, c.ref, stepForms[kind]
	return push(newForm(c.kit, formSpec{
		id: "case:" + ref + ":" + string(kind), title: f.title, subject: c.page.Delegate,
		intro: "Only the kind of proof is kept: no number of it and no copy.",
		load: asked(
			widget.Field{ID: "on", Label: f.on, Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()},
			widget.Field{ID: "evidence", Label: "Kind of proof", Kind: widget.Choice, Options: options(evidenceKinds(kind))},
			widget.Field{
				ID: "judged", Label: "Is it enough?", Kind: widget.Choice, Required: true, Value: enough,
				Options: []widget.Option{
					{Value: enough, Label: "Yes: who asks is proved"}, {Value: notEnough, Label: "No: it is still waited for"},
				},
			},
			widget.Field{ID: "reason", Label: "Why it is not enough", Kind: widget.LongText, Note: "The requester is told."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			e := register.RequestEvent{Kind: kind, On: on, Evidence: v["evidence"], Text: strings.TrimSpace(v["reason"])}
			if v["judged"] == notEnough {
				return c.insufficient(ctx, e)
			}
			_, err = desk.Progress(ctx, ref, e)
			return formDone{said: f.said}, err
		},
	}))
}

// insufficient records a proof that is not enough: the clock goes on waiting.
func (c *caseScreen) insufficient(ctx context.Context, e register.RequestEvent) (formDone, error) {
	if e.Text == "" {
		return formDone{}, register.Errorf(register.Invalid, "reason", "say why it is not enough: the requester is told")
	}
	said := "The proof is not enough: the clock goes on waiting."
	if e.Kind == register.AuthoritySeen {
		e.Kind = register.AuthorityFailed
	} else {
		e.Kind, e.Text = register.Noted, strings.TrimSpace("Proof of identity came and is not enough. "+e.Evidence+" "+e.Text)
		e.Evidence = ""
	}
	_, err := c.desk.Progress(ctx, c.ref, e)
	return formDone{said: said}, err
}
