package register

import (
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
)

// BreachInput is what a form or a command gives to record a breach or to put its facts right. All of them are given.
type BreachInput struct {
	Aware    time.Time // instant
	What     string
	Data     string
	People   int
	Effects  string
	Measures string
	Revision uint64 // of the record the form was filled from; 0: whatever is held
}

// BreachDecision is what is decided about a breach. What it leaves empty stays as it is.
type BreachDecision struct {
	Risk        BreachRisk
	Reported    time.Time // instant
	Reference   string
	LateBecause string
	NotReported string
	Told        time.Time // instant
	NotTold     string
	Close       bool
	Revision    uint64
}

// Fill takes the facts. Errors: Invalid naming the field, Refused for a closed one, Conflict where another changed it.
func (b *Breach) Fill(in BreachInput, now time.Time) error {
	if err := b.open(in.Revision); err != nil {
		return err
	}
	in.What = strings.TrimSpace(in.What)
	switch {
	case in.Aware.IsZero():
		return Errorf(Invalid, "aware", "say when the office became aware of it: day and time")
	case in.Aware.After(now):
		return Errorf(Invalid, "aware", "that time has not come yet")
	case in.What == "":
		return Errorf(Invalid, "what", "say what happened")
	case in.People < 0:
		return Errorf(Invalid, "people", "a number of people is 0 or more")
	}
	next := *b
	next.Aware, next.What, next.People = in.Aware.UTC(), in.What, in.People
	next.Data, next.Effects = strings.TrimSpace(in.Data), strings.TrimSpace(in.Effects)
	next.Measures = strings.TrimSpace(in.Measures)
	if err := next.stands(now); err != nil {
		return err
	}
	next.Revision++
	*b = next
	return nil
}

// Decide takes a decision. Errors: Invalid naming the field, Refused for what the law or the order of steps does not
// allow, Conflict where another changed the breach.
func (b *Breach) Decide(in BreachDecision, now time.Time) error {
	if err := b.open(in.Revision); err != nil {
		return err
	}
	next := *b
	if in.Risk != "" {
		next.Risk = in.Risk
	}
	if !in.Reported.IsZero() || next.Risk != NoRisk {
		next.NotReported = "" // what spoke against it no longer does
	}
	if !in.Told.IsZero() {
		next.NotTold = ""
	}
	over(&next.Reference, in.Reference)
	over(&next.LateBecause, in.LateBecause)
	over(&next.NotReported, in.NotReported)
	over(&next.NotTold, in.NotTold)
	if !in.Reported.IsZero() {
		next.Reported = in.Reported.UTC()
	}
	if !in.Told.IsZero() {
		next.Told = in.Told.UTC()
	}
	if err := next.stands(now); err != nil {
		return err
	}
	if in.Close {
		if s := next.State(); s != BreachToClose {
			return Errorf(Refused, "close", "it is not done with: %s", s)
		}
		next.Closed = calendar.LondonDate(now)
	}
	next.Revision++
	*b = next
	return nil
}

func over(held *string, given string) {
	if given = strings.TrimSpace(given); given != "" {
		*held = given
	}
}

func (b *Breach) open(revision uint64) error {
	switch {
	case !b.Closed.IsZero():
		return Errorf(Refused, "", "%s is closed", b.ID)
	case revision != 0 && revision != b.Revision:
		return Errorf(Conflict, "", "%s was changed while you were typing; look again", b.ID)
	}
	return nil
}

// stands refuses decisions that contradict each other or the law.
func (b *Breach) stands(now time.Time) error {
	if b.Risk != "" && !slices.Contains(BreachRisks(), b.Risk) {
		return Errorf(Invalid, "risk", "a risk is one of %v", BreachRisks())
	}
	if err := happened("reported", b.Reported, b.Aware, now); err != nil {
		return err
	}
	if err := happened("told", b.Told, b.Aware, now); err != nil {
		return err
	}
	switch {
	case b.Risk == "":
		if b.NotReported != "" || b.NotTold != "" {
			return Errorf(Invalid, "risk", "judge the risk first")
		}
	case !b.Reported.IsZero() && b.NotReported != "":
		return Errorf(Invalid, "not_reported", "it was reported: there is no reason to give why not")
	case b.Risk == NoRisk && b.Reported.IsZero() && b.NotReported == "":
		return Errorf(Invalid, "not_reported", "say why a risk to people is unlikely (UK GDPR Art 33(5))")
	case b.NotReported != "" && b.Risk != NoRisk:
		return Errorf(Refused, "not_reported", "where there is a risk to people it must be reported (UK GDPR Art 33(1))")
	case !b.Told.IsZero() && b.NotTold != "":
		return Errorf(Invalid, "not_told", "the people were told: there is no reason to give why not")
	}
	if b.ReportedLate() && b.LateBecause == "" {
		return Errorf(Invalid, "late_because", "it was reported after the 72 hours: give the reasons (UK GDPR Art 33(1))")
	}
	return nil
}

func happened(field string, at, aware, now time.Time) error {
	switch {
	case at.IsZero():
	case at.After(now):
		return Errorf(Invalid, field, "that time has not come yet")
	case at.Before(aware):
		return Errorf(Invalid, field, "that is before the office became aware of it")
	}
	return nil
}
