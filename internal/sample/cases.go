package sample

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

// script is a case and everything that has happened to it up to today.
type script struct {
	right     calendar.Right
	received  calendar.Date
	how       string
	name      string // who asks, where nobody held is matched
	requester string
	identity  bool // asked for on receipt
	authority bool
	note      string
	steps     []step
	state     register.RequestState // where it stands today, in an office with one person who may approve
	pressure  register.Pressure
}

// step is one thing that happened to a case.
type step struct {
	kind    register.RequestEventKind
	on      calendar.Date
	text    string
	outcome register.Outcome
}

// cases returns the cases of a year, oldest first: one in every state a case
// can be in today, and so many more that are closed. Rights the profile does
// not offer are left out; complaints and enquiries come to every office.
func cases(d dice, closed int, p *register.Profile, today calendar.Date) []script {
	at := diary{today}
	all := slices.Concat(at.pressing(), at.waiting(), at.settled())
	rights := offered(p)
	for i := range closed {
		right := rights[i%len(rights)]
		all = append(all, at.past(d, right, 70+(280*i)/max(1, closed)))
	}
	all = slices.DeleteFunc(all, func(s script) bool { return !slices.Contains(rights, s.right) })
	all = append(all, at.beside()...)
	slices.SortStableFunc(all, func(a, b script) int { return a.received.Compare(b.received) })
	return all
}

// offered returns the rights of a profile in the order of the articles.
func offered(p *register.Profile) []calendar.Right {
	rights := calendar.Rights()
	if len(p.Rights) == 0 {
		return rights
	}
	return slices.DeleteFunc(rights, func(r calendar.Right) bool {
		return !slices.ContainsFunc(p.Rights, func(o register.RightOffer) bool { return o.Right == r })
	})
}

// diary tells days by how long ago they were.
type diary struct{ today calendar.Date }

// ago is the working day so many days back: never after today, and never out
// of order.
func (t diary) ago(days int) calendar.Date {
	return earlier(workday(t.today.AddDays(-days)), t.today)
}

// month is a working day near the one a month before, so many days later.
func (t diary) month(days int) calendar.Date { return t.today.AddMonths(-1).AddDays(days) }

// pressing are the cases whose clock runs.
func (t diary) pressing() []script {
	return []script{
		{
			right: calendar.Access, received: t.month(-9), how: "email", identity: true,
			note:  "The mailbox was not looked at over the half-term holiday.",
			steps: []step{{kind: register.IdentitySeen, on: t.month(-9), text: "copy of a driving licence, seen and not kept"}},
			state: register.InProgress, pressure: register.Late,
		},
		{
			right: calendar.Access, received: t.month(1), how: "letter",
			state: register.InProgress, pressure: register.Soon,
		},
		{
			right: calendar.Access, received: t.ago(46), how: "form",
			steps: []step{{
				kind: register.Extended, on: t.ago(27),
				text: "Correspondence of eleven years in two archives has to be read.",
			}},
			state: register.InProgress, pressure: register.Calm,
		},
		{
			right: calendar.Rectification, received: t.ago(9), how: "spoken", note: "Says the name on the certificate is misspelt.",
			state: register.InProgress, pressure: register.Calm,
		},
		{
			right: calendar.Erasure, received: t.ago(6), how: "email",
			note:  "Asks to have everything deleted; has left the profession.",
			state: register.InProgress, pressure: register.Calm,
		},
		{
			right: calendar.Objection, received: t.ago(2), how: "social",
			state: register.InProgress, pressure: register.Calm,
		},
		{
			right: calendar.Access, received: t.ago(19), how: "email", identity: true,
			steps: []step{
				{kind: register.IdentitySeen, on: t.ago(15), text: "answered from the address held"},
				{kind: register.Decided, on: t.ago(1), outcome: register.Partly,
					text: "Everything held, except a reference given in confidence (DPA 2018 Sch 2 para 24)."},
			},
			state: register.ReadyToReply, pressure: register.Calm,
		},
	}
}

