package cli

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) purposeCommand() *cobra.Command {
	return a.noun("purpose", "What people's data is used for", a.listPurposes(), a.changePurpose(), a.listJudgements())
}

func (a *app) listPurposes() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the purposes of the store's profile", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list := s.Settings().Profile.Purposes
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, x := range list {
					rows = append(rows, []string{x.ID, x.Title, basesInWords(&x), strings.Join(x.Channels, ", "), x.Notice})
				}
				p.table("no purposes", []string{"PURPOSE", "TITLE", "BASIS", "CHANNELS", "NOTICE"}, rows)
			})
		}),
	}
}

func basesInWords(x *register.Purpose) string {
	var words []string
	for _, b := range x.Bases {
		who := strings.Join(append(append([]string{}, b.Kinds...), b.Access...), ", ")
		if who != "" {
			who = " (" + who + ")"
		}
		words = append(words, b.Basis.Title()+who)
	}
	return strings.Join(words, "; ")
}

const changePurposeHelp = `Change what data is used for. Before that somebody judges whether the new purpose
is compatible with the one the data was collected for: its link with it, the
context of collection, the nature of the data, the consequences for people and
the safeguards. The judgement is kept with both wordings.

A change found not compatible can only be made to a purpose that rests on
consent alone, together with a new version of its notice, under which everybody
is asked again: --notice-text, --notice-version and --notice-from.`

func (a *app) changePurpose() *cobra.Command {
	var in register.PurposeChange
	var wording, title, notice string
	j := &in.Judgement
	cmd := &cobra.Command{
		Use: "change PURPOSE", Short: "Change a purpose, with a judgement whether that is compatible", Long: changePurposeHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			p := s.Settings().Profile
			x, ok := p.Purpose(args[0])
			if !ok {
				return register.Errorf(register.NotFound, "purpose", "the profile %s has no purpose %q", p.Name, args[0])
			}
			var err error
			if x.Wording, err = a.readWording(wording); err != nil {
				return err
			}
			if notice != "" {
				if in.Notice.Text, err = a.readWording(notice); err != nil {
					return err
				}
			}
			if title != "" {
				x.Title = title
			}
			in.Purpose = x
			if err := s.ChangePurpose(ctx, in); err != nil {
				return err
			}
			return a.show(x, func(p *page) { p.line("%s changed, and the judgement kept", x.ID) })
		}, "wording", "link", "context", "nature", "consequences", "safeguards", "reason"),
	}
	f := cmd.Flags()
	f.StringVar(&wording, "wording", "", "the file with the new wording")
	f.StringVar(&title, "title", "", "a new title; as before unless given")
	f.StringVar(&j.Link, "link", "", "how the purposes are linked")
	f.StringVar(&j.Context, "context", "", "the context in which the data was collected")
	f.StringVar(&j.Nature, "nature", "", "the nature of the data")
	f.StringVar(&j.Consequences, "consequences", "", "what it means for the people")
	f.StringVar(&j.Safeguards, "safeguards", "", "what protects them")
	f.BoolVar(&j.Compatible, "compatible", false, "the new purpose is compatible")
	f.StringVar(&j.Reason, "reason", "", "why it is, or is not")
	f.StringVar(&notice, "notice-text", "", "the file with the new wording of its notice")
	f.StringVar(&in.Notice.Version, "notice-version", "", "what the new version of the notice is called")
	date(cmd, &in.Notice.From, "notice-from", "the day it comes into force")
	return cmd
}

// readWording reads a wording from a text file.
func (a *app) readWording(file string) (string, error) {
	text, err := a.readSmall(file)
	return strings.TrimSpace(strings.ToValidUTF8(string(text), "\uFFFD")), err
}

func (a *app) listJudgements() *cobra.Command {
	return &cobra.Command{
		Use: "judgements", Short: "List the changes of purpose that were judged", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list := s.Settings().Judgements
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, j := range list {
					verdict := "not compatible, not made"
					if j.Made {
						verdict = "not compatible, asked again"
					}
					if j.Compatible {
						verdict = "compatible"
					}
					rows = append(rows, []string{calendar.LondonDate(j.At).String(), j.Purpose, verdict, j.By, j.Reason})
				}
				p.table("no purpose was changed", []string{"ON", "PURPOSE", "VERDICT", "BY", "REASON"}, rows)
			})
		}),
	}
}
