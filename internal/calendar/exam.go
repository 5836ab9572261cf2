package calendar

const (
	examMonths = 5
	examDays   = 40
	examLaw    = "DPA 2018 Sch 2 para 25"
)

// ExamResults returns the last day to answer a request for exam marks that came before
// the results were announced: five months after the request or forty days after the
// announcement, whichever is sooner (DPA 2018 Sch 2 para 25). It does not move off a
// weekend. While the results are not announced, announced is zero and the five months
// stand. A request made on or after the day of the announcement has no longer time and
// is refused: count it as an access request. Errors: *FieldError.
func ExamResults(received, announced Date) (Reckoning, error) {
	switch {
	case received.IsZero():
		return Reckoning{}, refuse("received", "the day of receipt is missing")
	case !announced.IsZero() && !announced.After(received):
		return Reckoning{}, refuse("announced", "the results were announced on %s and the request came on %s: only a"+
			" request made before the results has longer, so count it as an access request", announced, received)
	}
	due := received.AddMonths(examMonths)
	if due.IsZero() {
		return Reckoning{}, refuse("received", "%s is too far in the future", received)
	}
	t := &trail{}
	t.add(received, examLaw, "The request was received on %s, before the results were announced.", received.spoken())
	t.add(due, examLaw, "Five months after the request is %s.", due.spoken())
	if announced.IsZero() {
		t.add(Date{}, examLaw, "The results are not announced yet. Once they are, forty days from that day may end sooner.")
	} else if forty := announced.AddDays(examDays); !forty.IsZero() {
		t.add(forty, examLaw, "Forty days after the results were announced on %s is %s.", announced.spoken(), forty.spoken())
		due = earlier(due, forty)
	}
	t.add(due, examLaw, "The sooner counts: answer by the end of %s. This date does not move off a weekend or bank"+
		" holiday.", due.spoken())
	return Reckoning{Due: due, Steps: t.steps, RuleVersion: ruleSet}, nil
}
