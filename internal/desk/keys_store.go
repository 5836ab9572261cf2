package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"custos/internal/register"
	"custos/store"
)

// CheckStore walks the open store in full and tells what is damaged or odd. told may be nil and hears of each step. A
// damaged store is not written to; of a sound one the trail says that it was checked.
func (s *Seat) CheckStore(
	ctx context.Context, told func(step string, done, total int),
) (register.StoreReport, error) {
	var none register.StoreReport
	if err := s.allow(register.StoreCheck); err != nil {
		return none, err
	}
	found, err := s.desk.db.CheckTold(ctx, told)
	if err != nil {
		return none, err
	}
	report := register.StoreReport{
		At: s.desk.now(), Records: found.Records, AuditSeq: found.AuditSeq, Problems: []register.StoreProblem{}, Intact: true,
	}
	if head := s.desk.db.AuditHead(); head.Seq == found.AuditSeq { // nothing was changed since
		report.AuditHead = hex.EncodeToString(head.Hash[:])
	}
	for _, f := range found.Findings {
		report.Problems = append(report.Problems, register.StoreProblem{
			Where: f.Where, ID: f.ID, What: f.What, Oddity: !f.IsDamage(),
		})
		report.Intact = report.Intact && !f.IsDamage()
	}
	if !report.Intact || s.desk.db.ReadOnly() {
		return report, nil
	}
	a := act{verb: register.StoreCheck, note: fmt.Sprintf("sound, %d oddities", len(report.Problems))}
	_, err = s.change(ctx, a, func(*store.Tx) error { return nil })
	return report, err
}

// Compact writes the store into a new file without what was deleted, and puts it in the place of the old one, whose
// bytes are overwritten. Changes wait meanwhile.
func (s *Seat) Compact(ctx context.Context) (register.Compacted, error) {
	if err := s.allow(register.StoreCompact); err != nil {
		return register.Compacted{}, err
	}
	if err := s.files.here("compacting the store"); err != nil {
		return register.Compacted{}, err
	}
	done, err := s.desk.db.Compact(ctx)
	if err != nil {
		return register.Compacted{}, err
	}
	a := act{verb: register.StoreCompact, note: fmt.Sprintf("%d to %d bytes", done.Before, done.After)}
	_, err = s.change(ctx, a, func(*store.Tx) error { return nil })
	return register.Compacted{Before: done.Before, After: done.After}, err
}

// NewRecovery replaces the recovery key and returns the text to be printed, once. The old one no longer opens the store,
// nor a backup whose key ring has been replaced since.
func (s *Seat) NewRecovery(ctx context.Context) (string, error) {
	if err := s.allow(register.RecoveryNew); err != nil {
		return "", err
	}
	if err := s.files.here("making another recovery key"); err != nil {
		return "", err
	}
	var text string
	err := s.desk.slots(ctx, s.by(register.RecoveryNew, ""), func(c store.Change) (err error) {
		text, err = s.desk.db.ReplaceRecovery(ctx, c)
		return err
	})
	return text, err
}

// Rekey replaces the key of the store, of everybody on record and of every slot, and seals everything anew. The operator
// keeps their passphrase, which is proved first; the others get the one that is given for them, or one made up, which
// they are asked to change as they come in. What is returned is shown once. Where it is not empty beside an error, the
// new keys are in force. Errors: Denied, Refused for a wrong passphrase, Invalid for a weak one, NotFound for somebody
// who does not open the store.
func (s *Seat) Rekey(ctx context.Context, in register.RekeyInput) (register.Rekeyed, error) {
	var out register.Rekeyed
	if err := s.allow(register.StoreRekey); err != nil {
		return out, err
	}
	if err := s.files.here("replacing every key"); err != nil {
		return out, err
	}
	for name, passphrase := range in.Others {
		if err := Passphrase(passphrase, s.Settings().Office, name); err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
	}
	c := s.by(register.StoreRekey, "")
	marked, err := s.mark(ctx, in.Others)
	if err != nil {
		return out, err
	}
	err = s.desk.slots(ctx, c, func(c store.Change) error {
		done, err := s.desk.db.Rekey(ctx, store.RekeyInput{
			Operator: s.operator.Name, Passphrase: in.Passphrase, Others: in.Others,
		}, c)
		out = register.Rekeyed{Recovery: done.Recovery, OneTime: done.Passphrases}
		return err
	})
	if out.Recovery == "" {
		err = errors.Join(err, s.desk.mustChange(ctx, c, marked, false))
	}
	return out, err
}

// mark notes beforehand who is to choose another passphrase after a rekey: everybody whose own is not kept or given.
func (s *Seat) mark(ctx context.Context, given map[string][]byte) ([]string, error) {
	all, err := s.Operators()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, op := range all {
		if _, ok := given[op.Name]; !ok && op.Name != s.operator.Name && !op.MustChange {
			names = append(names, op.Name)
		}
	}
	return names, s.desk.mustChange(ctx, s.by(register.StoreRekey, ""), names, true)
}

// mustChange notes of operators whether they are to choose another passphrase.
func (d *Desk) mustChange(ctx context.Context, c store.Change, names []string, must bool) error {
	if len(names) == 0 {
		return nil
	}
	c.Quiet = true
	_, err := d.update(ctx, c, func(tx *store.Tx) error {
		for _, name := range names {
			op, err := tx.Operators().Get(name)
			if err != nil {
				return err
			}
			op.MustChange = must
			if err := tx.Operators().Put(op); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// slots makes a change of the key slots, and has the rings beside the backups follow.
func (d *Desk) slots(ctx context.Context, c store.Change, do func(store.Change) error) error {
	owing := c
	owing.Quiet = true
	if _, err := d.db.Update(ctx, owing, owe); err != nil {
		return err
	}
	defer d.soon()
	return do(c)
}

// by is a change of the store's own that the operator makes.
func (s *Seat) by(v register.Verb, note string) store.Change {
	return store.Change{Operator: s.operator.Name, Door: s.door, Verb: v, Note: note}
}
