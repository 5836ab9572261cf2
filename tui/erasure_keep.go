package tui

import (
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// mayChoose reports whether something can be chosen about a line of the plan; the desk has the last word.
func mayChoose(l *register.ErasureLine) bool {
	switch l.Collection {
	case "audit", "undo":
		return false
	case "requests":
		return l.Field != ""
	}
	return l.Record != "" || slices.Contains(register.Keepable(), l.Collection)
}

// keeping asks what becomes of lines of the plan, and why.
func (p *erasurePlan) keeping(lines []register.ErasureLine) Screen {
	desk, ref, first := p.desk, p.ref, lines[0]
	intro := "What becomes of " + counted(len(lines), "line", "lines") + " of the plan. An approval has to be given anew."
	if len(lines) == 1 {
		intro = first.Title + ": " + first.What
	}
	return newForm(p.kit, formSpec{
		id: "case:" + ref + ":keep:" + first.Collection + ":" + first.Record, subject: p.plan.Delegate,
		title: "Keep or mask", intro: intro, load: asked(
			widget.Field{ID: "fate", Label: "What becomes of it", Kind: widget.Choice, Required: true, Options: fateOptions(lines)},
			widget.Field{
				ID: "ground", Label: "On which ground", Kind: widget.Choice, Options: keepGroundOptions(), Value: first.Ground,
				Note: "Needed where it is kept: UK GDPR Art 17(3), or a hold.",
			},
			widget.Field{ID: "reason", Label: "Why", Kind: widget.LongText, Note: "Whoever approves reads it, and so may the person."},
			widget.Field{ID: "until", Label: "Until when", Value: first.Until, Note: "A day, or what it waits for."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			if v["fate"] == string(register.ErasureKeeps) && v["ground"] == "" {
				return formDone{}, register.Errorf(register.Invalid, "ground", "choose the ground it is kept on")
			}
			_, err := desk.KeepInErasure(ctx, ref, choicesOf(lines, v))
			return formDone{said: "The plan is changed; it has to be approved as it is now."}, err
		},
	})
}

// choicesOf is one choice for each record the lines are about.
func choicesOf(lines []register.ErasureLine, v widget.Values) []register.ErasureChoice {
	var all []register.ErasureChoice
	for i := range lines {
		c := register.ErasureChoice{
			Collection: lines[i].Collection, Record: lines[i].Record, Fate: register.ErasureFate(v["fate"]),
			Ground: v["ground"], Reason: strings.TrimSpace(v["reason"]), Until: strings.TrimSpace(v["until"]),
		}
		if c.Fate == register.ErasureMasks {
			c.Ground = ""
		}
		if !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// fateOptions offer masking only where all lines are mentions: the person's own records are kept or removed.
func fateOptions(lines []register.ErasureLine) []widget.Option {
	own := slices.ContainsFunc(lines, func(l register.ErasureLine) bool { return l.Record == "" })
	all := []widget.Option{{Value: string(register.ErasureKeeps), Label: "Keep it as it is"}}
	if !own {
		all = append(all, widget.Option{Value: string(register.ErasureMasks), Label: "Mask what names the person"})
	}
	planned := "As the plan proposes: take an earlier choice back"
	if own {
		planned = "Remove it, as the plan proposes"
	}
	return append(all, widget.Option{Value: string(register.ErasureRemoves), Label: planned})
}

// keepGroundOptions are the grounds an erasure may be refused on, and a hold.
func keepGroundOptions() []widget.Option {
	kind, _ := register.KindOfCase(calendar.Erasure)
	var all []widget.Option
	for _, code := range register.KeepGrounds() {
		label := "a hold keeps the person's data"
		if i := slices.IndexFunc(kind.Refusals, func(g register.LegalGround) bool { return g.Code == code }); i >= 0 {
			label = groundWords(kind.Refusals[i])
		}
		all = append(all, widget.Option{Value: code, Label: label})
	}
	return all
}

// groundWords is a ground with where the law has it.
func groundWords(g register.LegalGround) string { return g.Text + " (" + g.Source + ")" }
