package desk

import (
	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// afterApproval carries out an act that was waiting for a second pair of eyes,
// in the change that approves it. Acts that only needed the approval itself are
// left as they are.
func (s *Seat) afterApproval(tx *store.Tx, r *register.Request, act register.RequestEvent) error {
	granted := act.Kind == register.Decided && act.Outcome != register.Refuse
	if act.Kind == register.Decided {
		if err := s.coverPlan(tx, r); err != nil {
			return err
		}
	}
	switch {
	case act.Kind == register.RestrictionEnded:
		return s.liftOf(tx, r)
	case granted && r.Right == calendar.Objection:
		return s.upheld(tx, r)
	}
	return nil
}
