package register

import (
	"errors"
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func on(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// backupOf is a proved backup of an hour of a day, UTC.
func backupOf(d calendar.Date, hour int) Backup {
	at := time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, time.UTC)
	return Backup{ID: ID(at.Format("U20060102T15")), At: at, Proved: at}
}

// hoursOf are the ids of backups: the day and hour each is of.
func hoursOf(all []Backup) []string {
	var hours []string
	for _, b := range all {
		hours = append(hours, string(b.ID[1:]))
	}
	slices.Sort(hours)
	return hours
}

func TestThinKeepsTheNewestOfEachSpan(t *testing.T) {
	days := func(all ...string) []Backup {
		var list []Backup
		for _, text := range all {
			list = append(list, backupOf(on(text), 9))
		}
		return list
	}
	for _, c := range []struct {
		name string
		all  []Backup
		gone []string
	}{
		{"seven days", days("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"), nil},
		// Monday 16 November is in last week, which has Sunday 22; October has the 31st.
		{"the eighth day", days("2026-11-16", "2026-11-17", "2026-11-22", "2026-11-23"), []string{"20261116"}},
		{"four weeks", days("2026-11-01", "2026-11-02", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-23"), []string{"20261101", "20261102"}},
		{"twelve months", days("2025-11-30", "2025-12-01", "2025-12-31", "2026-01-31", "2026-11-22", "2026-11-23"),
			[]string{"20251130", "20251201"}},
		{"two in one day", []Backup{backupOf(on("2026-11-23"), 8), backupOf(on("2026-11-23"), 9)}, []string{"20261123"}},
		{"the only one", days("2020-01-01"), nil},
		{"a clock that jumped ten years", days("2016-11-21", "2016-11-22", "2026-11-23"), nil},
		{"the day after", days("2016-11-21", "2016-11-22", "2026-11-22", "2026-11-23"), []string{"20161121", "20161122"}},
		{"a clock put back", days("2026-11-22", "2026-11-23", "2031-01-01"), nil},
		{"the office's day", []Backup{ // 23:30 UTC is the next day in London's summer
			{ID: "U20260630", At: time.Date(2026, time.June, 30, 23, 30, 0, 0, time.UTC), Proved: time.Unix(1, 0)},
			backupOf(on("2026-07-01"), 9), backupOf(on("2026-11-23"), 9),
		}, []string{"20260630"}},
	} {
		var gone []string
		for _, hour := range hoursOf(BackupKeep{}.Thin(c.all, on("2026-11-23"))) {
			gone = append(gone, hour[:8])
		}
		if diff := cmp.Diff(c.gone, gone); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func TestThinLeavesWhatItDoesNotKnow(t *testing.T) {
	unproved, removed := backupOf(on("2026-01-01"), 9), backupOf(on("2026-01-02"), 9)
	unproved.Proved, removed.Removed = time.Time{}, removed.At
	newer := unproved // hides nothing: it may not be there
	newer.At = backupOf(on("2026-01-31"), 9).At
	all := []Backup{unproved, removed, newer, backupOf(on("2026-01-30"), 9), backupOf(on("2026-11-23"), 9)}
	if gone := (BackupKeep{}).Thin(all, on("2026-11-23")); len(gone) != 0 {
		t.Errorf("gone: %v", hoursOf(gone))
	}
}

// TestWhatIsKeptCoversEverySpan makes and thins backups over months of random days, and holds what is left against every
// backup ever made.
func TestWhatIsKeptCoversEverySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var made, kept []Backup
		keep := rapid.SampledFrom([]BackupKeep{{}, {2, 1, 1}, {10, 2, 3}, {3, 9, 1}, {30, 20, 40}}).Draw(t, "keep")
		today := on("2026-01-15").AddDays(rapid.IntRange(0, 400).Draw(t, "first"))
		for range rapid.IntRange(1, 60).Draw(t, "backups") {
			today = today.AddDays(rapid.SampledFrom([]int{0, 1, 1, 1, 1, 2, 3, 7, 30, 80}).Draw(t, "later"))
			b := backupOf(today, rapid.IntRange(8, 18).Draw(t, "hour"))
			b.Until = keep.Until(today)
			if n := len(made); n > 0 && !b.At.After(made[n-1].At) {
				continue
			}
			made, kept = append(made, b), append(kept, b)
			gone := hoursOf(keep.Thin(kept, today))
			kept = slices.DeleteFunc(kept, func(b Backup) bool { return slices.Contains(gone, string(b.ID[1:])) })
			covers(t, keep, made, kept, today)
		}
	})
}

func covers(t *rapid.T, keep BackupKeep, made, kept []Backup, today calendar.Date) {
	newest := func(all []Backup, from, to calendar.Date) time.Time {
		var at time.Time
		for _, b := range all {
			if day := b.day(); !day.Before(from) && !day.After(to) && b.At.After(at) {
				at = b.At
			}
		}
		return at
	}
	keep = keep.Numbers()
	check := func(name string, from, to calendar.Date) {
		if want, got := newest(made, from, to), newest(kept, from, to); !got.Equal(want) {
			t.Fatalf("on %s the %s from %s has %s, want %s", today, name, from, got, want)
		}
	}
	for i := range keep.Days {
		check("day", today.AddDays(-i), today.AddDays(-i))
	}
	for i := range keep.Weeks {
		monday := weekOf(today).AddDays(-7 * i)
		check("week", monday, monday.AddDays(6))
	}
	for i := range keep.Months {
		first := monthOf(today).AddMonths(-i)
		check("month", first, first.AddMonths(1).AddDays(-1))
	}
	if n := len(kept); n > keep.Days+keep.Weeks+keep.Months+1 {
		t.Fatalf("%d are kept", n)
	}
	for _, b := range kept[:len(kept)-1] {
		if last := keep.Last(&b); today.After(last) && !kept[len(kept)-2].day().AddMonths(keptMonths).Before(today) {
			t.Fatalf("on %s one of %s is kept, which should have gone after %s", today, b.day(), last)
		}
	}
}

func TestLastKept(t *testing.T) {
	for day, last := range map[string]string{
		"2026-11-01": "2027-10-31", "2026-11-30": "2027-10-31", "2028-02-29": "2029-01-31", "2026-03-31": "2027-02-28",
	} {
		if got := (BackupKeep{}).Until(on(day)).String(); got != last {
			t.Errorf("one of %s is kept until %s, want %s", day, got, last)
		}
	}
}

func TestKeepingMoreBreaksNoPromise(t *testing.T) {
	few, usual := BackupKeep{Days: 2, Weeks: 1, Months: 1}, BackupKeep{}
	b := backupOf(on("2026-10-31"), 9) // a Saturday
	b.Until = few.Until(b.day())
	if want := on("2026-11-01"); b.Until != want {
		t.Fatalf("promised until %s, want %s", b.Until, want)
	}
	newest := backupOf(on("2026-11-23"), 9)
	all := []Backup{b, backupOf(on("2026-11-22"), 9), newest}
	if gone := usual.Thin(all, on("2026-11-23")); len(gone) != 1 || gone[0].ID != b.ID {
		t.Errorf("gone: %v", hoursOf(gone))
	}
	old := backupOf(on("2026-10-31"), 9) // made before there was a choice
	if got, want := (BackupKeep{Days: 7, Weeks: 4, Months: 60}).Last(&old), usual.Until(on("2026-10-31")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := few.Last(&old), few.Until(on("2026-10-31")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestHowManyBackupsMayBeKept(t *testing.T) {
	for _, c := range []struct {
		keep  BackupKeep
		field string
	}{
		{BackupKeep{}, ""}, {BackupKeep{2, 1, 1}, ""}, {BackupKeep{60, 52, 60}, ""}, {BackupKeep{1, 1, 1}, "days"},
		{BackupKeep{2, 0, 1}, "weeks"}, {BackupKeep{2, 1, 0}, "months"}, {BackupKeep{61, 1, 1}, "days"},
		{BackupKeep{2, 53, 1}, "weeks"}, {BackupKeep{2, 1, 61}, "months"},
	} {
		field := ""
		var e *Error
		if err := c.keep.Validate(); errors.As(err, &e) {
			field = e.Field
		}
		if field != c.field {
			t.Errorf("%+v: refused for %q, want %q", c.keep, field, c.field)
		}
	}
}

func TestWhenABackupIsDue(t *testing.T) {
	for _, c := range []struct {
		name string
		at   []string
		want bool
	}{
		{"none", nil, true},
		{"yesterday's", []string{"2026-11-22"}, true},
		{"today's", []string{"2026-11-22", "2026-11-23"}, false},
		{"a clock put back a day", []string{"2026-11-24"}, false},
		{"a clock that was wrong", []string{"2031-01-01"}, true},
	} {
		var all []Backup
		for _, text := range c.at {
			all = append(all, backupOf(on(text), 9))
		}
		if got := BackupDue(all, on("2026-11-23")); got != c.want {
			t.Errorf("%s: due %v", c.name, got)
		}
	}
	gone := backupOf(on("2026-11-23"), 9)
	gone.Removed = gone.At
	if !BackupDue([]Backup{gone}, on("2026-11-23")) {
		t.Error("one that was removed counts")
	}
}

func TestOfTwoBackupsOfOneSecondTheLaterStays(t *testing.T) {
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	first := Backup{ID: "U1", At: at, Proved: at, AuditSeq: 7}
	second := Backup{ID: "U2", At: at, Proved: at, AuditSeq: 15}
	for _, all := range [][]Backup{{first, second}, {second, first}} {
		if gone := (BackupKeep{}).Thin(all, calendar.LondonDate(at)); len(gone) != 1 || gone[0].ID != first.ID {
			t.Errorf("%+v goes", gone)
		}
	}
}
