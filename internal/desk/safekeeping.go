package desk

import (
	"context"
	"path/filepath"
	"strings"

	"custos/internal/register"
)

// Safekeeping tells how safe the office's data is: from what is on record, without looking at a disk.
func (s *Seat) Safekeeping() (register.Safekeeping, error) {
	if err := s.allow(register.SettingsRead); err != nil {
		return register.Safekeeping{}, err
	}
	return s.safekeeping()
}

// safekeeping is how backups stand. A lead is not told where the office keeps them, nor what a message says of it.
func (s *Seat) safekeeping() (register.Safekeeping, error) {
	k, err := s.desk.safekeeping()
	if !s.isLead() {
		return k, err
	}
	k.Folder, k.Waiting = "", nil
	if k.Trouble != "" {
		k.Trouble = "The daily backup was not made: an admin of the office is told why."
	}
	return k, err
}

// Backups lists the backups on record, the newest first; those that were thinned out too.
func (s *Seat) Backups() ([]register.Backup, error) {
	if err := s.allow(register.SettingsRead); err != nil {
		return nil, err
	}
	all, err := s.desk.backups()
	if s.isLead() {
		for i := range all { // it tells how much there is of others, and where the office keeps it
			all[i].Folder, all[i].File = "", ""
			all[i].Records, all[i].People, all[i].Bytes, all[i].AuditSeq = 0, 0, 0, 0
		}
	}
	return all, err
}

// SetSafekeeping sets where the automatic daily backup goes, empty for none, and after how many minutes without a key
// the console locks: 1 to 720, 0 for the usual, -1 for never. Errors: Invalid naming the field; Refused for a folder
// that is not there, or one within the store's own, which would be lost with it; Conflict for another order than was,
// where that is given.
func (s *Seat) SetSafekeeping(ctx context.Context, to string, lockMinutes int, was ...register.StandingOrder) error {
	to = strings.TrimSpace(to)
	if err := register.CheckSafekeeping(to, lockMinutes); err != nil {
		return err
	}
	if to != s.Settings().BackupTo {
		if err := s.files.here("another folder for backups"); err != nil {
			return err
		}
	}
	if to != "" {
		to = filepath.Clean(to)
		if err := isFolder(to); err != nil {
			return err
		}
		if err := s.desk.apart(to); err != nil {
			return err
		}
	}
	a := act{verb: register.SettingsChange, note: "backups, locking"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		err := asRead("the backups or the locking", now.StandingOrder(), was)
		now.BackupTo, now.LockMinutes = to, lockMinutes
		return err
	})
}
