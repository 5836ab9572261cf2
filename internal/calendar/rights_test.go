package calendar_test

import (
	"testing"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
)

// rightsVector is one case the clock was agreed on, frozen: an access request in England
// and Wales unless it says otherwise. Wanted last equals due unless given.
type rightsVector struct {
	name     string
	right    calendar.Right
	nation   calendar.Nation
	received string
	identity string
	proof    string
	fee      string
	pauses   [][2]string
	extended bool

	start, base, due, last, notice string
	paused                         int
}

func (v rightsVector) input(t testing.TB) calendar.RightsCase {
	c := calendar.RightsCase{
		Right:     calendar.Access,
		Nation:    calendar.EnglandAndWales,
		Received:  day(t, v.received),
		Identity:  calendar.Wait{Received: day(t, v.identity)},
		Authority: calendar.Wait{Received: day(t, v.proof)},
		Fee:       calendar.Wait{Received: day(t, v.fee)},
		Extended:  v.extended,
	}
	if v.right != "" {
		c.Right = v.right
	}
	if v.nation != "" {
		c.Nation = v.nation
	}
	for _, p := range v.pauses {
		c.Pauses = append(c.Pauses, calendar.Pause{Asked: day(t, p[0]), Answered: day(t, p[1])})
	}
	return c
}

var frozen = []rightsVector{
	{name: "same day of the next month", received: "2025-09-03", start: "2025-09-03", base: "2025-10-03",
		due: "2025-10-03", notice: "2025-10-03"},
	{name: "Christmas and Boxing Day", received: "2024-11-25", start: "2024-11-25", base: "2024-12-25",
		due: "2024-12-27", notice: "2024-12-25"},
	{name: "31 January in a leap year", received: "2024-01-31", start: "2024-01-31", base: "2024-02-29",
		due: "2024-02-29", notice: "2024-02-29"},
	{name: "31 January in the next leap year", received: "2028-01-31", start: "2028-01-31", base: "2028-02-29",
		due: "2028-02-29", notice: "2028-02-29"},
	{name: "30 January, common year", received: "2026-01-30", start: "2026-01-30", base: "2026-02-28",
		due: "2026-03-02", notice: "2026-02-28"},
	{name: "31 January, common year", received: "2026-01-31", start: "2026-01-31", base: "2026-02-28",
		due: "2026-03-02", notice: "2026-02-28"},
	{name: "31 March", received: "2026-03-31", start: "2026-03-31", base: "2026-04-30",
		due: "2026-04-30", notice: "2026-04-30"},
	{name: "received on a bank holiday", received: "2026-01-01", start: "2026-01-01", base: "2026-02-01",
		due: "2026-02-02", notice: "2026-02-01"},
	{name: "received on a Saturday", received: "2026-05-16", start: "2026-05-16", base: "2026-06-16",
		due: "2026-06-16", notice: "2026-06-16"},
	{name: "two substitute days", received: "2027-11-27", start: "2027-11-27", base: "2027-12-27",
		due: "2027-12-29", notice: "2027-12-27"},
	{name: "Easter", received: "2026-03-03", start: "2026-03-03", base: "2026-04-03",
		due: "2026-04-07", notice: "2026-04-03"},
	{name: "Easter in Scotland", nation: calendar.Scotland, received: "2026-03-03", start: "2026-03-03",
		base: "2026-04-03", due: "2026-04-06", notice: "2026-04-03"},
	{name: "summer bank holiday", received: "2026-07-31", start: "2026-07-31", base: "2026-08-31",
		due: "2026-09-01", notice: "2026-08-31"},
	{name: "identity moves the start", received: "2026-06-01", identity: "2026-06-12", start: "2026-06-12",
		base: "2026-07-12", due: "2026-07-13", notice: "2026-07-12"},
	{name: "three months from the start", received: "2026-01-31", extended: true, start: "2026-01-31",
		base: "2026-04-30", due: "2026-04-30", notice: "2026-02-28"},
	{name: "a question answered", received: "2026-03-02", pauses: [][2]string{{"2026-03-09", "2026-03-19"}},
		start: "2026-03-02", base: "2026-04-02", paused: 10, due: "2026-04-13", notice: "2026-04-12"},
	{name: "a question answered, extended", received: "2026-03-02", extended: true,
		pauses: [][2]string{{"2026-03-09", "2026-03-19"}}, start: "2026-03-02", base: "2026-06-02", paused: 10,
		due: "2026-06-12", last: "2026-06-15", notice: "2026-04-12"},

	// Beyond the agreed table.
	{name: "the last of three to arrive starts the clock", received: "2026-06-01", identity: "2026-06-03",
		proof: "2026-06-10", fee: "2026-06-08", start: "2026-06-10", base: "2026-07-10", due: "2026-07-10",
		notice: "2026-07-10"},
	{name: "identity holds other rights too", right: calendar.Erasure, received: "2026-06-01",
		identity: "2026-06-12", start: "2026-06-12", base: "2026-07-12", due: "2026-07-13", notice: "2026-07-12"},
	{name: "St Patrick's Day in Northern Ireland", nation: calendar.NorthernIreland, received: "2026-02-17",
		start: "2026-02-17", base: "2026-03-17", due: "2026-03-18", notice: "2026-03-17"},
	{name: "a holiday proclaimed for Scotland alone", nation: calendar.Scotland, received: "2026-05-15",
		start: "2026-05-15", base: "2026-06-15", due: "2026-06-16", notice: "2026-06-15"},
	{name: "overlapping questions count once", received: "2026-03-02",
		pauses: [][2]string{{"2026-03-15", "2026-03-25"}, {"2026-03-09", "2026-03-19"}},
		start:  "2026-03-02", base: "2026-04-02", paused: 16, due: "2026-04-20", notice: "2026-04-18"},
	{name: "questions that touch share no day", received: "2026-03-02",
		pauses: [][2]string{{"2026-03-09", "2026-03-12"}, {"2026-03-12", "2026-03-16"}},
		start:  "2026-03-02", base: "2026-04-02", paused: 7, due: "2026-04-09", last: "2026-04-10",
		notice: "2026-04-09"},
	{name: "one day in dispute for each of two questions", received: "2026-06-01",
		pauses: [][2]string{{"2026-06-03", "2026-06-04"}, {"2026-06-08", "2026-06-09"}},
		start:  "2026-06-01", base: "2026-07-01", paused: 2, due: "2026-07-03", last: "2026-07-06",
		notice: "2026-07-03"},
	{name: "a question before the start stops nothing", received: "2026-06-01", identity: "2026-06-12",
		pauses: [][2]string{{"2026-06-02", "2026-06-05"}}, start: "2026-06-12", base: "2026-07-12",
		due: "2026-07-13", notice: "2026-07-12"},
	{name: "only the part after the start counts", received: "2026-06-01", identity: "2026-06-12",
		pauses: [][2]string{{"2026-06-02", "2026-06-15"}}, start: "2026-06-12", base: "2026-07-12", paused: 3,
		due: "2026-07-15", last: "2026-07-16", notice: "2026-07-15"},
	{name: "pause days are added before the weekend moves the date", received: "2026-01-01",
		pauses: [][2]string{{"2026-01-05", "2026-01-06"}}, start: "2026-01-01", base: "2026-02-01", paused: 1,
		due: "2026-02-02", last: "2026-02-03", notice: "2026-02-02"},
	{name: "a question after the notice date leaves that date", received: "2026-03-02", extended: true,
		pauses: [][2]string{{"2026-04-09", "2026-04-19"}}, start: "2026-03-02", base: "2026-06-02", paused: 10,
		due: "2026-06-12", last: "2026-06-15", notice: "2026-04-02"},
	{name: "answered the same day", received: "2026-06-01", pauses: [][2]string{{"2026-06-03", "2026-06-03"}},
		start: "2026-06-01", base: "2026-07-01", due: "2026-07-01", last: "2026-07-02", notice: "2026-07-01"},
	{name: "consent withdrawn on a Sunday", right: calendar.Withdrawal, received: "2026-06-07",
		start: "2026-06-07", base: "2026-06-07", due: "2026-06-07"},
}

