package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Restrict keeps the person of a case from every use but storage (UK GDPR Art
// 18), at once and without approval: it can be lifted again. It is open to cases
// of restriction, rectification, objection and erasure. Errors: Invalid for no
// ground of the four, Refused for a case that may not restrict on it, Conflict
// where it restricts already.
func (s *Seat) Restrict(ctx context.Context, ref string, in register.RestrictInput) (register.RequestPage, error) {
	a := act{verb: register.RestrictData, note: in.Ground}
	return s.step(ctx, ref, a, func(r *register.Request, tx *store.Tx) error {
		on := in.On
		if on.IsZero() {
			on = s.Today()
		}
		d, err := personOf(tx, r)
		if err != nil {
			return err
		}
		e := register.RequestEvent{
			Kind: register.RestrictionSet, On: on, Grounds: []string{in.Ground}, Text: strings.TrimSpace(in.Note),
		}
		if err := s.add(r, e); err != nil {
			return err
		}
		if err := d.Restrict(register.Restriction{Case: r.Ref, Ground: in.Ground, Since: on}); err != nil {
			return err
		}
		return s.putPerson(tx, d)
	})
}

// personOf returns a copy of the record a case is about.
func personOf(tx *store.Tx, r *register.Request) (register.Delegate, error) {
	if r.Delegate == "" {
		return register.Delegate{}, register.Errorf(register.Refused, "",
			"%s: nobody is matched to the case yet; match a person first", r.Ref)
	}
	d, err := tx.Delegates().Get(r.Delegate)
	if err == nil && d.Status == register.Erased {
		err = register.Errorf(register.Refused, "status", "%s was erased", d.ID)
	}
	return d.Clone(), err
}

func (s *Seat) putPerson(tx *store.Tx, d register.Delegate) error {
	d.Updated, d.Revision = s.desk.now(), d.Revision+1
	return tx.Delegates().Put(d)
}
