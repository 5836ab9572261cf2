package cli

import (
	"context"
	"strconv"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) mayContact() *cobra.Command {
	var who register.ID
	var key register.ConsentKey
	var on calendar.Date
	cmd := &cobra.Command{
		Use: "may", Short: "Tell whether we may contact a person, and why", Args: takes(cobra.NoArgs),
		Long: "Tell whether a person may be contacted for a purpose by a channel. The answer lists the\n" +
			"events and rules it rests on; the last one decided.",
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			answer, err := s.MayContact(who, key, on)
			if err != nil {
				return err
			}
			return a.show(answer, func(p *page) { p.contactAnswer(&answer) })
		}, "delegate", "purpose", "channel"),
	}
	person(cmd, &who)
	questionKey(cmd, &key)
	date(cmd, &on, "on", "the day; today unless given")
	return cmd
}

func (p *page) contactAnswer(a *register.ContactAnswer) {
	verdict := "No, we may not"
	if a.Allowed {
		verdict = "Yes, we may"
	}
	p.line("%s: %s on %s.", verdict, inWords(a.Purpose, a.Channel, a.Brand), a.On)
	p.pairs([2]string{"Lawful basis", a.Basis.Title()}, [2]string{"Consent", string(a.State)})
	p.heading("Because:")
	var rows [][]string
	for _, b := range a.Because {
		at := ""
		if b.At != nil {
			at = b.At.UTC().Format(time.RFC3339)
		}
		rows = append(rows, []string{"  " + at, b.What, b.Rule})
	}
	p.columns(rows)
}

func (a *app) reach() *cobra.Command {
	var key register.ConsentKey
	var on calendar.Date
	cmd := &cobra.Command{
		Use: "reach", Short: "Count whom we may contact for a purpose, and why not the others", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			sum, err := s.MayAll(ctx, key, on)
			if err != nil {
				return err
			}
			return a.show(sum, func(p *page) {
				p.line("%d may be contacted: %s.", sum.Allowed, inWords(key.Purpose, key.Channel, key.Brand))
				p.leftOut(sum.LeftOut)
			})
		}, "purpose", "channel"),
	}
	questionKey(cmd, &key)
	date(cmd, &on, "on", "the day; today unless given")
	return cmd
}

// leftOut tells how many were left out, by reason.
func (p *page) leftOut(list []register.ReasonCount) {
	if len(list) == 0 {
		return
	}
	p.heading("Left out:")
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{"  " + strconv.Itoa(r.Count), r.Words, r.Rule.Law()})
	}
	p.columns(rows)
}
