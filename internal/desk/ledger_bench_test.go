package desk_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// fillLedger holds so many people, with ten events each over the year before.
func (o *office) fillLedger(b *testing.B, people int) []register.ID {
	b.Helper()
	ids := register.NewIDs(rand.NewChaCha8([32]byte{7}))
	keys := o.ConsentKeys()
	acts := []register.ConsentAct{register.Asked, register.Given, register.Given, register.Withdrawn, register.RefusedIt}
	r := rand.New(rand.NewPCG(3, 4))
	who := make([]register.ID, 0, people)
	put := func(tx *store.Tx, i int) error {
		id, err := ids.Next(register.DelegatePrefix)
		if err != nil {
			return err
		}
		who = append(who, id)
		err = tx.Delegates().Put(register.Delegate{
			ID: id, Kind: []string{"teacher", "student"}[i%2], Name: letters(i + 700), Email: fmt.Sprintf("p%d@example.org", i),
			Phone: fmt.Sprintf("01632 %06d", i), Status: register.Active, Created: noon, Updated: noon,
		})
		for range 10 {
			if err != nil {
				return err
			}
			var event register.ID
			if event, err = ids.Next(register.ConsentPrefix); err != nil {
				return err
			}
			key := keys[r.IntN(len(keys))]
			at := noon.Add(-time.Duration(r.IntN(365*24)) * time.Hour)
			err = tx.Consents().Put(register.ConsentEvent{
				ID: event, Delegate: id, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand, Act: acts[r.IntN(len(acts))],
				At: at, Recorded: at, RecordedBy: "office", Method: "web", Notice: "main", NoticeVersion: "1",
			})
		}
		return err
	}
	const chunk = 5000
	for from := 0; from < people; from += chunk {
		change := store.Change{Operator: "office", Door: desk.Console, Verb: register.ImportApply}
		_, err := o.db.Update(b.Context(), change, func(tx *store.Tx) error {
			for i := from; i < min(people, from+chunk); i++ {
				if err := put(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return who
}

// BenchmarkLedger asks what the screens ask of 100,000 people with 1,000,000
// events: six questions, everybody or one person.
func BenchmarkLedger(b *testing.B) {
	o := newAskingOffice(b)
	people := o.fillLedger(b, 100_000)
	ctx := b.Context()
	then := date(b, "2025-12-31")
	check := func(b *testing.B, err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Run("MayContact", func(b *testing.B) {
		i := 0
		for b.Loop() {
			_, err := o.MayContact(people[i*7919%len(people)], newsByEmail, today)
			check(b, err)
			i++
		}
	})
	b.Run("MayAll", func(b *testing.B) {
		for b.Loop() {
			_, err := o.MayAll(ctx, newsByEmail, today)
			check(b, err)
		}
	})
	b.Run("AsOfForEverybody", func(b *testing.B) {
		for b.Loop() {
			_, err := o.MayAll(ctx, newsByEmail, then)
			check(b, err)
		}
	})
	b.Run("PurposeCounts", func(b *testing.B) {
		for b.Loop() {
			_, err := o.PurposeCounts(ctx, today, asKnown)
			check(b, err)
		}
	})
	b.Run("PurposeCountsAsKnownThen", func(b *testing.B) {
		for b.Loop() {
			_, err := o.PurposeCounts(ctx, then, then)
			check(b, err)
		}
	})
	b.Run("RefreshQueue", func(b *testing.B) {
		for b.Loop() {
			_, err := o.RefreshQueue(ctx)
			check(b, err)
		}
	})
	b.Run("Matrix40", func(b *testing.B) {
		keys := o.ConsentKeys()
		for b.Loop() {
			_, err := o.Matrix(people[:40], keys)
			check(b, err)
		}
	})
	b.Run("WithdrawalSeen", func(b *testing.B) { benchWithdrawal(b, o, people) })
}

// benchWithdrawal is from the key pressed to the answer on every open screen:
// the change on the disk, the note, the answer.
func benchWithdrawal(b *testing.B, o *office, people []register.ID) {
	notes, stop := o.Notes()
	defer stop()
	i, seen := 0, time.Duration(0)
	for b.Loop() {
		who := people[i*7919%len(people)]
		i++
		b.StopTimer()
		o.says(b, who, newsByEmail, register.Given)
		<-notes
		o.now = o.now.Add(time.Second)
		b.StartTimer()
		if _, err := o.Withdraw(b.Context(), register.WithdrawalInput{Delegate: who, Purpose: "news", Channel: "email"}); err != nil {
			b.Fatal(err)
		}
		committed := time.Now()
		<-notes
		if a := mayContact(b, o.Seat, who, newsByEmail); a.Allowed {
			b.Fatalf("%+v", a)
		}
		seen += time.Since(committed)
	}
	b.ReportMetric(float64(seen.Microseconds())/float64(b.N), "µs-commit-to-screen")
}
