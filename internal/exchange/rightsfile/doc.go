// Package rightsfile reads requests that agents and controllers send by machine, in the Data Rights Protocol (0.4 to 1.0)
// and in OpenDSR, formerly OpenGDPR (1.0 and 2.0), into plain values. Both were made for other laws: what has no equal in
// the law of the United Kingdom becomes an enquiry, for a person to read.
//
// It trusts nothing: signatures are not checked, what a sender calls verified stays the sender's word, and all of it is
// noted. It knows bytes and members. It never decides whether a request is valid or whose it is, and never opens a file
// or the addresses a request names.
package rightsfile

import (
	"time"

	"custos/internal/calendar"
)

// Incoming is one request as it was sent. Every text is the sender's.
type Incoming struct {
	Right                       calendar.Right
	Name, Email, Phone, Address string
	Reference                   string // the sender's own number for the request
	Agent                       string // who sent it on the person's behalf
	Regime                      string // the law it was made under, such as "ccpa"
	// The instants are by the sender's clock, zero where absent: when it was made, and between which it is to count.
	Received, NotBefore, Expires time.Time
	Relationships                []string // what the person is to the recipient, such as "customer"
	Raw                          string   // what the right was called there
	Line                         int      // of the file, where the request begins
	Notes                        []string // what a person should know before acting on it
}

// NotesAt returns the notes, with one for a request that counts no longer or not yet at an instant. It is none the less a
// request: the law knows no expiry of one.
func (in *Incoming) NotesAt(now time.Time) []string {
	notes := in.Notes[:len(in.Notes):len(in.Notes)]
	if !in.Expires.IsZero() && now.After(in.Expires) {
		notes = append(notes, "by its own account it has expired, so ask the sender whether it still stands")
	}
	if !in.NotBefore.IsZero() && now.Before(in.NotBefore) {
		notes = append(notes, "by its own account it does not count yet, so ask the sender what is meant")
	}
	return notes
}

// note adds a note once.
func (in *Incoming) note(text string) {
	for _, n := range in.Notes {
		if n == text {
			return
		}
	}
	in.Notes = append(in.Notes, text)
}
