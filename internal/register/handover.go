package register

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// HandOver is a case on its way to a data protection officer elsewhere, with
// all it takes to decide it: what happened, how it is counted, what is held.
type HandOver struct {
	Format   string    `json:"format"` // HandOverFormat
	Office   string    `json:"office"`
	By       string    `json:"by"` // operator there
	At       time.Time `json:"at"` // UTC
	Question string    `json:"question"`
	Person   string    `json:"person"` // full name
	Case     Request   `json:"case"`
	Held     []Holding `json:"held"`
	Digest   string    `json:"sha256"` // of the case, see Request.Digest
	Audit    AuditMark `json:"audit"`
}

// Advice is what a data protection officer elsewhere sends back.
type Advice struct {
	Format string    `json:"format"` // AdviceFormat
	Office string    `json:"office"` // where the case is from
	Ref    string    `json:"ref"`    // there
	Digest string    `json:"sha256"` // of the case as it was handed over
	From   string    `json:"from"`   // the office that advises
	By     string    `json:"by"`
	At     time.Time `json:"at"` // UTC
	// Events are what was done there: a decision, findings, notes.
	Events []RequestEvent `json:"events"`
	Audit  AuditMark      `json:"audit"`
}

// AuditMark is the entry of an audit trail something was built on.
type AuditMark struct {
	Sequence uint64 `json:"sequence"`
	Hash     string `json:"hash"`
}

// shownHash is how much of a hash is printed at the foot of a page: 64 bits.
const shownHash = 16

// String is the mark as it is noted, such as 481:9f2c and on; empty for none.
func (m AuditMark) String() string {
	if m.Sequence == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%s", m.Sequence, m.Hash)
}

// Short is String with as much of the hash as fits the foot of a page.
func (m AuditMark) Short() string {
	m.Hash = m.Hash[:min(shownHash, len(m.Hash))]
	return m.String()
}

// The forms of the two files.
const (
	HandOverFormat = "custos hand-over 1"
	AdviceFormat   = "custos advice 1"
)

// AdvicePlan is what taking advice back would do, or did.
type AdvicePlan struct {
	Ref    string         `json:"ref"`
	From   string         `json:"from"`
	By     string         `json:"by"`
	Events []RequestEvent `json:"events"` // that come into the case
	// Since are what happened here after the case was handed over, and Conflicts
	// what of it keeps the advice from being taken in; nothing is written over.
	Since     []RequestEvent `json:"since"`
	Conflicts []string       `json:"conflicts"`
	Taken     bool           `json:"taken"`
}

// Digest is the SHA-256 of the case as it stands, in hexadecimal.
func (r *Request) Digest() string {
	text, err := json.Marshal(r)
	if err != nil {
		return "" // no field of a request can fail to be written
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Handed returns the case as it may leave: without who the person is on record
// here, and without what only this office works with.
func (r *Request) Handed() Request {
	one := *r
	one.Delegate, one.Name, one.Choices, one.Documents, one.Redactions, one.Keeps, one.Visit = "", "", nil, nil, nil, nil, nil
	return one
}

// Visiting returns the case as another office's, to be decided here and sent
// back. It returns an Invalid error for a case that could not be one.
func (h *HandOver) Visiting() (Request, error) {
	kind, known := KindOfCase(h.Case.Right)
	handed := h.Case.Handed()
	switch {
	case !known:
		return Request{}, Errorf(Invalid, "right", "there is no such kind of case")
	case len(kind.Outcomes) == 0:
		return Request{}, Errorf(Refused, "right", "%s is not decided, so it needs no advice", strings.ToLower(kind.Title))
	case handed.Digest() != h.Digest:
		return Request{}, Errorf(Invalid, "sha256", "the case is not the one that was handed over")
	case len(h.Case.Events) == 0 || h.Case.Events[0].Kind != Received:
		return Request{}, Errorf(Invalid, "events", "a case begins with the day it was received")
	}
	for i, e := range h.Case.Events {
		if e.Seq != i+1 || e.Corrects > i {
			return Request{}, Errorf(Invalid, "events", "event %d is out of its order", i+1)
		}
	}
	one := handed
	one.Name = h.Person
	one.Visit = &Visit{
		Office: h.Office, Ref: h.Case.Ref, Digest: h.Digest, Revision: h.Case.Revision, Events: len(h.Case.Events),
		Question: h.Question, By: h.By, Held: h.Held, At: h.At,
	}
	return one, nil
}

// advises lists the kinds of event that travel back.
var advises = []RequestEventKind{Noted, Found, Decided}

// Advised returns what was done about a visiting case since it came in: its
// findings, notes and decision, those that stand.
func (r *Request) Advised() []RequestEvent {
	var events []RequestEvent
	for _, e := range r.live() {
		if r.Visit != nil && e.Seq > r.Visit.Events && slices.Contains(advises, e.Kind) {
			events = append(events, e)
		}
	}
	return events
}

// nextVisiting offers what another office's case needs here: a decision, and to
// be sent back. What concerns the person is that office's to do.
func (r *Request) nextVisiting() []NextAction {
	_, decided := r.Last(Decided)
	_, approved := r.Approval()
	sent := slices.ContainsFunc(r.live(), func(e RequestEvent) bool { return e.Kind == HandedOver && e.Seq > r.Visit.Events })
	back := NextAction{HandedOver, "Send the decision back"}
	switch {
	case len(r.Pending()) > 0:
		return r.nextApproval()
	case sent:
		return []NextAction{{CaseClosed, "Close the case: the decision was sent back"}, back}
	case decided && approved:
		return []NextAction{back}
	}
	return []NextAction{{Decided, "Decide"}, {Found, "Write down what you found"}}
}

// Plan says what taking the advice into a case would do.
func (a *Advice) Plan(r *Request) AdvicePlan {
	plan := AdvicePlan{Ref: r.Ref, From: a.From, By: a.By, Since: []RequestEvent{}, Conflicts: []string{}}
	sent := 0
	for _, e := range r.live() {
		if e.Kind == HandedOver && e.Covers == a.Digest {
			sent = e.Seq
		}
	}
	if sent == 0 {
		plan.Conflicts = append(plan.Conflicts, "this advice does not answer a case as it was handed over from here")
	}
	for _, e := range r.Events {
		if sent == 0 || e.Seq <= sent {
			continue
		}
		plan.Since = append(plan.Since, e)
		if e.Kind == AdviceReceived && e.Covers == a.Digest {
			plan.Conflicts = append(plan.Conflicts, "this advice was taken in before")
		}
	}
	for _, e := range a.Events {
		if !slices.Contains(advises, e.Kind) {
			plan.Conflicts = append(plan.Conflicts, "the file holds what advice cannot: "+string(e.Kind))
			continue
		}
		if e.Kind == Decided && r.has(Decided) {
			plan.Conflicts = append(plan.Conflicts, "the case was decided here in the meantime")
		}
		e.Seq, e.Corrects, e.Awaits, e.Approves, e.Covers, e.Unchecked = 0, 0, false, 0, "", false
		e.By = a.By + " (" + a.From + ")"
		plan.Events = append(plan.Events, e)
	}
	if r.has(CaseClosed) {
		plan.Conflicts = append(plan.Conflicts, "the case is closed")
	}
	if r.inputsChanged(sent) {
		plan.Conflicts = append(plan.Conflicts, "what the due date is counted from has changed since: hand the case over anew")
	}
	return plan
}

// inputsChanged reports whether the clock got other inputs after an event.
func (r *Request) inputsChanged(after int) bool {
	for _, f := range r.Former {
		if after > 0 && f.Until > after {
			return true
		}
	}
	return false
}
