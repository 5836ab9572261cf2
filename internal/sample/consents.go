package sample

import (
	"fmt"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// story is what happened about one question, in order.
type story []register.ConsentAct

// stories are what may happen about a question people may say no to, and how
// often it does.
var stories = []struct {
	share int
	acts  story
}{
	{46, story{register.Given}},
	{14, story{register.RefusedIt}},
	{8, story{register.Asked}},
	{18, story{register.Given, register.Withdrawn}},
	{5, story{register.Given, register.Renewed}},
	{4, story{register.Given, register.Expired}},
	{5, story{register.Asked, register.Given}},
}

// questions returns the lines of a person's page that rest on consent, special
// category data apart: that is asked about when a course is booked.
func questions(lines []register.ConsentLine, p *register.Profile) []register.ConsentLine {
	var open []register.ConsentLine
	for _, l := range lines {
		if x, ok := p.Purpose(l.Purpose); ok && x.Article9 == "" && l.Basis == register.Consent {
			open = append(open, l)
		}
	}
	return open
}

// asked chooses the one or two questions a person was asked.
func (d dice) asked(lines []register.ConsentLine, p *register.Profile) []register.ConsentLine {
	open := questions(lines, p)
	d.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	most := 1
	if d.chance(25) {
		most = 2
	}
	return open[:min(most, len(open))]
}

// tell makes up how one question went over the last year, each act on a day
// of its own before today.
func (d dice) tell(who register.ID, l register.ConsentLine, today calendar.Date) []register.ConsentInput {
	acts := stories[d.weighted(func(i int) int { return stories[i].share }, len(stories))].acts
	first := today.AddDays(-d.between(30, 360))
	var told []register.ConsentInput
	for i, act := range acts {
		on := first
		if i > 0 {
			on = first.AddDays(d.between(5, first.DaysUntil(today)-1))
		}
		told = append(told, d.consent(who, l, act, on))
	}
	return told
}

// consent is one act at an hour of a working day, with where its proof lies.
func (d dice) consent(who register.ID, l register.ConsentLine, act register.ConsentAct, on calendar.Date) register.ConsentInput {
	at := time.Date(on.Year(), on.Month(), on.Day(), d.between(8, 17), d.IntN(60), 0, 0, calendar.London())
	in := register.ConsentInput{
		Delegate: who, Purpose: l.Purpose, Channel: l.Channel, Brand: l.Brand, Act: act, At: at.UTC(),
	}
	in.Method, in.Evidence = d.evidence(on, at)
	if act == register.Given && in.Method == "paper" && d.chance(20) {
		in.GivenBy, in.Authority = "the organisation's lead administrator", "written authority on the same form"
	}
	return in
}

func (d dice) evidence(on calendar.Date, at time.Time) (method, where string) {
	switch n := d.IntN(100); {
	case n < 50:
		return "web", fmt.Sprintf("web form, entry %d", d.between(10000, 99999))
	case n < 75:
		return "paper", fmt.Sprintf("scan %d-%04d in the consent folder", on.Year(), d.between(1, 9999))
	case n < 90:
		return "spoken", "call note of " + on.Long() + ", " + at.Format("15:04")
	}
	return "email", fmt.Sprintf("message %d in the enquiries mailbox", d.between(100000, 999999))
}