func TestRightsDue(t *testing.T) {
	h := calendar.Builtin()
	for _, v := range frozen {
		t.Run(v.name, func(t *testing.T) {
			got, err := h.RightsDue(v.input(t))
			if err != nil {
				t.Fatal(err)
			}
			if v.last == "" {
				v.last = v.due
			}
			want := calendar.Deadline{
				Start: day(t, v.start), Base: day(t, v.base), PausedDays: v.paused, Due: day(t, v.due),
				LastLawful: day(t, v.last), ExtensionNoticeBy: day(t, v.notice),
				Steps: got.Steps, RuleVersion: h.RuleVersion(),
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("deadline (-want +got):\n%s", diff)
			}
			for _, s := range got.Steps {
				if s.Rule == "" || s.Source == "" {
					t.Errorf("a step without a rule or a source: %+v", s)
				}
			}
		})
	}
}

// TestLastDaysOfJanuary holds the four days that all fall due together.
func TestLastDaysOfJanuary(t *testing.T) {
	for _, received := range []string{"2026-01-28", "2026-01-29", "2026-01-30", "2026-01-31"} {
		got, err := calendar.Builtin().RightsDue(rightsVector{received: received}.input(t))
		if err != nil || got.Due != day(t, "2026-03-02") {
			t.Errorf("%s is due %s, %v", received, got.Due, err)
		}
	}
}
