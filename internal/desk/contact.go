package desk

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

// MayContact answers whether a person may be contacted for a purpose by a channel on
// a day in London, with the events and rules that decided it. A zero day is
// today. Status, addresses and suppressions are those of now: only the ledger
// remembers how it stood. Errors: NotFound for somebody the operator may not know of, Invalid
// for a question the profile does not ask.
func (s *Seat) MayContact(who register.ID, key register.ConsentKey, on calendar.Date) (register.ContactAnswer, error) {
	p, err := s.contactee(who)
	if err != nil {
		return register.ContactAnswer{}, err
	}
	settings := s.Settings()
	c, err := register.NewContact(&settings, key, s.moment(on, calendar.Date{}))
	if err != nil {
		return register.ContactAnswer{}, err
	}
	answer := c.Answer(&p)
	if answer.Rule == register.RuleSuppressed && answer.State.Yes() {
		adviseLifting(&answer, &p.Suppressed[c.Judge(&p).Entry])
	}
	if other, found := s.sharesNo(c, &p); found {
		answer.Beside(other)
	}
	return answer, nil
}

// adviseLifting tells of a yes that came after an objection: it does not undo
// the suppression by itself, since an address may be used by more people than
// the one who said yes. What decided stays last.
func adviseLifting(a *register.ContactAnswer, s *register.Suppression) {
	if s.Source != sourceObjection {
		return
	}
	tip := register.Because{
		What: "they said yes after they objected; if the yes takes the objection back, have the suppression " +
			string(s.ID) + " lifted (" + string(register.DPO) + ")",
		Rule: "the office's own rule",
	}
	a.Because = slices.Insert(a.Because, len(a.Because)-1, tip)
}

// MayAll counts, over everybody the operator may know of, whom the office may
// contact and why not the others. A zero day is today.
func (s *Seat) MayAll(ctx context.Context, key register.ConsentKey, on calendar.Date) (register.ContactSummary, error) {
	var sum register.ContactSummary
	settings := s.Settings()
	c, err := register.NewContact(&settings, key, s.moment(on, calendar.Date{}))
	if err != nil {
		return sum, err
	}
	noes := s.noesShared(ctx, c)
	err = s.eachContactee(ctx, func(p *register.Contactee) { sum.Tally(noes.judge(c, p)) })
	sum.Sort()
	return sum, err
}

// moment is a day as known on another; zero dates: today, and as known now.
func (s *Seat) moment(on, known calendar.Date) register.Moment {
	if on.IsZero() {
		on = s.Today()
	}
	m := register.At(on)
	if !known.IsZero() {
		m = m.AsKnown(known)
	}
	return m
}
