package desk

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// LiftRestriction ends what Restrict began, once the person was told that it
// will (UK GDPR Art 18(3)) and that is recorded. Where another may approve, they
// do so and the restriction stands until then; afterwards the person is what
// they were before. A zero day is today. Errors: Refused where nobody told the
// person or nothing is restricted, Invalid for a day before they were told or no
// reason.
func (s *Seat) LiftRestriction(ctx context.Context, ref string, on calendar.Date, why string) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	if on.IsZero() {
		on = s.Today()
	}
	return s.step(ctx, ref, act{verb: register.RestrictEnd, unchecked: alone}, func(r *register.Request, tx *store.Tx) error {
		ended := register.RequestEvent{Kind: register.RestrictionEnded, On: on, Text: why, Awaits: true, Unchecked: alone}
		if err := s.add(r, ended); err != nil || !alone {
			return err
		}
		ended = r.Events[len(r.Events)-1]
		approved := register.RequestEvent{Kind: register.Approved, On: on, Approves: ended.Seq, Unchecked: true}
		if err := s.add(r, approved); err != nil {
			return err
		}
		return s.afterApproval(tx, r, ended)
	})
}

// liftOf takes the restriction of a case off the person.
func (s *Seat) liftOf(tx *store.Tx, r *register.Request) error {
	d, err := personOf(tx, r)
	if err != nil {
		return err
	}
	if err := d.Unrestrict(r.Ref); err != nil {
		return err
	}
	return s.putPerson(tx, d)
}
