package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"custos/internal/register"
	"custos/store"
)

// Former versions are personal data too: they are kept only as long as somebody
// may reasonably want a change back.
const (
	keepUndo       = 30 * 24 * time.Hour
	keepImportUndo = 90 * 24 * time.Hour
)

// Tidy forgets former versions past their time: 30 days after a change, 90
// after an import; completes what broke off; and brings the backup folders at
// hand up to date. It is called when an operator comes in; whoever may not do a
// part leaves it to the next.
func (s *Seat) Tidy(ctx context.Context) error {
	if s.desk.db.ReadOnly() {
		return nil
	}
	return errors.Join(s.forgetFormer(ctx), s.dropSlots(ctx), s.KeepUp(ctx))
}

func (s *Seat) forgetFormer(ctx context.Context) error {
	if !s.May(register.UndoForget) {
		return nil
	}
	var stale []register.ID
	err := s.desk.db.View(func(tx *store.Tx) error {
		ops, err := tx.UndoOps("", 0)
		for _, op := range ops {
			if s.desk.now().Sub(op.At) > undoTime(op.Verb) {
				stale = append(stale, op.Operation)
			}
		}
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	a := act{verb: register.UndoForget, note: fmt.Sprintf("%d operations", len(stale))}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		for _, op := range stale {
			if err := tx.DropUndo(op); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func undoTime(v register.Verb) time.Duration {
	if v == register.ImportApply {
		return keepImportUndo
	}
	return keepUndo
}
