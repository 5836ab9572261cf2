package register

import (
	"time"

	"custos/internal/calendar"
)

// FindingChoice says whether the pack takes something in. What a collection
// holds on the person is in unless a choice leaves it out; a mention in
// somebody else's record is in only where a choice says so.
type FindingChoice struct {
	Collection string `json:"collection"`
	Record     string `json:"record"`
	Field      string `json:"field,omitempty"` // of a mention
	Digest     string `json:"sha256,omitempty"`
	Include    bool   `json:"include"`
	Reason     string `json:"reason"`
	Code       string `json:"code,omitempty"` // an exemption it is left out under, where one covers it
	// Passage is what is quoted of somebody else's record, where it is taken in.
	Passage string    `json:"passage,omitempty"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// Document is a copy of something held elsewhere: where it lies and its digest,
// not the thing itself.
type Document struct {
	ID      ID        `json:"id"`
	Title   string    `json:"title"`
	Where   string    `json:"where"` // the filing cabinet, the mailbox, the other system
	Digest  string    `json:"sha256"`
	Bytes   int64     `json:"bytes"`
	Include bool      `json:"include"`
	Reason  string    `json:"reason,omitempty"` // for leaving it out
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// Redaction takes words out of the pack wherever they stand in it.
type Redaction struct {
	ID     ID        `json:"id"`
	Words  string    `json:"words"`
	Code   string    `json:"code"` // an exemption of the office's list
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// ErasureFate is what an erasure does with a record.
type ErasureFate string

// The fates: it goes, the person's values in it are masked, it stays as it is.
const (
	ErasureRemoves ErasureFate = "remove"
	ErasureMasks   ErasureFate = "mask"
	ErasureKeeps   ErasureFate = "keep"
)

// ErasureChoice departs from what the plan of an erasure proposes.
type ErasureChoice struct {
	Collection string      `json:"collection"`
	Record     string      `json:"record,omitempty"` // empty: all of the collection
	Fate       ErasureFate `json:"fate"`
	Ground     string      `json:"ground,omitempty"` // a refusal code of the erasure case
	Reason     string      `json:"reason"`
	Until      string      `json:"until,omitempty"` // a date, or what it waits for
	By         string      `json:"by"`
	At         time.Time   `json:"at"`
}

// Visit marks a case of another office that was handed over for advice.
type Visit struct {
	Office   string    `json:"office"`
	Ref      string    `json:"ref"`    // there
	Digest   string    `json:"sha256"` // of the case as it was handed over
	Revision uint64    `json:"revision"`
	Events   int       `json:"events"` // it had when it came in
	Question string    `json:"question,omitempty"`
	By       string    `json:"by"` // operator there
	Held     []Holding `json:"held,omitempty"`
	At       time.Time `json:"at"`
}

// Hold keeps a person's data from being erased or disposed of until it is
// released: a claim, an open complaint or inquiry, safeguarding.
type Hold struct {
	ID         ID            `json:"id"`
	Delegate   ID            `json:"delegate"`
	Kind       string        `json:"kind"` // one of HoldKinds
	Reason     string        `json:"reason"`
	On         calendar.Date `json:"on"`
	By         string        `json:"by"`
	Review     calendar.Date `json:"review,omitzero"`
	Released   calendar.Date `json:"released,omitzero"`
	ReleasedBy string        `json:"released_by,omitempty"`
	Because    string        `json:"because,omitempty"` // why it was released
}

// HoldKinds are what a hold may be for.
func HoldKinds() []string {
	return []string{"claim", "complaint", "open-request", "inquiry", "safeguarding", "contract"}
}

// Standing reports whether the hold still blocks.
func (h *Hold) Standing() bool { return h.Released.IsZero() }

// Answer returns a hold in words.
func (h Hold) Answer(Names) Record {
	l := &lines{}
	l.add("kind", "Kept because of", h.Kind).add("reason", "Reason", h.Reason).day("on", "Since", h.On)
	l.day("review", "To be looked at again", h.Review).day("released", "Released", h.Released)
	l.add("because", "Released because", h.Because)
	return Record{string(h.ID), l.all}
}
