package register

import (
	"time"

	"custos/internal/calendar"
)

// RequestEventKind is what happened to a request.
type RequestEventKind string

// The kinds of event: how it came, and what its clock waits for.
const (
	Received        RequestEventKind = "received"
	Acknowledged    RequestEventKind = "acknowledged"
	IdentityAsked   RequestEventKind = "identity-asked"
	IdentitySeen    RequestEventKind = "identity-received"
	AuthorityAsked  RequestEventKind = "authority-asked"
	AuthoritySeen   RequestEventKind = "authority-received"     // and judged to be enough
	AuthorityFailed RequestEventKind = "authority-insufficient" // it came and is not enough
	FeeAsked        RequestEventKind = "fee-asked"
	FeePaid         RequestEventKind = "fee-paid"
	ClarifyAsked    RequestEventKind = "clarification-asked"
	Clarified       RequestEventKind = "clarification-received"
	Extended        RequestEventKind = "extended"
	ProgressTold    RequestEventKind = "progress-told"
)

// What the office does with it.
const (
	Noted            RequestEventKind = "note"
	MatchedTo        RequestEventKind = "matched"
	Assigned         RequestEventKind = "assigned"
	TaskDone         RequestEventKind = "task-done"
	Found            RequestEventKind = "found" // a finding of the enquiry, in words
	DocumentAttached RequestEventKind = "document-attached"
	SelectionChanged RequestEventKind = "selection-changed" // of the pack, or of what an erasure keeps
	Packed           RequestEventKind = "pack-built"
	LetterMade       RequestEventKind = "letter-made"
	Rectified        RequestEventKind = "rectified"
	RestrictionSet   RequestEventKind = "restricted"
	LiftingTold      RequestEventKind = "lifting-told" // Art 18(3): before it is lifted
	RestrictionEnded RequestEventKind = "restriction-lifted"
	RecipientTold    RequestEventKind = "recipient-told" // Art 19
	Balanced         RequestEventKind = "balanced"       // interests weighed, Art 21(1)
	MarketingStopped RequestEventKind = "marketing-stopped"
	ConsentWithdrawn RequestEventKind = "consent-withdrawn"
	ErasedData       RequestEventKind = "erased"
	HandedOver       RequestEventKind = "handed-over" // to a DPO elsewhere, as a sealed file
	AdviceReceived   RequestEventKind = "advice-received"
)

// How it ends, and how what was recorded is put right.
const (
	Decided    RequestEventKind = "decided"
	Approved   RequestEventKind = "approved"
	Returned   RequestEventKind = "returned" // by the approver, with the reason; it takes back what it corrects
	Replied    RequestEventKind = "replied"
	Duplicate  RequestEventKind = "duplicate" // of another case, which goes on
	CaseClosed RequestEventKind = "closed"
	StruckOut  RequestEventKind = "struck-out" // what it corrects never happened
)

// RequestEvent is one thing that happened, in the order it was recorded. Which
// of the later fields an event has depends on its kind.
type RequestEvent struct {
	Seq      int              `json:"seq"`
	Kind     RequestEventKind `json:"kind"`
	On       calendar.Date    `json:"on"`       // the day it happened
	Recorded time.Time        `json:"recorded"` // UTC
	By       string           `json:"by"`       // operator
	Text     string           `json:"text,omitempty"`
	Outcome  Outcome          `json:"outcome,omitempty"`
	Grounds  []string         `json:"grounds,omitempty"` // codes of the kind of case
	// Awaits marks an act that counts only once somebody else approved it, and
	// Approves, on the approval, is the Seq of the act.
	Awaits   bool `json:"awaits_approval,omitempty"`
	Approves int  `json:"approves,omitempty"`
	// Covers is, on an approval, the digest of what was approved beside the
	// decision: the selection of the pack, or what an erasure keeps.
	Covers string `json:"covers,omitempty"`
	// Unchecked marks an act that one person did alone where two should.
	Unchecked bool `json:"not_second_checked,omitempty"`
	Corrects  int  `json:"corrects,omitempty"` // Seq of the event this replaces or takes back

	Task      string       `json:"task,omitempty"`
	To        string       `json:"to,omitempty"`        // operator a case is given to; recipient told
	Evidence  string       `json:"evidence,omitempty"`  // kind of proof seen; never a copy
	Case      string       `json:"case,omitempty"`      // another case
	Reference ID           `json:"reference,omitempty"` // disclosure, hold, document
	Letter    LetterKind   `json:"letter,omitempty"`
	Change    *ValueChange `json:"change,omitempty"`
	Balance   *Balancing   `json:"balance,omitempty"` // of a weighing of interests
}

// ValueChange is a value before and after it was put right.
type ValueChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}
