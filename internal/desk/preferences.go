package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// Preferences returns how the operator has the console. What is pinned or was
// recent and is gone since, erased or merged, is left out.
func (s *Seat) Preferences() (register.Preferences, error) {
	var own register.Preferences
	err := s.read(register.PreferenceSave, func(tx *store.Tx) (err error) {
		own, err = s.preferences(tx)
		return err
	})
	own.Pinned, own.Recent = s.there(own.Pinned), s.there(own.Recent)
	return own, err
}

// ChangePreferences changes how the operator has the console and returns how
// it is then. The change begins from what is kept at that moment, whichever
// session kept it, and may run more than once. Like a draft it is written
// without an audit entry, since nothing of the register changes. Errors: those
// of Validate.
func (s *Seat) ChangePreferences(
	ctx context.Context, change func(*register.Preferences),
) (register.Preferences, error) {
	var own register.Preferences
	_, err := s.change(ctx, act{verb: register.PreferenceSave, quiet: true}, func(tx *store.Tx) (err error) {
		if own, err = s.preferences(tx); err != nil {
			return err
		}
		change(&own)
		own.Operator = s.operator.Name
		if err := own.Validate(); err != nil {
			return err
		}
		return tx.Preferences().Put(own)
	})
	own.Pinned, own.Recent = s.there(own.Pinned), s.there(own.Recent)
	return own, err
}

// preferences are those kept, or none yet.
func (s *Seat) preferences(tx *store.Tx) (register.Preferences, error) {
	kept, err := tx.Preferences().Get(s.operator.Name)
	if register.KindOf(err) == register.NotFound {
		return register.Preferences{Operator: s.operator.Name}, nil
	}
	return kept, err
}

// there are those of the pins that the operator can still open.
func (s *Seat) there(pins []register.Pin) []register.Pin {
	var left []register.Pin
	for _, p := range pins {
		if s.knows(p) {
			left = append(left, p)
		}
	}
	return left
}

func (s *Seat) known(p register.Pin) bool {
	switch p.Kind {
	case register.PinCase:
		_, open := s.desk.db.CaseByRef(p.ID)
		return open && s.May(register.RequestRead)
	case register.PinOrganisation:
		_, held := s.desk.db.Organisation(register.ID(p.ID))
		return held && (!s.isLead() || s.Operator().Organisation == register.ID(p.ID))
	case register.PinPerson:
		row, held := s.desk.db.Person(register.ID(p.ID))
		return held && row.Status != register.Erased && s.May(register.DelegateRead)
	}
	return false
}
