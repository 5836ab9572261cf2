package calendar_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
)

func access(t testing.TB, received string) calendar.RightsCase {
	return rightsVector{received: received}.input(t)
}

func TestClockStopped(t *testing.T) {
	asked := calendar.Wait{Asked: day(t, "2026-03-03")}
	for _, tc := range []struct {
		name  string
		edit  func(*calendar.RightsCase)
		start string
		says  string
	}{
		{"identity awaited", func(c *calendar.RightsCase) { c.Identity = asked }, "", "Proof of identity was asked for"},
		{"authority awaited", func(c *calendar.RightsCase) { c.Authority = asked }, "", "Proof of authority"},
		{"fee awaited", func(c *calendar.RightsCase) { c.Fee = asked }, "", "The fee was asked for"},
		{"withdrawal waits for identity", func(c *calendar.RightsCase) {
			c.Right, c.Identity = calendar.Withdrawal, asked
		}, "", "The clock has not started"},
		{"question unanswered", func(c *calendar.RightsCase) {
			c.Pauses = []calendar.Pause{{Asked: day(t, "2026-03-09")}}
		}, "2026-03-02", "has no answer yet"},
		{"a later question unanswered", func(c *calendar.RightsCase) {
			c.Pauses = []calendar.Pause{
				{Asked: day(t, "2026-03-09")},
				{Asked: day(t, "2026-03-04"), Answered: day(t, "2026-03-20")},
			}
		}, "2026-03-02", "has no answer yet"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := access(t, "2026-03-02")
			tc.edit(&c)
			got, err := calendar.Builtin().RightsDue(c)
			if err != nil {
				t.Fatal(err)
			}
			if !got.Stopped || !got.Due.IsZero() || !got.LastLawful.IsZero() || !got.ExtensionNoticeBy.IsZero() {
				t.Errorf("not stopped: %+v", got)
			}
			if got.Start != day(t, tc.start) {
				t.Errorf("start %s, want %q", got.Start, tc.start)
			}
			if !strings.Contains(sentences(got.Steps), tc.says) {
				t.Errorf("no step says %q:\n%s", tc.says, sentences(got.Steps))
			}
		})
	}
}

func sentences(steps []calendar.Step) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteString(s.Rule + "\n")
	}
	return b.String()
}

func TestRightsDueRefuses(t *testing.T) {
	at := func(s string) calendar.Date { return day(t, s) }
	for _, tc := range []struct {
		field string
		edit  func(*calendar.RightsCase)
	}{
		{"right", func(c *calendar.RightsCase) { c.Right = "" }},
		{"right", func(c *calendar.RightsCase) { c.Right = "Access" }},
		{"nation", func(c *calendar.RightsCase) { c.Nation = "wales" }},
		{"received", func(c *calendar.RightsCase) { c.Received = calendar.Date{} }},
		{"identity.asked", func(c *calendar.RightsCase) { c.Identity.Asked = at("2026-03-01") }},
		{"identity.received", func(c *calendar.RightsCase) { c.Identity.Received = at("2026-03-01") }},
		{"authority.received", func(c *calendar.RightsCase) {
			c.Authority = calendar.Wait{Asked: at("2026-03-05"), Received: at("2026-03-04")}
		}},
		{"fee.received", func(c *calendar.RightsCase) { c.Fee.Received = at("2026-03-01") }},
		{"fee", func(c *calendar.RightsCase) { c.Right, c.Fee.Received = calendar.Withdrawal, at("2026-03-05") }},
		{"extended", func(c *calendar.RightsCase) { c.Right, c.Extended = calendar.Withdrawal, true }},
		{"pauses[0].asked", func(c *calendar.RightsCase) { c.Pauses = []calendar.Pause{{}} }},
		{"pauses[0].asked", func(c *calendar.RightsCase) {
			c.Pauses = []calendar.Pause{{Asked: at("2026-03-01"), Answered: at("2026-03-09")}}
		}},
		{"pauses[1].answered", func(c *calendar.RightsCase) {
			c.Pauses = []calendar.Pause{
				{Asked: at("2026-03-05"), Answered: at("2026-03-09")},
				{Asked: at("2026-03-12"), Answered: at("2026-03-11")},
			}
		}},
		{"pauses[1].asked", func(c *calendar.RightsCase) { // 2 + 7 April were the last days
			c.Pauses = []calendar.Pause{
				{Asked: at("2026-03-05"), Answered: at("2026-03-06")},
				{Asked: at("2026-04-10"), Answered: at("2026-04-20")},
			}
		}},
		{"pauses[0].asked", func(c *calendar.RightsCase) { c.Pauses = []calendar.Pause{{Asked: at("2026-04-10")}} }},
	} {
		c := access(t, "2026-03-02")
		tc.edit(&c)
		_, err := calendar.Builtin().RightsDue(c)
		var bad *calendar.FieldError
		if !errors.As(err, &bad) || bad.Field != tc.field {
			t.Errorf("%s: got %v", tc.field, err)
		}
	}
}

