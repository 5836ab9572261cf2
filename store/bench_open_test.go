package store

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// benchPeople is how many delegates the big benchmarks run on: CUSTOS_BENCH_PEOPLE, or 100,000.
func benchPeople(b *testing.B) int {
	text := os.Getenv("CUSTOS_BENCH_PEOPLE")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("CUSTOS_BENCH_PEOPLE: %v", err)
	}
	return n
}

// BenchmarkUnlock: from a cold disk to a verified, loaded store, at the real cost of a passphrase. Goal: at most 0.7 of
// a plain walk through the same cold file that touches every byte.
func BenchmarkUnlock(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "store")
	o := testOptions()
	o.CheapKDF, o.Params = false, vault.Params{MemoryKiB: 256 << 10, Time: 3, Threads: 4}
	if err := filled(b, dir, benchPeople(b), o).Close(); err != nil {
		b.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	o.Verifier = []string{exe, VerifyArg}
	path := filepath.Join(dir, dbFile)
	var ours, walk time.Duration
	for b.Loop() {
		dropCache(b, path)
		var db *DB
		ours += timed(b, func() (err error) {
			db, err = Open(context.Background(), dir, testCredential(), o)
			return err
		})
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		dropCache(b, path)
		walk += timed(b, func() error { return touchAll(path) })
	}
	b.ReportMetric(float64(ours)/float64(walk), "of-cold-walk(goal<=0.7)")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/unlock")
}

// touchAll walks a bolt file as it comes and reads every byte.
func touchAll(path string) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	sum := byte(0)
	return db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				for _, c := range v {
					sum += c
				}
				for _, c := range k {
					sum += c
				}
				return nil
			})
		})
	})
}

// BenchmarkErase: forgetting a person and scrubbing the file. Goal: at most 1/20 of compacting it.
func BenchmarkErase(b *testing.B) {
	people := benchPeople(b)
	db := filled(b, filepath.Join(b.TempDir(), "store"), people, testOptions())
	b.Cleanup(func() { _ = db.Close() })
	var ours, compact time.Duration
	if _, err := db.Scrub(context.Background()); err != nil { // what the import freed
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		ours += timed(b, func() error {
			forget := func(tx *Tx) error { return tx.Forget(entrant(i % people).ID) }
			_, err := db.Update(context.Background(), byTester(), forget)
			if err == nil {
				_, err = db.Scrub(context.Background())
			}
			return err
		})
	}
	const compactions = 3
	for i := range compactions {
		compact += timed(b, func() error { return compactTo(filepath.Join(b.TempDir(), strconv.Itoa(i)), db.bolt) })
	}
	b.ReportMetric(float64(ours)/float64(b.N)/(float64(compact)/compactions), "of-compact(goal<=0.05)")
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ms/erase")
}

// compactTo copies a bolt file into a new one, as bolt does it.
func compactTo(path string, from *bolt.DB) error {
	to, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	if err := bolt.Compact(to, from, 1<<20); err != nil {
		return err
	}
	if err := to.Sync(); err != nil {
		return err
	}
	return to.Close()
}
