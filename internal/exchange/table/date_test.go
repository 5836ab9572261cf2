package table

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, in := range []string{"06/12/1967", "6/12/1967", "06-12-1967", "06.12.1967", "1967-12-06", "1967/12/6", "'1967-12-06",
		" 1967-12-06\u00a0", "06/12/1967 00:00", "06/12/1967 09:30:15", "1967-12-06T23:59:59.000Z", "1967-12-06 23:59:59+01:00",
		"6 December 1967", "6th Dec 1967", "06-Dec-1967"} {
		y, m, d, err := ParseDate(in)
		if y != 1967 || m != 12 || d != 6 || err != nil {
			t.Errorf("ParseDate(%q) = %d-%d-%d, %v; want 1967-12-6", in, y, m, d, err)
		}
	}
	if _, m, d, err := ParseDate("03/04/2026"); m != 4 || d != 3 || err != nil {
		t.Errorf("03/04/2026 must be the third of April, got month %d, day %d, %v", m, d, err)
	}
	if _, m, _, err := ParseDate("1 Sept 2026"); m != 9 || err != nil {
		t.Errorf("1 Sept 2026: month %d, %v", m, err)
	}
}

func TestParseDateRefuses(t *testing.T) {
	for in, want := range map[string]error{
		"":                 ErrNoDate,
		"invalid":          ErrNoDate,
		"12/2026":          ErrNoDate,
		"1/2-2026":         ErrNoDate,
		"0026-01-01":       ErrShortYear,
		"0926-01-01":       ErrNoDate,
		"11/29/2024":       ErrMonthFirst,
		"2026-13-01":       ErrMonthFirst,
		"29/02/2025":       ErrNoSuchDay,
		"29/02/2100":       ErrNoSuchDay,
		"31/04/2026":       ErrNoSuchDay,
		"00/01/2026":       ErrNoSuchDay,
		"01/02/26":         ErrShortYear,
		"2 January 26":     ErrShortYear,
		"11/29/24 22:28":   ErrShortYear,
		"45535":            ErrSerial,
		"1 Brumaire 2026":  ErrNoDate,
		"01/01/2026 later": ErrNoDate,
	} {
		if _, _, _, err := ParseDate(in); !errors.Is(err, want) {
			t.Errorf("ParseDate(%q) gives %v, want %v", in, err, want)
		}
	}
}

func TestParseDateReadsEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1000, 9999).Draw(t, "year"), 1, 1+rapid.IntRange(0, 364).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		layout := rapid.SampledFrom([]string{"02/01/2006", "2/1/2006", "2006-01-02", "02-01-2006", "2 January 2006"}).Draw(t, "layout")
		y, m, d, err := ParseDate(day.Format(layout))
		if err != nil || y != day.Year() || m != int(day.Month()) || d != day.Day() {
			t.Fatalf("%s read as %d-%d-%d, %v", day.Format(layout), y, m, d, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"06/12/1967", "2026-02-30", "1 May 2026", "45535"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		y, m, d, err := ParseDate(s)
		if err == nil && time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() != d {
			t.Fatalf("there is no %d-%d-%d", y, m, d)
		}
		if err != nil && len(s) > 6 && strings.Contains(err.Error(), s) {
			t.Fatal("the error repeats the date")
		}
	})
}
