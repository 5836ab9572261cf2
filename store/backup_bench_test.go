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

// BenchmarkBackup: a backup, and the proof that is part of it, against a plain copy of the file by bolt that is synced.
// Goals: at most 2.2 of that without the proof, and the proof at most as much again as the backup.
func BenchmarkBackup(b *testing.B) {
	for _, people := range []int{10_000, benchPeople(b)} {
		b.Run(strconv.Itoa(people), func(b *testing.B) { benchBackup(b, people) })
	}
}

func benchBackup(b *testing.B, people int) {
	db := filled(b, filepath.Join(b.TempDir(), "store"), people, testOptions())
	b.Cleanup(func() { _ = db.Close() })
	backup(b, db, b.TempDir()) // the scrub of what filling freed is not this one's
	var plain, whole, proof time.Duration
	for b.Loop() {
		to := b.TempDir()
		plain += timed(b, func() error { return writeTo(filepath.Join(to, "plain"), db.bolt) })
		var proving time.Time
		whole += timed(b, func() error {
			_, err := db.Backup(context.Background(), to, func(step string, _, _ int) {
				if step == "prove" && proving.IsZero() {
					proving = time.Now()
				}
			})
			proof += time.Since(proving)
			return err
		})
		if err := os.RemoveAll(to); err != nil {
			b.Fatal(err)
		}
	}
	made := whole - proof
	b.ReportMetric(float64(made)/float64(plain), "of-plain-copy(goal<=2.2)")
	b.ReportMetric(float64(proof)/float64(made), "proof-of-backup(goal<=1)")
	b.ReportMetric(plain.Seconds()*1000/float64(b.N), "ms/plain")
	b.ReportMetric(whole.Seconds()*1000/float64(b.N), "ms/whole")
}

// writeTo copies a bolt file as bolt does it.
func writeTo(path string, from *bolt.DB) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = from.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(f)
		return err
	})
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
