package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"custos/internal/vault"
)

// officeSizes are the sizes measured: a small office, a big one, and the one CUSTOS_BENCH_PEOPLE names.
func officeSizes(b *testing.B) []int {
	sizes := []int{10_000, 100_000, benchPeople(b)}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}

// sizeOf is what a store of so many people costs.
type sizeOf struct {
	people       int
	unlock       time.Duration
	heap, onDisk float64 // bytes
}

// BenchmarkOfficeSizes: how long an office waits for its store, what it keeps in memory and on the disk, and how each
// grows with ten times the people: below 10 is less than in proportion. The passphrase costs what it costs everybody.
func BenchmarkOfficeSizes(b *testing.B) {
	var before sizeOf
	for _, people := range officeSizes(b) {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			now := measureOffice(b, people)
			per := func(n float64) float64 { return n / float64(people) }
			b.ReportMetric(now.unlock.Seconds(), "s/unlock")
			b.ReportMetric(per(now.heap), "heap-B/person")
			b.ReportMetric(per(now.onDisk), "disk-B/person")
			b.ReportMetric(now.heap/(1<<20), "heap-MiB")
			b.ReportMetric(now.onDisk/(1<<20), "disk-MiB")
			if before.people > 0 {
				b.ReportMetric(float64(now.unlock)/float64(before.unlock), "x-unlock")
				b.ReportMetric(now.heap/before.heap, "x-heap")
				b.ReportMetric(now.onDisk/before.onDisk, "x-disk")
			}
			before = now
		})
	}
}

// measureOffice makes a store and unlocks it b.N times, each time from the disk.
func measureOffice(b *testing.B, people int) sizeOf {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "store")
	o := testOptions()
	o.CheapKDF, o.Params = false, vault.Params{MemoryKiB: 256 << 10, Time: 3, Threads: 4}
	if err := office(b, dir, people, o).Close(); err != nil {
		b.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	o.Verifier = []string{exe, VerifyArg}
	path := filepath.Join(dir, dbFile)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	size := sizeOf{people: people, onDisk: float64(info.Size())}
	empty, tries := heap(), 0
	for b.Loop() {
		b.StopTimer()
		dropCache(b, path)
		b.StartTimer()
		var db *DB
		size.unlock += timed(b, func() (err error) {
			db, err = Open(context.Background(), dir, testCredential(), o)
			return err
		})
		b.StopTimer()
		tries++
		size.heap = float64(heap()) - float64(empty)
		runtime.KeepAlive(db)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	size.unlock /= time.Duration(tries)
	return size
}
