package cli

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const checkHelp = `Walk the store from end to end: every page, every seal, the sums over all records,
the audit trail, the head file, what records say of each other, and what is kept in
memory against the records. Each problem is named with its collection and id.

With BACKUP, a manifest, a data file or a folder whose newest backup is meant, that
copy is proved: nothing but it and a passphrase is needed.

Damage ends with code 1; an oddity, such as a booking whose course is gone, does
not. Nothing is ever written to what is damaged.`

func (a *app) checkCommand() *cobra.Command {
	var recoveryFile string
	cmd := &cobra.Command{
		Use: "check [BACKUP]", Short: "Check the store, or prove a backup", Long: checkHelp, Args: takes(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if err := a.hereAlone("a backup to check", "it lies on the machine"); err != nil {
					return err
				}
				return a.checkBackup(cmd.Context(), args[0], recoveryFile)
			}
			return a.checkStore(cmd, args)
		},
	}
	recoveryFlag(cmd, &recoveryFile)
	return cmd
}

// checkStore checks the store at the desk. One that does not open is checked by trying.
func (a *app) checkStore(cmd *cobra.Command, args []string) error {
	err := a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
		shown := a.progress()
		r, err := s.CheckStore(ctx, shown.told)
		shown.end()
		if err != nil {
			return err
		}
		if err := a.show(r, func(p *page) { p.storeReport(&r) }); err != nil || r.Intact {
			return err
		}
		return register.Errorf(register.Internal, "", "the store is damaged; 'custos restore' and 'custos repair' make a sound one")
	})(cmd, args)
	var d *desk.Damage
	if errors.As(err, &d) && a.flags.json {
		if shown := a.encode(register.StoreReport{Problems: storeProblems(d.Findings)}); shown != nil {
			return shown
		}
	}
	return err
}

// storeProblems are what a damaged store was found to have.
func storeProblems(found []desk.Finding) []register.StoreProblem {
	list := []register.StoreProblem{}
	for _, f := range found {
		list = append(list, register.StoreProblem{Where: f.Where, ID: f.ID, What: f.What, Oddity: !f.IsDamage()})
	}
	return list
}

func (p *page) storeReport(r *register.StoreReport) {
	if len(r.Problems) == 0 {
		p.line("Everything is as it should be.")
	}
	p.storeProblems(r.Problems)
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(r.Records)) {
		rows = append(rows, []string{name, strconv.Itoa(r.Records[name])})
	}
	p.line("")
	p.table("no records", []string{"COLLECTION", "RECORDS"}, rows)
	p.line("Audit head: %s", headInWords(r.AuditSeq, r.AuditHead))
}

func (p *page) storeProblems(list []register.StoreProblem) {
	for _, x := range list {
		kind := "damage"
		if x.Oddity {
			kind = "oddity"
		}
		p.line("%s: %s: %s", kind, placeOf(x), x.What)
	}
}

// placeOf is where a problem is, with the record where there is one.
func placeOf(x register.StoreProblem) string {
	if x.ID == "" {
		return x.Where
	}
	return x.Where + " " + x.ID
}

// proof is how proving a backup ended, in a result.
type proof struct {
	Path        string                  `json:"path"`
	Taken       time.Time               `json:"taken"`
	Records     int                     `json:"records"` // opened
	People      int                     `json:"people"`
	Dark        []register.ID           `json:"dark"`
	DarkRecords int                     `json:"dark_records"`
	Ledger      int                     `json:"ledger_entries"`
	Through     uint64                  `json:"ledger_through"`
	AuditSeq    uint64                  `json:"audit_seq"`
	AuditHead   string                  `json:"audit_head"`
	Problems    []register.StoreProblem `json:"problems"`
	Good        bool                    `json:"good"`
}

func (a *app) checkBackup(ctx context.Context, path, recoveryFile string) error {
	var r desk.BackupReport
	err := a.withKey(ctx, recoveryFile, func(k Key, told Progress) (err error) {
		r, err = a.env.CheckBackup(ctx, path, k, told)
		return err
	})
	if err != nil {
		return err
	}
	m := &r.Manifest
	done := proof{r.Path, m.At, r.Records, m.People, r.Dark, r.DarkRecords, r.Entries, r.Through, m.AuditSeq, m.AuditHead,
		storeProblems(r.Findings), len(r.Findings) == 0}
	if err := a.show(done, func(p *page) { p.proof(&done) }); err != nil || done.Good {
		return err
	}
	return register.Errorf(register.Internal, "", "the backup is not whole: do not rely on it")
}

func (p *page) proof(b *proof) {
	p.storeProblems(b.Problems)
	p.pairs([2]string{"Backup", b.Path}, [2]string{"Taken", onTheClock(b.Taken)},
		[2]string{"Opened", numbered(b.Records, "record") + " of " + people(b.People)},
		[2]string{"Audit head", headInWords(b.AuditSeq, b.AuditHead)})
	if n := len(b.Dark); n > 0 {
		p.line("No longer to be opened: %s of %s. Their keys are gone since, as after an erasure.",
			numbered(b.DarkRecords, "record"), people(n))
	}
	p.line("The ledger beside it holds %s, up to audit entry %d.", entries(b.Ledger), b.Through)
	if b.Good {
		p.line("It is whole: everything in it was opened.")
	}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return strconv.Itoa(n) + " entries"
}
