package calendar_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"custos/internal/calendar"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"
)

// day reads a date a test writes down; a slip in the test ends it.
func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want error
	}{
		{"2026-03-31", nil},
		{"2024-02-29", nil},
		{"0001-01-01", nil},
		{"9999-12-31", nil},
		{"2026-02-29", calendar.ErrNoSuchDay},
		{"2026-02-30", calendar.ErrNoSuchDay},
		{"2026-13-01", calendar.ErrNoSuchDay},
		{"2026-00-10", calendar.ErrNoSuchDay},
		{"2026-01-00", calendar.ErrNoSuchDay},
		{"0000-01-01", calendar.ErrNoSuchDay},
		{"", calendar.ErrDateForm},
		{"31/03/2026", calendar.ErrDateForm},
		{"2026-3-31", calendar.ErrDateForm},
		{"2026-03-3a", calendar.ErrDateForm},
		{"+026-03-31", calendar.ErrDateForm},
		{"2026-03-31T00:00", calendar.ErrDateForm},
	} {
		d, err := calendar.ParseDate(tc.in)
		if !errors.Is(err, tc.want) {
			t.Errorf("%q: error %v, want %v", tc.in, err, tc.want)
		}
		if err == nil && d.String() != tc.in {
			t.Errorf("%q: got %s", tc.in, d)
		}
		if err != nil && !d.IsZero() {
			t.Errorf("%q: a date beside an error", tc.in)
		}
	}
}

func TestAddMonthsClamps(t *testing.T) {
	for _, tc := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", 3, "2026-04-30"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-10-31", 1, "2026-11-30"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-15", 0, "2026-01-15"},
		{"9999-12-01", 1, ""},
		{"0001-01-31", -1, ""},
		{"2026-01-01", 1 << 60, ""},
		{"2026-01-01", -1 << 60, ""},
		{"", 1, ""},
	} {
		if got := day(t, tc.from).AddMonths(tc.months); got != day(t, tc.want) {
			t.Errorf("%s + %d months = %s, want %s", tc.from, tc.months, got, tc.want)
		}
	}
}

func TestAddDays(t *testing.T) {
	for _, tc := range []struct {
		from string
		days int
		want string
	}{
		{"2026-02-28", 1, "2026-03-01"},
		{"2024-02-28", 1, "2024-02-29"},
		{"2026-01-01", -1, "2025-12-31"},
		{"2026-03-28", 2, "2026-03-30"},
		{"9999-12-31", 1, ""},
		{"0001-01-01", -1, ""},
		{"2026-01-01", 1 << 60, ""},
		{"", 5, ""},
	} {
		if got := day(t, tc.from).AddDays(tc.days); got != day(t, tc.want) {
			t.Errorf("%s + %d days = %s, want %s", tc.from, tc.days, got, tc.want)
		}
	}
}

func TestNewDateRefusesWhatIsNoDay(t *testing.T) {
	if got := calendar.NewDate(2026, time.February, 31); !got.IsZero() {
		t.Errorf("31 February became %s", got)
	}
	got := calendar.NewDate(2026, time.March, 2)
	if got.Long() != "2 March 2026" || got.Weekday() != time.Monday || got.Year() != 2026 ||
		got.Month() != time.March || got.Day() != 2 {
		t.Errorf("got %s, a %s", got.Long(), got.Weekday())
	}
	if (calendar.Date{}).Long() != "" {
		t.Error("the zero date has words")
	}
}

func drawDate(t *rapid.T, from, to calendar.Date, label string) calendar.Date {
	return from.AddDays(rapid.IntRange(0, from.DaysUntil(to)).Draw(t, label))
}

func TestDatesAgreeWithEachOther(t *testing.T) {
	first, last := day(t, "0001-01-01"), day(t, "9999-12-31")
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawDate(t, first, last, "a"), drawDate(t, first, last, "b")
		n := a.DaysUntil(b)
		if a.AddDays(n) != b || b.DaysUntil(a) != -n {
			t.Fatalf("%s and %s are %d days apart one way only", a, b, n)
		}
		if a.Before(b) != (n > 0) || a.After(b) != (n < 0) || a.Equal(b) != (n == 0) {
			t.Fatalf("order of %s and %s", a, b)
		}
		if c, err := calendar.ParseDate(a.String()); err != nil || c != a {
			t.Fatalf("%s read back as %s, %v", a, c, err)
		}
	})
}

func TestDateIsTextInJSONAndCBOR(t *testing.T) {
	type record struct {
		On    calendar.Date `json:"on"`
		Never calendar.Date `json:"never"`
		Gone  calendar.Date `json:"gone,omitzero"`
	}
	want := record{On: day(t, "2026-03-31")}
	text, err := json.Marshal(want)
	if err != nil || string(text) != `{"on":"2026-03-31","never":""}` {
		t.Fatalf("JSON %s, %v", text, err)
	}
	var got record
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Fatalf("JSON read back as %v, %v", got, err)
	}
	plain, err := cbor.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var loose map[string]string
	if err := cbor.Unmarshal(plain, &loose); err != nil || loose["on"] != "2026-03-31" || loose["never"] != "" {
		t.Fatalf("CBOR holds %v, %v", loose, err)
	}
	got = record{}
	if err := cbor.Unmarshal(plain, &got); err != nil || got != want {
		t.Fatalf("CBOR read back as %v, %v", got, err)
	}
}

func TestDateRefusesOtherEncodings(t *testing.T) {
	var d calendar.Date
	if err := d.UnmarshalText([]byte("yesterday")); !errors.Is(err, calendar.ErrDateForm) {
		t.Errorf("text: %v", err)
	}
	for _, v := range []any{1, []byte("2026-03-31"), "2026-3-31", map[string]int{}, nil} {
		data, err := cbor.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.UnmarshalCBOR(data); err == nil {
			t.Errorf("CBOR %v was taken for %s", v, d)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-03-31")
	f.Add("2026-02-30")
	f.Add("٢٠٢٦-03-31")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if (err == nil) == d.IsZero() {
			t.Fatalf("%q: %s beside %v", s, d, err)
		}
		if err == nil && d.String() != s {
			t.Fatalf("%q became %s", s, d)
		}
	})
}
