package cli

import (
	"context"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const exportHelp = `Write a list to a new file: .csv, .xlsx or .json by its name. It is recorded as a
disclosure with everybody in it, so that 'who has had whose data?' can be
answered. Restricted people and special category data are left out.

Without --recipient the file is for the office's own use.`

func (a *app) exportCommand() *cobra.Command {
	var in desk.ExportInput
	var list listFlags
	nouns := []string{"delegates", "organisations", "requests", "consents"}
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
	f.StringVar(&in.To, "to", "", "the file; it must not exist")
	f.StringVar(&in.Purpose, "purpose", "", "a purpose of the profile")
	f.StringVar(&in.Recipient, "recipient", "", "a recipient of the profile")
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
			[2]string{"SHA-256", d.Digest})
		p.line("%d people in it", d.Count)
		if d.Draft {
			p.line("A draft for the office: the release is not approved.")
		}
	})
}
