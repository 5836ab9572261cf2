package calendar_test

import (
	"testing"
	"time"

	"custos/internal/calendar"

	"pgregory.net/rapid"
)

func TestLondonStart(t *testing.T) {
	for _, tt := range []struct{ day, want string }{
		{"2026-01-31", "2026-01-31T00:00:00Z"},
		{"2026-07-01", "2026-06-30T23:00:00Z"}, // summer time
		{"2026-03-29", "2026-03-29T00:00:00Z"}, // the clocks go forward at one
		{"2026-03-30", "2026-03-29T23:00:00Z"},
		{"2026-10-25", "2026-10-24T23:00:00Z"}, // and back at two
		{"2026-10-26", "2026-10-26T00:00:00Z"},
		{"1970-01-01", "1969-12-31T23:00:00Z"}, // a winter of summer time
	} {
		d, err := calendar.ParseDate(tt.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.LondonStart(d).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s begins at %s, want %s", tt.day, got, tt.want)
		}
	}
	if !calendar.LondonStart(calendar.Date{}).IsZero() {
		t.Error("no day begins at some time")
	}
}

// The start of a day belongs to it, the instant before to the day before.
func TestLondonStartAgreesWithLondonDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.NewDate(1900, 1, 2).AddDays(rapid.IntRange(0, 80_000).Draw(t, "day"))
		start := calendar.LondonStart(d)
		if start.Location() != time.UTC {
			t.Fatalf("%s is not UTC", start)
		}
		if on, before := calendar.LondonDate(start), calendar.LondonDate(start.Add(-1)); on != d || before != d.AddDays(-1) {
			t.Fatalf("%s begins at %s, which is on %s, after %s", d, start, on, before)
		}
	})
}
