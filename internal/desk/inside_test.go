package desk

import (
	"custos/internal/register"
	"custos/store"
)

// Guarded is the guard of every change, for tests of what it lets through.
func (s *Seat) Guarded(v register.Verb, fn func(*store.Tx) error) func(*store.Tx) error {
	return s.guarded(v, fn)
}
