package register

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"custos/internal/calendar"
)

// SelectionDigest is the SHA-256, in hex, of what is selected in a case beside
// its decision: what the pack takes in and leaves out, the documents, the words
// redacted, and what an erasure keeps. The order they were chosen in is no part
// of it.
func (r *Request) SelectionDigest() string {
	var lines []string
	for _, x := range r.Choices {
		x.At = utc(x.At)
		lines = append(lines, line("choice", x))
	}
	for _, x := range r.Documents {
		x.At = utc(x.At)
		lines = append(lines, line("document", x))
	}
	for _, x := range r.Redactions {
		x.At = utc(x.At)
		lines = append(lines, line("redaction", x))
	}
	for _, x := range r.Keeps {
		x.At = utc(x.At)
		lines = append(lines, line("keep", x))
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l)) // a line of JSON holds no line break, so lines cannot run together
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// line cannot fail: what it writes holds text, numbers and instants only.
func line(what string, x any) string {
	text, _ := json.Marshal(x)
	return what + string(text)
}

func utc(at time.Time) time.Time { return at.UTC() }

// Binds reports whether the approval of a decision is bound to what is
// selected in the case.
func (r *Request) Binds() bool {
	switch r.Right {
	case calendar.Access, calendar.Portability, calendar.Erasure:
		return true
	default:
		return false
	}
}

// Covered reports whether the approved decision stands and what was approved
// with it is still what is selected. Approvals from before they were bound to a
// selection count by their events alone.
func (r *Request) Covered() bool {
	approved, ok := r.Approval()
	return ok && (approved.Covers == "" || approved.Covers == r.SelectionDigest())
}
