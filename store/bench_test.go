package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// Every benchmark measures what the store does and what it is held against in one run, and reports the ratio: times of
// one machine and another differ, ratios little.

// entrant is a synthetic delegate of some 25 values and 550 bytes.
func entrant(n int) register.Delegate {
	d := someone(n)
	d.ID = register.ID(fmt.Sprintf("D%013X", uint64(n)*0x9E3779B97F4A7C15>>12))
	d.Given, d.Family = fmt.Sprintf("Given%d", n%977), fmt.Sprintf("Family%d", n%7919)
	d.Name = d.Given + " " + d.Family
	d.Email, d.Phone, d.JobTitle = fmt.Sprintf("%s.%d@school%d.example", d.Given, n, n%500), "01632 960000", "Head of Year"
	d.Fields = map[string]string{}
	for i := range 12 {
		d.Fields[fmt.Sprintf("field_%d", i)] = fmt.Sprintf("value %d", n*i%100000)
	}
	d.StatusSince = calendar.NewDate(2026, 1, 5)
	d.Sources = []register.Provenance{{How: "import", Detail: "file", On: calendar.NewDate(2026, 1, 5)}}
	d.Revision = 1
	return d
}

// rawSync overwrites 4 KiB and syncs, as the least that any durable save costs.
func rawSync(b *testing.B) func() {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	page := make([]byte, 4096)
	write := func() {
		page[0]++
		if _, err := f.WriteAt(page, 0); err != nil {
			b.Fatal(err)
		}
		if err := dataSync(f); err != nil {
			b.Fatal(err)
		}
	}
	write()
	return write
}

// bare is a bolt file without anything of ours, holding so many records.
func bare(b *testing.B, n int) *bolt.DB {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bare"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType,
		InitialMmapSize: initialMap()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	for from := 0; from < n && err == nil; from += 5000 { // in the steps that filled takes
		err = db.Update(func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
			for i := from; err == nil && i < min(n, from+5000); i++ {
				err = bucket.Put([]byte(entrant(i).ID), make([]byte, 640))
			}
			return err
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func barePut(db *bolt.DB, d register.Delegate) error {
	return db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("b")).Put([]byte(d.ID), make([]byte, 640))
	})
}

// filled is a store of n delegates.
func filled(tb testing.TB, dir string, n int, o Options) *DB {
	tb.Helper()
	db, _, err := Create(dir, testSetup(), o)
	if err != nil {
		tb.Fatal(err)
	}
	for from := 0; from < n; from += 5000 {
		_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error {
			for i := from; i < min(n, from+5000); i++ {
				if err := tx.Delegates().Put(entrant(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return db
}

func save(db *DB, d register.Delegate) error {
	_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Delegates().Put(d) })
	return err
}

// timed runs a function and returns how long it took.
func timed(b *testing.B, fn func() error) time.Duration {
	b.Helper()
	began := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// BenchmarkSave: one operator saving one record. Goals: at least 0.28 of raw, 0.75 of a bare Put.
func BenchmarkSave(b *testing.B) {
	const people = 10_000
	db, plain, raw := filled(b, b.TempDir(), people, testOptions()), bare(b, people), rawSync(b)
	b.Cleanup(func() { _ = db.Close() })
	var ours, put, disk time.Duration
	for i := 0; b.Loop(); i++ {
		d := entrant(i % people)
		ours += timed(b, func() error { return save(db, d) })
		put += timed(b, func() error { return barePut(plain, d) })
		disk += timed(b, func() error { raw(); return nil })
	}
	b.ReportMetric(float64(disk)/float64(ours), "of-raw(goal>=0.28)")
	b.ReportMetric(float64(put)/float64(ours), "of-bare-put(goal>=0.75)")
}

// BenchmarkEightOperators: eight saving at once. Goals: at least 0.9 of raw, 4 times db.Batch as it comes.
func BenchmarkEightOperators(b *testing.B) {
	const people, operators, each = 10_000, 8, 40
	db, plain, raw := filled(b, b.TempDir(), people, testOptions()), bare(b, people), rawSync(b)
	b.Cleanup(func() { _ = db.Close() })
	var ours, batch, disk time.Duration
	for b.Loop() {
		all := make([]register.Delegate, operators*each)
		for i := range all {
			all[i] = entrant(i)
		}
		ours += timed(b, func() error { return together(operators, each, func(n int) error { return save(db, all[n]) }) })
		batch += timed(b, func() error {
			return together(operators, each, func(n int) error {
				return plain.Batch(func(tx *bolt.Tx) error {
					return tx.Bucket([]byte("b")).Put([]byte(all[n].ID), make([]byte, 640))
				})
			})
		})
		disk += timed(b, func() error {
			for range operators * each {
				raw()
			}
			return nil
		})
	}
	b.ReportMetric(float64(disk)/float64(ours), "of-raw(goal>=0.9)")
	b.ReportMetric(float64(batch)/float64(ours), "of-batch(goal>=4)")
}

// together runs a function each times on each of several goroutines.
func together(goroutines, each int, fn func(n int) error) error {
	errs := make(chan error, goroutines)
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range each {
				if err := fn(g*each + i); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}
