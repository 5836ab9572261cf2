package desk

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

const longestBackup = 3660 // days

// SetOffice sets how the office speaks of itself and of the regulator in
// letters, and how long copies of the store are kept. Was, where given, is how
// it did when that was read: anything else by now is a Conflict.
func (s *Seat) SetOffice(ctx context.Context, in register.OfficeInput, was ...register.OfficeInput) error {
	if in.BackupDays < 0 || in.BackupDays > longestBackup {
		return register.Errorf(register.Invalid, "backup_days", "copies are kept 0 to %d days; 0 where it is not settled", longestBackup)
	}
	a := act{verb: register.SettingsChange, note: "address, regulator, copies"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		if err := asRead("the address, the regulator or the copies", now.InLetters(), was); err != nil {
			return err
		}
		now.Address, now.Regulator = strings.TrimSpace(in.Address), strings.TrimSpace(in.Regulator)
		now.RegulatorContact, now.BackupDays = strings.TrimSpace(in.RegulatorContact), in.BackupDays
		return nil
	})
}

// SetTerms replaces the school's terms, from,to per line, which the clock of the
// educational record counts school days by; an empty text forgets them. A text
// that cannot be read is Invalid and names its line. Cases that stand keep the
// dates they have. Was, where given, is the text that was read before: another
// one held by now is a Conflict.
func (s *Seat) SetTerms(ctx context.Context, text string, was ...string) error {
	if strings.TrimSpace(text) == "" {
		text = ""
	} else if _, err := calendar.ReadTerms(strings.NewReader(text), "terms"); err != nil {
		return register.ClockError(err)
	}
	a := act{verb: register.SettingsChange, note: "school terms"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		err := asRead("the terms", now.Terms, was)
		now.Terms = text
		return err
	})
}
