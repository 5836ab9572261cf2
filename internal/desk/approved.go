package desk

import (
	"custos/internal/register"
	"custos/store"
)

// afterApproval carries out an act that was waiting for a second pair of eyes,
// in the change that approves it. Acts that only needed the approval itself are
// left as they are.
func (s *Seat) afterApproval(tx *store.Tx, r *register.Request, act register.RequestEvent) error {
	switch act.Kind {
	case register.RestrictionEnded:
		return s.liftOf(tx, r)
	case register.Decided:
		return s.upheld(tx, r, act)
	default:
		return nil
	}
}
