package cli

import (
	"context"
	"strconv"

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
		Use: "may", Short: "Tell whether we may contact a person, or use their data, and why", Args: takes(cobra.NoArgs),
		Long: "Tell whether a person may be contacted for a purpose by a channel or, where the purpose is\n" +
			"a use of data such as a picture, whether it may be used. The answer lists the events and\n" +
			"rules it rests on; the last one decided.",
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
	switch {
	case a.Use && a.Allowed:
		verdict = "Yes, it may be used"
	case a.Use:
		verdict = "No, it may not be used"
	case a.Allowed:
		verdict = "Yes, we may"
	}
	p.line("%s: %s on %s.", verdict, aboutWhat(a.Use, a.Purpose, a.Channel, a.Brand), a.On)
	p.pairs([2]string{"Lawful basis", a.Basis.Title()}, [2]string{"Consent", string(a.State)})
	p.heading("Because:")
	var rows [][]string
	for _, b := range a.Because {
		at := ""
		if b.At != nil {
			at = onTheClock(*b.At)
		}
		rows = append(rows, []string{"  " + at, b.What, b.Rule})
	}
	p.columns(rows)
}

func (a *app) reach() *cobra.Command {
	var key register.ConsentKey
	var on calendar.Date
	cmd := &cobra.Command{
		Use: "reach", Short: "Count whom a purpose may reach, and why not the others", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			sum, err := s.MayAll(ctx, key, on)
			if err != nil {
				return err
			}
			profile := s.Settings().Profile
			x, _ := profile.Purpose(key.Purpose)
			return a.show(sum, func(p *page) {
				lead := strconv.Itoa(sum.Allowed) + " "
				if x.Use {
					lead = "For " + lead + "it "
				}
				about := aboutWhat(x.Use, key.Purpose, key.Channel, key.Brand)
				p.line("%s: %s.", lead+register.MayWords(x.Use, true), about)
				p.leftOut(x.Marketing && register.Electronic(key.Channel), sum.LeftOut)
			})
		}, "purpose", "channel"),
	}
	questionKey(cmd, &key)
	date(cmd, &on, "on", "the day; today unless given")
	return cmd
}

// leftOut tells how many were left out, by reason, and where the law has it for electronic marketing or for the rest.
func (p *page) leftOut(electronic bool, list []register.ReasonCount) {
	if len(list) == 0 {
		return
	}
	p.heading("Left out:")
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{"  " + strconv.Itoa(r.Count), r.Words, r.Rule.LawFor(electronic)})
	}
	p.columns(rows)
}
