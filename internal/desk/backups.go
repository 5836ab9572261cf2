package desk

import (
	"context"
	"path/filepath"

	"custos/internal/register"
)

// Backup copies the store into a folder, proves the copy by reading every record of it back, and thins out the older
// ones there. Work goes on meanwhile. told may be nil and hears of each step. Errors: Denied; Conflict while another
// backup is being made; Refused naming what is in the way, such as a folder that is not there or a full disk.
func (s *Seat) Backup(
	ctx context.Context, to string, told func(step string, done, total int),
) (register.Backup, error) {
	if err := s.allow(register.BackupMake); err != nil {
		return register.Backup{}, err
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return register.Backup{}, register.Errorf(register.Refused, "to", "%w", err)
	}
	return s.backUp(ctx, register.BackupMake, to, told)
}

// BackupIfDue makes the daily backup the office has ordered: made tells whether there was one to make. Whoever comes in
// makes it. An error stops nobody's work; the home screen says what is in the way, such as a stick not plugged in.
func (s *Seat) BackupIfDue(
	ctx context.Context, told func(step string, done, total int),
) (b register.Backup, made bool, err error) {
	if err := s.allow(register.BackupStanding); err != nil {
		return b, false, err
	}
	due, err := s.desk.standingOrder()
	if err != nil || due == "" {
		return b, false, err
	}
	b, err = s.backUp(ctx, register.BackupStanding, due, told)
	s.desk.troubled(err)
	return b, err == nil, err
}
