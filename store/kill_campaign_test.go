//go:build campaign

package store_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"custos/store"
)

// The campaigns kill, cut the power and make calls fail many times over, which takes minutes and, for two of them, strace
// (Linux). They run where the build tag is given, one by one or all:
//
//	go test -tags campaign -run Campaign -timeout 60m -v ./store
//	go test -tags campaign -run CampaignKill -kills 1000 -seed 7 -v ./store
//
// Each prints its figures at the end. What it did follows from the seed, but for the moments of the kills. A failure names
// the folder it happened in, which is left as it is.
var (
	campaignSeed  = flag.Uint64("seed", 1, "what the campaigns do")
	campaignKills = flag.Int("kills", 1000, "how many children are killed under load")
)

// tally counts what a campaign did, by name.
type tally struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *tally) add(what string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[what] += n
}

func (c *tally) log(t *testing.T) {
	t.Helper()
	for _, what := range slices.Sorted(maps.Keys(c.n)) {
		t.Logf("%8d %s", c.n[what], what)
	}
}

// keep leaves a folder where a fault was found, and names it.
func keep(t *testing.T, dir string) string {
	t.Helper()
	to, err := os.MkdirTemp("", "custos-fault-")
	if err == nil {
		err = os.CopyFS(to, os.DirFS(dir))
	}
	if err != nil {
		return err.Error()
	}
	return to
}

// killIn runs the child and kills it after so long.
func (w *witness) killIn(t *testing.T, d time.Duration) {
	t.Helper()
	cmd, lines := w.start(t)
	opened(t, lines)
	timer := time.AfterFunc(d, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	w.rest(lines)
	_ = cmd.Wait()
}

func TestCampaignKill(t *testing.T) {
	const streams = 2
	var figures tally
	for s := range streams {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(*campaignSeed, uint64(s)))
			w := newWitness(load{Dir: loaded(t), To: t.TempDir(), Lanes: "stubw", Bulk: 1500, Whole: wholes})
			for round := range *campaignKills / streams {
				w.Seed = rng.Uint64()
				w.killIn(t, time.Duration(rng.Int64N(int64(600*time.Millisecond))))
				figures.add("kills", 1)
				for lane, op := range w.trying {
					if lane != 'w' || op.name != "" {
						figures.add("in flight: "+op.name, 1)
					}
				}
				for _, r := range w.refused {
					t.Errorf("round %d: refused %s", round, r)
				}
				figures.add("acknowledged", w.acks)
				w.acks, w.refused = 0, nil
				if f := append(w.examine(t), w.backupsHold(t)...); len(f) > 0 {
					figures.add("FAULTS", len(f))
					t.Fatalf("round %d, seed %d: %q; a copy is in %s", round, w.Seed, f, keep(t, w.Dir))
				}
			}
		})
	}
	t.Cleanup(func() { figures.log(t) })
}

// backupsHold proves the backups: every one acknowledged is there, and every one listed as whole is.
func (w *witness) backupsHold(t *testing.T) faults {
	t.Helper()
	var f faults
	if len(w.backups) == 0 {
		return nil
	}
	list, err := store.ListBackups(w.To)
	if err != nil {
		f.add("listing backups: %v", err)
	}
	for _, path := range w.backups {
		if !slices.ContainsFunc(list, func(l store.Listed) bool { return l.Path == path && l.Problem == "" }) {
			f.add("the backup %s was acknowledged and is not listed as whole", path)
		}
	}
	for i, l := range list {
		if l.Problem != "" {
			continue
		}
		report, err := store.CheckBackup(ctx, l.Path, credential(), withChild(t))
		if err != nil || len(report.Findings) > 0 {
			f.add("the backup %s: %v %v", l.Path, err, report.Findings)
		}
		if i > 0 {
			if err := store.RemoveBackup(l.Path); err != nil {
				f.add("removing a backup: %v", err)
			}
			w.backups = slices.DeleteFunc(w.backups, func(p string) bool { return p == l.Path })
		}
	}
	return f
}
