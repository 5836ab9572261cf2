package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Backup copies the store into a folder, proves the copy by reading every record of it back, and thins out the older
// ones there. Work goes on meanwhile. told may be nil and hears of each step. Errors: Denied; Conflict while another
// backup is being made; Refused naming what is in the way, such as a full disk. Where what comes back names a file
// beside an error, the copy is good, and what the error says is still to be done.
func (s *Seat) Backup(
	ctx context.Context, to string, told func(step string, done, total int),
) (register.Backup, error) {
	if err := s.allow(register.BackupMake); err != nil {
		return register.Backup{}, err
	}
	if to != s.Settings().BackupTo {
		if err := s.files.here("a backup into another folder than the office's"); err != nil {
			return register.Backup{}, err
		}
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return register.Backup{}, register.Errorf(register.Refused, "to", "%w", err)
	}
	if err := s.desk.apart(to); err != nil {
		return register.Backup{}, err
	}
	return s.backUp(ctx, act{verb: register.BackupMake}, to, told)
}

// BackupIfDue makes the daily backup the office has ordered: made tells whether there was one to make. Whoever comes in
// makes it. An error stops nobody's work; the home screen says what is in the way, such as a stick not plugged in.
func (s *Seat) BackupIfDue(
	ctx context.Context, told func(step string, done, total int),
) (b register.Backup, made bool, err error) {
	if err := s.allow(register.BackupStanding); err != nil {
		return b, false, err
	}
	to, err := s.desk.standingOrder()
	if err != nil || to == "" {
		return b, false, err
	}
	if err = isFolder(to); err == nil {
		b, err = s.backUp(ctx, act{verb: register.BackupStanding}, to, told)
	}
	if made = b.ID != ""; made {
		s.desk.troubled(nil)
	} else if register.KindOf(err) != register.Conflict { // another is on its way
		s.desk.troubled(err)
	}
	return b, made, err
}

// backUp makes a backup, one at a time.
func (s *Seat) backUp(
	ctx context.Context, a act, to string, told func(step string, done, total int),
) (register.Backup, error) {
	var none register.Backup
	d := s.desk
	if !d.keeping.making.TryLock() {
		return none, register.Errorf(register.Conflict, "", "a backup is being made: wait for it")
	}
	defer d.keeping.making.Unlock()
	ctx, cancel := d.keeping.untilClosing(ctx)
	defer cancel()
	if err := d.keeping.takeTurn(ctx); err != nil {
		return none, err
	}
	b, err := s.copyOut(ctx, a, to, told)
	d.keeping.endTurn()
	if err != nil {
		return none, err
	}
	err = errors.Join(s.adopt(ctx, b.Folder, told), d.keepUp(ctx, true), s.thinOut(ctx))
	return b, err
}

// copyOut makes and records a backup. The folder's ring is noted as due at once: who was forgotten between the copy and
// the record is in the one and not known to the other.
func (s *Seat) copyOut(
	ctx context.Context, a act, to string, told func(step string, done, total int),
) (register.Backup, error) {
	var b register.Backup
	made, err := s.desk.db.Backup(ctx, to, told)
	if err != nil {
		return b, err
	}
	b, err = s.desk.backupOf(&made.Manifest, made.Path)
	if err != nil {
		return b, err
	}
	b.By, b.Automatic, b.Proved = s.operator.Name, a.verb == register.BackupStanding, s.desk.now()
	a.note = backupNote(&b)
	return b, s.recordBackup(ctx, a, b)
}

// recordBackup puts a backup on record.
func (s *Seat) recordBackup(ctx context.Context, a act, b register.Backup) error {
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		if err := tx.Backups().Put(b); err != nil {
			return err
		}
		return owe(tx)
	})
	s.desk.reread()
	return err
}

