package desk_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/register"
)

// BenchmarkContacts brings 100,000 subscribed contacts in, every one new, and
// then the same number of whom half are held, some at no and some suppressed.
func BenchmarkContacts(b *testing.B) {
	const rows = 100_000
	for b.Loop() {
		o := newOfficeOf(b, "teaching-school")
		for _, part := range []struct {
			name, file string
			from       int
		}{
			{"new", "subscribed_members_export_1.csv", 0},
			{"no", "unsubscribed_members_export_1.csv", rows / 2},
			{"again", "subscribed_members_export_2.csv", 0},
		} {
			src := mailchimpList(b, part.file, part.from, rows)
			start := time.Now()
			plan, err := o.PlanContacts(b.Context(), src)
			if err != nil {
				b.Fatal(err)
			}
			planned := time.Since(start)
			if _, err := o.ApplyContacts(b.Context(), plan, nil); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(planned.Seconds(), part.name+"-plan-s")
			b.ReportMetric(time.Since(start).Seconds(), part.name+"-s")
			if !plan.Counts.Balanced() || plan.Counts.Refused > 0 {
				b.Fatalf("%s: %+v", part.name, plan.Counts)
			}
			if part.name == "again" && (plan.Answers != register.ContactTally{KeptNo: rows / 2}) {
				b.Fatalf("%+v", plan.Answers)
			}
		}
	}
}

func mailchimpList(b *testing.B, file string, from, n int) desk.ContactSource {
	b.Helper()
	var csv bytes.Buffer
	csv.WriteString("Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,LEID\n")
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&csv, "%s.%d@example.org,%s,%s,2026-02-03 10:00:00,2026-02-03 10:05:00,%d\n", letters(i), i, letters(i), letters(i+700), i)
	}
	tab, err := exchange.Read(file, csv.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	return desk.ContactSource{
		File: file, Table: tab, MapConsent: true, Purpose: question.Purpose, Channel: question.Channel,
	}
}
