package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"custos/internal/calendar"
)

func readTerms(t testing.TB, text string) calendar.Terms {
	t.Helper()
	terms, err := calendar.ReadTerms(strings.NewReader(text), "terms.csv")
	if err != nil {
		t.Fatal(err)
	}
	return terms
}

func schoolTerms(t testing.TB) calendar.Terms {
	return readTerms(t, "from,to\n2026-06-01,2026-07-21\n2026-09-03,2026-10-23\n2026-11-02,2026-12-18\n")
}

func TestFOISchool(t *testing.T) {
	for _, tc := range []struct{ received, school, working, due string }{
		{"2026-07-17", "2026-09-28", "2026-10-13", "2026-09-28"},
		{"2026-07-21", "2026-09-30", "2026-10-15", "2026-09-30"},
		{"2026-11-05", "2026-12-03", "2027-02-04", "2026-12-03"}, // 30 November is a school day in England
		{"2026-05-31", "2026-06-26", "2026-08-26", "2026-06-26"}, // the day before the terms known
		{"2026-10-23", "2026-11-27", "2027-01-22", "2026-11-27"}, // received on the last day of a half-term
	} {
		got, err := calendar.Builtin().FOISchool(day(t, tc.received), calendar.EnglandAndWales, schoolTerms(t))
		if err != nil {
			t.Errorf("%s: %v", tc.received, err)
			continue
		}
		if got.SchoolDays != day(t, tc.school) || got.WorkingDays != day(t, tc.working) || got.Due != day(t, tc.due) {
			t.Errorf("%s: school %s, working %s, due %s", tc.received, got.SchoolDays, got.WorkingDays, got.Due)
		}
	}
}

// TestSixtyWorkingDaysCapTheSchoolDays has a school that is open one day a week.
func TestSixtyWorkingDaysCapTheSchoolDays(t *testing.T) {
	var b strings.Builder
	for on := day(t, "2026-09-07"); on.Before(day(t, "2027-03-01")); on = on.AddDays(7) {
		b.WriteString(on.String() + "," + on.String() + "\n")
	}
	h, received := calendar.Builtin(), day(t, "2026-09-07")
	got, err := h.FOISchool(received, calendar.EnglandAndWales, readTerms(t, b.String()))
	if err != nil || got.Due != got.WorkingDays || !got.SchoolDays.After(got.WorkingDays) {
		t.Errorf("due %s of %s and %s, %v", got.Due, got.SchoolDays, got.WorkingDays, err)
	}
	// The terms end before the twentieth school day but after the sixtieth working day.
	short := readTerms(t, "2026-09-07,2026-09-10\n2026-12-18,2026-12-18\n")
	got, err = h.FOISchool(received, calendar.EnglandAndWales, short)
	if err != nil || got.Due != day(t, "2026-12-01") || !got.SchoolDays.IsZero() {
		t.Errorf("due %s, school %s, %v", got.Due, got.SchoolDays, err)
	}
}

func TestEducationalRecord(t *testing.T) {
	for _, tc := range []struct{ received, want string }{
		{"2026-06-01", "2026-06-22"},
		{"2026-07-17", "2026-09-21"}, // over the summer
		{"2026-08-10", "2026-09-23"}, // in the summer
	} {
		got, err := calendar.Builtin().EducationalRecord(day(t, tc.received), calendar.EnglandAndWales, schoolTerms(t))
		if err != nil || got.Due != day(t, tc.want) {
			t.Errorf("%s: %s, %v; want %s", tc.received, got.Due, err, tc.want)
		}
	}
	got, err := calendar.Builtin().EducationalRecord(day(t, "2026-11-20"), calendar.Scotland, schoolTerms(t))
	if err != nil || got.Due != day(t, "2026-12-14") || !strings.Contains(sentences(got.Steps), "St Andrew's Day") {
		t.Errorf("bank holiday in term: %s, %v\n%s", got.Due, err, sentences(got.Steps))
	}
}

