package desk_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// manyConsents fills an office with people and ten events each, of whom six in
// ten agree to the news by email in the end.
func manyConsents(b *testing.B, o *office, people int) {
	b.Helper()
	ids := register.NewIDs(rand.NewChaCha8([32]byte{1}))
	next := func(prefix byte) register.ID {
		id, err := ids.Next(prefix)
		if err != nil {
			b.Fatal(err)
		}
		return id
	}
	const part = 5000
	for from := 0; from < people; from += part {
		change := store.Change{Operator: "office", Door: desk.Console, Verb: register.ImportApply}
		_, err := o.db.Update(b.Context(), change, func(tx *store.Tx) error {
			for i := from; i < min(people, from+part); i++ {
				d := register.Delegate{
					ID: next(register.DelegatePrefix), Kind: "delegate", Name: letters(i+700) + " " + letters(9*i+18_000),
					Given: letters(i + 700), Family: letters(9*i + 18_000), Email: fmt.Sprintf("p%d@example.org", i),
					Phone: fmt.Sprintf("01632 %06d", i), Status: register.Active, Created: noon, Updated: noon,
					Fields: map[string]string{"address": fmt.Sprintf("%d Elm Road, Longtown", i)},
				}
				if err := tx.Delegates().Put(d); err != nil {
					return err
				}
				for j := range 10 {
					if err := tx.Consents().Put(benchEvent(next(register.ConsentPrefix), d.ID, i, j)); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func benchEvent(id, who register.ID, i, j int) register.ConsentEvent {
	act, purpose := register.Given, "course-news"
	if j%2 == 0 {
		act = register.Asked
	}
	if j == 9 && i%10 >= 6 {
		act = register.Withdrawn
	}
	channel := "email"
	if j < 6 {
		channel = []string{"post", "phone", "sms"}[j/2]
	}
	at := noon.Add(time.Duration(j-20) * 24 * time.Hour)
	return register.ConsentEvent{
		ID: id, Delegate: who, Purpose: purpose, Channel: channel, Act: act, At: at, Recorded: at, RecordedBy: "office",
		Method: "paper", Notice: "news", NoticeVersion: "1",
	}
}

// BenchmarkMailing makes a list of 60,000 of 100,000 people with 1,000,000
// events: decided, written, digested and disclosed. The parts are measured on
// their own beside the whole.
func BenchmarkMailing(b *testing.B) {
	const people = 100_000
	o := newOfficeOf(b, "teaching-school")
	manyConsents(b, o, people)
	key := register.ConsentKey{Purpose: "course-news", Channel: "email"}
	n := 0
	for b.Loop() {
		n++
		heap := watchHeap()
		start := time.Now()
		to := filepath.Join(b.TempDir(), fmt.Sprintf("list%d.csv", n))
		d, err := o.Export(b.Context(), desk.ExportInput{Noun: "mailing", To: to, Purpose: key.Purpose, Channel: key.Channel})
		whole := time.Since(start)
		if err != nil || d.Count != people*6/10 {
			b.Fatal(d.Count, err)
		}
		b.ReportMetric(whole.Seconds(), "list-s")
		b.ReportMetric(float64(heap())/1e6, "peak-heap-MB")

		start = time.Now()
		if _, err := o.MayAll(b.Context(), key, o.Today()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "decide-s")
		b.ReportMetric(disclosing(b, o, d).Seconds(), "disclose-s")
	}
}

// disclosing records the people of a list once more, and nothing else.
func disclosing(b *testing.B, o *office, d register.Disclosure) time.Duration {
	var who []register.ID
	err := o.db.View(func(tx *store.Tx) error {
		for x, err := range tx.Disclosed().All() {
			if err != nil {
				return err
			}
			if x.Disclosure == d.ID {
				who = append(who, x.Delegate)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	d.ID = "X" + d.ID[1:13] + "Z"
	start := time.Now()
	_, err = o.db.Update(b.Context(), store.Change{Operator: "office", Door: desk.Console, Verb: register.Disclose}, func(tx *store.Tx) error {
		for _, id := range who {
			x := register.DisclosedTo{
				Delegate: id, Disclosure: d.ID, At: d.At, What: d.What, Recipient: d.Recipient, Fields: d.Fields,
			}
			if err := tx.Disclosed().Put(x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
