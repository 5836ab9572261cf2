package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// recoverer stands in the audit trail for whoever holds the printed key.
const recoverer = "recovery key"

// ChangePassphrase gives the operator another passphrase. The new one is proved
// to open the store before the old one goes, from the key rings beside the
// backups too. Was is the old one, which is proved where it is given; whoever
// came in ByKey has to give it. Errors: Refused about "was" for a wrong one.
func (s *Seat) ChangePassphrase(ctx context.Context, passphrase []byte, was ...[]byte) error {
	if err := s.allow(register.PassphraseSet); err != nil {
		return err
	}
	if err := Passphrase(passphrase, s.Settings().Office, s.operator.Name); err != nil {
		return err
	}
	if err := s.prove(ctx, was); err != nil {
		return err
	}
	c := s.by(register.PassphraseSet, s.operator.Name)
	err := s.desk.slots(ctx, c, func(c store.Change) error {
		return s.desk.db.ReplaceSlot(ctx, s.operator.Name, passphrase, c)
	})
	if err != nil || !s.MustChange() {
		return err
	}
	return s.desk.mustChange(ctx, c, []string{s.operator.Name}, false)
}

// ByKey reports whether a key let the operator in: their passphrase has not
// been asked for.
func (s *Seat) ByKey() bool { return s.door == SSH }

func (s *Seat) prove(ctx context.Context, was [][]byte) error {
	if len(was) == 0 {
		if s.ByKey() {
			return register.Errorf(register.Refused, "was", "a key let you in: your passphrase as it is now is needed too")
		}
		return nil
	}
	err := s.desk.Prove(ctx, s.operator.Name, was[0])
	if register.KindOf(err) == register.Refused {
		return register.Errorf(register.Refused, "was", "this is not your passphrase as it is now")
	}
	return err
}

// MustChange reports whether the operator's passphrase was made for them and
// shown to somebody else: a door asks for another one first.
func (s *Seat) MustChange() bool { return s.Operator().MustChange }

// ResetPassphrase gives an operator another passphrase when theirs is lost. It
// is Denied unless the store was opened with the printed recovery key.
func (d *Desk) ResetPassphrase(ctx context.Context, name, door string, passphrase []byte) error {
	if d.Unlocked() != "" {
		return register.Errorf(register.Denied, "", "only the recovery key resets a passphrase")
	}
	seat, err := d.As(name, door)
	if err != nil {
		return err
	}
	if err := Passphrase(passphrase, d.db.Settings().Office, name); err != nil {
		return err
	}
	c := store.Change{Operator: recoverer, Door: door, Verb: register.PassphraseSet, Note: name + " reset"}
	err = d.slots(ctx, c, func(c store.Change) error { return d.db.ReplaceSlot(ctx, name, passphrase, c) })
	if err != nil || !seat.MustChange() {
		return err
	}
	return d.mustChange(ctx, c, []string{name}, false)
}
