package calendar_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

func TestHolidaysOn(t *testing.T) {
	h := calendar.Builtin()
	for _, tc := range []struct {
		on     string
		nation calendar.Nation
		want   string
	}{
		{"2026-04-06", calendar.EnglandAndWales, "Easter Monday"},
		{"2026-04-06", calendar.Scotland, ""},
		{"2026-11-30", calendar.Scotland, "St Andrew's Day"},
		{"2026-11-30", calendar.EnglandAndWales, ""},
		{"2026-07-13", calendar.NorthernIreland, "Battle of the Boyne (Orangemen's Day) (substitute day)"},
		{"2012-01-02", calendar.Scotland, "2nd January"},
		{"2012-01-02", calendar.EnglandAndWales, "New Year's Day (substitute day)"},
		{"2026-06-15", calendar.Scotland, "World Cup bank holiday"},
		{"2026-12-26", calendar.EnglandAndWales, ""}, // a Saturday; the holiday is the 28th
	} {
		if got, err := h.On(day(t, tc.on), tc.nation); err != nil || got != tc.want {
			t.Errorf("%s in %s: %q, %v; want %q", tc.on, tc.nation, got, err, tc.want)
		}
	}
	if _, err := h.On(day(t, "2026-12-25"), "cornwall"); err == nil {
		t.Error("a nation that does not exist has holidays")
	}
}

// TestTableAgreesWithPublishedList compares every day of the table with the list the
// government publishes. The copy at hand lacks one holiday proclaimed late.
func TestTableAgreesWithPublishedList(t *testing.T) {
	data := os.Getenv("CUSTOS_DATA")
	if data == "" {
		t.Skip("CUSTOS_DATA is not set: the published list is not at hand")
	}
	text, err := os.ReadFile(filepath.Join(data, "bank_holidays", "bank-holidays.json"))
	if err != nil {
		t.Fatal(err)
	}
	var published map[calendar.Nation]struct {
		Events []struct{ Date calendar.Date }
	}
	if err := json.Unmarshal(text, &published); err != nil {
		t.Fatal(err)
	}
	h := calendar.Builtin()
	first, last := h.Years()
	for _, n := range calendar.Nations() {
		want := map[calendar.Date]bool{}
		for _, e := range published[n].Events {
			want[e.Date] = true
		}
		want[day(t, "2026-06-15")] = n == calendar.Scotland
		for on := calendar.NewDate(first, time.January, 1); on.Year() <= last; on = on.AddDays(1) {
			name, err := h.On(on, n)
			if err != nil || (name != "") != want[on] {
				t.Errorf("%s in %s: %q, %v; published: %v", on, n, name, err, want[on])
			}
		}
	}
}

// TestTableIsSound holds what every year has had, and that no holiday falls on a weekend.
func TestTableIsSound(t *testing.T) {
	h := calendar.Builtin()
	first, last := h.Years()
	for _, n := range calendar.Nations() {
		perYear := map[int]int{}
		for on := calendar.NewDate(first, time.January, 1); on.Year() <= last; on = on.AddDays(1) {
			name, err := h.On(on, n)
			if err != nil {
				t.Fatal(err)
			}
			if name == "" {
				continue
			}
			perYear[on.Year()]++
			if w := on.Weekday(); w == time.Saturday || w == time.Sunday {
				t.Errorf("%s in %s is on a %s", name, n, w)
			}
		}
		for year := first; year <= last; year++ {
			if perYear[year] < 8 {
				t.Errorf("%d has %d holidays in %s", year, perYear[year], n)
			}
		}
	}
}

func TestOutsideTheTable(t *testing.T) {
	h := calendar.Builtin()
	terms := readTerms(t, "2028-11-01,2029-03-31")
	for name, count := range map[string]func() error{
		"rights": func() error { _, err := h.RightsDue(access(t, "2028-12-15")); return err },
		"rights, extended": func() error {
			_, err := h.RightsDue(rightsVector{received: "2028-11-15", extended: true}.input(t))
			return err
		},
		"rights before the table":   func() error { _, err := h.RightsDue(access(t, "2011-12-15")); return err },
		"rights at the end of time": func() error { _, err := h.RightsDue(access(t, "9999-12-15")); return err },
		"complaint": func() error {
			_, err := h.ComplaintDue(day(t, "2028-12-15"), calendar.Scotland)
			return err
		},
		"council": func() error { _, err := h.FOICouncil(day(t, "2028-12-15")); return err },
		"school": func() error {
			_, err := h.FOISchool(day(t, "2028-11-15"), calendar.EnglandAndWales, terms)
			return err
		},
		"record": func() error {
			_, err := h.EducationalRecord(day(t, "2028-12-15"), calendar.EnglandAndWales, terms)
			return err
		},
		"a weekend": func() error { _, err := h.IsWorkingDay(day(t, "2029-01-06"), calendar.Scotland); return err },
	} {
		err := count()
		var outside *calendar.OutsideTableError
		if !errors.As(err, &outside) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if outside.First != 2012 || outside.Last != 2028 || !strings.Contains(err.Error(), "2012 to 2028") {
			t.Errorf("%s: the error does not name the table: %v", name, err)
		}
	}
}

func TestLastDayOfTheTableStillCounts(t *testing.T) {
	got, err := calendar.Builtin().RightsDue(access(t, "2028-11-29"))
	if err != nil || got.Due != day(t, "2028-12-29") {
		t.Errorf("due %s, %v", got.Due, err)
	}
}
