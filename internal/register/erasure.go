package register

import (
	"time"

	"custos/internal/calendar"
)

// ErasurePlan is what an erasure would do, read and approved before it runs: what goes, what is masked, what stays and
// under which duty (UK GDPR Art 17).
type ErasurePlan struct {
	Ref      string        `json:"ref"`
	Delegate ID            `json:"delegate"`
	Name     string        `json:"name"`
	On       calendar.Date `json:"on"`
	// Partly says that the decision allows something to be kept.
	Partly bool          `json:"partly,omitempty"`
	Lines  []ErasureLine `json:"lines"`
	// Blocked are the reasons why it cannot run now, in words; none: it can once it is approved.
	Blocked    []string             `json:"blocked"`
	Suppress   []ErasureSuppression `json:"suppress"`
	Recipients []ErasureRecipient   `json:"recipients"`
	Namesakes  []Namesake           `json:"namesakes"`
	// Notes are what whoever approves should know: what cannot be done afterwards, what is not looked for.
	Notes        []string      `json:"notes"`
	Backups      string        `json:"backups"`
	BackupsUntil calendar.Date `json:"backups_until,omitzero"`
	// Digest is the SHA-256 of all that is kept or masked, hex: what an approval covers.
	Digest string `json:"sha256"`
	// Approved says that the decision is approved, and for this plan.
	Approved bool `json:"approved"`
}

// ErasureLine is one thing the plan says about a collection, a record or a text in one.
type ErasureLine struct {
	Collection string `json:"collection"` // as the store calls it
	Title      string `json:"title"`
	Record     string `json:"record,omitempty"` // empty: all of the person's in the collection
	Field      string `json:"field,omitempty"`
	Subject    ID     `json:"subject,omitempty"` // whose record it is, where it is another person's
	What       string `json:"what"`              // what is there, in words; of a mention, the passage

	Fate  ErasureFate `json:"fate"`
	Why   string      `json:"why"`
	Law   string      `json:"law,omitempty"`
	Until string      `json:"until,omitempty"`
	Count int         `json:"count"` // records, or texts

	Ground string `json:"ground,omitempty"` // of a choice
	Text   string `json:"sha256,omitempty"` // digest of the text a mention stands in
}

// ErasureSuppression is an address that is kept from being used after the erasure. Only a keyed hash of it is stored.
type ErasureSuppression struct {
	Kind    string `json:"kind"` // email or phone
	Channel string `json:"channel"`
	Scope   string `json:"scope"`
	Why     string `json:"why"`
	// Address is as it stands in the record; it is not shown, and not part of what is written out.
	Address string `json:"-"`
}

// ErasureRecipient had data of the person from the office and is told (UK GDPR Art 19).
type ErasureRecipient struct {
	Recipient  string    `json:"recipient"`
	Name       string    `json:"name"`
	What       string    `json:"what"`
	At         time.Time `json:"at"`
	Disclosure ID        `json:"disclosure"`
}

// Namesake is somebody else on record who shares a value with the person. Their own data is theirs and stays.
type Namesake struct {
	Delegate ID       `json:"delegate"`
	Shares   []string `json:"shares"` // name, email, phone ...
}

// EraseInput runs an erasure.
type EraseInput struct {
	// Certificate is a file for the letter to the person, .pdf, .docx, .html or .txt; empty: none is written.
	Certificate string
	// Values are values of the person, typed by hand: only to finish an erasure that was interrupted, when nobody knows
	// them any more.
	Values []string
}

// ErasureReport is what an erasure did, and what the search afterwards found.
type ErasureReport struct {
	Ref      string `json:"ref"`
	Delegate ID     `json:"delegate"`
	Removed  int    `json:"removed"`    // records of the person's own
	Masked   int    `json:"masked"`     // records of others with a mention
	Kept     int    `json:"kept"`       // lines of the plan
	Suppress int    `json:"suppressed"` // new suppressions
	// Certificate is the disclosure of the letter, empty where none was written.
	Certificate ID            `json:"certificate,omitempty"`
	Pages       int           `json:"pages_scrubbed"`
	Residue     ResidueReport `json:"residue"`
	// Complete says that everything was removed, scrubbed and searched, and that nothing was left behind.
	Complete bool   `json:"complete"`
	Words    string `json:"words"`
	// Backups says what became of the copies made before, and BackupsUntil the last day one may still hold the person;
	// Waiting are the backup folders that were not at hand: there the person can still be read.
	Backups      string        `json:"backups,omitempty"`
	BackupsUntil calendar.Date `json:"backups_until,omitzero"`
	Waiting      []string      `json:"backups_waiting,omitempty"`
	// Resumed says that the records were gone already and only scrub and search were left to do.
	Resumed bool `json:"resumed,omitempty"`
}

// ResidueInput says what to look for: values typed by the operator, for whoever was erased is not known any more.
type ResidueInput struct {
	Ref    string   // the case to note the outcome in; empty: none
	Values []string // names, addresses, numbers
}

// ResidueReport is what a search of the whole store for a person's values found: every record and former version,
// opened, and the raw bytes of every file.
type ResidueReport struct {
	Looked    int           `json:"looked_for"` // values and their variants
	Records   int           `json:"records"`    // opened
	Bytes     int           `json:"bytes"`      // of the files
	Residue   []ResidueFind `json:"residue"`
	Explained []ResidueFind `json:"explained"` // other people's own data, and what is kept with a reason
	// Searched is false where the values were not known, so that only the person's own records were looked for.
	Searched bool `json:"searched"`
}

// ResidueFind is a place where a value of the person stands. It never holds the value.
type ResidueFind struct {
	Collection string `json:"collection,omitempty"`
	Record     string `json:"record,omitempty"`
	Field      string `json:"field,omitempty"`
	File       string `json:"file,omitempty"` // of a find in raw bytes
	Offset     int64  `json:"offset,omitempty"`
	What       string `json:"what"` // what sort of value: full name, email ...
	Why        string `json:"why,omitempty"`
}

// Erasure is what stays on record of an erasure: numbers and ids, nothing of the person. It is kept for good, so that an
// erasure can be repeated on a copy of the store from before it.
type Erasure struct {
	Delegate    ID             `json:"delegate"`
	MergedFrom  []ID           `json:"merged_from,omitempty"` // ids an older copy may have them under
	Request     string         `json:"request"`
	At          time.Time      `json:"at"` // UTC
	By          string         `json:"by"`
	Unchecked   bool           `json:"not_second_checked,omitempty"`
	Removed     map[string]int `json:"removed,omitempty"` // records, by collection
	Masked      map[string]int `json:"masked,omitempty"`  // records, by collection
	Kept        map[string]int `json:"kept,omitempty"`    // records or texts, by collection
	Suppressed  int            `json:"suppressed"`
	Plan        string         `json:"plan_sha256"`
	Certificate ID             `json:"certificate,omitempty"`
	Scrubbed    time.Time      `json:"scrubbed,omitzero"` // UTC
	Scanned     time.Time      `json:"scanned,omitzero"`  // UTC; of the last search
	Residue     int            `json:"residue"`           // finds of the last search
	Complete    bool           `json:"complete"`
	// Touched are the records of others that were masked, for a restored copy.
	Touched []Place `json:"touched,omitempty"`
}

// Place names a record by collection and key; it says nothing about anybody.
type Place struct {
	Collection string `json:"collection"`
	Key        string `json:"key"`
}
