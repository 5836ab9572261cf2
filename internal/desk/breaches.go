package desk

import (
	"context"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Breaches lists the personal data breaches, what presses most first.
func (s *Seat) Breaches() ([]register.BreachRow, error) {
	if err := s.allow(register.BreachRead); err != nil {
		return nil, err
	}
	all, err := s.desk.breached()
	if err != nil {
		return nil, err
	}
	now, rows := s.desk.now(), make([]register.BreachRow, len(all))
	for i := range all {
		rows[i] = all[i].At(now)
	}
	slices.SortFunc(rows, func(a, b register.BreachRow) int { return register.CompareBreaches(&a, &b) })
	return rows, nil
}

// Breach returns one breach. Errors: NotFound, Denied.
func (s *Seat) Breach(id register.ID) (register.BreachRow, error) {
	var row register.BreachRow
	err := s.read(register.BreachRead, func(tx *store.Tx) error {
		b, err := tx.Breaches().Get(id)
		row = b.At(s.desk.now())
		return err
	})
	return row, err
}

// AddBreach records a breach. Errors: Invalid naming the field.
func (s *Seat) AddBreach(ctx context.Context, in register.BreachInput) (register.BreachRow, error) {
	id, err := s.desk.ids.Next(register.BreachPrefix)
	if err != nil {
		return register.BreachRow{}, err
	}
	in.Revision = 0
	b := register.Breach{ID: id, Recorded: s.desk.now(), By: s.operator.Name}
	return s.putBreach(ctx, register.BreachRecord, id, func(*store.Tx) (register.Breach, error) {
		next := b
		return next, next.Fill(in, s.desk.now())
	})
}

// ChangeBreach puts the facts of a breach right, or adds what is known by now. Errors: NotFound, Invalid naming the
// field, Refused for a closed one, Conflict for one changed meanwhile.
func (s *Seat) ChangeBreach(ctx context.Context, id register.ID, in register.BreachInput) (register.BreachRow, error) {
	return s.putBreach(ctx, register.BreachChange, id, func(tx *store.Tx) (register.Breach, error) {
		b, err := tx.Breaches().Get(id)
		if err != nil {
			return b, err
		}
		return b, b.Fill(in, s.desk.now())
	})
}

// DecideBreach judges the risk, records that the regulator or the people were told, or why not, and closes. Errors: as
// for ChangeBreach, and Refused for what the law does not allow.
func (s *Seat) DecideBreach(ctx context.Context, id register.ID, in register.BreachDecision) (register.BreachRow, error) {
	return s.putBreach(ctx, register.BreachDecide, id, func(tx *store.Tx) (register.Breach, error) {
		b, err := tx.Breaches().Get(id)
		if err != nil {
			return b, err
		}
		if err := b.Decide(in, s.desk.now()); err != nil {
			return b, err
		}
		if in.Risk != "" {
			b.JudgedBy = s.operator.Name
		}
		if in.Close {
			b.ClosedBy = s.operator.Name
		}
		return b, nil
	})
}

func (s *Seat) putBreach(
	ctx context.Context, v register.Verb, id register.ID, draw func(*store.Tx) (register.Breach, error),
) (register.BreachRow, error) {
	var b register.Breach
	_, err := s.change(ctx, act{verb: v, note: string(id)}, func(tx *store.Tx) (err error) {
		if b, err = draw(tx); err != nil {
			return err
		}
		return tx.Breaches().Put(b)
	})
	return b.At(s.desk.now()), err
}
