package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"custos/internal/register"

	"pgregory.net/rapid"
)

// TestNoImportTurnsANoIntoAYes goes through the store: whatever stands in the
// ledger and in the file, somebody at no is at no after the import, and so is
// everybody the file says no for.
func TestNoImportTurnsANoIntoAYes(t *testing.T) {
	o := newOffice(t)
	people := 0
	words := rapid.SampledFrom([]string{"yes", "no", "unsubscribed", "objected", "", "perhaps"})
	rapid.Check(t, func(r *rapid.T) {
		people++
		email := fmt.Sprintf("p%d@example.org", people)
		id, err := o.AddDelegate(t.Context(), register.DelegateInput{
			Values: map[string]string{"name": fmt.Sprint("Person ", people), "email": email},
		})
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(0, 3).Draw(r, "events") {
			_, err := o.RecordConsent(t.Context(), register.ConsentInput{
				Delegate: id, Purpose: question.Purpose, Channel: question.Channel, Method: "imported",
				Act: rapid.SampledFrom(register.ConsentActs()).Draw(r, "act"),
				At:  noon.AddDate(0, 0, -rapid.IntRange(1, 30).Draw(r, "days ago")),
			})
			if err != nil {
				r.Fatal(err)
			}
		}
		before := o.state(t, id)
		var csv strings.Builder
		csv.WriteString("email,name,consent,at\n")
		saysNo := false
		for range rapid.IntRange(1, 3).Draw(r, "rows") {
			word := words.Draw(r, "word")
			saysNo = saysNo || strings.Contains("no unsubscribed objected", word) && word != ""
			fmt.Fprintf(&csv, "%s,,%s,%s\n", email, word, noon.AddDate(0, 0, -rapid.IntRange(1, 30).Draw(r, "day")).Format(time.DateOnly))
		}
		o.applyContacts(t, listOf(t, "list.csv", csv.String()))
		if after := o.state(t, id); (before.No() || saysNo) && !after.No() {
			r.Fatalf("%s before, %s after\n%s", before, after, csv.String())
		}
	})
}