// TestOnlyAccessPauses goes through every other right, so that a new one has to decide.
func TestOnlyAccessPauses(t *testing.T) {
	for _, right := range calendar.Rights() {
		c := access(t, "2026-03-02")
		c.Right = right
		c.Pauses = []calendar.Pause{{Asked: day(t, "2026-03-09"), Answered: day(t, "2026-03-19")}}
		_, err := calendar.Builtin().RightsDue(c)
		var bad *calendar.FieldError
		if refused := errors.As(err, &bad) && bad.Field == "pauses"; refused == (right == calendar.Access) {
			t.Errorf("%s: %v", right, err)
		}
	}
}

func TestNationsByName(t *testing.T) {
	for _, want := range calendar.Nations() {
		if got, err := calendar.ParseNation(string(want)); err != nil || got != want || want.Name() == "" {
			t.Errorf("%s: %q, %v", want, got, err)
		}
	}
	if _, err := calendar.ParseNation("England"); err == nil || !strings.Contains(err.Error(), "england-and-wales") {
		t.Errorf("the error does not name the nations: %v", err)
	}
}

// TestDeadlineJSON freezes the names scripts rely on.
func TestDeadlineJSON(t *testing.T) {
	d, err := calendar.Builtin().RightsDue(access(t, "2025-09-03"))
	if err != nil {
		t.Fatal(err)
	}
	d.Steps = d.Steps[:1]
	got, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want := `{
 "start": "2025-09-03",
 "base": "2025-10-03",
 "paused_days": 0,
 "due": "2025-10-03",
 "last_lawful": "2025-10-03",
 "extension_notice_by": "2025-10-03",
 "steps": [
  {
   "date": "2025-09-03",
   "rule": "The request was received on Wednesday 3 September 2025. ` +
		`The day it reaches anyone in the organisation counts, whether or not it is a working day.",
   "source": "regulator's guidance on the right of access"
  }
 ],
 "rule_version": "uk-2026-1 holidays 2012-2028"
}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

// TestStepsTellTheStory freezes the sentences of a case that meets most of the rules.
func TestStepsTellTheStory(t *testing.T) {
	c := rightsVector{received: "2025-12-31", identity: "2026-01-31",
		pauses: [][2]string{{"2026-02-02", "2026-03-09"}}}.input(t)
	d, err := calendar.Builtin().RightsDue(c)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2025-12-31 The request was received on Wednesday 31 December 2025. The day it reaches anyone in the" +
			" organisation counts, whether or not it is a working day.",
		"2026-01-31 Proof of identity was received on Saturday 31 January 2026.",
		"2026-01-31 The clock starts on Saturday 31 January 2026, the day the last of what was needed arrived.",
		"2026-02-28 One month later there is no 31 February, so the last day of that month is taken: Saturday" +
			" 28 February 2026.",
		"2026-03-09 From Monday 2 February 2026 to Monday 9 March 2026 the clock stood, waiting for an answer about" +
			" what the request covers: 35 days not counted.",
		"2026-04-04 Adding 35 days to Saturday 28 February 2026 gives Saturday 4 April 2026.",
		"2026-04-04 Saturday 4 April 2026 is a weekend day, so the date moves to the next day.",
		"2026-04-05 Sunday 5 April 2026 is a weekend day, so the date moves to the next day.",
		"2026-04-06 Monday 6 April 2026 is a bank holiday in England and Wales (Easter Monday), so the date moves to" +
			" the next day.",
		"2026-04-07 The reply is due by the end of Tuesday 7 April 2026.",
		"2026-04-04 If two more months are needed, tell the person, with the reasons, by Saturday 4 April 2026. This" +
			" date does not move off a weekend or bank holiday.",
	}
	var got []string
	for _, s := range d.Steps {
		got = append(got, s.Date.String()+" "+s.Rule)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

// TestCitationsFollowTheLawInForce keeps Art 12A away from requests older than it.
func TestCitationsFollowTheLawInForce(t *testing.T) {
	for received, cites := range map[string]bool{"2026-02-04": false, "2026-02-05": true} {
		d, err := calendar.Builtin().RightsDue(access(t, received))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, s := range d.Steps {
			found = found || strings.HasPrefix(s.Source, "UK GDPR Art 12A")
		}
		if found != cites {
			t.Errorf("received %s: Art 12A cited %v, want %v", received, found, cites)
		}
	}
}
