package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// UndoLast takes back the operator's newest change that can be undone, as a
// change of its own. It is a Conflict when somebody changed the same record
// since.
func (s *Seat) UndoLast(ctx context.Context) (register.Undone, error) {
	var out register.Undone
	_, err := s.change(ctx, act{verb: register.ChangeUndo}, func(tx *store.Tx) error {
		ops, err := tx.UndoOps(s.operator.Name, 1)
		if err != nil {
			return err
		}
		if len(ops) == 0 {
			return register.Errorf(register.NotFound, "", "there is no change of yours to undo")
		}
		if ops[0].Verb == register.ImportApply {
			batch, _, _ := strings.Cut(ops[0].Note, " ")
			return register.Errorf(register.Refused, "", "your last change was the import %s: undo it as a whole", batch)
		}
		if who := ops[0].Subjects; ops[0].Verb == register.DelegateAdd && len(who) > 0 && restsOn(tx, who[0]) {
			return register.Errorf(register.Conflict, "", "%s has a consent, a booking or a case by now and cannot be taken back", who[0])
		}
		done, err := tx.Revert(ops[0].Operation, nil)
		out = register.Undone{Verb: ops[0].Verb, Restored: done.Restored, Removed: done.Removed, Kept: done.Kept}
		return err
	})
	return out, err
}
