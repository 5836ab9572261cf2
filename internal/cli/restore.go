package cli

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// RestoreStore says which backup becomes which store.
type RestoreStore struct {
	Backup        string // manifest, data file, or a folder whose newest backup is taken
	To            string
	Key           Key
	WithoutLedger bool
	Progress      Progress
}

const restoreHelp = `Put a backup into a new folder. BACKUP is a manifest (.json), a data file (.data),
or a folder, whose newest backup is taken. Nothing that exists is written over.

What was learned since the backup is done again before anybody can look: erasures,
refusals, withdrawals, objections, restrictions, suppressed addresses. The report
says how many. Somebody erased since does not come back: the key of their records
is gone from the ring.

A passphrase that opened the store at the last backup opens the copy.`

func (a *app) restoreCommand() *cobra.Command {
	var in RestoreStore
	var recoveryFile string
	cmd := &cobra.Command{
		Use: "restore BACKUP", Short: "Put a backup into a new folder", Long: restoreHelp, Args: takes(cobra.ExactArgs(1)),
		Example: "  custos restore /media/stick --to restored\n  custos --store restored",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needs(cmd, "to"); err != nil {
				return err
			}
			in.Backup = args[0]
			return a.restore(cmd.Context(), in, recoveryFile)
		},
	}
	cmd.Flags().StringVar(&in.To, "to", "", "the folder of the store to be: a new or an empty one")
	cmd.Flags().BoolVar(&in.WithoutLedger, "without-ledger", false,
		"go on although nothing tells what was refused or erased since")
	recoveryFlag(cmd, &recoveryFile)
	return cmd
}

func (a *app) restore(ctx context.Context, in RestoreStore, recoveryFile string) error {
	var report desk.RestoreReport
	err := a.withKey(ctx, recoveryFile, func(k Key, told Progress) (err error) {
		in.Key, in.Progress = k, told
		report, err = a.env.Restore(ctx, in)
		return err
	})
	if err != nil {
		return err
	}
	r := restoredRow(&report)
	return a.show(r, func(p *page) { p.restored(r) })
}

// restored is what a restore did, in a result.
type restored struct {
	Store       string              `json:"store"`
	Taken       time.Time           `json:"taken"` // when the backup was
	Records     int                 `json:"records"`
	Dark        []register.ID       `json:"dark"` // people whose key is gone
	DarkRecords int                 `json:"dark_records"`
	Redone      map[string][]string `json:"redone"` // ids by kind
	LedgerLost  string              `json:"ledger_lost,omitempty"`
	Through     uint64              `json:"ledger_through"` // the audit entry up to which the ledger knew
	Missing     uint64              `json:"missing"`        // entries the former store had at least beyond the backup
	AuditSeq    uint64              `json:"audit_seq"`
}

func restoredRow(r *desk.RestoreReport) restored {
	return restored{r.To, r.Backup.At, r.Records, r.Dark, r.DarkRecords, r.Redone, r.LedgerLost, r.Through, r.Missing, r.Audit}
}

// redoneWords say so much of a kind of what is done again.
func redoneWords(n int, kind string) string {
	switch kind {
	case "no":
		return counted(n, "refusal, withdrawal or objection", "refusals, withdrawals and objections")
	case "mask":
		return counted(n, "record of others that named", "records of others that named") + " somebody erased"
	case "person":
		return people(n) + " who came after the backup, with their no"
	}
	return numbered(n, kind)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (p *page) restored(r restored) {
	p.line("The backup of %s is restored in %s: %s.", onTheClock(r.Taken), r.Store, numbered(r.Records, "record"))
	for _, kind := range slices.Sorted(maps.Keys(r.Redone)) {
		if n := len(r.Redone[kind]); n > 0 {
			p.line("  done again: %s", redoneWords(n, kind))
		}
	}
	if n := len(r.Dark); n > 0 {
		p.line("  left out: %s of %s, whose key is gone since: erased, merged, or an import undone",
			numbered(r.DarkRecords, "record"), people(n))
	}
	if r.Missing > 0 {
		p.line("  lost: at least %s made after the backup", numbered(int(r.Missing), "change"))
	}
	if r.LedgerLost != "" {
		p.line("There was no ledger to go by: %s. What was refused or erased since is not known here.", r.LedgerLost)
	}
	p.line("Entry %d of the audit trail tells of it. Open it with: custos --store %s", r.AuditSeq, r.Store)
}
