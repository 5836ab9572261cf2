package desk

import (
	"custos/internal/register"
	"custos/store"
)

// liftOf takes the restriction off the person of a case.
func (s *Seat) liftOf(_ *store.Tx, _ *register.Request) error { return nil }
