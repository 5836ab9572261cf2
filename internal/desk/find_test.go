package desk_test

import (
	"fmt"
	"testing"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func TestRecordsAreFoundInOnePlaceByWhoMayKnowOfThem(t *testing.T) {
	o := newOffice(t)
	ada, bea := o.person(t, "Ada Elmtree", "ada@example.org"), o.person(t, "Bea Elmtree", "bea@example.org")
	o.school(t, "Elm School", "900001")
	ash := o.school(t, "Ash School", "900002")
	must(o.Join(t.Context(), register.MembershipInput{Delegate: ada, Organisation: ash}))(t)
	o.opens(t, register.RequestInput{Right: calendar.Access, Delegate: ada, Received: o.Today(), How: "email"})
	o.opens(t, register.RequestInput{Right: calendar.Erasure, Name: "Cy Elmwood", Received: o.Today(), How: "email"})
	if err := o.Deactivate(t.Context(), bea, "left"); err != nil {
		t.Fatal(err)
	}
	lea := o.lead(t, ash)
	for _, c := range []struct {
		seat  *desk.Seat
		words string
		want  []string
	}{
		{o.Seat, "elm", []string{
			"case ER-2026-0001 Cy Elmwood", "person Ada Elmtree", "person Bea Elmtree DEACTIVATED", "organisation Elm School",
			"case AR-2026-0001 Ada Elmtree",
		}},
		{o.Seat, "ar-2026", []string{"case AR-2026-0001 Ada Elmtree"}},
		{o.Seat, "e", nil},
		{o.Seat, "bea elm", []string{"person Bea Elmtree DEACTIVATED"}},
		{lea, "elm", []string{"person Ada Elmtree"}},
		{lea, "school", []string{"person Ada Elmtree", "organisation Ash School"}},
		{lea, "ar-2026", nil},
		{o.hire(t, "adam", register.Admin), "elm", []string{"organisation Elm School"}},
	} {
		var got []string
		for _, l := range c.seat.Find(c.words, 5) {
			text := fmt.Sprintf("%s %s", l.Opens, l.Name)
			if l.Opens == register.OpensCase {
				text = fmt.Sprintf("%s %s %s", l.Opens, l.ID, l.Name)
			} else if l.Words != "" {
				text += " " + l.Words
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.words, diff)
		}
	}
	if got := o.Find("elm", 1); len(got) != 3 {
		t.Errorf("one of each: %+v", got)
	}
}

// BenchmarkHome tells the day's work and finds records among 100,000 people, with 2,000 cases, against a bare search.
func BenchmarkHome(b *testing.B) {
	o := newOfficeOf(b, "teaching-school")
	importSchools(b, o, 2000)
	plan := o.planFile(b, manyPeople(100_000))
	if _, err := o.Apply(b.Context(), plan, nil); err != nil {
		b.Fatal(err)
	}
	o.fill(b, 2000)
	b.Run("home", func(b *testing.B) {
		for b.Loop() {
			if _, err := o.Home(); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, words := range []string{"ab", "bac", "AR-2026-01", "zzzz no such"} {
		b.Run("find/"+words, func(b *testing.B) {
			for b.Loop() {
				o.Find(words, 8)
			}
		})
		b.Run("search/"+words, func(b *testing.B) {
			for b.Loop() {
				rows, err := o.Delegates(register.Query{Filter: words, Limit: 8})
				if err != nil {
					b.Fatal(err)
				}
				_ = rows.Len()
			}
		})
	}
	b.Run("recount", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if _, err := o.AddDelegate(b.Context(), register.DelegateInput{Values: map[string]string{"name": "X"}}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if _, err := o.Recount(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
