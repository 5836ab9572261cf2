package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// office is a store as an office has one: n people, each a member of one of the schools, with two answers on the ledger.
func office(tb testing.TB, dir string, n int, o Options) *DB {
	tb.Helper()
	db := filled(tb, dir, 0, o)
	change(tb, db, byTester(), func(tx *Tx) error {
		for i := range officeSchools {
			school := register.Organisation{ID: crowdBody(i), Name: fmt.Sprintf("School %d", i), Status: register.Open}
			if err := tx.Organisations().Put(school); err != nil {
				return err
			}
		}
		return nil
	})
	for from := 0; from < n; from += 5000 {
		change(tb, db, byTester(), func(tx *Tx) error {
			for i := from; i < min(n, from+5000); i++ {
				if err := putEntrant(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return db
}

const officeSchools = 500

// putEntrant puts a person with a membership and two answers. Ids are as imports make them: those of one chunk are
// neighbours, and chunks lie anywhere.
func putEntrant(tx *Tx, n int) error {
	d := entrant(n)
	d.ID = register.ID(fmt.Sprintf("D%05X%08X", uint32(n/5000)*0x9E3779B1>>12, uint32(n)*0x9E3779B1))
	if err := tx.Delegates().Put(d); err != nil {
		return err
	}
	err := tx.Memberships().Put(register.Membership{ID: register.ID(fmt.Sprintf("M%013d", n)), Delegate: d.ID,
		Organisation: crowdBody(n % officeSchools), From: calendar.NewDate(2025, 9, 1)})
	for i, act := range []register.ConsentAct{register.Asked, register.Given} {
		if err != nil {
			return err
		}
		err = tx.Consents().Put(register.ConsentEvent{ID: register.ID(fmt.Sprintf("K%d%012d", i, n)), Delegate: d.ID,
			Purpose: "news", Channel: "email", Act: act, Method: "web", At: testStart.Add(-time.Hour), Recorded: testStart,
			RecordedBy: testLogin, Notice: "main", NoticeVersion: "1"})
	}
	return err
}

// BenchmarkCheck checks a store in full, against reading its file and opening everything in it once, as opening a store
// does. Goal: at most 3 times that.
func BenchmarkCheck(b *testing.B) {
	db := office(b, filepath.Join(b.TempDir(), "store"), benchPeople(b), testOptions())
	b.Cleanup(func() { _ = db.Close() })
	head, err := readAnchorFile(db.dir)
	if err != nil {
		b.Fatal(err)
	}
	none := func(report *CheckReport) {
		if len(report.Findings) > 0 {
			b.Fatal(report.Findings)
		}
	}
	var ours, once time.Duration
	for b.Loop() {
		once += timed(b, func() error {
			if err := readThrough(db.raw, func(int, int) {}); err != nil {
				return err
			}
			return db.bolt.View(func(tx *bolt.Tx) error {
				v := verifier{tx: tx, keys: db.keys, progress: func(string, int, int) {}}
				v.seals(head)
				none(&v.report)
				return nil
			})
		})
		ours += timed(b, func() error {
			report, err := db.Check(context.Background())
			none(&report)
			return err
		})
	}
	b.ReportMetric(float64(ours)/float64(once), "of-opening-once(goal<=3)")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/check")
}
