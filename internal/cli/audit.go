package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) auditCommand() *cobra.Command {
	return a.noun("audit", "Who did what, and proof that nothing was changed since",
		a.listAudit(), a.verifyAudit(), a.exportAudit(), a.anchorAudit())
}

func (a *app) listAudit() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "List the audit trail, the newest entry first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			rows, err := s.Trail(limit)
			if err != nil {
				return err
			}
			return a.show(rows, func(p *page) { p.trail(rows) })
		}),
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many; 0 for all")
	return cmd
}

func (p *page) trail(list []register.AuditRow) {
	var rows [][]string
	for _, e := range list {
		note := e.Note
		if e.Unchecked {
			note = strings.TrimSpace(note + " (not second-checked)")
		}
		rows = append(rows, []string{strconv.FormatUint(e.Seq, 10), onTheClock(e.At), e.Operator, e.Door,
			string(e.Verb), strings.Join(texts(e.Subjects), " "), note})
	}
	p.table("nothing yet", []string{"NO", "AT", "OPERATOR", "DOOR", "WHAT", "ABOUT", "NOTE"}, rows)
}

func (a *app) verifyAudit() *cobra.Command {
	var file, anchor string
	atDesk := a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
		if anchor != "" {
			return a.verifyAnchor(s, anchor)
		}
		return a.showVerdict(s.VerifyTrail())
	})
	cmd := &cobra.Command{
		Use: "verify", Short: "Walk the chain of the audit trail, or of an exported one", Args: takes(cobra.NoArgs),
		Long: "Walk the chain of the audit trail from the first entry to the head. With --file an\n" +
			"exported trail is checked on its own; no store is needed. With --anchor either is held\n" +
			"against a head that was signed earlier. A break ends with code 1; a trail that gives a\n" +
			"reason, a restore or a repair since, with code 4.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return atDesk(cmd, args)
			}
			return a.verifyExport(file, anchor)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "a file 'custos audit export' wrote")
	cmd.Flags().StringVar(&anchor, "anchor", "", "a file 'custos audit anchor' wrote")
	return cmd
}

// showVerdict shows how a walk ended. What breaks the chain is the error.
func (a *app) showVerdict(v register.AuditVerdict, broken error) error {
	if broken != nil {
		if a.flags.json && register.KindOf(broken) == register.Internal {
			if err := a.encode(v); err != nil {
				return err
			}
		}
		return broken
	}
	return a.show(v, func(p *page) {
		p.line("The chain holds: %d entries, head %s", v.Entries, v.Head)
		p.listed("The file proves:", v.Shown)
		p.listed("The file alone does not prove:", v.Open)
	})
}

// listed is a heading over lines; nothing where there are none.
func (p *page) listed(heading string, lines []string) {
	if len(lines) > 0 {
		p.line("%s", heading)
	}
	for _, l := range lines {
		p.line("  %s", l)
	}
}

func (a *app) exportAudit() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "export", Short: "Write the trail to a file that can be verified without the store", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			v, err := s.ExportTrail(ctx, to)
			if err != nil {
				return err
			}
			return a.show(v, func(p *page) { p.line("%d entries written to %s, head %s", v.Entries, to, v.Head) })
		}, "to"),
	}
	cmd.Flags().StringVar(&to, "to", "", "the file; it must not exist; - for the output")
	return cmd
}
