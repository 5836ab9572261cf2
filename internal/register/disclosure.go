package register

import "time"

// Disclosure is a file that left the office, or a copy handed to the person.
// It answers "who has had whose data?". It names the people by id only in
// DisclosedTo, so that an erasure can forget them one by one.
type Disclosure struct {
	ID         ID        `json:"id"`
	At         time.Time `json:"at"` // UTC
	What       string    `json:"what"`
	Purpose    string    `json:"purpose,omitempty"`
	Recipient  string    `json:"recipient"` // a Recipient of the profile, "data subject", or "internal"
	Role       string    `json:"recipient_role,omitempty"`
	Basis      Basis     `json:"basis,omitempty"`
	Fields     []string  `json:"fields"`
	Count      int       `json:"count"` // people
	Format     string    `json:"format"`
	Bytes      int64     `json:"bytes"`
	Digest     string    `json:"sha256"`
	Method     string    `json:"method"`               // file, drop folder, ssh, standard output, print
	Encryption string    `json:"encryption,omitempty"` // none, age, password
	Request    string    `json:"request,omitempty"`
	PreparedBy string    `json:"prepared_by"`
	ApprovedBy string    `json:"approved_by,omitempty"`
	Unchecked  bool      `json:"not_second_checked,omitempty"`
	Draft      bool      `json:"draft,omitempty"`
	// Channel and Brand say what a mailing list is for, OnBehalf whose message the
	// office sends itself: that recipient has none of the data.
	Channel  string `json:"channel,omitempty"`
	Brand    string `json:"brand,omitempty"`
	OnBehalf string `json:"on_behalf,omitempty"`
	// LeftOut counts who is not in it and why, the most frequent reason first.
	LeftOut []ReasonCount `json:"left_out,omitempty"`
	// AuditSeq and AuditHead are the head of the audit trail the file was made on,
	// in hexadecimal: printed in it where it has room, and to be compared later.
	AuditSeq  uint64 `json:"audit_seq,omitempty"`
	AuditHead string `json:"audit_head,omitempty"`
}

// Audit is the head of the audit trail the file was made on.
func (d *Disclosure) Audit() AuditMark { return AuditMark{d.AuditSeq, d.AuditHead} }

// DisclosedTo ties a disclosure to one person in it.
type DisclosedTo struct {
	Delegate   ID        `json:"delegate"`
	Disclosure ID        `json:"disclosure"`
	At         time.Time `json:"at"`
	What       string    `json:"what"`
	Recipient  string    `json:"recipient"`
	Fields     []string  `json:"fields"`
}
