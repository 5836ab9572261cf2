package store

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// benchMB is how big the store of BenchmarkResidueScan is, in MB: CUSTOS_BENCH_MB, or few.
func benchMB(b *testing.B) int64 {
	b.Helper()
	text := os.Getenv("CUSTOS_BENCH_MB")
	if text == "" {
		return 20
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("CUSTOS_BENCH_MB: %v", err)
	}
	return int64(n)
}

// sized is a store of people whose file is at least so many MB.
func sized(b *testing.B, mb int64) *DB {
	b.Helper()
	db := filled(b, b.TempDir(), 0, testOptions())
	b.Cleanup(func() { _ = db.Close() })
	for from := 0; ; from += 5000 {
		info, err := os.Stat(filepath.Join(db.Path(), dbFile))
		if err != nil {
			b.Fatal(err)
		}
		if info.Size() >= mb<<20 {
			return db
		}
		change(b, db, undoable(), func(tx *Tx) error {
			for i := from; i < from+5000; i++ {
				if err := tx.Delegates().Put(entrant(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// BenchmarkResidueScan looks for what is left of a person, in what the store says and in its raw bytes, against reading
// the file and opening everything once. Goal: at most 4 times that.
func BenchmarkResidueScan(b *testing.B) {
	db := sized(b, benchMB(b))
	n := needles(b, word("Élodie Smith-Jones"), word("Élodie"), word("Smith-Jones"), word("elodie@school12.example"),
		word("12 High Street"), word("Leeds"), word("LS1 4AB"), word("Deputy Head"), word("E. Smith-Jones"),
		number("01632 961234"), number("7654321"))
	ctx := context.Background()
	once := func() error {
		if err := readThrough(db.raw, func(int, int) {}); err != nil {
			return err
		}
		return db.View(func(tx *Tx) error { return tx.EachRecord(ctx, nil, func(Raw) error { return nil }) })
	}
	said := func() error {
		hits, err := db.Search(ctx, n, nil)
		if len(hits) != 0 {
			b.Fatalf("found %v", where(hits))
		}
		return err
	}
	raw := func() error {
		_, err := db.RawSearch(ctx, n, nil)
		return err
	}
	for name, fn := range map[string]func() error{"baseline": once, "search": said, "raw search": raw} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				timed(b, fn)
			}
		})
	}
	b.Run("ratio", func(b *testing.B) {
		var least, ours time.Duration
		for b.Loop() {
			least += timed(b, once)
			ours += timed(b, said) + timed(b, raw)
		}
		b.ReportMetric(float64(ours)/float64(least), "of-opening-once(goal<=4)")
	})
}
