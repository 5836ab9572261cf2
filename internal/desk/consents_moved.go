package desk

import (
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// CountsMoved counts a few people as PurposeCounts counts everybody, as they
// stood before what was recorded of them last and as they stand now: what a
// commit about them adds to the counts. Whoever is not held any more counts for
// nothing. Both lists are in the order of ConsentKeys.
func (s *Seat) CountsMoved(ids []register.ID) (before, after []register.PurposeCount, err error) {
	settings := s.Settings()
	keys := consentKeys(&settings.Profile)
	questions, err := contacts(&settings, keys, s.moment(calendar.Date{}, calendar.Date{}))
	if err != nil {
		return nil, nil, err
	}
	was, is := make([]*register.QuestionTally, len(keys)), make([]*register.QuestionTally, len(keys))
	for i, c := range questions {
		was[i], is[i] = c.Tally(), c.Tally()
	}
	for _, id := range ids {
		p, err := s.contactee(id)
		if register.KindOf(err) == register.NotFound {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		earlier := beforeLast(p)
		for i := range questions {
			was[i].Add(&earlier)
			is[i].Add(&p)
		}
	}
	for i := range questions {
		before, after = append(before, was[i].Count()), append(after, is[i].Count())
	}
	return before, after, nil
}

// beforeLast is a person without the events recorded last and without the
// suppressions made with them or since.
func beforeLast(p register.Contactee) register.Contactee {
	var last time.Time
	for i := range p.Facts {
		if p.Facts[i].Recorded.After(last) {
			last = p.Facts[i].Recorded
		}
	}
	var facts []register.ConsentFact
	for _, f := range p.Facts {
		if f.Recorded.Before(last) {
			facts = append(facts, f)
		}
	}
	var barred []register.Suppression
	for _, x := range p.Suppressed {
		if x.At.Before(last) {
			barred = append(barred, x)
		}
	}
	p.Facts, p.Suppressed = facts, barred
	return p
}
