//go:build campaign

package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"custos/store"
	"custos/store/storetest"
)

// TestCampaignKillMaking kills what makes one store of another: a migration, a restore, a repair. What it is made of stays
// as it was; what is made is there whole, or not at all, and the next attempt succeeds.
func TestCampaignKillMaking(t *testing.T) {
	from, to := loaded(t), t.TempDir()
	db, err := store.Open(ctx, from, credential(), storetest.Options())
	must(t, err)
	must(t, addMany(db, 0, 400))
	_, err = db.Backup(ctx, to, nil)
	must(t, err)
	must(t, db.Close())
	for name, load := range map[string]load{
		"migration": {}, "restore": {Backup: to}, "repair": {Broken: from},
	} {
		t.Run(name, func(t *testing.T) {
			rng, figures := rand.New(rand.NewPCG(*campaignSeed, 9)), &tally{}
			for range max(1, *campaignKills/20) {
				load.Dir, load.Script = filepath.Join(t.TempDir(), "made"), "check"
				if name == "migration" {
					must(t, os.CopyFS(load.Dir, os.DirFS(filepath.Join("testdata", "v1"))))
				}
				w := newWitness(load)
				cmd, lines := w.start(t)
				timer := time.AfterFunc(time.Duration(rng.Int64N(int64(200*time.Millisecond))), func() { _ = cmd.Process.Kill() })
				w.rest(lines)
				_ = cmd.Wait()
				timer.Stop()
				figures.add("kills", 1)
				figures.add("ended with "+fmt.Sprintf("%.20q", w.end), 1)
				if _, err := os.Stat(load.Dir); err != nil {
					figures.add("nothing was made", 1)
					w.hearOut(t, nil) // the next attempt
				}
				w.have, w.trying = nil, map[byte]operation{}
				people(t, figures, w.Dir)
			}
			figures.log(t)
		})
	}
	people(t, &tally{}, from)
}

// people opens a store and finds everybody in it.
func people(t *testing.T, figures *tally, dir string) {
	t.Helper()
	db, err := store.Open(ctx, dir, credential(), withChild(t))
	for range lockTries {
		if err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
		db, err = store.Open(ctx, dir, credential(), withChild(t))
	}
	if err != nil {
		t.Fatalf("%v; a copy is in %s", err, keep(t, dir))
	}
	defer func() { must(t, db.Close()) }()
	figures.add(fmt.Sprintf("opened with %d people", db.Info().Counts["delegates"]), 1)
	report, err := db.Check(ctx)
	if err != nil || len(report.Damage()) > 0 {
		t.Errorf("%v, %v", err, report.Findings)
	}
}
