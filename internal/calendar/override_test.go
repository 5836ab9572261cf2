package calendar_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"custos/internal/calendar"
)

// wholeYear lists eight holidays for everyone in a year to come.
func wholeYear(year int) string {
	var b strings.Builder
	for i := range 8 {
		fmt.Fprintf(&b, "all,%d-0%d-01,Holiday %d\n", year, i+1, i+1)
	}
	return b.String()
}

func TestWithOverride(t *testing.T) {
	base := calendar.Builtin()
	h, err := base.WithOverride(strings.NewReader("\uFEFF# our own changes\r\n\r\n"+
		"years,2012,2029\r\n"+
		"-england-and-wales,2026-04-06\r\n"+
		"scotland, 2026-04-06 ,\"Easter Monday, kept locally\"\r\n"+
		"all,2027-06-01,Jubilee\r\n"+
		"-northern-ireland,2027-06-01\r\n"+
		wholeYear(2029)), "holidays.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		on     string
		nation calendar.Nation
		want   string
	}{
		{"2026-04-06", calendar.Scotland, "Easter Monday, kept locally"},
		{"2026-04-06", calendar.EnglandAndWales, ""},
		{"2026-04-06", calendar.NorthernIreland, "Easter Monday"},
		{"2027-06-01", calendar.EnglandAndWales, "Jubilee"},
		{"2027-06-01", calendar.NorthernIreland, ""},
		{"2029-03-01", calendar.Scotland, "Holiday 3"},
		{"2029-12-03", calendar.Scotland, ""},
	} {
		if got, err := h.On(day(t, tc.on), tc.nation); err != nil || got != tc.want {
			t.Errorf("%s in %s: %q, %v; want %q", tc.on, tc.nation, got, err, tc.want)
		}
	}
	if got, err := base.On(day(t, "2026-04-06"), calendar.EnglandAndWales); err != nil || got != "Easter Monday" {
		t.Errorf("the table changed under its owner: %q, %v", got, err)
	}
	if _, err := base.On(day(t, "2029-03-01"), calendar.Scotland); err == nil {
		t.Error("the table widened under its owner")
	}
	if got := h.RuleVersion(); got != "uk-2026-1 holidays 2012-2029 amended" || got == base.RuleVersion() {
		t.Errorf("rule version %q", got)
	}
}

func TestOverrideMovesTheDueDate(t *testing.T) {
	h, err := calendar.Builtin().WithOverride(strings.NewReader("all,2025-10-03,Extra day\n"), "holidays.csv")
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.RightsDue(access(t, "2025-09-03"))
	if err != nil || got.Due != day(t, "2025-10-06") {
		t.Errorf("due %s, %v", got.Due, err)
	}
	if !strings.Contains(sentences(got.Steps), "(Extra day)") {
		t.Errorf("no step names the holiday:\n%s", sentences(got.Steps))
	}
}

func TestWithOverrideRefuses(t *testing.T) {
	for _, tc := range []struct {
		text  string
		line  int
		field string
	}{
		{"wales,2026-03-02,A day\n", 1, "nation"},
		{"# note\n\nscotland,2026-03-32,A day\n", 3, "date"},
		{"scotland,2/3/2026,A day\n", 1, "date"},
		{"scotland,2026-03-02\n", 1, ""},
		{"scotland,2026-03-02,A day,more\n", 1, ""},
		{"scotland,2026-03-02, \n", 1, "name"},
		{"scotland,2029-03-02,A day\n", 1, "date"},
		{"-scotland,2026-04-06\n", 1, "date"}, // not kept there
		{"-all,2026-11-30\n", 1, "date"},      // kept in Scotland only
		{"-scotland,2026-11-30,St Andrew's Day\n", 1, ""},
		{"years,2012\n", 1, "years"},
		{"years,twelve,2029\n", 1, "first"},
		{"years,2012,99999\n", 1, "last"},
		{"years,2015,2028\n", 1, "years"},
		{"years,2012,2029\nyears,2012,2030\n", 2, "years"},
		{"years,2012,2029\n", 1, "years"}, // nothing listed for 2029
		{wholeYear(2029) + "years,2012,2030\n", 9, "years"},
		{"years,2012,2029\n" + strings.Replace(wholeYear(2029), "all", "scotland", 1), 1, "years"},
		{"scotland,2026-03-02,\"A day\n", 1, ""},
		{strings.Repeat("# far too long\n", 80_000), 0, ""},
	} {
		_, err := calendar.Builtin().WithOverride(strings.NewReader(tc.text), "holidays.csv")
		var bad *calendar.FileError
		if !errors.As(err, &bad) {
			t.Errorf("%.40q: got %v", tc.text, err)
			continue
		}
		if bad.File != "holidays.csv" || bad.Line != tc.line || bad.Field != tc.field {
			t.Errorf("%.40q: file %q line %d field %q: %v", tc.text, bad.File, bad.Line, bad.Field, err)
		}
	}
}

func TestFileErrorIsOneSentence(t *testing.T) {
	_, err := calendar.Builtin().WithOverride(strings.NewReader("scotland,soon,A day\n"), "holidays.csv")
	want := `holidays.csv line 1 field "date": ` + calendar.ErrDateForm.Error()
	if err == nil || err.Error() != want || !errors.Is(err, calendar.ErrDateForm) {
		t.Errorf("got %v", err)
	}
}

func FuzzWithOverride(f *testing.F) {
	f.Add("years,2012,2029\n" + wholeYear(2029))
	f.Add("-scotland,2026-11-30\nall,2026-03-02,A day\n")
	f.Add("years,1912,2128\n")
	f.Add("\"")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := calendar.Builtin().WithOverride(strings.NewReader(text), "holidays.csv")
		if (err == nil) == (h == nil) {
			t.Fatalf("a table beside %v", err)
		}
		if err != nil {
			return
		}
		first, last := h.Years()
		if first > 2012 || last < 2028 {
			t.Fatalf("the table shrank to %d to %d", first, last)
		}
		for _, n := range calendar.Nations() {
			if _, err := h.On(calendar.NewDate(last, 12, 25), n); err != nil {
				t.Fatal(err)
			}
		}
	})
}
