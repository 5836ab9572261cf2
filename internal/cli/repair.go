package cli

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// RepairStore says which damaged store is repaired, and where to.
type RepairStore struct {
	From, To string
	Ring     string // the key ring of a backup, where the store's own keys are destroyed
	Key      Key
	Progress Progress
}

const repairHelp = `Make a sound store in a new folder of everything that is intact in a damaged one,
and list what is lost by collection and id. The damaged folder is only read; keep
a copy of it. Nothing is guessed: of a record that is found in two versions with
nothing to tell them apart, none is taken.

A recent backup holds more than a repair: look at 'custos backup list' first.`

func (a *app) repairCommand() *cobra.Command {
	var in RepairStore
	var recoveryFile string
	cmd := &cobra.Command{
		Use: "repair", Short: "Save what is intact of a damaged store", Long: repairHelp, Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err = needs(cmd, "to"); err != nil {
				return err
			}
			if in.From, err = a.storeDir(); err != nil {
				return err
			}
			return a.repair(cmd.Context(), in, recoveryFile)
		},
	}
	cmd.Flags().StringVar(&in.To, "to", "", "the folder of the repaired store: a new or an empty one")
	cmd.Flags().StringVar(&in.Ring, "ring", "", "the key ring of a backup, where the store's own keys are destroyed")
	recoveryFlag(cmd, &recoveryFile)
	return cmd
}

// repaired is what a repair kept and what is lost, in a result.
type repaired struct {
	Store     string                  `json:"store"`
	Recovered map[string]int          `json:"recovered"` // records by collection
	Expected  map[string]int          `json:"expected"`  // records there were; null where nothing tells
	Lost      []register.StoreProblem `json:"lost"`
	Ambiguous []register.StoreProblem `json:"ambiguous"`
	Damage    []register.StoreProblem `json:"damage"`
	Gaps      int                     `json:"audit_gaps"`
	Whole     bool                    `json:"whole"`
	AuditSeq  uint64                  `json:"audit_seq"`
	AuditHead string                  `json:"audit_head"`
}

func (a *app) repair(ctx context.Context, in RepairStore, recoveryFile string) error {
	var r desk.RepairReport
	err := a.withKey(ctx, recoveryFile, func(k Key, told Progress) (err error) {
		in.Key, in.Progress = k, told
		r, err = a.env.Repair(ctx, in)
		return err
	})
	if err != nil {
		return err
	}
	done := repaired{r.Path, r.Recovered, r.Expected, storeProblems(r.Lost), storeProblems(r.Ambiguous), storeProblems(r.Damage), len(r.Gaps),
		r.Whole, r.Audit.Seq, hex.EncodeToString(r.Audit.Hash[:])}
	return a.show(done, func(p *page) { p.repaired(&done) })
}

func (p *page) repaired(r *repaired) {
	p.line("What is intact lies in %s.", r.Store)
	p.storeProblems(r.Damage)
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(r.Recovered)) {
		row := []string{name, strconv.Itoa(r.Recovered[name])}
		if n, known := r.Expected[name]; known {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	p.line("")
	p.table("no record was found", []string{"COLLECTION", "SAVED", "THERE WERE"}, rows)
	p.lost("Lost:", r.Lost)
	p.lost("Found in several versions, none taken:", r.Ambiguous)
	switch {
	case r.Whole:
		p.line("Nothing is lost: the sums over all records fit.")
	case len(r.Lost) == 0:
		p.line("Whether anything is lost cannot be told: the sums over all records are destroyed.")
	}
	if r.Gaps > 0 {
		p.line("The audit trail has %s: every later check will say so.", numbered(r.Gaps, "gap"))
	}
}

func (p *page) lost(title string, list []register.StoreProblem) {
	if len(list) == 0 {
		return
	}
	p.heading(title)
	for _, x := range list {
		p.line("  %s: %s", placeOf(x), x.What)
	}
}
