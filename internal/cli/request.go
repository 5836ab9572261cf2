package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) requestCommand() *cobra.Command {
	return a.noun("request", "People using their rights",
		a.openRequest(), a.listRequests(), a.showRequest(), a.noteRequest(), a.matchRequest(),
		a.awaited("identity", "proof of who is asking", register.IdentityAsked, register.IdentitySeen),
		a.awaited("authority", "proof that somebody may ask for another", register.AuthorityAsked, register.AuthoritySeen),
		a.awaited("fee", "a fee the law allows", register.FeeAsked, register.FeePaid),
		a.clarifyRequest(), a.extendRequest(), a.decideRequest(), a.approveRequest(), a.packRequest(),
		a.replyRequest(), a.closeRequest())
}

func (a *app) openRequest() *cobra.Command {
	var right, delegate string
	var in register.RequestInput
	cmd := &cobra.Command{
		Use: "open", Short: "Open a case for a request that came in", Args: takes(cobra.NoArgs),
		Example: "  custos request open --right access --delegate D7K3M2PQX9TF0B --received 2026-03-02 --how email",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if in.Right, err = calendar.ParseRight(right); err != nil {
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
	choice(cmd, &right, "right", "the right that is used", texts(calendar.Rights())...)
	choice(cmd, &in.How, "how", "how it came", register.Intakes()...)
	date(cmd, &in.Received, "received", "day it reached anyone in the office")
	f := cmd.Flags()
	f.StringVar(&delegate, "delegate", "", "id of the person whose data is asked for")
	f.StringVar(&in.Name, "name", "", "who asks, where nobody is matched yet")
	f.StringVar(&in.Requester, "requester", "", "somebody else who asks for them")
	f.BoolVar(&in.AuthorityNeeded, "authority-needed", false, "ask for proof that the requester may")
	f.BoolVar(&in.IdentityNeeded, "identity-needed", false, "ask for proof of identity")
	f.StringVar(&in.Note, "note", "", "anything to remember")
	return atMostOne(cmd, "delegate", "name")
}

func (a *app) listRequests() *cobra.Command {
	var state string
	cmd := &cobra.Command{
		Use: "list", Short: "List cases by what presses most", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			rows, err := s.Requests(register.RequestState(state), s.Today())
			if err != nil {
				return err
			}
			return a.show(rows, func(p *page) { p.requests(rows) })
		}),
	}
	choice(cmd, &state, "state", "only those that are", texts(register.RequestStates())...)
	return cmd
}

func (p *page) requests(list []register.RequestRow) {
	var rows [][]string
	for _, r := range list {
		left := ""
		if !r.Due.IsZero() && r.Pressure != register.Settled {
			left = strconv.Itoa(r.DaysLeft)
		}
		rows = append(rows, []string{r.Ref, string(r.Right), string(r.State), r.Received.String(), r.Due.String(), left,
			string(r.Pressure), r.Name})
	}
	p.table("no cases", []string{"REF", "RIGHT", "STATE", "RECEIVED", "DUE", "DAYS LEFT", "PRESSURE", "NAME"}, rows)
}

func (a *app) showRequest() *cobra.Command {
	return &cobra.Command{
		Use: "show REF", Short: "Show a case: its dates, what happened, what may come next", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error { return a.showCase(s.Request(ref(args))) }),
	}
}

// ref is the case number on a command line, in the form cases are kept under.
func ref(args []string) string { return strings.ToUpper(strings.TrimSpace(args[0])) }

// showCase shows what became of a case.
func (a *app) showCase(r register.RequestPage, err error) error {
	if err != nil {
		return err
	}
	return a.show(r, func(p *page) { p.request(&r) })
}

func (p *page) request(r *register.RequestPage) {
	who := r.Name
	if r.Delegate != "" {
		who += " (" + string(r.Delegate) + ")"
	}
	p.pairs([2]string{"Case", r.Ref}, [2]string{"Right", string(r.Right)}, [2]string{"Person", who},
		[2]string{"Requester", r.Requester}, [2]string{"Came by", r.How}, [2]string{"State", string(r.State)},
		[2]string{"Received", long(r.Received)}, [2]string{"Due", long(r.Due)}, [2]string{"Pressure", string(r.Pressure)},
		[2]string{"Last lawful day", long(r.LastLawful)}, [2]string{"Tell of an extension by", long(r.NoticeBy)},
		[2]string{"Owner", r.Owner})
	p.steps(r.Steps)
	p.heading("What happened:")
	var rows [][]string
	for _, e := range r.Events {
		what := string(e.Kind)
		if e.Outcome != "" {
			what += " " + string(e.Outcome)
		}
		if e.Unchecked {
			what += " (not second-checked)"
		}
		rows = append(rows, []string{"  " + e.On.String(), what, e.By, e.Text})
	}
	p.columns(rows)
	if len(r.Next) > 0 {
		p.heading("What may come next:")
	}
	for _, n := range r.Next {
		p.line("  %s", n.Text)
	}
}
