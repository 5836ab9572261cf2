package desk

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
	"custos/store"
)

// ForgetBackupFolder writes a backup folder off that is lost for good, such as a stick, with the reason: nothing waits
// for it any longer. The copies in it stay on record as beyond reach, and plans and certificates of erasures say so. A
// backup into the folder, should it be found, puts them back on record. It returns how many copies it held. Errors:
// Invalid naming "reason"; NotFound for a folder without a backup on record; Refused for one that is at hand, or that
// the daily backup goes to.
func (s *Seat) ForgetBackupFolder(ctx context.Context, folder, reason string) (int, error) {
	folder, reason = filepath.Clean(strings.TrimSpace(folder)), strings.TrimSpace(reason)
	if err := s.allow(register.BackupForget); err != nil {
		return 0, err
	}
	if reason == "" {
		return 0, register.Errorf(register.Invalid, "reason", "say what became of the folder")
	}
	if err := s.beyondReach(folder); err != nil {
		return 0, err
	}
	if err := s.desk.keeping.takeTurn(ctx); err != nil {
		return 0, err
	}
	defer s.desk.keeping.endTurn()
	n := 0
	_, err := s.change(ctx, act{verb: register.BackupForget, note: "backup folder written off"}, func(tx *store.Tx) (err error) {
		n, err = s.writeOff(tx, folder, reason)
		return err
	})
	if err == nil {
		s.desk.keeping.lags(folder, false)
	}
	s.desk.reread()
	return n, err
}

// beyondReach refuses to write off what is there.
func (s *Seat) beyondReach(folder string) error {
	if isFolder(folder) == nil {
		return register.Errorf(register.Refused, "folder", "%s is at hand: delete the backups in it where it is to go", folder)
	}
	settings := s.Settings()
	if to := settings.BackupTo; to != "" && s.desk.db.BackupFolder(to) == folder {
		return register.Errorf(register.Refused, "folder",
			"the daily backup goes to %s: name another folder for it first, then write this one off", folder)
	}
	return nil
}

// writeOff marks the backups of a folder as lost, and forgets what is owed to it.
func (s *Seat) writeOff(tx *store.Tx, folder, reason string) (int, error) {
	var held []register.Backup
	for b, err := range tx.Backups().All() {
		if err != nil {
			return 0, err
		}
		if b.Folder == folder && b.There() {
			held = append(held, b)
		}
	}
	if len(held) == 0 {
		return 0, register.Errorf(register.NotFound, "folder", "no backup is on record in %s", folder)
	}
	for _, b := range held {
		b.Lost = s.desk.now()
		if err := tx.Backups().Put(b); err != nil {
			return 0, err
		}
	}
	settings, err := tx.Settings().Get()
	if err != nil {
		return 0, err
	}
	settings.RingsDue = maps.Clone(settings.RingsDue)
	delete(settings.RingsDue, folder)
	settings.Lost = append(slices.Clip(settings.Lost), register.LostFolder{
		Folder: folder, Reason: reason, At: s.desk.now(), By: s.operator.Name,
	})
	return len(held), tx.Settings().Put(settings)
}

// found puts a backup back on record that was written off and lies in its folder after all.
func (s *Seat) found(ctx context.Context, b register.Backup) error {
	b.Lost = time.Time{}
	return s.recordBackup(ctx, act{verb: register.BackupStanding, note: "found again: " + backupNote(&b)}, b)
}

// SetBackupKeep sets how many backups are kept; the zero value goes back to the usual. Backups made before go as was
// promised then, or sooner. Was, where given, is what was read before: another is a Conflict. Errors: those of Validate.
func (s *Seat) SetBackupKeep(ctx context.Context, keep register.BackupKeep, was ...register.BackupKeep) error {
	if err := keep.Validate(); err != nil {
		return err
	}
	return s.setSettings(ctx, act{verb: register.SettingsChange, note: "backups kept: " + keep.Words()}, func(now *register.Settings) error {
		err := asRead("how many backups are kept", now.BackupKeep, was)
		now.BackupKeep = keep
		return err
	})
}

// SetExports sets the folder that is offered for files that leave; empty for none. Errors: Invalid naming "exports" for a
// folder that is not named from the root; Refused for one that is not there, and for any that is named from elsewhere.
// Was, where given, is the folder that was read before: another is a Conflict.
func (s *Seat) SetExports(ctx context.Context, folder string, was ...string) error {
	folder = strings.TrimSpace(folder)
	if folder != "" {
		if err := s.files.here("another folder for exports"); err != nil {
			return err
		}
		if !filepath.IsAbs(folder) {
			return register.Errorf(register.Invalid, "exports", "name the folder in full, from the root of the disk; empty for none")
		}
		if folder = filepath.Clean(folder); isFolder(folder) != nil {
			return register.Errorf(register.Refused, "exports", "there is no folder %s", folder)
		}
	}
	return s.setSettings(ctx, act{verb: register.SettingsChange, note: "folder for exports"}, func(now *register.Settings) error {
		err := asRead("the folder for exports", now.Exports, was)
		now.Exports = folder
		return err
	})
}
