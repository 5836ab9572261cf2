package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/exchange/sealed"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const handOverHelp = `Write a case, with what is held on the person, to a new sealed file for a data
protection officer on another machine. They take it in with take-in, decide it
in their own store, and send the decision back with hand-back; take-back shows
what it would change here, and changes nothing that happened since.

The file is sealed with the password in --password-file, or so that only the
keys given by --recipient open it.`

// handOver is the command that writes a sealed file of a case.
func (a *app) handOver(use, short string, do func(context.Context, *desk.Seat, string, register.HandOverInput) (register.Disclosure, error),
) (*cobra.Command, *register.HandOverInput) {
	var in register.HandOverInput
	var password string
	cmd := &cobra.Command{
		Use: use + " REF", Short: short, Long: handOverHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			if password != "" {
				if in.Password, err = a.firstLine(password); err != nil {
					return err
				}
			}
			return a.showDisclosure(do(ctx, s, ref(args), in))
		}, "to"),
	}
	f := cmd.Flags()
	f.StringVar(&in.To, "to", "", "the file; it must not exist; - for the output")
	f.StringVar(&password, "password-file", "", "file whose first line is the password")
	f.StringArrayVar(&in.Recipients, "recipient", nil, "an age or SSH public key; may be repeated")
	return atMostOne(cmd, "password-file", "recipient"), &in
}

func (a *app) handOverRequest() *cobra.Command {
	cmd, in := a.handOver("hand-over", "Seal a case for a data protection officer elsewhere",
		func(ctx context.Context, s *desk.Seat, ref string, in register.HandOverInput) (register.Disclosure, error) {
			return s.HandOver(ctx, ref, in)
		})
	cmd.Flags().StringVar(&in.Question, "question", "", "what is asked of them")
	return cmd
}

func (a *app) handBackRequest() *cobra.Command {
	cmd, _ := a.handOver("hand-back", "Seal the decision on another office's case",
		func(ctx context.Context, s *desk.Seat, ref string, in register.HandOverInput) (register.Disclosure, error) {
			return s.HandBack(ctx, ref, in)
		})
	return cmd
}

// openFlags say how a sealed file is opened.
type openFlags struct{ password, identity string }

func (o *openFlags) declare(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&o.password, "password-file", "", "file whose first line is the password")
	cmd.Flags().StringVar(&o.identity, "identity-file", "", "file with the age or SSH key that opens it")
	return atMostOne(cmd, "password-file", "identity-file")
}

func (a *app) openKey(ctx context.Context, o openFlags) (key sealed.Key, err error) {
	switch {
	case o.password != "":
		key.Password, err = a.firstLine(o.password)
	case o.identity != "":
		key.Identities, err = a.readSmall(o.identity)
	case a.mayAsk():
		key.Password, err = a.env.ReadPassphrase(ctx, "Password of the file: ")
	default:
		err = usagef("give --password-file or --identity-file")
	}
	return key, err
}

func (a *app) takeIn() *cobra.Command {
	var o openFlags
	return o.declare(&cobra.Command{
		Use: "take-in FILE", Short: "Take in another office's case to decide it", Long: handOverHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			data, key, err := a.sealedFile(ctx, o, args[0])
			if err != nil {
				return err
			}
			return a.showCase(s.TakeIn(ctx, data, key))
		}),
	})
}

func (a *app) sealedFile(ctx context.Context, o openFlags, name string) ([]byte, sealed.Key, error) {
	key, err := a.openKey(ctx, o)
	if err != nil {
		return nil, key, err
	}
	data, err := a.files().Read(name, sealedFile)
	return data, key, err
}

func (a *app) takeBack() *cobra.Command {
	var o openFlags
	var dry bool
	cmd := o.declare(&cobra.Command{
		Use: "take-back FILE", Short: "Take in the decision on a case that was handed over", Long: handOverHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			data, key, err := a.sealedFile(ctx, o, args[0])
			if err != nil {
				return err
			}
			plan, err := s.TakeBack(ctx, data, key, dry)
			if err != nil {
				return err
			}
			return a.show(plan, func(p *page) { p.advice(&plan) })
		}),
	})
	cmd.Flags().BoolVar(&dry, "dry-run", false, "show what it brings and what contradicts it, and take nothing in")
	return cmd
}

func (p *page) advice(plan *register.AdvicePlan) {
	p.line("Advice on %s by %s, %s:", plan.Ref, plan.By, plan.From)
	event := func(e register.RequestEvent) string {
		return strings.TrimSpace(e.On.String() + " " + string(e.Kind) + " " + string(e.Outcome) + ": " + e.Text)
	}
	p.list("It brings:", each(plan.Events, event))
	p.list("Happened here since, and stays:", each(plan.Since, event))
	p.list("It cannot be taken in:", plan.Conflicts)
	if plan.Taken {
		p.line("It is taken in; a decision waits for your approval.")
	}
}
