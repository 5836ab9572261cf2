package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// balancing asks how the interests were weighed in an objection (UK GDPR Art 21(1)).
func (c *caseScreen) balancing() Screen {
	desk, ref := rightsDesk(c.kit.desk), c.ref
	profile := c.kit.desk.Settings().Profile
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":balanced", subject: c.page.Delegate, title: "Weigh the interests",
		intro: "An objection is turned down only for compelling reasons of the office that override the person's. The decision rests on this.",
		load: asked(
			widget.Field{ID: "interests", Label: "What the office needs the data for", Kind: widget.LongText, Required: true},
			widget.Field{ID: "impact", Label: "What its use means for the person", Kind: widget.LongText, Required: true},
			widget.Field{ID: "outcome", Label: "It comes out", Kind: widget.Choice, Required: true, Options: []widget.Option{
				{Value: string(register.ForPerson), Label: "For the person: the objection is upheld"},
				{Value: string(register.AgainstPerson), Label: "Against: compelling reasons of the office override"},
			}},
			widget.Field{ID: "text", Label: "Why", Kind: widget.LongText, Required: true},
			widget.Field{
				ID: "purpose", Label: "Purposes objected to", Note: "With commas, out of: " +
					strings.Join(objectable(&profile), ", ") + ". Empty: every one that may be objected to.",
			},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Balance(ctx, ref, register.BalanceInput{
				Interests: v["interests"], Impact: v["impact"], Outcome: register.Weighing(v["outcome"]), Text: v["text"],
				Purposes: split(v["purpose"]),
			})
			return formDone{said: "The weighing is recorded; the decision may rest on it."}, err
		},
	})
}

// objectable are the purposes that rest on a public task or on legitimate interests for anybody.
func objectable(p *register.Profile) []string {
	var ids []string
	for i := range p.Purposes {
		for _, b := range p.Purposes[i].Bases {
			if b.Basis == register.PublicTask || b.Basis == register.LegitimateInterests {
				ids = append(ids, p.Purposes[i].ID)
				break
			}
		}
	}
	return ids
}

// split are the words between commas.
func split(s string) []string {
	var all []string
	for x := range strings.SplitSeq(s, ",") {
		if x = strings.TrimSpace(x); x != "" {
			all = append(all, x)
		}
	}
	return all
}

// askStop stops direct marketing at once: nobody has to approve it.
func (c *caseScreen) askStop() tea.Cmd {
	desk, ref := rightsDesk(c.kit.desk), c.ref
	return ask(widget.Question{
		Title: "Stop marketing", Yes: "Stop it now", AskedBy: c.pressed,
		Text: "The ledger says from now on that the person objects to all direct marketing, and their addresses are suppressed. " +
			"No approval is needed.",
	}, func() tea.Msg {
		page, err := desk.StopMarketing(context.Background(), ref)
		if err != nil {
			return fail(err)()
		}
		return caseDoneMsg{"Stopped: " + lastSaid(&page, register.MarketingStopped) + "."}
	})
}

// lastSaid is what the last event of a kind says of itself.
func lastSaid(p *register.RequestPage, kind register.RequestEventKind) string {
	said := ""
	for _, e := range p.Events {
		if e.Kind == kind {
			said = e.Text
		}
	}
	return said
}

// askWithdrawal takes the consents back that stood on the day the case came, and shows what is left.
func (c *caseScreen) askWithdrawal() tea.Cmd {
	k, ref, who := c.kit, c.ref, c.page.Delegate
	desk := rightsDesk(k.desk)
	return ask(widget.Question{
		Title: "Take consents back", Yes: "Take all of them back", AskedBy: c.pressed,
		Text: "Every consent that stood on the day the case came is taken back. A single one is taken back on the person's page.",
	}, func() tea.Msg {
		done, err := desk.WithdrawFor(context.Background(), ref)
		if err != nil {
			return fail(err)()
		}
		return push(newWithdrawn(k, who, done))()
	})
}
