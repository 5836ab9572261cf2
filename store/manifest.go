package store

import (
	"time"
)

// Manifest says what a backup holds. It is readable, and authenticated under a key derived from the store key: a byte
// changed in it shows.
type Manifest struct {
	Version    int            `json:"version"`
	Store      string         `json:"store"`
	At         time.Time      `json:"at"` // UTC, to the second; of the state the backup holds
	Format     int            `json:"format"`
	Commit     uint64         `json:"commit"`
	AuditSeq   uint64         `json:"audit_seq"`
	AuditHead  string         `json:"audit_head"` // hexadecimal
	Records    map[string]int `json:"records"`    // by bucket, former versions and audit entries included
	People     int            `json:"people"`
	Bytes      int64          `json:"bytes"`       // of the data file
	SHA256     string         `json:"sha256"`      // of the data file, hexadecimal
	DataDigest string         `json:"data_digest"` // the state digest without the bucket keys, hexadecimal
	Generation string         `json:"generation"`  // of the store key
	Data       string         `json:"data"`        // names of the files beside it
	Ring       string         `json:"ring"`
	Ledger     string         `json:"ledger"`
	MAC        string         `json:"mac"` // HMAC-SHA256 over all before, hexadecimal
}

// Total is how many records the backup holds, former versions and audit entries included.
func (m *Manifest) Total() int {
	n := 0
	for _, count := range m.Records {
		n += count
	}
	return n
}
