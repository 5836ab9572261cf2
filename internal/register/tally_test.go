package register

import (
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// at moves an event to the first instant of a day in London, or a little off it.
func at(f ConsentFact, when time.Time) ConsentFact {
	return with(f, func(f *ConsentFact) { f.At, f.Recorded = when, when })
}

func TestTally(t *testing.T) {
	july := calendar.LondonStart(ymd(2026, 7, 1))
	first := calendar.LondonStart(ymd(2025, 8, 1)) // of the twelve months
	august := calendar.LondonStart(ymd(2026, 8, 1))
	tally := ask(t, "news", "email", ymd(2026, 7, 31)).Tally()
	for _, facts := range [][]ConsentFact{
		{at(fact("a", Given, 1), first)},
		{at(fact("a", Given, 1), first.Add(-time.Second))}, // too long ago for a month
		{at(fact("a", Given, 1), july), at(fact("b", Withdrawn, 1), july.Add(time.Hour))},
		{at(fact("a", RefusedIt, 1), july.Add(-time.Second))},
		{at(fact("a", Renewed, 1), august.Add(-time.Second))},
		{at(fact("a", Given, 1), august)},                                         // has not happened yet
		{about(at(fact("a", Given, 1), july), ConsentKey{"photos", "email", ""})}, // of something else
		{at(fact("a", Given, 1), july), corrects(at(fact("b", RefusedIt, 1), july), "a")},
		nil,
	} {
		p := person("learner")
		for i := range facts {
			facts[i].NoticeVersion = "3"
		}
		p.Facts = facts
		tally.Add(&p)
		p.Status = Deactivated
		tally.Add(&p) // counts for nothing
	}
	want := PurposeCount{
		Purpose: "news", Title: "news", Channel: "email", May: 3,
		States:  map[ConsentAct]int{Given: 2, Withdrawn: 1, RefusedIt: 2, Renewed: 1, NeverAsked: 3},
		Visible: map[ConsentAct]int{Given: 3, RefusedIt: 2, Withdrawn: 1, NeverAsked: 3},
		Given:   [12]int{0: 1, 11: 2}, No: [12]int{10: 1, 11: 2},
	}
	if diff := cmp.Diff(want, tally.Count()); diff != "" {
		t.Error(diff)
	}
	visible := ask(t, "news", "email", ymd(2026, 7, 31)).Tally().Count().Visible
	if diff := cmp.Diff(map[ConsentAct]int{Given: 0, RefusedIt: 0, Withdrawn: 0, NeverAsked: 0}, visible); diff != "" {
		t.Errorf("of nobody: %s", diff)
	}
}

// A count moved along with those who changed is the count taken afresh, and
// what others hold of it stays as it was.
func TestMoveIsTheSameAsCountingAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := NewContact(bureau(), news, At(ymd(2026, 3, 10)))
		if err != nil {
			t.Fatal(err)
		}
		count := func(ledgers ...[]ConsentFact) PurposeCount {
			tally := c.Tally()
			for _, facts := range ledgers {
				p := person("learner")
				p.Facts = facts
				tally.Add(&p)
			}
			return tally.Count()
		}
		stays, was, is := drawFacts(t), drawFacts(t), drawFacts(t)
		n := count(stays, was)
		held, before, after := n, count(was), count(is)
		n.Move(&before, &after)
		if diff := cmp.Diff(count(stays, is), n); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(count(stays, was), held); diff != "" {
			t.Fatalf("what was held of the count changed: %s", diff)
		}
		if !slices.Equal(n.Given[:11], make([]int, 11)) {
			t.Fatal("an event of March is counted elsewhere")
		}
	})
}
