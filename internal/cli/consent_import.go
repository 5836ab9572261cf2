package cli

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/desk"
	"custos/internal/exchange/consentfile"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const consentImportHelp = `Read consent records back: what 'custos export consents' wrote, or receipts and
records of the same standards from elsewhere. Every record keeps when it
happened and when it was recorded. Its person is found by the id this store gave
them or, in what another program made, by the address. A record held already is
the same; one that contradicts what is held, is about nobody here, or would end
a no is refused by its number, and the rest is taken in.

For the contact exports of other tools there is 'custos contact import'.`

func (a *app) importConsents() *cobra.Command {
	var format string
	var dry bool
	cmd := &cobra.Command{
		Use: "import FILE --format FORMAT", Short: "Read consent records back", Long: consentImportHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			f, err := a.files().Open(args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			got, err := s.ImportLedger(ctx, desk.LedgerSource{Name: baseName(args[0]), Format: format, Read: f}, dry)
			if err != nil {
				return err
			}
			return a.show(got, func(p *page) { p.ledgerImport(&got) })
		}, "format"),
	}
	choice(cmd, &format, "format", "what the file is", texts(consentfile.Formats())...)
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would happen and write nothing")
	return cmd
}

func (p *page) ledgerImport(l *register.LedgerImport) {
	p.problems("Refused:", problems(l.Problems))
	p.heading(fmt.Sprintf("%s: %d new, %d same, %d refused", numbered(l.Rows, "record"), l.New, l.Same, l.Refused))
	if l.Batch == nil {
		p.line("Nothing was written.")
		return
	}
	p.line("Batch %s (%s)", l.Batch.ID, l.Batch.State)
}
