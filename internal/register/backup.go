package register

import (
	"time"

	"custos/internal/calendar"
)

// BackupPrefix is the kind letter of a backup's id.
const BackupPrefix = 'U'

// Backup is a copy of the store that was made, and proved by reading every record of it back. What lies in the copy is
// sealed; this is what the office remembers of it.
type Backup struct {
	ID         ID        `json:"id"`
	At         time.Time `json:"at"` // UTC; of the state it holds
	By         string    `json:"by"`
	Automatic  bool      `json:"automatic,omitempty"`
	Folder     string    `json:"folder"` // absolute
	File       string    `json:"file"`   // of its manifest, within the folder
	Bytes      int64     `json:"bytes"`
	SHA256     string    `json:"sha256"` // of the data file
	Records    int       `json:"records"`
	People     int       `json:"people"`
	AuditSeq   uint64    `json:"audit_seq"`
	AuditHead  string    `json:"audit_head"` // hexadecimal
	Format     int       `json:"format"`
	Generation string    `json:"generation"`       // of the keys it was sealed under
	Proved     time.Time `json:"proved,omitzero"`  // UTC; zero: it was never read back whole
	Removed    time.Time `json:"removed,omitzero"` // UTC; when it was thinned out
	// Until is the last day it may be kept, as things stood when it was made; zero: by the usual numbers.
	Until calendar.Date `json:"until,omitzero"`
	Lost  time.Time     `json:"lost,omitzero"` // UTC; when its folder was written off, beyond reach for good
}

// Safekeeping is how the home screen and an office's settings speak of backups and locking.
type Safekeeping struct {
	Folder    string    `json:"folder,omitempty"` // where automatic backups go; empty: none are made
	Automatic bool      `json:"automatic"`
	Last      time.Time `json:"last,omitzero"`     // UTC; of the newest proved backup; zero: there is none
	Days      int       `json:"days"`              // whole days since; -1: there is none
	Due       bool      `json:"due"`               // older than a day, or there is none
	Waiting   []string  `json:"waiting,omitempty"` // folders that have not seen the newest keys or refusals
	Trouble   string    `json:"trouble,omitempty"` // why the automatic one was not made the last time, a sentence
	Count     int       `json:"count"`             // backups that are kept
}
