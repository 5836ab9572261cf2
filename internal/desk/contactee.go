package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// contactee gathers what the contact rules need of a person the operator may
// know of; NotFound for anybody else.
func (s *Seat) contactee(who register.ID) (register.Contactee, error) {
	if err := s.allow(register.DelegateRead); err != nil {
		return register.Contactee{}, err
	}
	if s.leadOnly() {
		err := s.desk.db.View(func(tx *store.Tx) error {
			_, err := s.visible(tx, who)
			return err
		})
		if err != nil {
			return register.Contactee{}, err
		}
	}
	p, ok := s.desk.db.Contactee(who)
	if !ok {
		return p, register.Errorf(register.NotFound, "", "delegates holds no %s", who)
	}
	return p, nil
}

// eachContactee visits everybody the operator may know of, in any order, until
// ctx ends. The memory is used again for the next: nothing of it is kept.
func (s *Seat) eachContactee(ctx context.Context, visit func(*register.Contactee)) error {
	if err := s.allow(register.DelegateRead); err != nil {
		return err
	}
	const look = 256 // how many are visited between two looks at ctx
	n := 0
	s.desk.db.EachContactee(s.scoped(register.Query{}), func(p *register.Contactee) bool {
		if n++; n%look == 1 && ctx.Err() != nil {
			return false
		}
		visit(p)
		return true
	})
	return ctx.Err()
}
