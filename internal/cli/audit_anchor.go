package cli

import (
	"context"
	"io"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const anchorHelp = `Write where the audit trail stands now, signed by the store, to a small new file.
Keep it where nobody who works with the store can change it: with the auditor, in
a mailbox, on paper. Held against the trail or an export later, with 'custos audit
verify --anchor', it shows whether everything up to it still stands, even after
somebody with every key has written the whole trail anew.`

func (a *app) anchorAudit() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "anchor", Short: "Sign where the trail stands, to compare with later", Long: anchorHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			made, err := s.Anchor(ctx, to)
			if err != nil {
				return err
			}
			return a.show(made, func(p *page) {
				p.pairs([2]string{"Anchor", to}, [2]string{"Audit head", headInWords(made.Seq, made.Hash)},
					[2]string{"Signed", onTheClock(made.At)}, [2]string{"By key", made.Signer})
			})
		}, "to"),
	}
	cmd.Flags().StringVar(&to, "to", "", "a new file; - for the output")
	return cmd
}

// anchored is how a trail stands to an anchor, in a result.
type anchored struct {
	register.AuditVerdict
	Anchor register.AnchorVerdict `json:"anchor"`
}

// verifyAnchor holds the trail of the store against an anchor.
func (a *app) verifyAnchor(s *desk.Seat, file string) error {
	data, err := a.readSmall(file)
	if err != nil {
		return err
	}
	trail, err := s.VerifyTrail()
	if err != nil {
		return a.showVerdict(trail, err)
	}
	v, err := s.CompareAnchor(data)
	return a.showAnchored(anchored{trail, v}, err)
}

// verifyExport checks an exported trail on its own, and against an anchor where one is named.
func (a *app) verifyExport(export, anchor string) error {
	f, err := a.files().Open(export)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if anchor == "" {
		return a.showVerdict(desk.VerifyExport(f))
	}
	return a.compareExport(f, anchor)
}

func (a *app) compareExport(export io.Reader, anchor string) error {
	data, err := a.readSmall(anchor)
	if err != nil {
		return err
	}
	trail, v, err := desk.CompareExport(export, data)
	if v.Outcome == "" {
		return a.showVerdict(trail, err)
	}
	return a.showAnchored(anchored{trail, v}, err)
}

// showAnchored shows how the comparison ended. What does not hold is the error.
func (a *app) showAnchored(v anchored, broken error) error {
	if broken != nil {
		if a.flags.json && v.Anchor.Outcome != "" {
			if err := a.encode(v); err != nil {
				return err
			}
		}
		return broken
	}
	return a.show(v, func(p *page) {
		p.line("The chain holds: %d entries, head %s", v.Entries, v.Head)
		p.line("The anchor of %s fits: %s.", onTheClock(v.Anchor.Anchor.At), v.Anchor.Words)
	})
}
