package cli

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/desk"
	"custos/internal/exchange/contacts"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// contactInput is the command line of an import of contacts.
type contactInput struct {
	format, mapFile, kind, notice string
	key                           register.ConsentKey
	yes, no                       []string
	refused                       string
	dryRun                        bool
}

const contactHelp = `Import the contact export of another tool, or any table with --format generic.
Which tool it is from is told from the headings and the file's name.

A consent changes only where --purpose and --channel say what the file's
answers are to. Without them a row with a no is refused, so that it is not lost.
With them a no in the file is always taken, also for an address nobody is held
for; a no in the ledger, or a suppression, always wins over a yes in the file. A
bounce is no answer. --dry-run says what becomes of every row.`

func (a *app) contactCommand() *cobra.Command {
	return a.noun("contact", "Contacts and opt-outs kept in other tools", a.importContacts())
}

func (a *app) importContacts() *cobra.Command {
	var in contactInput
	in.format = formatAuto
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Import contacts and their answers from another tool", Long: contactHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.takeContacts(ctx, s, args[0], &in)
		}),
	}
	choice(cmd, &in.format, "format", "which tool the file is from", append([]string{formatAuto}, contacts.Formats()...)...)
	questionKey(cmd, &in.key)
	f := cmd.Flags()
	f.StringVar(&in.notice, "notice", "", "the notice whose wording people were shown, where that is known")
	f.StringVar(&in.mapFile, "map", "", "file that says which column is which")
	f.StringSliceVar(&in.yes, "yes", nil, "words of the consent column that mean yes")
	f.StringSliceVar(&in.no, "no", nil, "words of the consent column that mean no")
	f.StringVar(&in.kind, "kind", "", "kind of the people added; contact, where the profile has it, unless given")
	f.StringVar(&in.refused, "refused", "", "write the rows refused to this new file, to be corrected")
	f.BoolVar(&in.dryRun, "dry-run", false, "say what would happen and write nothing")
	return cmd
}

// contactSource reads the file and says what is to be made of it.
func (a *app) contactSource(in *contactInput, file string) (desk.ContactSource, error) {
	src := desk.ContactSource{
		File: baseName(file), Yes: in.yes, No: in.no, Kind: in.kind, Notice: in.notice,
		Purpose: in.key.Purpose, Channel: in.key.Channel, Brand: in.key.Brand, MapConsent: in.key.Purpose != "",
	}
	if (in.key.Purpose == "") != (in.key.Channel == "") {
		return src, usagef("--purpose and --channel go together: they say what the answers are to")
	}
	if in.format != formatAuto {
		src.Format = in.format
	}
	t, err := a.readTable(file, formatAuto)
	if err != nil {
		return src, err
	}
	src.Table = t
	if in.mapFile != "" {
		src.Columns, err = a.readMapping(in.mapFile, t.ColumnNames(), contacts.Targets())
	}
	return src, err
}

// contactResult is what an import of contacts did, or would do.
type contactResult struct {
	register.Counts
	Answers  register.ContactTally `json:"answers"`
	Format   string                `json:"format"`
	Problems []problem             `json:"problems"`
	Notices  []problem             `json:"notices"`
	Rows     []contactRow          `json:"fates"`
	Batch    register.ID           `json:"batch"`
	State    string                `json:"state"`
	Refused  string                `json:"refused_rows,omitempty"` // the file they were, or would be, written to
}

// contactRow is the fate of a row, and why.
type contactRow struct {
	Line int           `json:"line"`
	Fate register.Fate `json:"fate"`
	Who  []register.ID `json:"delegates"`
	Why  string        `json:"why"`
}

func newContactResult(plan *register.ContactPlan) contactResult {
	r := contactResult{
		Counts: plan.Counts, Answers: plan.Answers, Format: plan.Format, State: dryRun,
		Problems: problems(plan.Problems), Notices: problems(plan.Notices),
	}
	for i := range plan.Rows {
		row := &plan.Rows[i]
		r.Rows = append(r.Rows, contactRow{row.Line, row.Fate, row.Who, row.Why})
	}
	return r
}

func (a *app) takeContacts(ctx context.Context, s *desk.Seat, file string, in *contactInput) error {
	src, err := a.contactSource(in, file)
	if err != nil {
		return err
	}
	plan, err := s.PlanContacts(ctx, src)
	if err != nil {
		return err
	}
	result, refused := newContactResult(plan), refusedFile{in.refused, in.dryRun}
	if result.Refused, err = refused.write(s, src.Table, plan.Problems); err != nil {
		return err
	}
	show := func() error { return a.show(result, func(p *page) { p.contacts(baseName(file), &result) }) }
	if in.dryRun {
		return show()
	}
	shown := a.progress()
	batch, err := s.ApplyContacts(ctx, plan, func(done, total int) { shown.told("writing", done, total) })
	shown.end()
	result.Counts, result.Batch, result.State = batch.Counts, batch.ID, string(batch.State)
	switch {
	case errors.Is(err, context.Canceled) && len(batch.Operations) > 0:
		a.say("Stopped: %d of %d rows are in the batch %s.", batch.Counts.Rows, len(plan.Rows), batch.ID)
		return errors.Join(err, show())
	case err != nil:
		return err
	}
	return show()
}

func (p *page) contacts(file string, r *contactResult) {
	p.line("%s, read as %s:", file, r.Format)
	var rows [][]string
	for _, x := range r.Rows[:min(len(r.Rows), mostShown)] {
		rows = append(rows, []string{fmt.Sprintf("  line %d", x.Line), string(x.Fate), x.Why})
	}
	p.columns(rows)
	if more := len(r.Rows) - mostShown; more > 0 {
		p.line("  and %d more; --json lists them all", more)
	}
	p.problems("Refused:", r.Problems)
	p.problems("Told:", r.Notices)
	p.counted(r.Counts)
	t := r.Answers
	p.line("Answers: %d yes and %d no; %d kept as no, %d suppressed, %d addresses to suppress, %d bounced, %d not recorded",
		t.Yes, t.No, t.KeptNo, t.Suppressed, t.Suppresses, t.Bounced, t.Unrecorded)
	p.refusedIn(r.Refused, r.State)
	if r.State == dryRun {
		p.line("Nothing was written to the store.")
		return
	}
	p.line("Batch %s (%s); 'custos import undo %s' takes the people back; a no stays.", r.Batch, r.State, r.Batch)
}
