package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Rectify puts a field of the person's record right, or adds their statement to
// it, once the decision of their case to do so is approved (UK GDPR Art 16).
// What the value was and what it became is kept in the case, and the record says
// that the new value comes from it. A restriction does not stop it: the person
// asked for it. Objections to marketing meet the new address too. Errors:
// Refused before the approval, Invalid naming the field, Conflict for the same
// value.
func (s *Seat) Rectify(ctx context.Context, ref string, in register.RectifyInput) (register.RequestPage, error) {
	if err := in.Validate(); err != nil {
		return register.RequestPage{}, err
	}
	if in.On.IsZero() {
		in.On = s.Today()
	}
	return s.step(ctx, ref, act{verb: register.RectifyData}, func(r *register.Request, tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		old, err := personOf(tx, r)
		if err != nil {
			return err
		}
		if in.Was != nil {
			if err := asRead(in.Field, old.Value(in.Field), []string{*in.Was}); err != nil {
				return err
			}
		}
		from := register.Provenance{How: "rectification", Detail: r.Ref, On: in.On}
		d, changes, err := old.Rectify(&settings.Profile, in, from)
		if err != nil {
			return err
		}
		for _, c := range changes {
			e := register.RequestEvent{Kind: register.Rectified, On: in.On, Change: &c, Text: strings.ReplaceAll(c.Field, "_", " ")}
			if err := s.add(r, e); err != nil {
				return err
			}
		}
		if err := s.putPerson(tx, d); err != nil {
			return err
		}
		return s.objectionsFollow(tx, &old, &d)
	})
}

// objectionsFollow suppresses a new address of somebody who objected to direct
// marketing, as the old one was when they did: the objection is theirs, and has
// to outlive the record under whichever address they have.
func (s *Seat) objectionsFollow(tx *store.Tx, old, now *register.Delegate) error {
	if old.Email == now.Email && old.Phone == now.Phone {
		return nil
	}
	l, err := s.openLedger(tx)
	if err != nil {
		return err
	}
	events, err := consentsOf(tx, now.ID)
	if err != nil {
		return err
	}
	facts, today := register.Facts(events), register.At(s.Today())
	for _, e := range events {
		if e.Act != register.Objected || e.Purpose != register.AnyMarketing {
			continue
		}
		if register.StandingOf(facts, e.Key(), today).State != register.Objected {
			continue
		}
		if err := l.suppressObjector(&e, now); err != nil {
			return err
		}
	}
	return nil
}
