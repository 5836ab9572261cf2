package calendar_test

import (
	"testing"

	"custos/internal/calendar"

	"pgregory.net/rapid"
)

// drawCase gives a case that counts: no wait open, every question asked while the month runs.
func drawCase(t *rapid.T, h *calendar.Holidays) calendar.RightsCase {
	first, last := h.Years()
	c := calendar.RightsCase{
		Right:  calendar.Access,
		Nation: rapid.SampledFrom(calendar.Nations()).Draw(t, "nation"),
		Received: drawDate(t, calendar.NewDate(first, 1, 1),
			calendar.NewDate(last, 1, 1), "received"),
		Extended: rapid.Bool().Draw(t, "extended"),
	}
	if rapid.Bool().Draw(t, "identity") {
		c.Identity.Received = c.Received.AddDays(rapid.IntRange(0, 30).Draw(t, "identity after"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "pauses") {
		asked := c.Received.AddDays(rapid.IntRange(0, 27).Draw(t, "asked after"))
		c.Pauses = append(c.Pauses, calendar.Pause{
			Asked:    asked,
			Answered: asked.AddDays(rapid.IntRange(0, 30).Draw(t, "answered after")),
		})
	}
	return c
}

func TestDueIsLawful(t *testing.T) {
	h := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, h)
		d, err := h.RightsDue(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []calendar.Date{d.Due, d.LastLawful} {
			if ok, err := h.IsWorkingDay(end, c.Nation); err != nil || !ok {
				t.Fatalf("ends on %s, no working day: %v", end, err)
			}
		}
		if d.LastLawful.Before(d.Due) {
			t.Fatalf("last lawful %s before due %s", d.LastLawful, d.Due)
		}
		if d.ExtensionNoticeBy.After(d.Due) {
			t.Fatalf("notice by %s after due %s", d.ExtensionNoticeBy, d.Due)
		}
	})
}

// TestPausedDaysAreCountedOnce counts day by day what the clock counts by spans.
func TestPausedDaysAreCountedOnce(t *testing.T) {
	h := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, h)
		d, err := h.RightsDue(c)
		if err != nil {
			t.Fatal(err)
		}
		stood := map[calendar.Date]bool{}
		for _, p := range c.Pauses {
			for on := p.Asked.AddDays(1); !on.After(p.Answered); on = on.AddDays(1) {
				if on.After(d.Start) {
					stood[on] = true
				}
			}
		}
		if d.PausedDays != len(stood) {
			t.Fatalf("%d days paused, %d days lie in a pause", d.PausedDays, len(stood))
		}
	})
}

func TestDueGrowsWithReceipt(t *testing.T) {
	h := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, h)
		c.Pauses, c.Identity = nil, calendar.Wait{}
		before, err := h.RightsDue(c)
		if err != nil {
			t.Fatal(err)
		}
		c.Received = c.Received.AddDays(rapid.IntRange(1, 60).Draw(t, "later by"))
		after, err := h.RightsDue(c)
		if err != nil {
			t.Fatal(err)
		}
		if after.Due.Before(before.Due) {
			t.Fatalf("received later, due earlier: %s, then %s", before.Due, after.Due)
		}
	})
}

// TestMonthIsFourToFiveWeeks goes through every day of the table.
func TestMonthIsFourToFiveWeeks(t *testing.T) {
	h := calendar.Builtin()
	first, last := h.Years()
	for _, n := range calendar.Nations() {
		c := calendar.RightsCase{Right: calendar.Erasure, Nation: n, Received: calendar.NewDate(first, 1, 1)}
		for ; c.Received.Before(calendar.NewDate(last, 11, 25)); c.Received = c.Received.AddDays(1) {
			d, err := h.RightsDue(c)
			if err != nil {
				t.Fatal(err)
			}
			if days := d.Start.DaysUntil(d.Due); days < 28 || days > 35 {
				t.Errorf("%s, received %s: %d days", n, c.Received, days)
			}
		}
	}
}

// TestNationsDiffer counts the days of 2026 on which it matters whose holidays count.
func TestNationsDiffer(t *testing.T) {
	h := calendar.Builtin()
	differ := 0
	for on := calendar.NewDate(2026, 1, 1); on.Year() == 2026; on = on.AddDays(1) {
		dues := map[calendar.Date]bool{}
		for _, n := range calendar.Nations() {
			d, err := h.RightsDue(calendar.RightsCase{Right: calendar.Access, Nation: n, Received: on})
			if err != nil {
				t.Fatal(err)
			}
			dues[d.Due] = true
		}
		if len(dues) > 1 {
			differ++
		}
	}
	if differ != 25 {
		t.Errorf("%d days of receipt differ by nation, want 25", differ)
	}
}

func BenchmarkHundredThousandDueDates(b *testing.B) {
	h := calendar.Builtin()
	first := calendar.NewDate(2013, 1, 1)
	for b.Loop() {
		for i := range 100_000 {
			c := calendar.RightsCase{Right: calendar.Access, Nation: calendar.Scotland, Received: first.AddDays(i % 5000)}
			if _, err := h.RightsDue(c); err != nil {
				b.Fatal(err)
			}
		}
	}
}
