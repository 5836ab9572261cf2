package desk

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// darken destroys the key of who was erased beside every backup at hand, and tells the report what became of the
// backups. A folder that is not at hand waits; that is no error, and the erasure goes on.
func (s *Seat) darken(ctx context.Context, report *register.ErasureReport) error {
	if err := s.desk.keepUp(ctx, true); err != nil {
		return err
	}
	all, err := s.desk.backups()
	if err != nil {
		return err
	}
	var made register.Erasure
	err = s.desk.db.View(func(tx *store.Tx) (err error) {
		made, err = tx.Erasures().Get(report.Ref)
		return err
	})
	all = slices.DeleteFunc(all, func(b register.Backup) bool { return b.At.After(made.At) })
	settings := s.Settings()
	report.SayBackups(&settings, all, calendar.LondonDate(made.At))
	return err
}
