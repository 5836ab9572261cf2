package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// recoverer stands in the audit trail for whoever holds the printed key.
const recoverer = "recovery key"

// ChangePassphrase gives the operator another passphrase. The new one is proved
// to open the store before the old one goes.
func (s *Seat) ChangePassphrase(ctx context.Context, passphrase []byte) error {
	if err := s.allow(register.PassphraseSet); err != nil {
		return err
	}
	if err := Passphrase(passphrase, s.Settings().Office, s.operator.Name); err != nil {
		return err
	}
	return s.desk.db.ReplaceSlot(ctx, s.operator.Name, passphrase, store.Change{
		Operator: s.operator.Name, Door: s.door, Verb: register.PassphraseSet, Note: s.operator.Name,
	})
}

// ResetPassphrase gives an operator another passphrase when theirs is lost. It
// is Denied unless the store was opened with the printed recovery key.
func (d *Desk) ResetPassphrase(ctx context.Context, name, door string, passphrase []byte) error {
	if d.Unlocked() != "" {
		return register.Errorf(register.Denied, "", "only the recovery key resets a passphrase")
	}
	if _, err := d.As(name, door); err != nil {
		return err
	}
	if err := Passphrase(passphrase, d.db.Settings().Office, name); err != nil {
		return err
	}
	return d.db.ReplaceSlot(ctx, name, passphrase, store.Change{
		Operator: recoverer, Door: door, Verb: register.PassphraseSet, Note: name + " reset",
	})
}
