package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const exportHelp = `Write a list to a new file: .csv, .xlsx or .json by its name; to - for the output,
as csv or as --as says. It is recorded as a
disclosure with everybody in it, so that 'who has had whose data?' can be
answered. Restricted people and special category data are left out.

Without --recipient the file is for the office's own use.

  mailing    only those we may contact today for --purpose by --channel, and how
             many were left out and why; --on-behalf-of says whose message the
             office sends itself, without handing over a name, for a purpose
             that told people so
  profiling  counts by the fields the profile allows, nobody in it
  breaches   the register of breaches, with what was done and who was told
  consents   the ledger; --as iso27560, receipt27560 or kantara writes the
             records of those standards`

func (a *app) exportCommand() *cobra.Command {
	var in desk.ExportInput
	var list listFlags
	nouns := []string{"delegates", "organisations", "mailing", "requests", "breaches", "consents", "profiling"}
	cmd := &cobra.Command{
		Use: "export " + strings.Join(nouns, "|"), Short: "Write a list to a file, and record that it left", Long: exportHelp,
		Args: takes(cobra.ExactArgs(1)), ValidArgs: nouns,
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			if in.Query, err = list.people(); err != nil {
				return err
			}
			in.Noun = args[0]
			return a.showDisclosure(s.Export(ctx, in))
		}, "to"),
	}
	f := cmd.Flags()
	f.StringVar(&in.To, "to", "", "the file; it must not exist; - for the output")
	f.StringVar(&in.Purpose, "purpose", "", "a purpose of the profile")
	f.StringVar(&in.Recipient, "recipient", "", "a recipient of the profile")
	choice(cmd, &in.Channel, "channel", "of a mailing list: the way to reach them", register.ChannelIDs()...)
	f.StringVar(&in.Brand, "brand", "", "of a mailing list: a brand of the profile")
	f.StringVar(&in.OnBehalf, "on-behalf-of", "", "of a mailing list: the recipient whose message the office sends")
	f.StringSliceVar(&in.Fields, "field", nil, "of a mailing list: a further field")
	choice(cmd, &in.As, "as", "the form where the name tells none; of consents also a standard", "csv", "xlsx", "json", "iso27560", "receipt27560", "kantara")
	f.Var(delegateFlag{&in.Person}, "delegate", "of consents: one person's")
	f.StringVar(&list.filter, "filter", "", "words that all have to occur")
	list.declarePeople(cmd)
	return cmd
}

func (a *app) showDisclosure(d register.Disclosure, err error) error {
	if err != nil {
		return err
	}
	return a.show(d, func(p *page) {
		p.pairs([2]string{"Disclosure", string(d.ID)}, [2]string{"What", d.What}, [2]string{"To", d.Recipient},
			[2]string{"Request", d.Request}, [2]string{"Format", d.Format}, [2]string{"Size", bytesInWords(d.Bytes)},
			[2]string{"SHA-256", d.Digest}, [2]string{"Audit trail", d.Audit().String()})
		p.line("%s in it", people(d.Count))
		p.leftOut(register.Electronic(d.Channel), d.LeftOut)
		if d.Draft {
			p.line("A draft for the office: the release is not approved.")
		}
	})
}
