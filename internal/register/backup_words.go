package register

import (
	"fmt"
	"path/filepath"

	"custos/internal/calendar"
)

const longestLock = 720 // minutes

// CheckSafekeeping validates where automatic backups go and when the console locks. Errors: Invalid with Field "to" for a
// folder that is not named from the root, or "lock_minutes" for what is not -1, 0 or 1 to 720.
func CheckSafekeeping(to string, lockMinutes int) error {
	if to != "" && !filepath.IsAbs(to) {
		return Errorf(Invalid, "to", "name the folder in full, from the root of the disk; empty for no automatic backup")
	}
	if lockMinutes < -1 || lockMinutes > longestLock {
		return Errorf(Invalid, "lock_minutes", "the console locks after 1 to %d minutes; 0 for %d, -1 for never",
			longestLock, DefaultLockMinutes)
	}
	return nil
}

// KeepSafe sums up the backups on record for the home screen, on a day in the office.
func (s *Settings) KeepSafe(all []Backup, today calendar.Date) Safekeeping {
	k := Safekeeping{Folder: s.BackupTo, Automatic: s.BackupTo != "", Days: -1}
	for i := range all {
		b := &all[i]
		if !b.Kept() {
			continue
		}
		k.Count++
		if day := calendar.LondonDate(b.At); b.At.After(k.Last) && !b.ahead(today) {
			k.Last, k.Days = b.At, max(0, day.DaysUntil(today))
		}
	}
	k.Due = k.Days != 0
	return k
}

// Words are a line on how safe the office's data is.
func (k *Safekeeping) Words() string {
	words := "There is no backup."
	switch {
	case k.Days == 0:
		words = "The last backup is of today."
	case k.Days == 1:
		words = "The last backup is of yesterday."
	case k.Days > 1:
		words = fmt.Sprintf("The last backup is %d days old, of %s.", k.Days, calendar.LondonDate(k.Last).Long())
	}
	if !k.Automatic {
		words += " None is made by itself."
	}
	if k.Trouble != "" && k.Due {
		words += " " + k.Trouble
	}
	switch n := len(k.Waiting); {
	case n == 1:
		words += " One backup folder has not been told the newest keys and refusals."
	case n > 1:
		words += fmt.Sprintf(" %d backup folders have not been told the newest keys and refusals.", n)
	}
	return words
}

// Overdue reports whether the newest backup is older than it may be: one made by itself every day is late sooner.
func (k *Safekeeping) Overdue() bool {
	if k.Automatic {
		return k.Days < 0 || k.Days > 1
	}
	return k.Days < 0 || k.Days >= 7
}
