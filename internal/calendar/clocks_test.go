package calendar_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

func TestComplaintDue(t *testing.T) {
	for _, tc := range []struct {
		received string
		nation   calendar.Nation
		want     string
	}{
		{"2026-06-19", calendar.EnglandAndWales, "2026-07-20"},
		{"2026-12-01", calendar.EnglandAndWales, "2026-12-31"},
		{"2026-06-13", calendar.EnglandAndWales, "2026-07-13"},
		{"2026-06-13", calendar.NorthernIreland, "2026-07-14"}, // 13 July is kept there
	} {
		got, err := calendar.Builtin().ComplaintDue(day(t, tc.received), tc.nation)
		if err != nil || got.Due != day(t, tc.want) || len(got.Steps) == 0 {
			t.Errorf("%s in %s: %s, %v; want %s", tc.received, tc.nation, got.Due, err, tc.want)
		}
		early := strings.Contains(sentences(got.Steps), "good practice")
		if early != (tc.received < "2026-06-19") {
			t.Errorf("%s: says the duty had not begun: %v", tc.received, early)
		}
	}
	var bad *calendar.FieldError
	if _, err := calendar.Builtin().ComplaintDue(calendar.Date{}, calendar.Scotland); !errors.As(err, &bad) {
		t.Errorf("no day of receipt: %v", err)
	}
	if _, err := calendar.Builtin().ComplaintDue(day(t, "2026-06-19"), ""); !errors.As(err, &bad) || bad.Field != "nation" {
		t.Errorf("no nation: %v", err)
	}
}

func TestBreachDue(t *testing.T) {
	for _, tc := range []struct{ aware, want string }{
		{"2026-03-27T16:00", "2026-03-30T17:00:00+01:00"}, // the clocks go forward
		{"2026-12-24T17:30", "2026-12-27T17:30:00Z"},
		{"2026-10-24T12:00", "2026-10-27T11:00:00Z"}, // the clocks go back
		{"2026-07-01T09:15:30Z", "2026-07-04T10:15:30+01:00"},
	} {
		aware, err := calendar.ParseInstant(tc.aware)
		if err != nil {
			t.Fatal(err)
		}
		got, err := calendar.BreachDue(aware)
		if err != nil || got.Due.Format(time.RFC3339) != tc.want {
			t.Errorf("%s: %s, %v; want %s", tc.aware, got.Due.Format(time.RFC3339), err, tc.want)
		}
		if got.Due.Sub(aware) != 72*time.Hour {
			t.Errorf("%s: %s elapse", tc.aware, got.Due.Sub(aware))
		}
	}
	for _, aware := range []time.Time{{}, time.Date(9999, 12, 31, 12, 0, 0, 0, time.UTC)} {
		if _, err := calendar.BreachDue(aware); err == nil {
			t.Errorf("%s was counted", aware)
		}
	}
}

func TestExamResults(t *testing.T) {
	for _, tc := range []struct{ received, announced, want string }{
		{"2026-06-01", "2026-08-13", "2026-09-22"}, // forty days
		{"2026-03-02", "2026-08-13", "2026-08-02"}, // five months, a Sunday
		{"2026-09-30", "", "2027-02-28"},
		{"2026-08-12", "2026-08-13", "2026-09-22"},
	} {
		got, err := calendar.ExamResults(day(t, tc.received), day(t, tc.announced))
		if err != nil || got.Due != day(t, tc.want) || len(got.Steps) == 0 {
			t.Errorf("%s, announced %s: %s, %v; want %s", tc.received, tc.announced, got.Due, err, tc.want)
		}
	}
	for _, tc := range []struct{ received, announced, field string }{
		{"2026-08-13", "2026-08-13", "announced"},
		{"2026-08-14", "2026-08-13", "announced"},
		{"", "2026-08-13", "received"},
		{"9999-12-01", "", "received"},
	} {
		_, err := calendar.ExamResults(day(t, tc.received), day(t, tc.announced))
		var bad *calendar.FieldError
		if !errors.As(err, &bad) || bad.Field != tc.field {
			t.Errorf("%s, announced %s: got %v", tc.received, tc.announced, err)
		}
	}
}

func TestFOICouncil(t *testing.T) {
	for _, tc := range []struct{ received, want string }{
		{"2026-09-01", "2026-09-29"},
		{"2026-09-05", "2026-10-02"}, // a Saturday
		{"2026-11-20", "2026-12-21"}, // St Andrew's Day does not count in England either
		{"2026-07-10", "2026-08-11"}, // nor does the Northern Irish 13 July, nor the Scottish 3 August
	} {
		got, err := calendar.Builtin().FOICouncil(day(t, tc.received))
		if err != nil || got.Due != day(t, tc.want) {
			t.Errorf("%s: %s, %v; want %s", tc.received, got.Due, err, tc.want)
		}
	}
	got, err := calendar.Builtin().FOICouncil(day(t, "2026-11-20"))
	if err != nil || !strings.Contains(sentences(got.Steps), "a bank holiday in Scotland (St Andrew's Day)") {
		t.Errorf("no step names the holiday left out: %v\n%s", err, sentences(got.Steps))
	}
}

func TestReckoningJSON(t *testing.T) {
	got, err := calendar.Builtin().FOISchool(day(t, "2026-07-17"), calendar.EnglandAndWales, schoolTerms(t))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var names map[string]any
	if err := json.Unmarshal(text, &names); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"due", "steps", "rule_version", "school20", "working60"} {
		if names[name] == nil {
			t.Errorf("no %q in %s", name, text)
		}
	}
}
