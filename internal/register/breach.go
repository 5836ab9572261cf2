package register

import (
	"cmp"
	"fmt"
	"time"

	"custos/internal/calendar"
)

// BreachPrefix is the kind letter of a breach's id.
const BreachPrefix = 'W'

// BreachRisk is how much a breach endangers people.
type BreachRisk string

// The risks, from UK GDPR Art 33(1) and 34(1). The empty one is not judged yet.
const (
	NoRisk   BreachRisk = "none" // a risk to people is unlikely: it need not be reported
	SomeRisk BreachRisk = "risk"
	HighRisk BreachRisk = "high" // the people themselves are told too
)

// BreachRisks returns every risk.
func BreachRisks() []BreachRisk { return []BreachRisk{NoRisk, SomeRisk, HighRisk} }

// Breach is a personal data breach with what was done about it (UK GDPR Art 33(5): all of them are on record, those
// that need not be reported too). Instants are UTC.
type Breach struct {
	ID       ID        `json:"id"`
	Aware    time.Time `json:"aware"` // when the office became aware of it: the 72 hours begin
	What     string    `json:"what"`
	Data     string    `json:"data,omitempty"`     // kinds of data
	People   int       `json:"people,omitempty"`   // affected, about
	Effects  string    `json:"effects,omitempty"`  // likely consequences
	Measures string    `json:"measures,omitempty"` // taken or proposed

	Risk        BreachRisk `json:"risk,omitempty"`
	Reported    time.Time  `json:"reported,omitzero"`      // to the regulator
	Reference   string     `json:"reference,omitempty"`    // the regulator's
	LateBecause string     `json:"late_because,omitempty"` // Art 33(1): a late report comes with the reasons
	NotReported string     `json:"not_reported,omitempty"` // why not
	Told        time.Time  `json:"told,omitzero"`          // the people
	NotTold     string     `json:"not_told,omitempty"`     // why not

	Recorded time.Time     `json:"recorded"`
	By       string        `json:"by"`
	JudgedBy string        `json:"judged_by,omitempty"`
	Closed   calendar.Date `json:"closed,omitzero"`
	ClosedBy string        `json:"closed_by,omitempty"`
	Revision uint64        `json:"revision"`
}

// BreachState says what is to be done next about a breach, in words.
type BreachState string

// The states, in the order they are gone through.
const (
	BreachToJudge  BreachState = "to be judged"
	BreachToReport BreachState = "to be reported"
	BreachToTell   BreachState = "people to be told"
	BreachToClose  BreachState = "to be closed"
	BreachClosed   BreachState = "closed"
)

// State returns what is to be done next.
func (b *Breach) State() BreachState {
	switch {
	case !b.Closed.IsZero():
		return BreachClosed
	case b.Risk == "":
		return BreachToJudge
	case b.Reported.IsZero() && b.NotReported == "":
		return BreachToReport
	case b.Risk == HighRisk && b.Told.IsZero() && b.NotTold == "":
		return BreachToTell
	}
	return BreachToClose
}

// Due is the instant by which the breach is to be reported, UTC: 72 elapsed hours after the office became aware of it.
func (b *Breach) Due() time.Time {
	clock, err := calendar.BreachDue(b.Aware)
	if err != nil {
		return time.Time{}
	}
	return clock.Due.UTC()
}

// ReportedLate reports whether the regulator heard of it after the 72 hours.
func (b *Breach) ReportedLate() bool { return !b.Reported.IsZero() && b.Reported.After(b.Due()) }

// BreachRow is a breach as it stands at an instant.
type BreachRow struct {
	Breach
	Due       time.Time   `json:"due"`
	State     BreachState `json:"state"`
	HoursLeft int         `json:"hours_left"` // until Due, rounded down; below zero: over; 0 once nothing is awaited
	Pressure  Pressure    `json:"pressure"`
	Words     string      `json:"words"` // how it stands
}

// breachSoon is how long before the end of the 72 hours a breach starts to press: from the beginning of the last two days.
const breachSoon = 48 * time.Hour

// At returns the breach as it stands at an instant.
func (b *Breach) At(now time.Time) BreachRow {
	row := BreachRow{Breach: *b, Due: b.Due(), State: b.State()}
	left := row.Due.Sub(now)
	switch row.State {
	case BreachToJudge, BreachToReport:
		row.HoursLeft = floorHours(left)
		row.Pressure = Calm
		if left < 0 {
			row.Pressure = Late
		} else if left <= breachSoon {
			row.Pressure = Soon
		}
	case BreachToTell, BreachToClose:
		row.Pressure = Unset
	case BreachClosed:
		row.Pressure = Settled
	}
	row.Words = b.words(&row)
	return row
}

func floorHours(d time.Duration) int {
	h := int(d / time.Hour)
	if d < 0 && d%time.Hour != 0 {
		h--
	}
	return h
}

// words says how a breach stands.
func (b *Breach) words(row *BreachRow) string {
	reported := "not reported"
	switch {
	case b.ReportedLate():
		reported = "reported late"
	case !b.Reported.IsZero():
		reported = "reported in time"
	}
	switch row.State {
	case BreachToJudge, BreachToReport:
		return string(row.State) + ", " + hoursLeft(row.HoursLeft)
	case BreachToTell, BreachToClose, BreachClosed:
	}
	return string(row.State) + ", " + reported
}

func hoursLeft(left int) string {
	switch {
	case left < -1:
		return "OVERDUE by " + Count(-left) + " hours"
	case left < 0:
		return "OVERDUE"
	case left == 0:
		return "less than an hour left"
	case left == 1:
		return "1 hour left"
	}
	return fmt.Sprintf("%d hours left", left)
}

// CompareBreaches puts first what presses most: what is to be reported by when it is due, then what else is open, then
// what is closed, the newest first.
func CompareBreaches(a, b *BreachRow) int {
	rank := func(r *BreachRow) int {
		switch r.State {
		case BreachToJudge, BreachToReport:
			return 0
		case BreachToTell:
			return 1
		case BreachToClose:
			return 2
		case BreachClosed:
		}
		return 3
	}
	order := a.Aware.Compare(b.Aware)
	if rank(a) == 3 {
		order = -order
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), order, cmp.Compare(a.ID, b.ID))
}
