package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const templateHelp = `Take the words of a letter from a Markdown file: the heading in the first line,
after #, then the letter, with fields such as {person} between braces. It is
refused, line by line, where a field is unknown or something cannot be printed;
the words stay as they were.`

func (a *app) saveTemplate() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use: "save KIND FILE", Short: "Give a letter the office's own words", Long: templateHelp, Args: takes(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := letterKind(args)
			if err != nil {
				return err
			}
			text, err := a.readSmall(args[1])
			if err != nil {
				return err
			}
			t := templateOf(k, string(text))
			if check {
				return a.reads(func(_ context.Context, s *desk.Seat, _ []string) error { return a.checked(s, t, args[1]) })(cmd, args)
			}
			return a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
				if problems := s.CheckTemplate(t); len(problems) > 0 {
					return a.checked(s, t, args[1])
				}
				if err := s.SaveTemplate(ctx, t); err != nil {
					return err
				}
				return a.done(register.ID(k), "saved")
			})(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "only say what is wrong with it")
	return cmd
}

// templateOf takes the heading off the first line. Lines keep the numbers they
// have in the file.
func templateOf(k register.LetterKind, text string) register.LetterTemplate {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	head, body, _ := strings.Cut(text, "\n")
	subject, titled := strings.CutPrefix(head, "# ")
	if !titled {
		return register.LetterTemplate{Kind: k, Subject: k.Title(), Body: text}
	}
	return register.LetterTemplate{Kind: k, Subject: strings.TrimSpace(subject), Body: "\n" + body}
}

// checked says what keeps a template from being saved, with the file's name.
func (a *app) checked(s *desk.Seat, t register.LetterTemplate, file string) error {
	problems := s.CheckTemplate(t)
	if len(problems) == 0 {
		return a.show(problems, func(p *page) { p.line("%s can be saved.", file) })
	}
	var words []string
	for _, x := range problems {
		words = append(words, strings.TrimSpace(file+" line "+strconv.Itoa(max(x.Line, 1))+" "+x.Field+": "+x.Reason))
	}
	return register.Errorf(register.Invalid, "", "%s", strings.Join(words, "\n"))
}

func (a *app) resetTemplate() *cobra.Command {
	return &cobra.Command{
		Use: "reset KIND", Short: "Give a letter the words it came with", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			k, err := letterKind(args)
			if err != nil {
				return err
			}
			if err := s.ResetTemplate(ctx, k); err != nil {
				return err
			}
			return a.done(register.ID(k), "reset")
		}),
	}
}
