package register

import (
	"time"

	"custos/internal/calendar"
)

// Settings is the office as it was set up: one record.
type Settings struct {
	Office  string          `json:"office"`
	Nation  calendar.Nation `json:"nation"`
	Profile Profile         `json:"profile"`
	Created time.Time       `json:"created"`
	// CompetentAge is the age in years from which a child answers for
	// themselves; 0: as the profile says.
	CompetentAge int `json:"competent_age,omitempty"`
	// Holidays is an override in the calendar's own format, empty for none.
	Holidays string `json:"holidays,omitempty"`
	// Terms are the school's, in the calendar's own format: one clock needs them.
	Terms string `json:"terms,omitempty"`
	// Regulator is whom a letter names to complain to; empty: as the profile says.
	Regulator        string `json:"regulator,omitempty"`
	RegulatorContact string `json:"regulator_contact,omitempty"`
	// Address is how people reach the office, as letters print it.
	Address string `json:"address,omitempty"`
	// BackupDays is how long copies of the store are kept, in days; 0: the
	// office has not said.
	BackupDays int `json:"backup_days,omitempty"`
	// BackupTo is the folder of the automatic daily backup; empty: none is made.
	BackupTo string `json:"backup_to,omitempty"`
	// BackupKeep is how many backups are kept; zero: the usual.
	BackupKeep BackupKeep `json:"backup_keep,omitzero"`
	// Exports is the folder offered for files that leave; empty: where the program was started.
	Exports string `json:"exports,omitempty"`
	// Lost are the backup folders that were written off, oldest first.
	Lost []LostFolder `json:"lost_folders,omitempty"`
	// LockMinutes is after how long without a key the console locks; 0: after
	// DefaultLockMinutes, below 0: never.
	LockMinutes int `json:"lock_minutes,omitempty"`
	// RingsDue are the backup folders whose copies still open with keys that
	// have gone since: the operation that owes it to each.
	RingsDue map[string]ID `json:"rings_due,omitempty"`
	// Exemptions are the codes redactions are made under; empty: the usual ones.
	Exemptions []Exemption `json:"exemptions,omitempty"`
	// Mappings remembers how the columns of an import were mapped, by the
	// fingerprint of its header: column name to field id.
	Mappings map[string]map[string]string `json:"mappings,omitempty"`
	// Sequences holds the last case number given out, by "AR-2026".
	Sequences map[string]int `json:"sequences,omitempty"`
	// Judgements are the changes of purpose that were looked at, oldest first.
	Judgements []Judgement `json:"judgements,omitempty"`
	// Told are the changed notices people were told of, oldest first.
	Told []Telling `json:"told,omitempty"`
}

// LostFolder is a backup folder that was written off: nobody can reach the copies on it any more, to destroy a key there
// or to delete them.
type LostFolder struct {
	Folder string    `json:"folder"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"` // UTC
	By     string    `json:"by"`
}

// DefaultLockMinutes is when a console nobody touches locks, where the office
// has not said.
const DefaultLockMinutes = 15

// LockAfter is after how long without a key the console locks; 0: never.
func (s *Settings) LockAfter() time.Duration {
	switch {
	case s.LockMinutes < 0:
		return 0
	case s.LockMinutes == 0:
		return DefaultLockMinutes * time.Minute
	}
	return time.Duration(s.LockMinutes) * time.Minute
}

// InLetters is how the office speaks of itself and of the regulator.
func (s *Settings) InLetters() OfficeInput {
	return OfficeInput{s.Address, s.Regulator, s.RegulatorContact, s.BackupDays}
}

// StandingOrder is where the automatic backup goes and when the console locks,
// as the office has set them.
type StandingOrder struct {
	BackupTo    string
	LockMinutes int
}

// StandingOrder returns what is set.
func (s *Settings) StandingOrder() StandingOrder { return StandingOrder{s.BackupTo, s.LockMinutes} }

// Draft is a form somebody has not finished. It outlives a crash and a dropped
// line, and is forgotten when the form is sent or the person is erased.
type Draft struct {
	Operator string            `json:"operator"`
	Form     string            `json:"form"`              // which form, and for which record
	Subject  ID                `json:"subject,omitempty"` // the person it is about, where there is one
	Values   map[string]string `json:"values"`
	// Was is what the fields of Values held when they were first typed in: whoever takes the form up sees what has
	// changed since.
	Was   map[string]string `json:"was,omitempty"`
	Saved time.Time         `json:"saved"`
	// Fresh are the fields typed in since the draft was last saved here; the others stay as another place of the same
	// operator has saved them. Nil: all of it is as given. It is not kept.
	Fresh []string `json:"-"`
}
