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
	Requester string `json:"requester,omitempty"`
	// Relation is what the requester is to the person: parent, solicitor, employer.
	Relation string `json:"relation,omitempty"`
	// Sender is how the request was told apart where it came by machine.
	Sender string         `json:"sender,omitempty"`
	Owner  string         `json:"owner"` // operator
	Events []RequestEvent `json:"events"`
	// Deadline is as worked out from Inputs, with its steps and the version of
	// the rule; a later rule never rewrites it.
	Deadline calendar.Deadline   `json:"deadline"`
	Inputs   calendar.RightsCase `json:"inputs,omitzero"`
	// Former are the deadlines the case had before, the oldest first.
	Former []FormerDeadline `json:"former_deadlines,omitempty"`

	Choices    []FindingChoice `json:"choices,omitempty"`    // what the pack takes in and leaves out
	Documents  []Document      `json:"documents,omitempty"`  // copies held elsewhere
	Redactions []Redaction     `json:"redactions,omitempty"` // words taken out of the pack
	Keeps      []ErasureChoice `json:"keeps,omitempty"`      // what an erasure keeps or masks, and why
	// ErasurePlan is the digest of the plan the approver of an erasure saw, hex.
	ErasurePlan string `json:"erasure_plan_sha256,omitempty"`
	// Recipients are those who had the person's data, as they stood when it was
	// erased: afterwards no record tells (UK GDPR Art 19).
	Recipients []RecipientRow `json:"recipients,omitempty"`
	// Visit says where the case is from, when it is another office's that asked
	// for advice; nil: it is this office's own.
	Visit *Visit `json:"visit,omitempty"`

	Created  time.Time `json:"created"`
	Revision uint64    `json:"revision"`
}

// FormerDeadline is a deadline until an event changed it.
type FormerDeadline struct {
	Until    int                 `json:"until"` // Seq of the event
	Deadline calendar.Deadline   `json:"deadline"`
	Inputs   calendar.RightsCase `json:"inputs,omitzero"`
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

// CaseSeries names the sequence case numbers of a kind and year come from.
func CaseSeries(r calendar.Right, year int) string {
	kind, _ := KindOfCase(r)
	return fmt.Sprintf("%s-%d", kind.Prefix, year)
}

// CaseRef returns the case number of a right, a year and a sequence in it.
func CaseRef(r calendar.Right, year, seq int) string {
	return fmt.Sprintf("%s-%04d", CaseSeries(r, year), seq)
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
	_, approved := r.Approval()
	switch {
	case r.has(CaseClosed):
		return ClosedCase
	case r.has(Replied):
		return RepliedTo
	case approved:
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
	case len(r.Pending()) > 0:
		return AwaitsApproval
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
