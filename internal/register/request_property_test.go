package register

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/calendar"
)

// everyKind are all kinds of event.
var everyKind = []RequestEventKind{
	Received, Acknowledged, IdentityAsked, IdentitySeen, AuthorityAsked, AuthoritySeen, AuthorityFailed, FeeAsked, FeePaid,
	ClarifyAsked, Clarified, Extended, ProgressTold, Noted, MatchedTo, Assigned, TaskDone, Found, DocumentAttached,
	SelectionChanged, Packed, LetterMade, Rectified, RestrictionSet, LiftingTold, RestrictionEnded, RecipientTold, Balanced,
	MarketingStopped, ConsentWithdrawn, ErasedData, HandedOver, AdviceReceived, Decided, Approved, Returned, Replied, Duplicate,
	CaseClosed, StruckOut,
}

// anEvent draws any event, sensible or not.
func anEvent(t *rapid.T, start calendar.Date, events int) RequestEvent {
	e := RequestEvent{
		Kind:     rapid.SampledFrom(everyKind).Draw(t, "kind"),
		On:       start.AddDays(rapid.IntRange(-2, 80).Draw(t, "day")),
		By:       rapid.SampledFrom([]string{"olive", "dora"}).Draw(t, "by"),
		Text:     rapid.SampledFrom([]string{"", "words"}).Draw(t, "text"),
		Outcome:  rapid.SampledFrom([]Outcome{Fulfil, Partly, Refuse}).Draw(t, "outcome"),
		Awaits:   rapid.Bool().Draw(t, "awaits"),
		Corrects: rapid.IntRange(0, events+1).Draw(t, "corrects"),
		Approves: rapid.IntRange(0, events+1).Draw(t, "approves"),
		Case:     "AR-2026-0009", To: "dora", Grounds: []string{"accuracy"}, Task: "reply",
		Change: &ValueChange{Before: "D0", After: "D1"},
	}
	if e.Kind != Returned {
		e.Corrects = 0
	}
	return e
}

// TestWhateverHappensACaseHoldsTogether: any sequence of events, added and
// corrected, leaves a case in a known state, and one that is refused leaves it
// as it was.
func TestWhateverHappensACaseHoldsTogether(t *testing.T) {
	start := calendar.NewDate(2026, time.March, 2)
	clocks := Clocks{Holidays: calendar.Builtin()}
	rapid.Check(t, func(t *rapid.T) {
		right := rapid.SampledFrom([]calendar.Right{calendar.Access, calendar.Erasure, calendar.Objection, calendar.Complaint,
			calendar.Enquiry, calendar.Withdrawal, calendar.Marketing, calendar.Restriction}).Draw(t, "right")
		r := &Request{Ref: "AR-2026-0001", Right: right, Nation: calendar.EnglandAndWales, Delegate: "D0"}
		if err := errors.Join(r.Add(RequestEvent{Kind: Received, On: start}), r.Reckon(clocks)); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 25).Draw(t, "n") {
			was := *r
			e := anEvent(t, start, len(r.Events))
			err := r.try(t, e, clocks)
			if diff := cmp.Diff(was, *r); err != nil && diff != "" {
				t.Fatalf("%s was refused (%v) and changed the case:\n%s", e.Kind, err, diff)
			}
			r.holds(t, clocks)
		}
	})
}

// try adds an event, or corrects one by it.
func (r *Request) try(t *rapid.T, e RequestEvent, clocks Clocks) error {
	if rapid.IntRange(0, 3).Draw(t, "correct") == 0 {
		e.Corrects = rapid.IntRange(0, len(r.Events)+1).Draw(t, "which")
		return r.Correct(e, clocks)
	}
	next := *r
	if err := next.Add(e); err != nil {
		return err
	}
	if err := next.Reckon(clocks); err != nil {
		return err
	}
	*r = next
	return nil
}

// holds checks what is true of every case.
func (r *Request) holds(t *rapid.T, clocks Clocks) {
	if !r.State().known() {
		t.Fatalf("state %q", r.State())
	}
	if _, approved := r.Approval(); approved && !r.has(Decided) || r.has(Replied) && r.has(Duplicate) {
		t.Fatal("an approval of nothing, or a duplicate that was answered")
	}
	if approval, ok := r.Approval(); ok {
		decided, _ := r.Last(Decided)
		if approval.By == decided.By && !approval.Unchecked {
			t.Fatalf("%s approved their own decision", approval.By)
		}
	}
	again := *r
	if err := again.Reckon(clocks); err != nil {
		t.Fatalf("the clock cannot be counted again: %v", err)
	}
	if diff := cmp.Diff(*r, again); diff != "" {
		t.Fatalf("counting again changed the case:\n%s", diff)
	}
	r.liveHolds(t)
	_, _ = r.Next(), r.Tasks()
}

// liveHolds checks that of an event and what corrects it one stands at most.
func (r *Request) liveHolds(t *rapid.T) {
	stand := map[int]bool{}
	for _, e := range r.Live() {
		if stand[e.Seq] {
			t.Fatalf("event %d stands twice", e.Seq)
		}
		stand[e.Seq] = true
	}
	for _, e := range r.Events {
		if e.Corrects != 0 && stand[e.Corrects] {
			t.Fatalf("event %d stands beside %d, which corrects it", e.Corrects, e.Seq)
		}
	}
}
