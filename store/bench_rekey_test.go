package store

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// BenchmarkRekey: sealing a whole store anew, verified, swapped and the old file overwritten. Goal: at most 4 of a plain
// copy (WriteTo and fsync) in the same run.
func BenchmarkRekey(b *testing.B) {
	db := filled(b, filepath.Join(b.TempDir(), "store"), benchPeople(b), testOptions())
	b.Cleanup(func() { _ = db.Close() })
	againstCopy(b, db, "of-copy(goal<=4)", func() error {
		_, err := db.Rekey(context.Background(), rekeying(), byAdmin())
		return err
	})
}

// BenchmarkCompact: compacting, verified, swapped and the old file overwritten, against a plain copy.
func BenchmarkCompact(b *testing.B) {
	db := filled(b, filepath.Join(b.TempDir(), "store"), benchPeople(b), testOptions())
	b.Cleanup(func() { _ = db.Close() })
	againstCopy(b, db, "of-copy", func() error {
		_, err := db.Compact(context.Background())
		return err
	})
}

// againstCopy measures what is done to a store, and a plain copy of it beside each.
func againstCopy(b *testing.B, db *DB, ratio string, do func() error) {
	b.Helper()
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	db.opts.Verifier = []string{exe, VerifyArg}
	steps := stopwatch{}
	db.opts.step = steps.at
	dir := b.TempDir()
	var ours, plain time.Duration
	for i := 0; b.Loop(); i++ {
		steps.last = time.Now()
		ours += timed(b, do)
		plain += timed(b, func() error { return plainCopy(db.bolt, filepath.Join(dir, strconv.Itoa(i))) })
	}
	steps.report(b)
	b.ReportMetric(float64(ours)/float64(plain), ratio)
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/op")
	b.ReportMetric(plain.Seconds()/float64(b.N), "s/copy")
}

// plainCopy copies a bolt file as it is, through to the disk, and takes the copy away again.
func plainCopy(db *bolt.DB, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(f)
		return err
	})
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}

// stopwatch takes the time between the steps of an exchange.
type stopwatch struct {
	last  time.Time
	names []string
	took  map[string]time.Duration
}

func (s *stopwatch) at(step string) {
	if s.took == nil {
		s.took = map[string]time.Duration{}
	}
	if _, known := s.took[step]; !known {
		s.names = append(s.names, step)
	}
	s.took[step] += time.Since(s.last)
	s.last = time.Now()
}

func (s *stopwatch) report(b *testing.B) {
	b.Helper()
	for _, name := range s.names {
		b.Logf("%-16s %v", name, s.took[name]/time.Duration(b.N))
	}
}
