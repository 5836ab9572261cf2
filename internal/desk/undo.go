package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// UndoLast takes back the operator's newest change that can be undone, as a
// change of its own. It is a Conflict when somebody changed the same record
// since. A no stays in the ledger and is among the kept. What was done with many
// records at once is taken back with all of them; those changed since are kept.
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
		if v := ops[0].Verb; v == register.ImportApply || v == register.ConsentImport {
			batch, _, _ := strings.Cut(ops[0].Note, " ")
			return register.Errorf(register.Refused, "", "your last change was the import %s: undo it as a whole", batch)
		}
		if who := ops[0].Subjects; ops[0].Verb == register.DelegateAdd && len(who) > 0 && restsOn(tx, who[0]) {
			return register.Errorf(register.Conflict, "", "%s has a consent, a booking or a case by now and cannot be taken back", who[0])
		}
		if id := manyOf(&ops[0]); id != "" {
			done, err := s.revertMany(tx, id)
			out = register.Undone{Verb: ops[0].Verb, Restored: done.Restored, Removed: done.Removed, Kept: done.Kept}
			return err
		}
		var keep func(collection, key string) bool
		if ops[0].Verb == register.ConsentRecord {
			keep = saidNo(tx)
		}
		done, err := tx.Revert(ops[0].Operation, keep)
		out = register.Undone{Verb: ops[0].Verb, Restored: done.Restored, Removed: done.Removed, Kept: done.Kept}
		return err
	})
	return out, err
}

// saidNo tells what no undo takes away: a no, and what ended a yes. One typed by
// mistake is put right by a correction that says why.
func saidNo(tx *store.Tx) func(collection, key string) bool {
	return func(collection, key string) bool {
		if collection == suppressions {
			return true
		}
		if collection != consents {
			return false
		}
		who, id, _ := strings.Cut(key, "/")
		e, err := tx.Consents().Get(register.ID(who), register.ID(id))
		return err != nil || e.Act.No() || e.Act == register.Expired
	}
}
