package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const letterHelp = `Write a letter of a case from the office's template, filled from the case, to a
new .pdf, .docx, .html or .txt. Without --to it is shown, with what is missing.
--set NAME=TEXT says what the case does not; a list takes --set several times.

Kinds of letter: `

func (a *app) letterOfRequest() *cobra.Command {
	var in register.LetterInput
	var set []string
	cmd := &cobra.Command{
		Use: "letter REF KIND", Short: "Show a letter of a case, or write it to a file",
		Long: letterHelp + strings.Join(texts(register.LetterKinds()), ", "), Args: takes(cobra.ExactArgs(2)),
		Example: "  custos request letter AR-2026-0042 clarification --set question='Which years?' --to ask.docx",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if in.Kind, err = register.ParseLetterKind(args[1]); err != nil {
				return err
			}
			if in.Values, err = fieldValues(set); err != nil {
				return err
			}
			in.Ref = ref(args)
			if in.To == "" {
				return a.reads(func(_ context.Context, s *desk.Seat, _ []string) error { return a.showLetter(s, in) })(cmd, args)
			}
			return a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
				return a.showDisclosure(s.WriteLetter(ctx, in))
			})(cmd, args)
		},
	}
	cmd.Flags().StringVar(&in.To, "to", "", "the file; it must not exist; - for the output")
	choice(cmd, &in.As, "as", "of '--to -': the form", "pdf", "docx", "html", "txt")
	cmd.Flags().StringArrayVar(&set, "set", nil, "NAME=TEXT of a field of the letter; may be repeated")
	return cmd
}

// fieldValues reads NAME=TEXT.
func fieldValues(set []string) (map[string][]string, error) {
	values := map[string][]string{}
	for _, s := range set {
		name, text, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, usagef("a field is set as NAME=TEXT")
		}
		values[name] = append(values[name], text)
	}
	return values, nil
}

func (a *app) showLetter(s *desk.Seat, in register.LetterInput) error {
	l, err := s.PreviewLetter(in.Ref, in.Kind, in.Values)
	if err != nil {
		return err
	}
	return a.show(l, func(p *page) {
		if len(l.Missing) > 0 {
			p.line("The letter must say, and nothing tells:")
		}
		for _, f := range l.Missing {
			p.line("  --set %s='...'  %s", f.Name, f.About)
		}
		p.text(l.Text)
	})
}

func (a *app) templateCommand() *cobra.Command {
	return a.noun("template", "What letters are made from", a.listTemplates(), a.showTemplate(), a.saveTemplate(),
		a.resetTemplate())
}

func (a *app) listTemplates() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List every letter and whose words it has", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Templates()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, t := range list {
					whose := "as it came"
					if !t.Updated.IsZero() {
						whose = t.By + ", " + onTheClock(t.Updated)
					}
					rows = append(rows, []string{string(t.Kind), t.Kind.Title(), whose})
				}
				p.table("no letters", []string{"LETTER", "TITLE", "WORDS"}, rows)
			})
		}),
	}
}

// letterKind is the kind on a command line.
func letterKind(args []string) (register.LetterKind, error) { return register.ParseLetterKind(args[0]) }

func (a *app) showTemplate() *cobra.Command {
	var fields bool
	cmd := &cobra.Command{
		Use: "show KIND", Short: "Show the template of a letter, as save reads it", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			k, err := letterKind(args)
			if err != nil {
				return err
			}
			if fields {
				return a.showFields(k)
			}
			list, err := s.Templates()
			if err != nil {
				return err
			}
			for _, t := range list {
				if t.Kind == k {
					return a.show(t, func(p *page) {
						p.line("# %s", t.Subject)
						p.line("")
						p.text(t.Body)
					})
				}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&fields, "fields", false, "list what it may say by name")
	return cmd
}

func (a *app) showFields(k register.LetterKind) error {
	list := register.LetterFields(k)
	return a.show(list, func(p *page) {
		var rows [][]string
		for _, f := range list {
			what := f.About
			if f.Needed {
				what += " (must be said)"
			}
			if f.List {
				what += " (a list)"
			}
			rows = append(rows, []string{"{" + f.Name + "}", what})
		}
		p.columns(rows)
	})
}
