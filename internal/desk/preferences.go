package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// Preferences returns how the operator has the console. What is pinned or was
// recent and is gone since, erased or merged, is left out.
func (s *Seat) Preferences() (register.Preferences, error) {
	own := register.Preferences{Operator: s.operator.Name}
	err := s.read(register.PreferenceSave, func(tx *store.Tx) error {
		kept, err := tx.Preferences().Get(s.operator.Name)
		if err == nil {
			own = kept
		} else if register.KindOf(err) != register.NotFound {
			return err
		}
		return nil
	})
	own.Pinned, own.Recent = s.there(own.Pinned), s.there(own.Recent)
	return own, err
}

// SetPreferences keeps how the operator has the console. Like a draft it is
// written without an audit entry, since nothing of the register changes.
// Errors: those of Validate.
func (s *Seat) SetPreferences(ctx context.Context, p register.Preferences) error {
	p.Operator = s.operator.Name
	if err := p.Validate(); err != nil {
		return err
	}
	_, err := s.change(ctx, act{verb: register.PreferenceSave, quiet: true}, func(tx *store.Tx) error {
		return tx.Preferences().Put(p)
	})
	return err
}

// there are those of the pins that the operator can still open.
func (s *Seat) there(pins []register.Pin) []register.Pin {
	var left []register.Pin
	for _, p := range pins {
		if s.known(p) {
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
		return held && (!s.leadOnly() || s.operator.Organisation == register.ID(p.ID))
	case register.PinPerson:
		row, held := s.desk.db.Person(register.ID(p.ID))
		return held && row.Status != register.Erased && s.May(register.DelegateRead)
	}
	return false
}