// backupOf is the record of a backup.
func (d *Desk) backupOf(m *store.Manifest, path string) (register.Backup, error) {
	id, err := d.ids.Next(register.BackupPrefix)
	settings := d.db.Settings()
	return register.Backup{
		ID: id, At: m.At.UTC(), Folder: filepath.Dir(path), File: filepath.Base(path), Bytes: m.Bytes, SHA256: m.SHA256,
		Records: m.Total(), People: m.People, AuditSeq: m.AuditSeq, AuditHead: m.AuditHead, Format: m.Format,
		Generation: m.Generation, Until: settings.BackupKeep.Until(calendar.LondonDate(m.At)),
	}, err
}

// backupNote says in the audit trail what was copied: no path, which may name somebody.
func backupNote(b *register.Backup) string {
	return fmt.Sprintf("%d records, %d people, head %d %s", b.Records, b.People, b.AuditSeq, strings.ToLower(b.AuditHead))
}

// adopt puts backups of this store on record that lie in a folder and are not: a store that was restored knows nothing
// of what was made after the copy it came from. Each is read whole, once.
func (s *Seat) adopt(ctx context.Context, folder string, told func(step string, done, total int)) error {
	lying, err := store.ListBackups(folder)
	if err != nil {
		return err
	}
	known, err := s.desk.backups()
	if err != nil {
		return err
	}
	at := map[string]*register.Backup{}
	for i := range known {
		at[filepath.Join(known[i].Folder, known[i].File)] = &known[i]
	}
	for i := range lying {
		l := &lying[i]
		if b := at[l.Path]; b != nil && !b.Lost.IsZero() && b.SHA256 == l.Manifest.SHA256 {
			if err := s.found(ctx, *b); err != nil {
				return err
			}
		}
		if at[l.Path] != nil || l.Manifest.Store != s.desk.db.ID() || l.Problem != "" {
			continue
		}
		report, err := s.desk.db.ProveBackup(ctx, l.Path, told)
		if err != nil {
			return err
		}
		b, err := s.desk.backupOf(&l.Manifest, l.Path)
		if err != nil {
			return err
		}
		if len(report.Findings) == 0 {
			b.Proved = s.desk.now()
		}
		a := act{verb: register.BackupStanding, note: "found in a folder: " + backupNote(&b)}
		if err := s.recordBackup(ctx, a, b); err != nil {
			return err
		}
	}
	return nil
}

// thinOut removes the backups that are kept no longer from every folder at hand.
func (s *Seat) thinOut(ctx context.Context) error {
	all, err := s.desk.backups()
	if err != nil {
		return err
	}
	if err := s.desk.keeping.takeTurn(ctx); err != nil {
		return err
	}
	defer s.desk.keeping.endTurn()
	byFolder := map[string][]register.Backup{}
	for i := range all {
		byFolder[all[i].Folder] = append(byFolder[all[i].Folder], all[i])
	}
	settings := s.Settings()
	var gone []register.Backup
	for _, folder := range slices.Sorted(maps.Keys(byFolder)) {
		for _, b := range settings.BackupKeep.Thin(byFolder[folder], s.Today()) {
			there, err := s.desk.discard(&b)
			if err != nil {
				return errors.Join(err, s.removed(ctx, gone))
			}
			if there {
				gone = append(gone, b)
			}
		}
	}
	return s.removed(ctx, gone)
}

// discard removes a backup from its folder, and reports whether it was there: another stick may be plugged in. What lies
// there under its name and is not it stays.
func (d *Desk) discard(b *register.Backup) (there bool, err error) {
	lying, err := store.ListBackups(b.Folder)
	if err != nil {
		return false, err
	}
	path := filepath.Join(b.Folder, b.File)
	for i := range lying {
		if m := &lying[i].Manifest; lying[i].Path == path && m.Store == d.db.ID() && m.SHA256 == b.SHA256 {
			return true, store.RemoveBackup(path)
		}
	}
	return false, nil
}

func (s *Seat) removed(ctx context.Context, gone []register.Backup) error {
	if len(gone) == 0 {
		return nil
	}
	a := act{verb: register.BackupStanding, note: fmt.Sprintf("%d past their time", len(gone))}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		for _, b := range gone {
			b.Removed = s.desk.now().Truncate(time.Second)
			if err := tx.Backups().Put(b); err != nil {
				return err
			}
		}
		return nil
	})
	s.desk.reread()
	return err
}
