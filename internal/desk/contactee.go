package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// contacteeIn gathers what the contact rules need of a person as a transaction
// sees them, the changes it has made itself among it.
func (s *Seat) contacteeIn(tx *store.Tx, d *register.Delegate) (register.Contactee, error) {
	p := register.Contactee{
		Delegate: d.ID, Name: d.Name, Kind: d.Kind, Status: d.Status, Since: d.StatusSince,
		Email: d.Email, Phone: d.Phone, Born: d.Born(),
	}
	for m, err := range tx.Memberships().Of(d.ID) {
		if err != nil {
			return p, err
		}
		if m.Access != "" && m.Current(s.Today()) {
			p.Access = m.Access
		}
	}
	events, err := consentsOf(tx, d.ID)
	if err != nil {
		return p, err
	}
	p.Facts = register.Facts(events)
	return p, nil
}

// contactee gathers the same of a person the operator may know of.
func (s *Seat) contactee(who register.ID) (register.Contactee, error) {
	var p register.Contactee
	err := s.read(register.DelegateRead, func(tx *store.Tx) error {
		d, err := s.visible(tx, who)
		if err != nil {
			return err
		}
		p, err = s.contacteeIn(tx, &d)
		return err
	})
	return p, err
}

// eachContactee visits everybody the operator may know of, until ctx ends.
func (s *Seat) eachContactee(ctx context.Context, visit func(*register.Contactee)) error {
	return s.read(register.DelegateRead, func(tx *store.Tx) error {
		rows := s.desk.db.People(s.scoped(register.Query{}))
		for i := range rows.Len() {
			if err := ctx.Err(); err != nil {
				return err
			}
			d, err := tx.Delegates().Get(rows.Row(i).ID)
			if err != nil {
				return err
			}
			p, err := s.contacteeIn(tx, &d)
			if err != nil {
				return err
			}
			visit(&p)
		}
		return nil
	})
}
