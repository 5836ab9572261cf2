package desk

import (
	"context"
	"time"

	"custos/internal/register"
	"custos/store"
)

// folders is what looking after backup folders needs of a store.
type folders interface {
	ReplaceRing(ctx context.Context, folder string) error
	WriteLedger(ctx context.Context, folder string, since time.Time) error
	FlushLedger(folder string) error
	LedgerBehind(folder string) (bool, error)
}

func (d *Desk) folders() (folders, bool) {
	f, ok := any(d.db).(folders)
	return f, ok
}

// CheckStore walks the open store in full and tells what is damaged or odd. told may be nil and hears of each step.
func (s *Seat) CheckStore(
	ctx context.Context, told func(step string, done, total int),
) (register.StoreReport, error) {
	var none register.StoreReport
	if err := s.allow(register.StoreCheck); err != nil {
		return none, err
	}
	found, err := s.desk.db.Check(ctx)
	if err != nil {
		return none, err
	}
	head := s.desk.db.AuditHead()
	report := register.StoreReport{
		At: s.desk.now(), Records: found.Records, AuditSeq: found.AuditSeq, AuditHead: verdict(head).Head,
		Problems: []register.StoreProblem{}, Intact: true,
	}
	for _, f := range found.Findings {
		report.Problems = append(report.Problems, register.StoreProblem{
			Where: f.Where, ID: f.ID, What: f.What, Oddity: !f.IsDamage(),
		})
		report.Intact = report.Intact && !f.IsDamage()
	}
	return report, nil
}

// Compact writes the store into a new file without what was deleted, and puts it in the place of the old one, whose
// bytes are overwritten. Changes wait meanwhile.
func (s *Seat) Compact(ctx context.Context) (register.Compacted, error) {
	return register.Compacted{}, s.allow(register.StoreCompact)
}

// Rekey replaces the key of the store, of everybody on record and of every slot, and seals everything anew. What it
// returns is shown once: a new recovery key, and one-time passphrases for the others.
func (s *Seat) Rekey(ctx context.Context, in register.RekeyInput) (register.Rekeyed, error) {
	return register.Rekeyed{}, s.allow(register.StoreRekey)
}

// NewRecovery replaces the recovery key and returns the text to be printed. The old one no longer opens the store.
func (s *Seat) NewRecovery(ctx context.Context) (string, error) {
	if err := s.allow(register.RecoveryNew); err != nil {
		return "", err
	}
	c := store.Change{Operator: s.operator.Name, Door: s.door, Verb: register.RecoveryNew}
	if err := s.desk.oweSlots(ctx, c); err != nil {
		return "", err
	}
	defer s.desk.soon()
	return s.desk.db.ReplaceRecovery(ctx, c)
}

// MustChange reports whether the operator's passphrase was made for them, so that the door asks for another one first.
func (s *Seat) MustChange() bool { return s.operator.MustChange }

func (s *Seat) backUp(
	ctx context.Context, v register.Verb, to string, told func(step string, done, total int),
) (register.Backup, error) {
	return register.Backup{}, register.Errorf(register.Refused, "", "this store makes no backups")
}

func (s *Seat) thinAll(ctx context.Context) error { return ctx.Err() }
