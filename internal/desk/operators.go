package desk

import (
	"context"
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
// again completes it.
func (s *Seat) AddOperator(ctx context.Context, op register.Operator, passphrase []byte) error {
	if err := s.allow(register.OperatorAdd); err != nil {
		return err
	}
	op.Created, op.CreatedBy = s.desk.now(), s.operator.Name
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
		if old, err := tx.Operators().Get(op.Name); err == nil && old.Removed.IsZero() && opens {
			return register.Errorf(register.Conflict, "operator", "%s is already an operator", op.Name)
		}
		return tx.Operators().Put(op)
	})
	if err != nil {
		return err
	}
	return s.desk.db.AddSlot(ctx, op.Name, passphrase, store.Change{
		Operator: s.operator.Name, Door: s.door, Verb: register.OperatorAdd, Note: op.Name + " key slot",
	})
}

// RemoveOperator takes a member of staff's way in from the store. The last
// admin stays.
func (s *Seat) RemoveOperator(ctx context.Context, name string) error {
	all, err := s.Operators()
	if err != nil {
		return err
	}
	admins := 0
	for _, op := range all {
		if op.Name != name && op.Is(register.Admin) {
			admins++
		}
	}
	if admins == 0 {
		return register.Errorf(register.Refused, "operator", "%s is the last admin: add another first", name)
	}
	_, err = s.change(ctx, act{verb: register.OperatorRemove, note: name}, func(tx *store.Tx) error {
		op, err := tx.Operators().Get(name)
		if err != nil {
			return err
		}
		op.Removed = s.desk.now()
		return tx.Operators().Put(op)
	})
	if err != nil {
		return err
	}
	return s.desk.db.RemoveSlot(ctx, name, store.Change{
		Operator: s.operator.Name, Door: s.door, Verb: register.OperatorRemove, Note: name + " key slot",
	})
}
