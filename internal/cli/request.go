package cli

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) requestCommand() *cobra.Command {
	return a.noun("request", "People using their rights",
		a.openRequest(), a.listRequests(), a.manyRequests(), a.showRequest(), a.noteRequest(), a.matchRequest(),
		a.awaited("identity", "proof of who is asking", register.IdentityAsked, register.IdentitySeen),
		a.awaited("authority", "proof that somebody may ask for another", register.AuthorityAsked, register.AuthoritySeen),
		a.awaited("fee", "a fee the law allows", register.FeeAsked, register.FeePaid),
		a.clarifyRequest(), a.extendRequest(), a.decideRequest(), a.approveRequest(), a.returnRequest(),
		a.told("acknowledge", "Record that the request was acknowledged", "how", register.Acknowledged),
		a.told("progress", "Record that the person was told how it goes", "what they were told", register.ProgressTold),
		a.told("lifting-told", "Record that the person was told a restriction will end", "how", register.LiftingTold),
		a.foundInRequest(), a.assignRequest(), a.taskOfRequest(), a.duplicateRequest(), a.correctRequest(),
		a.findingsOfRequest(), a.chooseInRequest(), a.attachToRequest(), a.redactRequest(), a.unredactRequest(),
		a.hintsOfRequest(), a.textOfPack(), a.packRequest(), a.letterOfRequest(),
		a.rectifyRequest(), a.restrictRequest(), a.liftRequest(), a.recipientsOfRequest(), a.tellRecipient(),
		a.balanceRequest(), a.stopMarketing(), a.withdrawForRequest(),
		a.eraseRequest(), a.keepInErasure(), a.residueScan(),
		a.handOverRequest(), a.takeIn(), a.handBackRequest(), a.takeBack(),
		a.readRequests(), a.figuresOfRequests(), a.deadlinesOfRequests(),
		a.replyRequest(), a.closeRequest())
}

func (a *app) openRequest() *cobra.Command {
	var right, delegate string
	var in register.RequestInput
	cmd := &cobra.Command{
		Use: "open", Short: "Open a case for a request that came in", Args: takes(cobra.NoArgs),
		Example: "  custos request open --right access --delegate D7K3M2PQX9TF0B --received 2026-03-02 --how email",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if in.Right, err = register.ParseCase(right); err != nil {
				return &usageError{err}
			}
			if delegate != "" {
				if in.Delegate, err = register.ParseID(register.DelegatePrefix, delegate); err != nil {
					return err
				}
			}
			return a.showCase(s.OpenRequest(ctx, in))
		}, "right", "received", "how"),
	}
	choice(cmd, &right, "right", "what is asked for", texts(register.CaseRights())...)
	choice(cmd, &in.How, "how", "how it came", register.Intakes()...)
	date(cmd, &in.Received, "received", "day it reached anyone in the office")
	f := cmd.Flags()
	f.StringVar(&delegate, "delegate", "", "id of the person whose data is asked for")
	f.StringVar(&in.Name, "name", "", "who asks, where nobody is matched yet")
	f.StringVar(&in.Requester, "requester", "", "somebody else who asks for them")
	f.StringVar(&in.Relation, "relation", "", "what they are to the person: parent, solicitor, employer")
	f.BoolVar(&in.AuthorityNeeded, "authority-needed", false, "ask for proof that the requester may")
	f.BoolVar(&in.IdentityNeeded, "identity-needed", false, "ask for proof of identity")
	f.StringVar(&in.Identity, "identity", "", "why proof of identity is asked for, or why it need not be")
	f.StringVar(&in.Note, "note", "", "anything to remember")
	return atMostOne(cmd, "delegate", "name")
}

func (a *app) showRequest() *cobra.Command {
	return &cobra.Command{
		Use: "show REF", Short: "Show a case: its dates, what happened, what may come next", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error { return a.showCase(s.Request(ref(args))) }),
	}
}

// kindOfCase is a kind of case on a command line; the desk says whether there is one.
func kindOfCase(s string) calendar.Right { return calendar.Right(s) }

// ref is the case number on a command line, in the form cases are kept under.
func ref(args []string) string { return strings.ToUpper(strings.TrimSpace(args[0])) }

// showCase shows what became of a case.
func (a *app) showCase(r register.RequestPage, err error) error {
	if err != nil {
		return err
	}
	return a.show(r, func(p *page) { p.request(&r) })
}
