package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const packHelp = `Write everything the reply to an access request consists of: to a new .zip with
a page, a PDF, the data and tables, or to one new .pdf that carries the rest
inside. A portability request gets the data the person gave, as CSV and JSON.
Until the release is approved the file is marked a draft for the office.

  --password-file   protect the PDF with AES-256; tell the password another way
  --recipient       encrypt the whole file to an age key; .age is added
  --with            put in a document that was attached to the case`

func (a *app) packRequest() *cobra.Command {
	var in register.PackInput
	var password string
	cmd := &cobra.Command{
		Use: "pack REF", Short: "Write everything the reply to a request consists of", Long: packHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			if password != "" {
				if in.Password, err = a.firstLine(password); err != nil {
					return err
				}
			}
			return a.showDisclosure(s.Pack(ctx, ref(args), in))
		}, "to"),
	}
	f := cmd.Flags()
	f.StringVar(&in.To, "to", "", "the file; it must not exist; - for the output")
	choice(cmd, &in.As, "as", "of '--to -': the form", register.PackZip, register.PackPDF)
	f.StringVar(&password, "password-file", "", "file whose first line is a password of ten characters or more")
	f.StringArrayVar(&in.Recipients, "recipient", nil, "an age or SSH public key; may be repeated")
	f.StringArrayVar(&in.With, "with", nil, "a file that is attached to the case; may be repeated")
	return atMostOne(cmd, "password-file", "recipient")
}

func (a *app) findingsOfRequest() *cobra.Command {
	return &cobra.Command{
		Use: "findings REF", Short: "List what is held on the person, and where others' records mention them",
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, args []string) error {
			shown := a.progress()
			found, err := s.Findings(ctx, ref(args), shown.step("searching"))
			shown.end()
			if err != nil {
				return err
			}
			return a.show(found, func(p *page) { p.findings(&found) })
		}),
	}
}

func (p *page) findings(f *register.Findings) {
	var rows [][]string
	for _, h := range f.Holdings {
		for _, r := range h.Records {
			rows = append(rows, []string{h.Collection, r.Key, inOrOut(r.In, r.Choice), firstWords(r.Record)})
		}
	}
	p.table("nothing is held", []string{"COLLECTION", "RECORD", "IN THE PACK", "WHAT"}, rows)
	if len(f.Mentions) > 0 {
		p.heading("Mentions in other records:")
	}
	for _, m := range f.Mentions {
		state := "not judged"
		if m.Judged() {
			state = inOrOut(m.In(), m.Choice)
		}
		p.line("%s %s %s (%s): %s", m.Collection, m.Record, m.Field, strings.Join(m.Found, ", "), state)
		p.line("  %s", m.Passage)
	}
	if len(f.Documents) > 0 {
		p.heading("Documents held elsewhere:")
	}
	for _, d := range f.Documents {
		p.line("%s %s, %s, SHA-256 %s", d.ID, d.Title, d.Where, d.Digest)
	}
	if words := f.NotJudged(); words != "" {
		p.line("")
		p.line("%s.", words)
	}
}

func inOrOut(in bool, c *register.FindingChoice) string {
	if in {
		return "yes"
	}
	if c == nil {
		return "no"
	}
	return "no: " + c.Reason
}

// firstWords are the first values of a record, enough to know it by.
func firstWords(r register.Record) string {
	var words []string
	for _, l := range r.Lines[:min(3, len(r.Lines))] {
		words = append(words, l.Value)
	}
	return strings.Join(words, ", ")
}

const chooseHelp = `Say whether the pack takes a record in. What is held on the person is in unless
it is left out with a reason; a mention in somebody else's record (--field) is
judged either way, and quoted by the passage that names the person unless
--passage gives another. The names are those that findings lists.`

func (a *app) chooseInRequest() *cobra.Command {
	var c register.FindingChoice
	var out bool
	cmd := &cobra.Command{
		Use: "choose REF", Short: "Take a finding into the pack, or leave it out", Long: chooseHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if c.Include == out {
				return usagef("give --in or --out")
			}
			if err := aboutMention(ctx, s, ref(args), &c); err != nil {
				return err
			}
			return a.showCase(s.Choose(ctx, ref(args), []register.FindingChoice{c}))
		}, "collection", "record"),
	}
	f := cmd.Flags()
	f.StringVar(&c.Collection, "collection", "", "the collection")
	f.StringVar(&c.Record, "record", "", "the record in it")
	f.StringVar(&c.Field, "field", "", "of a mention: the field it stands in")
	f.StringVar(&c.Passage, "passage", "", "of a mention: the words that are quoted")
	f.BoolVar(&c.Include, "in", false, "take it in")
	f.BoolVar(&out, "out", false, "leave it out")
	f.StringVar(&c.Reason, "reason", "", "why it is left out")
	return cmd
}

