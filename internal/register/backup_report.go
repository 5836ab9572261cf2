package register

import "time"

// StoreReport is what a walk of the whole store found.
type StoreReport struct {
	At        time.Time      `json:"at"`      // UTC
	Records   map[string]int `json:"records"` // by collection, former versions and the audit trail too
	AuditSeq  uint64         `json:"audit_seq"`
	AuditHead string         `json:"audit_head"` // hexadecimal
	Problems  []StoreProblem `json:"problems"`
	Intact    bool           `json:"intact"` // nothing is damaged; there may be oddities
}

// StoreProblem is one thing that is damaged or odd.
type StoreProblem struct {
	Where  string `json:"where"`        // pages, header, state, audit, a collection ...
	ID     string `json:"id,omitempty"` // the record: a random id or a number
	What   string `json:"what"`         // a sentence
	Oddity bool   `json:"oddity,omitempty"`
}

// Compacted is what a compaction gained, in bytes of the file.
type Compacted struct {
	Before int64 `json:"before"`
	After  int64 `json:"after"`
}

// RekeyInput changes every key of the store.
type RekeyInput struct {
	// Passphrase is that of the operator who does it; it is proved first and stays theirs.
	Passphrase []byte
	// Others are the new passphrases of the other operators by login; whoever is not in it gets a one-time one.
	Others map[string][]byte
}

// Rekeyed is what must be written down after a change of all keys: it is shown once.
type Rekeyed struct {
	Recovery string `json:"recovery"` // the new recovery key
	// OneTime are the passphrases of the other operators that were made for them, by login; each is asked for another
	// one as they come in.
	OneTime map[string]string `json:"one_time"`
}
