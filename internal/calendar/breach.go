package calendar

import "time"

const (
	breachTime = 72 * time.Hour
	breachLaw  = "UK GDPR Art 33(1)"
	instant    = "Monday 2 January 2006 at 15:04 MST"
)

// BreachClock is the result of BreachDue. In JSON {"due","steps","rule_version"}.
type BreachClock struct {
	Due         time.Time `json:"due"` // in Europe/London
	Steps       []Step    `json:"steps"`
	RuleVersion string    `json:"rule_version"`
}

// BreachDue returns the instant, in Europe/London, by which a personal data breach that
// puts people at risk has to be reported: 72 elapsed hours after the organisation became
// aware of it (UK GDPR Art 33(1)). Weekends, holidays and a change of the clocks make no
// difference. Errors: *FieldError for a missing time.
func BreachDue(aware time.Time) (BreachClock, error) {
	known := LondonDate(aware)
	due := aware.Add(breachTime).In(London())
	if known.IsZero() || LondonDate(due).IsZero() {
		return BreachClock{}, refuse("aware", "the time the organisation became aware of the breach is missing")
	}
	aware = aware.In(London())
	t := &trail{}
	t.add(known, breachLaw, "The organisation became aware of the breach on %s.", aware.Format(instant))
	_, before := aware.Zone()
	if _, after := due.Zone(); after != before {
		t.add(LondonDate(due), breachLaw, "The clocks change in between; the law counts the hours"+
			" that pass, not those the clock shows.")
	}
	t.add(LondonDate(due), breachLaw, "72 hours later is %s. Report by then unless a risk to people is unlikely."+
		" Weekends and bank holidays count like any other day.", due.Format(instant))
	return BreachClock{Due: due, Steps: t.steps, RuleVersion: ruleSet}, nil
}
