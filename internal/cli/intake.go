package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// The formats an import may insist on. Auto goes by the file's content.
const (
	formatAuto = "auto"
	formatGIAS = "gias" // an extract of the school register
	formatCSV  = "csv"
	formatXLSX = "xlsx"
)

// importInput is the command line of an import.
type importInput struct {
	noun, format, mapFile, kind string
	refused                     string // the file for the rows refused
	strict, dryRun              bool
}

const importHelp = `Import a CSV file or a workbook. Which column is which field is guessed from the
headings, or taken from --map, a file with a line "Column" = "field" for each;
what --map says is remembered for files with the same headings.

Every row is new, changed, same, duplicate or refused, and --dry-run says which
without writing anything. Ctrl-C stops between two transactions; what was
written stays until 'custos import undo BATCH' takes it back.`

func (a *app) importOrganisations() *cobra.Command {
	return a.importFile(&importInput{noun: "organisations"}, "Import organisations from a file")
}

func (a *app) importDelegates() *cobra.Command {
	in := importInput{noun: "delegates"}
	cmd := a.importFile(&in, "Import people from a file")
	cmd.Flags().StringVar(&in.kind, "kind", "", "kind of person in the file; the profile's first unless given")
	cmd.Flags().BoolVar(&in.strict, "strict", false, "refuse people whose record would lack a mandatory field")
	return cmd
}

func (a *app) importFile(in *importInput, short string) *cobra.Command {
	in.format = formatAuto
	cmd := &cobra.Command{
		Use: "import FILE", Short: short, Long: importHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			return a.take(ctx, s, args[0], in)
		}),
	}
	choice(cmd, &in.format, "format", "what the file is", formatAuto, formatGIAS, formatCSV, formatXLSX)
	cmd.Flags().StringVar(&in.mapFile, "map", "", "file that says which column is which field")
	cmd.Flags().StringVar(&in.refused, "refused", "", "write the rows refused to this new file, to be corrected")
	cmd.Flags().BoolVar(&in.dryRun, "dry-run", false, "say what would happen and write nothing")
	return cmd
}

// take reads a file, plans what becomes of every row, and carries the plan out.
func (a *app) take(ctx context.Context, s *desk.Seat, file string, in *importInput) error {
	settings := s.Settings()
	if err := in.check(&settings.Profile); err != nil {
		return err
	}
	t, err := a.readTable(file, in.format)
	if err != nil {
		return err
	}
	cols, err := a.fileColumns(in, t, &settings)
	if err != nil {
		return err
	}
	plan, err := s.Plan(ctx, desk.Incoming{
		Noun: in.noun, File: baseName(file), Rows: in.rows(t, cols.mapping, &settings.Profile),
		Notices: intake.Notices(t), Strict: in.strict,
	})
	if err != nil {
		return err
	}
	result, refused := newImportResult(plan, cols), refusedFile{in.refused, in.dryRun}
	if result.RefusedRows, err = refused.write(s, t, plan.Problems); err != nil {
		return err
	}
	if in.dryRun {
		result.State = dryRun
		return a.show(result, func(p *page) { p.imported(&result) })
	}
	return a.apply(ctx, s, plan, &result)
}

// apply carries a plan out and remembers the mapping a person settled. A stop half-way says how to undo what was
// written.
func (a *app) apply(ctx context.Context, s *desk.Seat, plan *register.Plan, result *importResult) error {
	shown := a.progress()
	batch, err := s.Apply(ctx, plan, func(done, total int) { shown.told("writing", done, total) })
	shown.end()
	result.Counts, result.Batch, result.State = batch.Counts, batch.ID, string(batch.State)
	switch {
	case errors.Is(err, context.Canceled) && len(batch.Operations) > 0:
		a.say("Stopped: %d of %d rows are in the batch %s; 'custos import undo %s' takes them back.",
			batch.Counts.Rows, len(plan.Rows), batch.ID, batch.ID)
		return errors.Join(err, a.show(result, func(p *page) { p.imported(result) }))
	case err != nil:
		return err
	}
	if result.settled && result.fingerprint != "" {
		if err := s.RememberMapping(ctx, result.fingerprint, pairs(result.Mapping)); err != nil {
			return err
		}
	}
	return a.show(result, func(p *page) { p.imported(result) })
}

// check settles the kind of person and refuses a format the program does not know.
func (in *importInput) check(p *register.Profile) error {
	switch in.format {
	case formatAuto, formatCSV, formatXLSX:
	case formatGIAS:
		if in.noun != "organisations" {
			return usagef("--format gias is for organisations")
		}
	default:
		return usagef("--format is auto, gias, csv or xlsx")
	}
	if in.noun != "delegates" {
		return nil
	}
	if in.kind == "" && len(p.Kinds) > 0 {
		in.kind = p.Kinds[0].ID
	}
	if _, ok := p.Kind(in.kind); !ok {
		return usagef("--kind: the profile %s keeps %s", p.Name, p.KindNames())
	}
	return nil
}

func (in *importInput) rows(t *table.Table, m mapping.Mapping, p *register.Profile) iter.Seq[register.Incoming] {
	if in.noun == "organisations" {
		return intake.Organisations(t, m)
	}
	return intake.People(t, m, p, in.kind)
}

// readTable reads a file, which must be of the format insisted on.
func (a *app) readTable(file, format string) (*table.Table, error) {
	data, err := a.files().Read(file, table.MaxBytes)
	if err != nil {
		return nil, err
	}
	t, err := exchange.Read(baseName(file), data)
	if err != nil {
		return nil, err
	}
	if (format == formatCSV || format == formatXLSX) && string(t.Format) != format {
		return nil, fmt.Errorf("%s is no %s file: it holds %s", baseName(file), format, t.Format)
	}
	return t, nil
}
