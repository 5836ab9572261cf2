package register

import "time"

// Anchor is a head of the audit trail that the store signed, as it was written to a file to be kept elsewhere.
type Anchor struct {
	Store  string    `json:"store"`
	At     time.Time `json:"at"` // UTC
	Seq    uint64    `json:"seq"`
	Hash   string    `json:"hash"`       // hexadecimal
	Signer string    `json:"public_key"` // Ed25519, hexadecimal
}

// AnchorVerdict is what holding the audit trail against an anchor told.
type AnchorVerdict struct {
	Anchor Anchor `json:"anchor"`
	Holds  bool   `json:"holds"`
	// Outcome is holds, truncated, rewritten, other-store, other-signer, restored (another trail, and the trail tells of a
	// restore or a repair since) or untold (the signed entry is not in what was looked at).
	Outcome string    `json:"outcome"`
	Words   string    `json:"words"`             // the outcome in a sentence
	Found   uint64    `json:"found,omitempty"`   // truncated: the last entry; restored: the one that tells; untold: the next
	FoundAt time.Time `json:"found_at,omitzero"` // UTC; restored: when
}