func TestSchoolClocksRefuse(t *testing.T) {
	h, ew := calendar.Builtin(), calendar.EnglandAndWales
	for _, received := range []string{"2026-05-30", "2026-12-10", "2027-01-10"} {
		_, err := h.FOISchool(day(t, received), ew, schoolTerms(t))
		var outside *calendar.OutsideTermsError
		if !errors.As(err, &outside) || !strings.Contains(err.Error(), "2026-06-01 to 2026-12-18") {
			t.Errorf("freedom of information, %s: %v", received, err)
		}
		if _, err = h.EducationalRecord(day(t, received), ew, schoolTerms(t)); !errors.As(err, &outside) {
			t.Errorf("educational record, %s: %v", received, err)
		}
		if _, err = h.FOISchool(day(t, received), ew, calendar.Terms{}); !errors.As(err, &outside) {
			t.Errorf("no terms, %s: %v", received, err)
		}
	}
	var bad *calendar.FieldError
	if _, err := h.FOISchool(day(t, "2026-07-17"), calendar.Scotland, schoolTerms(t)); !errors.As(err, &bad) {
		t.Errorf("Scotland: %v", err)
	}
	if _, err := h.EducationalRecord(day(t, "2026-07-17"), "", schoolTerms(t)); !errors.As(err, &bad) {
		t.Errorf("no nation: %v", err)
	}
	if _, err := h.EducationalRecord(calendar.Date{}, ew, schoolTerms(t)); !errors.As(err, &bad) {
		t.Errorf("no day of receipt: %v", err)
	}
}

func TestReadTermsRefuses(t *testing.T) {
	for _, tc := range []struct {
		text  string
		line  int
		field string
	}{
		{"", 0, ""},
		{"from,to\n", 0, ""},
		{"# none yet\n", 0, ""},
		{"2026-09-03\n", 1, ""},
		{"2026-09-03,2026-10-23,autumn\n", 1, ""},
		{"03/09/2026,2026-10-23\n", 1, "from"},
		{"from,to\n2026-09-03,2026-10-32\n", 2, "to"},
		{"2026-10-23,2026-09-03\n", 1, "to"},
		{"2026-09-03,2026-10-23\n\n2026-10-23,2026-12-18\n", 3, "from"},
		{"2026-11-02,2026-12-18\n2026-09-03,2026-11-02\n", 2, "from"}, // found out of order
		{"2026-11-02,2026-12-18\n2026-11-02,2026-12-18\n", 2, "from"},
		{"2026-09-03,\"2026-10-23\n", 1, ""},
		{"2026-09-03,2026-10-23\nfrom,to\n", 2, "from"},
	} {
		_, err := calendar.ReadTerms(strings.NewReader(tc.text), "terms.csv")
		var bad *calendar.FileError
		if !errors.As(err, &bad) || bad.File != "terms.csv" || bad.Line != tc.line || bad.Field != tc.field {
			t.Errorf("%q: got %v", tc.text, err)
		}
	}
}

func TestTermsAreOrdered(t *testing.T) {
	list := []calendar.Term{
		{From: day(t, "2026-11-02"), To: day(t, "2026-12-18")},
		{From: day(t, "2026-09-03"), To: day(t, "2026-10-23")},
	}
	text := "2026-11-02,2026-12-18\n2026-09-03,2026-10-23\n"
	terms, err := calendar.ReadTerms(strings.NewReader(text), "terms.csv")
	if err != nil {
		t.Fatal(err)
	}
	if got := terms.List(); got[0] != list[1] || got[1] != list[0] {
		t.Errorf("order %v", got)
	}
	if first, last := terms.Span(); first != list[1].From || last != list[0].To {
		t.Errorf("from %s to %s", first, last)
	}
}

func FuzzReadTerms(f *testing.F) {
	f.Add("from,to\n2026-06-01,2026-07-21\n")
	f.Add("2026-11-02,2026-12-18\n2026-09-03,2026-11-02\n")
	f.Add("0001-01-01,9999-12-31\n")
	f.Fuzz(func(t *testing.T, text string) {
		terms, err := calendar.ReadTerms(strings.NewReader(text), "terms.csv")
		if err != nil {
			return
		}
		list := terms.List()
		for i, term := range list {
			if term.To.Before(term.From) || i > 0 && !list[i-1].To.Before(term.From) {
				t.Fatalf("terms read are no terms: %v", list)
			}
		}
		if len(list) == 0 {
			t.Fatal("no terms were read")
		}
		_, err = calendar.Builtin().FOISchool(list[0].From, calendar.EnglandAndWales, terms)
		var table *calendar.OutsideTableError
		var outside *calendar.OutsideTermsError
		if err != nil && !errors.As(err, &table) && !errors.As(err, &outside) {
			t.Fatal(err)
		}
	})
}
