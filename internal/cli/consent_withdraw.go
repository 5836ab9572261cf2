package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const withdrawHelp = `Take back what a person agreed to: all of it, or only what --purpose, --channel
and --brand name. No reason is asked. With --object it is an objection to
direct marketing, which is absolute.

When consent was the only reason to hold the person, the result says so and how
to open a request for erasure.`

func (a *app) withdrawConsent() *cobra.Command {
	var in register.WithdrawalInput
	cmd := &cobra.Command{
		Use: "withdraw", Short: "Take consent back, as easily as it was given", Long: withdrawHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			w, err := s.Withdraw(ctx, in)
			if err != nil {
				return err
			}
			return a.show(w, func(p *page) { p.withdrawal(in.Delegate, &w) })
		}, "delegate"),
	}
	person(cmd, &in.Delegate)
	question(cmd, &in.Purpose, &in.Channel, &in.Brand)
	f := cmd.Flags()
	f.BoolVar(&in.Object, "object", false, "object to all direct marketing")
	f.Var(momentFlag{&in.At, &in.On}, "at", "when they said so; now unless given")
	choice(cmd, &in.Method, "method", "how", register.ConsentMethods()...)
	f.StringVar(&in.Evidence, "evidence", "", "where the proof lies")
	f.StringVar(&in.GivenBy, "given-by", "", "who said so, if not the person")
	f.StringVar(&in.Letter, "letter", "", "write the reply to this new file, .pdf or .html")
	return cmd
}

func (p *page) withdrawal(who register.ID, w *register.Withdrawal) {
	if len(w.Events) == 0 {
		p.line("There was no consent to take back.")
	}
	for _, e := range w.Events {
		p.line("%s %s %s recorded", e.ID, inWords(e.Purpose, e.Channel, e.Brand), e.Act)
	}
	if w.Letter != "" {
		p.line("The reply is in %s.", w.Letter)
	}
	if w.OfferErasure {
		p.line("Consent was the only reason to hold this person. To erase the record:")
		p.line("  custos request open --right erasure --delegate %s --received DATE --how HOW", who)
		return
	}
	p.heading("Still held for:")
	var rows [][]string
	for _, g := range w.Grounds {
		rows = append(rows, []string{"  " + g.Title, g.Basis.Title()})
	}
	p.columns(rows)
}
