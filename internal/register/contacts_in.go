package register

import "time"

// ContactRow is one row of a contact export of another tool, before it is
// compared with what is held.
type ContactRow struct {
	Line   int // 1-based, of the file
	Email  string
	Phone  string
	Name   string
	Given  string
	Family string
	// Answer is what the row says by the channel it was read for: Given,
	// RefusedIt, Withdrawn, or Objected where the tool says "all"; "": nothing.
	Answer ConsentAct
	// Stops are further channels the row says no for: an export may hold more
	// opt-outs than the one asked about, and none may be lost.
	Stops []string
	// Bounced: mail to the address came back. That is no answer.
	Bounced  bool
	At       time.Time // of the answer, UTC; zero where the file does not say
	Evidence string    // where the tool says the proof lies
	Refused  *Problem  // why the row cannot be read
}

// SaysNo reports whether the row holds an opt-out.
func (r *ContactRow) SaysNo() bool { return r.Answer.No() || len(r.Stops) > 0 }

// ContactPlan is what an import of contacts would do, row by row, before it
// does anything.
type ContactPlan struct {
	File    string `json:"file"`
	Format  string `json:"format"`
	Purpose string `json:"purpose,omitempty"`
	Channel string `json:"channel,omitempty"`
	Brand   string `json:"brand,omitempty"`
	Notice  string `json:"notice,omitempty"` // the wording people were shown, where it is known
	Kind    string `json:"kind,omitempty"`   // of the people added
	// Mapped says that answers are recorded; otherwise no consent changes.
	Mapped   bool             `json:"mapped"`
	Counts   Counts           `json:"counts"`
	Answers  ContactTally     `json:"answers"`
	Problems []Problem        `json:"problems"`
	Notices  []Problem        `json:"notices,omitempty"`
	Rows     []PlannedContact `json:"-"`
}

// ContactTally counts what becomes of the answers of a file. A row may count
// under several.
type ContactTally struct {
	Yes        int `json:"yes"`          // consents to be recorded
	No         int `json:"no"`           // refusals, withdrawals and objections to be recorded
	KeptNo     int `json:"kept_no"`      // yes in the file, no in the ledger: the no stands
	Suppressed int `json:"suppressed"`   // yes in the file, the address is suppressed
	Suppresses int `json:"suppresses"`   // addresses to be suppressed: a no, and nobody to record it for
	Bounced    int `json:"bounced"`      // mail came back: nothing changes
	Unrecorded int `json:"not_mapped"`   // a yes that is not recorded: no consent is mapped
	Nameless   int `json:"without_name"` // people added under their address
}

// PlannedContact is the fate of one row, and why.
type PlannedContact struct {
	ContactRow
	Fate Fate
	Who  []ID   // the people held that the row is about
	Why  string // a sentence; no personal data, ids apart
	// Person is to be added, nil for nobody.
	Person *Delegate
	// Record are the answers to be added to the ledger.
	Record []PlannedAnswer
	// Suppress are the addresses to be kept from use.
	Suppress []PlannedStop
}

// PlannedAnswer is one event an import would add to the ledger. Who is empty
// for the person the same row adds.
type PlannedAnswer struct {
	Who ID
	FileAnswer
}

// PlannedStop is one suppression an import would add. Normal is the address or
// number in the form it is compared in.
type PlannedStop struct {
	Kind    string // email or phone
	Normal  string
	Channel string
	Scope   string
}