// waiting are the cases whose clock stands.
func (t diary) waiting() []script {
	return []script{
		{
			right: calendar.Access, received: t.ago(17), how: "letter",
			steps: []step{{
				kind: register.ClarifyAsked, on: t.ago(11),
				text: "Asks for “all records since 1998”: which courses or years are meant?",
			}},
			state: register.ClockStopped, pressure: register.Stopped,
		},
		{
			right: calendar.Access, received: t.ago(8), how: "email", name: "Somebody who attended in 2019", identity: true,
			state: register.WaitingIdentity, pressure: register.Stopped,
		},
		{
			right: calendar.Erasure, received: t.ago(7), how: "letter", requester: "A firm of solicitors", authority: true,
			state: register.WaitingAuthority, pressure: register.Stopped,
		},
		{
			right: calendar.Access, received: t.ago(13), how: "email",
			note: "The third request for the same copy this year.",
			steps: []step{{
				kind: register.FeeAsked, on: t.ago(10), text: "A reasonable fee for a further copy (UK GDPR Art 12(5)).",
			}},
			state: register.WaitingFee, pressure: register.Stopped,
		},
	}
}

// settled are cases of the last weeks that are answered.
func (t diary) settled() []script {
	const done = register.Settled
	return []script{
		{
			right: calendar.Portability, received: t.ago(25), how: "form",
			steps: []step{
				{kind: register.Decided, on: t.ago(7), outcome: register.Fulfil, text: "What was given by consent, as a file."},
				{kind: register.Replied, on: t.ago(3)},
			},
			state: register.RepliedTo, pressure: done,
		},
		{
			right: calendar.Withdrawal, received: t.ago(33), how: "spoken",
			steps: answered(t.ago(33), t.ago(33), register.Fulfil, "Withdrawn at once, on every channel."),
			state: register.ClosedCase, pressure: done,
		},
		{
			right: calendar.Erasure, received: t.ago(58), how: "email",
			steps: answered(t.ago(40), t.ago(39), register.Refuse,
				"The accounts the record belongs to must be kept for six years (UK GDPR Art 17(3)(b))."),
			state: register.ClosedCase, pressure: done,
		},
		{
			right: calendar.Access, received: t.ago(82), how: "social",
			steps: []step{
				{kind: register.ClarifyAsked, on: t.ago(79), text: "Which of the two accounts is meant?"},
				{kind: register.CaseClosed, on: t.ago(44), text: "No answer within a month."},
			},
			state: register.ClosedCase, pressure: done,
		},
	}
}

// beside are what an office is asked where no right over data is used, or one
// that every office honours.
func (t diary) beside() []script {
	return []script{
		{
			right: calendar.Complaint, received: t.ago(12), how: "letter",
			note:  "Says that a certificate was sent to a school left long ago.",
			state: register.InProgress, pressure: register.Calm,
		},
		{
			right: calendar.Complaint, received: t.ago(44), how: "email",
			steps: []step{
				{kind: register.Acknowledged, on: t.ago(41), text: "by email"},
				{kind: register.Found, on: t.ago(20), text: "The newsletter of January went out before the list was made anew."},
			},
			state: register.InProgress, pressure: register.Unset,
		},
		{
			right: calendar.Enquiry, received: t.ago(3), how: "email", note: "How long are certificates kept?",
			state: register.InProgress, pressure: register.Unset,
		},
	}
}

// answered decides, replies and closes.
func answered(decided, replied calendar.Date, out register.Outcome, why string) []step {
	return []step{
		{kind: register.Decided, on: decided, outcome: out, text: why},
		{kind: register.Replied, on: replied},
		{kind: register.CaseClosed, on: replied},
	}
}

// past is a case received so many days ago that took its ordinary course.
func (t diary) past(d dice, right calendar.Right, days int) script {
	s := script{
		right: right, received: t.ago(days), how: oneOf(d, register.Intakes()),
		state: register.ClosedCase, pressure: register.Settled,
	}
	took := d.between(6, 20)
	if right == calendar.Withdrawal {
		took = 0
	} else if s.identity = d.chance(50); s.identity {
		s.steps = append(s.steps, step{kind: register.IdentitySeen, on: t.ago(days - 3), text: "signature compared with the form held"})
	}
	if right == calendar.Access && d.chance(30) {
		s.steps = append(s.steps,
			step{kind: register.ClarifyAsked, on: t.ago(days - 3), text: "Is correspondence with the school wanted as well?"},
			step{kind: register.Clarified, on: t.ago(days - 5), text: "Yes."})
	}
	out, why := register.Fulfil, "Done as asked."
	if d.chance(20) && right != calendar.Withdrawal && right != calendar.Objection { // unweighed, it can only be upheld
		out, why = register.Partly, "Done but for what a legal duty makes us keep."
	}
	if right == calendar.Erasure { // granted, it would have to be run, and the sample's people stay
		out, why = register.Refuse, "A legal duty makes us keep it."
	}
	s.steps = append(s.steps, answered(t.ago(days-took), t.ago(days-took-min(took, 2)), out, why)...)
	return s
}
