package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const sheetHelp = `Write a sheet to ask a group for consent on paper, as a PDF: the exact wording of
each question, and a box for yes and one for no beside each name. With --forms
it is a page for each person instead.

Who is asked: the members of an organisation, those booked on a course, or the
people named with --delegate. Who may not be asked is left out, and counted.

What is asked: --question, once for each question, written PURPOSE:CHANNEL or
PURPOSE:CHANNEL:BRAND. 'custos consent list' shows the questions of the profile.`

// delegatesFlag is a flag that may be repeated, each a person's id.
type delegatesFlag struct{ ids *[]register.ID }

func (f delegatesFlag) String() string { return "" }

func (f delegatesFlag) Set(s string) error {
	id, err := register.ParseID(register.DelegatePrefix, s)
	*f.ids = append(*f.ids, id)
	return err
}

func (f delegatesFlag) Type() string { return "ID" }

func (a *app) consentSheet() *cobra.Command {
	var in register.SheetInput
	var organisation, course string
	var list bool
	cmd := &cobra.Command{
		Use: "sheet --question PURPOSE:CHANNEL --to FILE.pdf", Short: "Print a sheet to ask a group on paper",
		Long: sheetHelp, Args: takes(cobra.NoArgs),
		Example: "  custos consent sheet --course C7K3M2PQX9TF0B --question course-news:email --to sheet.pdf",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if organisation != "" {
				if in.Organisation, err = register.ParseID(register.OrganisationPrefix, organisation); err != nil {
					return err
				}
			}
			if course != "" {
				if in.Course, err = register.ParseID(register.CoursePrefix, course); err != nil {
					return err
				}
			}
			if len(in.Keys) == 0 {
				return usagef("--question is needed: PURPOSE:CHANNEL or PURPOSE:CHANNEL:BRAND")
			}
			if list {
				return a.showSheet(s, in)
			}
			if in.To == "" {
				return usagef("--to is needed")
			}
			return a.showDisclosure(s.ConsentSheet(ctx, in))
		}),
	}
	f := cmd.Flags()
	f.StringVar(&in.To, "to", "", "the file; it must not exist; - for the output")
	f.Var(delegatesFlag{&in.Delegates}, "delegate", "id of a person; may be repeated")
	f.StringVar(&organisation, "organisation", "", "the current members of this organisation")
	f.StringVar(&course, "course", "", "those booked on this course")
	f.Var(questionFlag{&in.Keys}, "question", "a question to ask; may be repeated")
	f.StringVar(&in.Title, "title", "", "what they take part in; the name of the course or organisation unless given")
	f.BoolVar(&in.OnlyUnasked, "only-unasked", false, "only people with a question they have not answered")
	f.BoolVar(&in.Forms, "forms", false, "a form for each person")
	f.BoolVar(&in.RecordAsked, "record-asked", false, "record in the ledger that each was asked")
	f.BoolVar(&list, "list", false, "only say who would be on it")
	return atLeastOne(cmd, "delegate", "organisation", "course")
}

func (a *app) showSheet(s *desk.Seat, in register.SheetInput) error {
	rows, err := s.SheetPeople(in)
	if err != nil {
		return err
	}
	return a.show(rows, func(p *page) {
		heads := []string{"ID", "NAME"}
		for _, k := range in.Keys {
			heads = append(heads, inWords(k.Purpose, k.Channel, k.Brand))
		}
		var lines [][]string
		for _, r := range rows {
			line := []string{string(r.Delegate), r.Name}
			for _, state := range r.States {
				line = append(line, string(state))
			}
			if r.LeftOut != "" {
				line = append(line, "left out: "+r.LeftOut)
			}
			lines = append(lines, line)
		}
		p.table("nobody", heads, lines)
	})
}
