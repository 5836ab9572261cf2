package desk

import (
	"cmp"
	"context"

	"custos/internal/calendar"
	"custos/internal/register"
)

// outlook is what was counted over everybody last, nil for nothing.
func (s *Seat) outlook() *register.Outlook {
	k := &s.desk.known
	k.mu.Lock()
	defer k.mu.Unlock()
	if o, ok := k.outlooks[s.within()]; ok {
		return &o.Outlook
	}
	return nil
}

// within is whose people the operator knows: a lead's organisation, or everybody.
func (s *Seat) within() register.ID {
	if s.leadOnly() {
		return cmp.Or(s.Operator().Organisation, noOrganisation)
	}
	return ""
}

// Recount counts what Home tells of everybody, where something has changed since it was counted last. Of many who ask at
// once one counts, and the others wait for it. It stops when ctx ends. Changed says whether Home tells something else now.
// Errors: Denied, the context's.
func (s *Seat) Recount(ctx context.Context) (changed bool, err error) {
	if _, counted := s.counted(); counted {
		return false, nil
	}
	select {
	case s.desk.counting <- struct{}{}:
		defer func() { <-s.desk.counting }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	now, counted := s.counted()
	if counted { // by somebody this one waited for
		return true, nil
	}
	if now.Outlook, err = s.count(ctx); err != nil {
		return false, err
	}
	k := &s.desk.known
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.outlooks == nil {
		k.outlooks = map[register.ID]outlook{}
	}
	k.outlooks[s.within()] = now
	return true, nil
}

// counted is an outlook of now that holds no counts yet, and whether the one that was counted last is of now too.
func (s *Seat) counted() (now outlook, counted bool) {
	k := &s.desk.known
	within, today := s.within(), s.Today()
	k.mu.Lock()
	defer k.mu.Unlock()
	now = outlook{on: today, commits: k.commits}
	held, ok := k.outlooks[within]
	return now, ok && held.on == now.on && held.commits == now.commits
}

// count goes through everybody once.
func (s *Seat) count(ctx context.Context) (register.Outlook, error) {
	var o register.Outlook
	settings := s.Settings()
	questions, err := contacts(&settings, consentKeys(&settings.Profile), s.moment(calendar.Date{}, calendar.Date{}))
	if err != nil {
		return o, err
	}
	tallies := make([]*register.QuestionTally, len(questions))
	for i, c := range questions {
		tallies[i] = c.Tally()
	}
	err = s.eachContactee(ctx, func(p *register.Contactee) {
		for i, c := range questions {
			tallies[i].Add(p)
			if _, due := c.Refresh(p); due {
				o.AskAgain++
			}
		}
	})
	first := calendar.NewDate(s.Today().Year(), s.Today().Month(), 1)
	for m := range 12 {
		in := register.ConsentIn{From: first.AddMonths(m - 11)}
		for _, t := range tallies {
			n := t.Count()
			in.Yes += n.Given[m]
			in.No += n.No[m]
		}
		o.Months = append(o.Months, in)
	}
	return o, err
}
