package tui

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// restricting asks on which ground the record is stored only.
func (c *caseScreen) restricting() Screen {
	desk, ref := rightsDesk(c.kit.desk), c.ref
	var grounds []widget.Option
	for _, g := range register.RestrictionGroundsFor(c.page.Right) {
		grounds = append(grounds, widget.Option{Value: g.Code, Label: groundWords(g)})
	}
	first := ""
	if len(grounds) == 1 {
		first = grounds[0].Value
	}
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":restricted", subject: c.page.Delegate, title: "Restrict",
		intro: "The record is stored and used for nothing else from now on: not changed, not exported, not written to, not merged." +
			" A no of the person is still recorded.",
		load: asked(
			widget.Field{ID: "ground", Label: "Ground", Kind: widget.Choice, Required: true, Options: grounds, Value: first},
			widget.Field{ID: "on", Label: "From", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()},
			widget.Field{ID: "note", Label: "Note", Kind: widget.LongText},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			_, err = desk.Restrict(ctx, ref, register.RestrictInput{Ground: v["ground"], On: on, Note: strings.TrimSpace(v["note"])})
			return formDone{said: "The record is restricted: it is stored and nothing else."}, err
		},
	})
}

// tellingLift records that the person was told that the restriction will be lifted (UK GDPR Art 18(3)).
func (c *caseScreen) tellingLift() Screen {
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":lifting-told", subject: c.page.Delegate, title: "Told of the lifting",
		intro: "A restriction is lifted only after the person was told that it will be. Lifting it is the next step.",
		load: asked(
			widget.Field{ID: "on", Label: "The person was told on", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()},
			widget.Field{ID: "text", Label: "How they were told", Required: true},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			_, err = desk.Progress(ctx, ref, register.RequestEvent{Kind: register.LiftingTold, On: on, Text: strings.TrimSpace(v["text"])})
			return formDone{said: "Recorded: the restriction may be lifted."}, err
		},
	})
}

// lifting asks why the restriction ends.
func (c *caseScreen) lifting() Screen {
	desk, ref := rightsDesk(c.kit.desk), c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":restriction-ended", subject: c.page.Delegate, title: "Lift the restriction",
		intro: "Where a second person may approve, the restriction stands until they do;" +
			" in an office of one it ends at once and the record says that nobody checked it.",
		load: asked(
			widget.Field{ID: "on", Label: "Ends on", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()},
			widget.Field{ID: "why", Label: "Why it ends", Kind: widget.LongText, Required: true},
		),
		confirm: func(v widget.Values) widget.Question {
			return widget.Question{Title: "Lift the restriction", Yes: "Lift it", Text: "The record may be used again.\n\n" + v["why"]}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			page, err := desk.LiftRestriction(ctx, ref, on, strings.TrimSpace(v["why"]))
			if len(page.Pending) > 0 {
				return formDone{said: "Prepared: the restriction stands until another operator approves."}, err
			}
			return formDone{said: "The restriction is lifted; nobody second-checked it, and the record says so."}, err
		},
	})
}
