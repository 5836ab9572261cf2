package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// SetHold keeps a person's data from being erased until the hold is released.
// Errors: Invalid naming the field, NotFound, Refused for an erased person.
func (s *Seat) SetHold(ctx context.Context, in register.HoldInput) (register.Hold, error) {
	var h register.Hold
	if in.On.IsZero() {
		in.On = s.Today()
	}
	if err := in.Validate(s.Today()); err != nil {
		return h, err
	}
	id, err := s.desk.ids.Next(register.HoldPrefix)
	if err != nil {
		return h, err
	}
	a := act{verb: register.HoldSet, subjects: []register.ID{in.Delegate}, note: in.Kind + " " + string(id)}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(in.Delegate)
		if err != nil {
			return err
		}
		if d.Status == register.Erased {
			return register.Errorf(register.Refused, "", "%s was erased: there is nothing to keep", d.ID)
		}
		h = register.Hold{
			ID: id, Delegate: d.ID, Kind: in.Kind, Reason: strings.TrimSpace(in.Reason), On: in.On, Review: in.Review,
			By: s.operator.Name,
		}
		return tx.Holds().Put(h)
	})
	return h, err
}

// ReleaseHold ends a hold, with the reason on record; the hold itself stays.
// Errors: NotFound, Invalid for no reason, Conflict for one released already.
func (s *Seat) ReleaseHold(ctx context.Context, who, id register.ID, because string) error {
	a := act{verb: register.HoldRelease, subjects: []register.ID{who}, note: string(id)}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		h, err := tx.Holds().Get(who, id)
		if err != nil {
			return err
		}
		switch because = strings.TrimSpace(because); {
		case because == "":
			return register.Errorf(register.Invalid, "because", "say why the hold is released")
		case !h.Standing():
			return register.Errorf(register.Conflict, "", "%s was released already", id)
		}
		h.Released, h.ReleasedBy, h.Because = s.Today(), s.operator.Name, because
		return tx.Holds().Put(h)
	})
	return err
}

// Holds lists the holds on a person, released ones too, the oldest first.
func (s *Seat) Holds(who register.ID) ([]register.Hold, error) {
	holds := []register.Hold{}
	err := s.read(register.DelegateRead, func(tx *store.Tx) error {
		if _, err := s.visible(tx, who); err != nil {
			return err
		}
		var err error
		holds, err = holdsOf(tx, who)
		return err
	})
	return holds, err
}

func holdsOf(tx *store.Tx, who register.ID) ([]register.Hold, error) {
	holds := []register.Hold{}
	for h, err := range tx.Holds().Of(who) {
		if err != nil {
			return nil, err
		}
		holds = append(holds, h)
	}
	slices.SortFunc(holds, func(a, b register.Hold) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
	})
	return holds, nil
}
