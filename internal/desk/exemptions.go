package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Exemptions returns the codes words may be taken out of a pack under.
func (s *Seat) Exemptions() ([]register.Exemption, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	settings := s.Settings()
	return settings.ExemptionList(), nil
}

// SaveExemption puts an exemption on the office's list, or in place of the one
// with its code. Was, where given, is the one that was read before, the zero
// Exemption for none: another by now is a Conflict. Errors besides: Invalid
// naming the field, Denied.
func (s *Seat) SaveExemption(ctx context.Context, x register.Exemption, was ...register.Exemption) error {
	x.Code, x.Title = strings.TrimSpace(x.Code), strings.TrimSpace(x.Title)
	x.Source, x.Note = strings.TrimSpace(x.Source), strings.TrimSpace(x.Note)
	if err := x.Validate(); err != nil {
		return err
	}
	a := act{verb: register.ExemptionSave, note: "saved " + x.Code}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		held, _ := now.Exemption(x.Code)
		err := asRead(x.Code, held, was)
		now.PutExemption(x)
		return err
	})
}

// RemoveExemption takes one off the list. Errors: NotFound, Refused while a
// case that is not replied to uses it, and for the last one; Conflict for one
// that reads otherwise than was, where that is given.
func (s *Seat) RemoveExemption(ctx context.Context, code string, was ...register.Exemption) error {
	a := act{verb: register.ExemptionSave, note: "removed " + code}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		held, _ := settings.Exemption(code)
		if err := asRead(code, held, was); err != nil {
			return err
		}
		for r, err := range tx.Requests().All() {
			if err != nil {
				return err
			}
			if _, replied := r.Last(register.Replied); !replied && r.Uses(code) {
				return register.Errorf(register.Refused, "code", "%s uses %s: take its marks off first", r.Ref, code)
			}
		}
		if err := settings.DropExemption(code); err != nil {
			return err
		}
		return tx.Settings().Put(settings)
	})
	return err
}
