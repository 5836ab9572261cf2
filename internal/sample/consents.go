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
// often it does. A yes with an end in days from today has run out, or soon will.
var stories = []struct {
	share    int
	acts     story
	from, to int // when it ends, 0: as the purpose says
}{
	{share: 40, acts: story{register.Given}},
	{share: 14, acts: story{register.RefusedIt}},
	{share: 8, acts: story{register.Asked}},
	{share: 16, acts: story{register.Given, register.Withdrawn}},
	{share: 5, acts: story{register.Given, register.Renewed}},
	{share: 3, acts: story{register.Given, register.Expired}},
	{share: 5, acts: story{register.Asked, register.Given}},
	{share: 6, acts: story{register.Given}, from: 3, to: 55},
	{share: 3, acts: story{register.Given}, from: -20, to: -1},
}

// interview is one person and what they were asked and said.
type interview struct {
	dice
	settings *register.Settings
	today    calendar.Date
	who      register.ID
	age      register.Competence
}

func interviewOf(d dice, s *register.Settings, today calendar.Date, who *register.Delegate) interview {
	return interview{d, s, today, who.ID, s.CompetenceOf(who.Born())}
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

// asked chooses the questions a person was asked: a form asks a few at once.
func (d dice) asked(lines []register.ConsentLine, p *register.Profile) []register.ConsentLine {
	open := questions(lines, p)
	d.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	return open[:min(oneOf(d, []int{1, 1, 2, 2, 3, 4}), len(open))]
}

// tell makes up how one question went over the last year, each act on a day
// of its own before today.
func (i interview) tell(l register.ConsentLine) []register.ConsentInput {
	s := stories[i.weighted(func(n int) int { return stories[n].share }, len(stories))]
	first := i.today.AddDays(-i.between(30, 360))
	var told []register.ConsentInput
	for n, act := range s.acts {
		on := first
		if n > 0 {
			on = first.AddDays(i.between(5, first.DaysUntil(i.today)-1))
		}
		in := i.says(l, act, on)
		if act.Yes() && s.from != 0 {
			in.Expires = i.today.AddDays(i.between(s.from, s.to))
		}
		told = append(told, in)
	}
	return told
}

// says is one act at an hour of a working day, with where its proof lies. What
// was said before the wording was written comes from the list kept until then.
func (i interview) says(l register.ConsentLine, act register.ConsentAct, on calendar.Date) register.ConsentInput {
	at := time.Date(on.Year(), on.Month(), on.Day(), i.between(8, 17), i.IntN(60), 0, 0, calendar.London())
	in := register.ConsentInput{
		Delegate: i.who, Purpose: l.Purpose, Channel: l.Channel, Brand: l.Brand, Act: act, At: at.UTC(),
	}
	in.Method, in.Evidence = i.evidence(on, at)
	x, _ := i.settings.Profile.Purpose(l.Purpose)
	if _, shown := i.settings.Profile.Notice(x.Notice, on); !shown {
		in.Method, in.Evidence = "imported", fmt.Sprintf("line %d of the list kept before", i.between(2, 900))
	}
	switch {
	case !act.Yes():
	case on.Before(i.age.Own):
		in.GivenBy, in.Authority = "a parent, named on the form", "parent"
	case in.Method == "paper" && i.chance(10):
		in.GivenBy, in.Authority = "a friend, named on the form", "the person's written authority"
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
