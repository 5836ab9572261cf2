package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) consentCommand() *cobra.Command {
	return a.noun("consent", "What people were asked and what they answered",
		a.recordConsent(), a.withdrawConsent(), a.mayContact(), a.reach(), a.consentHistory(), a.consentState(),
		a.listConsents(), a.consentMatrix(), a.refreshConsents(), a.consentSheet(), a.importConsents())
}

const recordHelp = `Record one act in the ledger. Nothing in it is ever changed or removed: a mistake is
put right by a later act that names it with --corrects.

A no may be wider than one question: --purpose any-marketing --channel any
--state objected is an objection to all direct marketing.`

func (a *app) recordConsent() *cobra.Command {
	var delegate, state, corrects string
	var in register.ConsentInput
	cmd := &cobra.Command{
		Use: "record", Short: "Record one act: asked, given, refused, withdrawn, objected", Args: takes(cobra.NoArgs),
		Long: recordHelp,
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if in.Delegate, err = register.ParseID(register.DelegatePrefix, delegate); err != nil {
				return err
			}
			if corrects != "" {
				if in.Corrects, err = register.ParseID(register.ConsentPrefix, corrects); err != nil {
					return err
				}
			}
			in.Act = register.ConsentAct(state)
			e, err := s.RecordConsent(ctx, in)
			if err != nil {
				return err
			}
			return a.show(e, func(p *page) { p.line("%s %s %s by %s recorded", e.ID, e.Purpose, e.Act, e.Channel) })
		}, "delegate", "purpose", "channel", "state"),
	}
	f := cmd.Flags()
	f.StringVar(&delegate, "delegate", "", "id of the person")
	question(cmd, &in.Purpose, &in.Channel, &in.Brand)
	choice(cmd, &state, "state", "what happened", texts(register.ConsentActs())...)
	f.Var(momentFlag{&in.At, &in.On}, "at", "when it happened; now unless given")
	choice(cmd, &in.Method, "method", "how", register.ConsentMethods()...)
	f.StringVar(&in.Notice, "notice", "", "the wording shown; the purpose's own unless given")
	f.StringVar(&in.Evidence, "evidence", "", "where the proof lies")
	f.StringVar(&in.GivenBy, "given-by", "", "who gave it, if not the person")
	f.StringVar(&in.Authority, "authority", "", "on whose authority they may")
	date(cmd, &in.Expires, "expires", "its last day; as the purpose says unless given")
	choice(cmd, &in.Collected, "collected", "how the details were come by when an opt-out was offered", register.Collections()...)
	f.StringVar(&corrects, "corrects", "", "id of an act recorded by mistake")
	return cmd
}

func (a *app) consentHistory() *cobra.Command {
	var delegate string
	cmd := &cobra.Command{
		Use: "history", Short: "List every act about a person, the oldest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			id, err := register.ParseID(register.DelegatePrefix, delegate)
			if err != nil {
				return err
			}
			events, err := s.ConsentHistory(id)
			if err != nil {
				return err
			}
			return a.show(events, func(p *page) { p.consents(events) })
		}, "delegate"),
	}
	cmd.Flags().StringVar(&delegate, "delegate", "", "id of the person")
	return cmd
}

func (p *page) consents(events []register.ConsentEvent) {
	var rows [][]string
	for _, e := range events {
		notice := e.Notice
		if e.NoticeVersion != "" {
			notice += " " + e.NoticeVersion
		}
		rows = append(rows, []string{string(e.ID), onTheClock(e.At), e.Purpose, e.Channel, e.Brand, string(e.Act),
			e.Method, notice, e.RecordedBy})
	}
	heads := []string{"ID", "AT", "PURPOSE", "CHANNEL", "BRAND", "STATE", "METHOD", "NOTICE", "RECORDED BY"}
	p.table("never asked", heads, rows)
}
