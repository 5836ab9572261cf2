package store

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/internal/vault"
)

const (
	benchEvents  = 10 // of the ledger, to a person
	benchBarred  = 2000
	benchPurpose = "news"
)

// pollster asks everybody about three purposes by two channels, again and again.
func pollster(n, event int) register.ConsentEvent {
	acts := register.ConsentActs()
	at := testStart.Add(-time.Duration(n%3000+benchEvents*24-24*event) * time.Hour)
	return register.ConsentEvent{
		ID:       register.ID(fmt.Sprintf("K%013X", (uint64(n)*benchEvents+uint64(event))*0x9E3779B97F4A7C15>>12)),
		Delegate: entrant(n).ID, Purpose: [...]string{benchPurpose, "training", "research"}[event%3],
		Channel: [...]string{"email", "phone"}[event%2], Act: acts[(n+event*event)%len(acts)],
		At: at, Recorded: at.Add(time.Hour),
		RecordedBy: testLogin, Method: register.ConsentMethods()[n%4], Evidence: fmt.Sprintf("form %d", n),
		Notice: "main", NoticeVersion: [...]string{"1", "2"}[n%2], WordingDigest: register.WordingDigest("words"),
	}
}

func benchSettings() register.Settings {
	s := testSetup().Settings
	ask := func(id string, marketing bool) register.Purpose {
		return register.Purpose{ID: id, Title: id, Marketing: marketing, Notice: "main", Channels: []string{"email", "phone"},
			Bases: []register.BasisRule{{Basis: register.Consent}}}
	}
	s.Profile = register.Profile{Name: "bench", Kinds: []register.PersonKind{{ID: "teacher", Title: "Teacher"}},
		Purposes: []register.Purpose{ask(benchPurpose, true), ask("training", true), ask("research", false)},
		Notices: []register.Notice{
			{ID: "main", Version: "1", From: calendar.NewDate(2020, 1, 1)},
			{ID: "main", Version: "2", From: calendar.NewDate(2025, 10, 1), Material: true},
		}}
	return s
}

// polled is a store of people with a ledger, and with suppressions of some of their addresses.
func polled(b *testing.B, dir string, people int, barred bool) *DB {
	db := filled(b, dir, people, testOptions())
	const chunk = 2000
	for from := 0; from < people; from += chunk {
		change(b, db, byTester(), func(tx *Tx) error {
			for i := from; i < min(people, from+chunk); i++ {
				for event := range benchEvents {
					if err := tx.Consents().Put(pollster(i, event)); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	change(b, db, byTester(), func(tx *Tx) error { return tx.Settings().Put(benchSettings()) })
	if barred {
		suppressSome(b, db, people)
	}
	return db
}

func suppressSome(b *testing.B, db *DB, people int) {
	change(b, db, byTester(), func(tx *Tx) error {
		for i := range benchBarred {
			email, err := register.NormalEmail(entrant(i * people / benchBarred).Email)
			if err != nil {
				return err
			}
			s := suppression(db, i, "email", email)
			if i%2 == 1 {
				s = suppression(db, i, "phone", fmt.Sprintf("+4416329%05d", i))
			}
			if err := tx.Suppressions().Put(s); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkUnlockLedger opens a store with a ledger of ten events to a person, the file in the cache.
func BenchmarkUnlockLedger(b *testing.B) {
	people := benchPeople(b)
	dir := filepath.Join(b.TempDir(), "store")
	o := testOptions()
	o.Params = vault.Params{MemoryKiB: 64, Time: 1, Threads: 1}
	if err := polled(b, dir, people, true).Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		db, err := Open(context.Background(), dir, testCredential(), o)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		b.ReportMetric(float64(heap())/float64(people), "heap-B/person")
		b.ReportMetric(float64(factBytes(db))/float64(people*benchEvents), "B/event")
		runtime.KeepAlive(db)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// factBytes is what the packed ledger takes in memory.
func factBytes(db *DB) int {
	n := 8 * cap(db.model.people.facts.stretches)
	for _, k := range db.model.people.facts.packs {
		n += cap(k.data)
	}
	return n
}

// BenchmarkContact asks the contact rules about one person and about everybody, on a store with a ledger: the goals are
// 20 microseconds, half a second, and a second for everybody's state as it was known on another day.
func BenchmarkContact(b *testing.B) {
	people := benchPeople(b)
	for _, barred := range []bool{false, true} {
		db := polled(b, filepath.Join(b.TempDir(), "store"), people, barred)
		s := db.Settings()
		now := register.At(calendar.LondonDate(testStart))
		key := register.ConsentKey{Purpose: benchPurpose, Channel: "email"}
		ask, err := register.NewContact(&s, key, now)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("one/barred=%t", barred), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p, ok := db.Contactee(entrant(i % people).ID)
				if !ok || ask.Answer(&p).State == "" {
					b.Fatal("nobody there")
				}
			}
		})
		b.Run(fmt.Sprintf("everybody/barred=%t", barred), func(b *testing.B) {
			b.ReportAllocs()
			reasons := map[register.ContactRule]int{}
			for b.Loop() {
				clear(reasons)
				db.EachContactee(register.Query{}, func(p *register.Contactee) bool {
					reasons[ask.Judge(p).Rule]++
					return true
				})
			}
			b.Logf("%v", reasons)
		})
		b.Run(fmt.Sprintf("visit only/barred=%t", barred), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				db.EachContactee(register.Query{}, func(*register.Contactee) bool { return true })
			}
		})
		asKnown := now.AsKnown(calendar.LondonDate(testStart).AddDays(-60))
		b.Run(fmt.Sprintf("as known/barred=%t", barred), func(b *testing.B) {
			b.ReportAllocs()
			states := map[register.ConsentAct]int{}
			for b.Loop() {
				db.EachContactee(register.Query{}, func(p *register.Contactee) bool {
					states[register.StandingOf(p.Facts, key, asKnown).State]++
					return true
				})
			}
		})
		b.Run(fmt.Sprintf("withdraw/barred=%t", barred), func(b *testing.B) { benchWithdraw(b, db, people) })
	}
}

// benchWithdraw is from the change to the answer that knows of it; apply-us is the part the read model takes.
func benchWithdraw(b *testing.B, db *DB, people int) {
	var inModel time.Duration
	before := db.Info().Counts[consents.name]
	for i := 0; b.Loop(); i++ {
		e := pollster(i%people, 0)
		e.ID, e.Act, e.At = register.ID(fmt.Sprintf("W%013d", before+i)), register.Withdrawn, testStart
		change(b, db, byTester(), func(tx *Tx) error { return tx.Consents().Put(e) })
		p, _ := db.Contactee(e.Delegate)
		if p.Facts[len(p.Facts)-1].Act != register.Withdrawn {
			b.Fatal("the withdrawal does not show")
		}
		b.StopTimer()
		e.ID += "A"
		start := time.Now()
		key := string(e.Delegate) + keySep + string(e.ID)
		db.model.apply(commit{records: []record{{consents.name, key, e.Delegate, e.Fact()}}})
		inModel += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(float64(inModel.Microseconds())/float64(b.N), "us/apply")
}
