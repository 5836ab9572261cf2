package calendar_test

import (
	"errors"
	"testing"
	"time"

	"custos/internal/calendar"
)

func TestLondonDate(t *testing.T) {
	for _, tc := range []struct{ at, want string }{
		{"2026-06-30T23:30:00Z", "2026-07-01"}, // half past midnight, summer time
		{"2026-01-31T23:30:00Z", "2026-01-31"}, // the same on winter time
		{"2026-07-01T00:30:00+01:00", "2026-07-01"},
		{"2026-07-01T00:30:00+05:00", "2026-06-30"},
	} {
		at, err := time.Parse(time.RFC3339, tc.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.LondonDate(at); got.String() != tc.want {
			t.Errorf("%s is %s in London, want %s", tc.at, got, tc.want)
		}
	}
	if !calendar.LondonDate(time.Time{}).IsZero() {
		t.Error("no time became a day")
	}
}

func TestParseInstant(t *testing.T) {
	for _, tc := range []struct {
		in, want string
		err      error
	}{
		{"2026-03-27T16:00", "2026-03-27T16:00:00Z", nil},
		{"2026-06-01T16:00", "2026-06-01T15:00:00Z", nil},
		{"2026-06-01T16:00:00+02:00", "2026-06-01T14:00:00Z", nil},
		{"2026-10-25T01:30", "2026-10-25T00:30:00Z", nil}, // twice on the clock: the first
		{"2026-03-29T01:30", "", calendar.ErrNoSuchTime},
		{"2026-03-27", "", calendar.ErrInstantForm},
		{"tea time", "", calendar.ErrInstantForm},
	} {
		got, err := calendar.ParseInstant(tc.in)
		if !errors.Is(err, tc.err) {
			t.Errorf("%s: error %v, want %v", tc.in, err, tc.err)
		}
		if err == nil && got.UTC().Format(time.RFC3339) != tc.want {
			t.Errorf("%s is %s, want %s", tc.in, got.UTC().Format(time.RFC3339), tc.want)
		}
	}
}
