// Package letter writes what the office sends to a person who used a right:
// the access reply as a page to read and print, as data and as tables. It knows
// the wording and the law it rests on.
// It opens no file, holds no clock, and decides nothing: what is held, who had
// it and when it was due are handed in.
package letter

import (
	"custos/internal/calendar"
	"custos/internal/register"
)

// The names of the files in the pack that carries an access reply. Tables are
// named by Section.File.
const (
	PageFile     = "index.html"
	DataFile     = "data.json"
	ManifestFile = "manifest.json" // name, size and SHA-256 of every other file
)

// Enclosed is a document held elsewhere, and whether a copy comes with the
// reply.
type Enclosed struct {
	register.Document
	Copy   bool
	Ending string // of the name of the copy, such as .pdf
}

// Reply is all an access reply is made from (UK GDPR Art 15).
type Reply struct {
	Office  string // the controller's name
	Profile register.Profile
	Request register.Request
	On      calendar.Date // the day the reply is written

	Person string   // whom the reply is about, as it addresses them
	Kind   string   // their kind in the profile; empty where nobody was matched
	Access []string // the access levels of their memberships

	// Holdings has one element for every collection that may hold something on
	// the person, those that hold nothing included.
	Holdings    []register.Holding
	Disclosures []register.DisclosedTo

	// Mentions are what others' records say of the person, of which the passage is
	// quoted; Documents are copies held elsewhere; Withheld is what was left out.
	Mentions  []register.Mention
	Documents []Enclosed
	Withheld  []register.Withheld
	// Redactions take words out of all of this, each under one of Exemptions.
	Redactions []register.Redaction
	Exemptions []register.Exemption

	// The audit entry of the day the pack was built, by which the office can
	// show later that the record was not changed. Hash is hexadecimal.
	AuditSeq  uint64
	AuditHash string

	Draft     bool // no release is approved
	Unchecked bool // prepared and approved by one and the same person
}