// aboutMention completes the judgement of a mention with the text it is about.
func aboutMention(ctx context.Context, s *desk.Seat, ref string, c *register.FindingChoice) error {
	if c.Field == "" {
		return nil
	}
	found, err := s.Findings(ctx, ref, nil)
	if err != nil {
		return err
	}
	for _, m := range found.Mentions {
		if m.Collection == c.Collection && m.Record == c.Record && m.Field == c.Field {
			c.Digest = m.Digest
			if c.Passage == "" {
				c.Passage = m.Passage
			}
			return nil
		}
	}
	return register.Errorf(register.NotFound, "field", "no such mention: see custos request findings %s", ref)
}

func (a *app) attachToRequest() *cobra.Command {
	var in register.AttachInput
	cmd := &cobra.Command{
		Use: "attach REF FILE", Short: "Note a document held elsewhere, by its digest", Args: takes(cobra.ExactArgs(2)),
		Long: "Note a document that is held elsewhere. The file is read for its size and digest and not\nkept; give it again with pack --with to put it into the pack.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			in.File = args[1]
			return a.showCase(s.Attach(ctx, ref(args), in))
		}, "title", "where"),
	}
	cmd.Flags().StringVar(&in.Title, "title", "", "what it is, as the reply prints it")
	cmd.Flags().StringVar(&in.Where, "where", "", "where it is held: a cabinet, a mailbox, another system")
	return cmd
}

const redactHelp = `Take words out of the pack wherever they stand in it: in the page, the PDF, the
data and the tables. The gap says why, by a code of the office's exemptions. The
pack is read back before it is kept, and refused if the words are still in it.`

func (a *app) redactRequest() *cobra.Command {
	var in register.RedactionInput
	cmd := &cobra.Command{
		Use: "redact REF", Short: "Take words out of the pack", Long: redactHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if err := a.tellWhere(s, ref(args), in.Words); err != nil {
				return err
			}
			return a.showCase(s.Redact(ctx, ref(args), in))
		}, "words", "code", "reason"),
	}
	f := cmd.Flags()
	f.StringVar(&in.Words, "words", "", "the words")
	f.StringVar(&in.Code, "code", "", "an exemption: see custos exemption list")
	f.StringVar(&in.Reason, "reason", "", "why they may be taken out")
	return cmd
}

// tellWhere says in how many texts of the pack words stand: a slip of the pen takes nothing out.
func (a *app) tellWhere(s *desk.Seat, ref, words string) error {
	passages, err := s.PackText(ref)
	if err != nil {
		return err
	}
	marks := register.NewRedactor([]register.Redaction{{Words: words}}, func(register.Redaction) string { return "" })
	n := 0
	for _, x := range passages {
		if len(marks.Finds(x.Text)) > 0 {
			n++
		}
	}
	if n == 0 {
		a.say("These words stand nowhere in the pack as it is now.")
		return nil
	}
	a.say("These words stand in %s of the pack.", numbered(n, "text"))
	return nil
}

func (a *app) unredactRequest() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use: "unredact REF ID", Short: "Put words back that were taken out", Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.showCase(s.Unredact(ctx, ref(args), register.ID(args[1]), why))
		}, "why"),
	}
	cmd.Flags().StringVar(&why, "why", "", "why they may stand")
	return cmd
}

func (a *app) hintsOfRequest() *cobra.Command {
	return &cobra.Command{
		Use: "hints REF", Short: "List other people whose names stand in the pack", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			hints, err := s.RedactionHints(ref(args))
			if err != nil {
				return err
			}
			return a.show(hints, func(p *page) { p.hints(hints) })
		}),
	}
}

func (p *page) hints(list []register.RedactionHint) {
	var rows [][]string
	for _, h := range list {
		rows = append(rows, []string{h.Words, string(h.Who), strconv.Itoa(h.Count), h.Code, h.Why})
	}
	p.table("nobody else is named", []string{"WORDS", "WHO", "PASSAGES", "CODE", "WHY"}, rows)
}

func (a *app) textOfPack() *cobra.Command {
	return &cobra.Command{
		Use: "text REF", Short: "Show the text of the pack as it will stand", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			list, err := s.PackText(ref(args))
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) { p.passages(list) })
		}),
	}
}

func (p *page) passages(list []register.Passage) {
	chapter, where := "", ""
	for _, x := range list {
		if x.Chapter != chapter {
			chapter = x.Chapter
			p.heading(chapter)
		}
		if x.Where != where {
			where = x.Where
			p.line("  %s", where)
		}
		p.line("    %s: %s", x.Label, x.Text)
	}
}
