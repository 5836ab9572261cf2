package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Operators lists the staff who may open the store, by name.
func (s *Seat) Operators() ([]register.Operator, error) {
	all := []register.Operator{}
	err := s.read(register.OperatorRead, func(tx *store.Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if op.Removed.IsZero() {
				all = append(all, op)
			}
		}
		return nil
	})
	slices.SortFunc(all, func(a, b register.Operator) int { return strings.Compare(a.Name, b.Name) })
	return all, err
}

// AddOperator adds a member of staff with a passphrase of their own. The record
// comes first and the key slot second: should the second fail, adding them
// again completes it. One who was removed, and whose slot a crash left behind,
// comes back with the new passphrase alone.
func (s *Seat) AddOperator(ctx context.Context, op register.Operator, passphrase []byte) error {
	if err := s.allow(register.OperatorAdd); err != nil {
		return err
	}
	op.Created, op.CreatedBy = s.desk.now(), s.operator.Name
	op.Keys = nil        // they come by AddKey
	op.MustChange = true // whoever adds them knows the passphrase
	if err := op.Validate(); err != nil {
		return err
	}
	if err := Passphrase(passphrase, s.Settings().Office, op.Name); err != nil {
		return err
	}
	opens, err := s.desk.db.HasSlot(op.Name)
	if err != nil {
		return err
	}
	a := act{verb: register.OperatorAdd, note: op.Name}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		if old, err := tx.Operators().Get(op.Name); err == nil && old.Removed.IsZero() {
			if opens {
				return register.Errorf(register.Conflict, "operator", "%s is already an operator", op.Name)
			}
			op.Keys = old.Keys
		}
		if op.Organisation != "" {
			if _, err := tx.Organisations().Get(op.Organisation); err != nil {
				return err
			}
		}
		return tx.Operators().Put(op)
	})
	if err != nil {
		return err
	}
	return s.desk.slots(ctx, s.by(register.OperatorAdd, op.Name+" key slot"), func(c store.Change) error {
		if opens {
			return s.desk.db.ReplaceSlot(ctx, op.Name, passphrase, c)
		}
		return s.desk.db.AddSlot(ctx, op.Name, passphrase, c)
	})
}

// RemoveOperator takes a member of staff's way in from the store, and scrubs
// the file: the bytes of their slot are in no page of it afterwards, nor in the
// key rings beside the backups once those are at hand. The last admin stays.
// Should it break off in between, they are no operator any more, and removing
// them again, or the next Tidy of an admin, takes the slot away. Errors: NotFound
// for nobody, Refused for the last admin.
//
// Somebody who kept a copy of the file opens that copy still, and knows the key
// of the store: where that matters, Rekey.
func (s *Seat) RemoveOperator(ctx context.Context, name string) error {
	_, err := s.change(ctx, act{verb: register.OperatorRemove, note: name}, func(tx *store.Tx) error {
		op, err := tx.Operators().Get(name)
		if err != nil {
			return knownOperator(err)
		}
		if others, err := otherAdmins(tx, name); err != nil || others == 0 {
			return lastAdmin(name, err)
		}
		op.Removed, op.Keys = s.desk.now(), nil
		return tx.Operators().Put(op)
	})
	if err != nil {
		return err
	}
	return s.dropSlot(ctx, name)
}

// dropSlot takes away the slot of somebody who was removed, where there is one.
func (s *Seat) dropSlot(ctx context.Context, name string) error {
	opens, err := s.desk.db.HasSlot(name)
	if err != nil || !opens {
		return err
	}
	err = s.desk.slots(ctx, s.by(register.OperatorRemove, name+" key slot"), func(c store.Change) error {
		return s.desk.db.RemoveSlot(ctx, name, c)
	})
	if err != nil {
		return err
	}
	_, err = s.desk.db.Scrub(ctx)
	return err
}

// dropSlots completes the removals that broke off before the slot was gone.
func (s *Seat) dropSlots(ctx context.Context) error {
	if !s.May(register.OperatorRemove) {
		return nil
	}
	var gone []string
	err := s.read(register.OperatorRead, func(tx *store.Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if !op.Removed.IsZero() {
				gone = append(gone, op.Name)
			}
		}
		return nil
	})
	for _, name := range gone {
		err = errors.Join(err, s.dropSlot(ctx, name))
	}
	return err
}
