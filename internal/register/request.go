package register

import (
	"fmt"
	"time"

	"custos/internal/calendar"
)

// Request is a case: a person exercising a right. What happened to it is in
// its events, which are only ever added to; everything else is derived or was
// fixed when it was opened.
type Request struct {
	Ref      string          `json:"ref"` // AR-2026-0042
	Right    calendar.Right  `json:"right"`
	Nation   calendar.Nation `json:"nation"`
	Delegate ID              `json:"delegate,omitempty"` // empty until matched
	Name     string          `json:"name,omitempty"`     // who asks, where no delegate is matched
	How      string          `json:"how"`                // spoken, letter, email, form, social
	// Requester is somebody else acting for the person; empty: the person.
	Requester string         `json:"requester,omitempty"`
	Owner     string         `json:"owner"` // operator
	Events    []RequestEvent `json:"events"`
	// Deadline is as worked out at the last event, with its steps and the
	// version of the rule; a later rule never rewrites it.
	Deadline calendar.Deadline `json:"deadline"`
	Created  time.Time         `json:"created"`
	Revision uint64            `json:"revision"`
}

// RequestEventKind is what happened to a request.
type RequestEventKind string

// The kinds of event.
const (
	Received       RequestEventKind = "received"
	IdentityAsked  RequestEventKind = "identity-asked"
	IdentitySeen   RequestEventKind = "identity-received"
	AuthorityAsked RequestEventKind = "authority-asked"
	AuthoritySeen  RequestEventKind = "authority-received"
	FeeAsked       RequestEventKind = "fee-asked"
	FeePaid        RequestEventKind = "fee-paid"
	ClarifyAsked   RequestEventKind = "clarification-asked"
	Clarified      RequestEventKind = "clarification-received"
	Extended       RequestEventKind = "extended"
	Noted          RequestEventKind = "note"
	Decided        RequestEventKind = "decided"
	Approved       RequestEventKind = "approved"
	Packed         RequestEventKind = "pack-built"
	Replied        RequestEventKind = "replied"
	CaseClosed     RequestEventKind = "closed"
)

// RequestEvent is one thing that happened, in the order it was recorded.
type RequestEvent struct {
	Seq      int              `json:"seq"`
	Kind     RequestEventKind `json:"kind"`
	On       calendar.Date    `json:"on"`       // the day it happened
	Recorded time.Time        `json:"recorded"` // UTC
	By       string           `json:"by"`       // operator
	Text     string           `json:"text,omitempty"`
	Outcome  Outcome          `json:"outcome,omitempty"`
	// Unchecked marks an act that one person did alone where two should.
	Unchecked bool `json:"not_second_checked,omitempty"`
	Corrects  int  `json:"corrects,omitempty"` // Seq of the event this replaces
}

// Outcome is a decision on a request.
type Outcome string

// The outcomes.
const (
	Fulfil Outcome = "fulfil"
	Partly Outcome = "partly"
	Refuse Outcome = "refuse"
)

// Intakes are the ways a request reaches the office. Any of them starts the
// clock; no form is needed.
func Intakes() []string { return []string{"spoken", "letter", "email", "form", "social"} }

// RequestState is where a request stands, derived from its events.
type RequestState string

// The states.
const (
	WaitingIdentity  RequestState = "waiting-identity"
	WaitingAuthority RequestState = "waiting-authority"
	WaitingFee       RequestState = "waiting-fee"
	ClockStopped     RequestState = "clock-stopped" // a clarification is unanswered
	InProgress       RequestState = "open"
	AwaitsApproval   RequestState = "awaits-approval"
	ReadyToReply     RequestState = "ready-to-reply"
	RepliedTo        RequestState = "replied"
	ClosedCase       RequestState = "closed"
)

// RequestStates returns every state, in the order a case goes through them.
func RequestStates() []RequestState {
	return []RequestState{WaitingIdentity, WaitingAuthority, WaitingFee, ClockStopped, InProgress,
		AwaitsApproval, ReadyToReply, RepliedTo, ClosedCase}
}

// refPrefix leads the case numbers of each right.
var refPrefix = map[calendar.Right]string{
	calendar.Access: "AR", calendar.Rectification: "RC", calendar.Erasure: "ER", calendar.Restriction: "RS",
	calendar.Portability: "PO", calendar.Objection: "OB", calendar.Automated: "AD", calendar.Withdrawal: "WC",
}

// CaseSeries names the sequence case numbers of a right and year come from.
func CaseSeries(r calendar.Right, year int) string {
	return fmt.Sprintf("%s-%d", refPrefix[r], year)
}

// CaseRef returns the case number of a right, a year and a sequence in it.
func CaseRef(r calendar.Right, year, seq int) string {
	return fmt.Sprintf("%s-%04d", CaseSeries(r, year), seq)
}

// live returns the events that no later event corrects.
func (r *Request) live() []RequestEvent {
	gone := map[int]bool{}
	for _, e := range r.Events {
		if e.Corrects != 0 {
			gone[e.Corrects] = true
		}
	}
	var live []RequestEvent
	for _, e := range r.Events {
		if !gone[e.Seq] {
			live = append(live, e)
		}
	}
	return live
}

// Last returns the latest live event of a kind.
func (r *Request) Last(kind RequestEventKind) (RequestEvent, bool) {
	live := r.live()
	for i := len(live) - 1; i >= 0; i-- {
		if live[i].Kind == kind {
			return live[i], true
		}
	}
	return RequestEvent{}, false
}

// Received returns the day the request reached anyone in the office.
func (r *Request) Received() calendar.Date {
	e, _ := r.Last(Received)
	return e.On
}

// has reports whether a live event of a kind exists.
func (r *Request) has(kind RequestEventKind) bool {
	_, ok := r.Last(kind)
	return ok
}

// State derives where the request stands.
func (r *Request) State() RequestState {
	switch {
	case r.has(CaseClosed):
		return ClosedCase
	case r.has(Replied):
		return RepliedTo
	case r.has(Approved):
		return ReadyToReply
	case r.has(Decided):
		return AwaitsApproval
	case r.has(AuthorityAsked) && !r.has(AuthoritySeen):
		return WaitingAuthority
	case r.has(IdentityAsked) && !r.has(IdentitySeen):
		return WaitingIdentity
	case r.has(FeeAsked) && !r.has(FeePaid):
		return WaitingFee
	case r.openClarification():
		return ClockStopped
	}
	return InProgress
}

func (r *Request) openClarification() bool {
	open := false
	for _, e := range r.live() {
		switch e.Kind {
		case ClarifyAsked:
			open = true
		case Clarified:
			open = false
		default:
		}
	}
	return open
}
