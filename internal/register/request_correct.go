package register

import (
	"slices"
	"strings"
)

// correctable are the events whose day or words may be put right later. What
// was decided, approved or done to data is not: that takes another act.
var correctable = []RequestEventKind{
	Received, Acknowledged, IdentityAsked, IdentitySeen, AuthorityAsked, AuthoritySeen, AuthorityFailed, FeeAsked, FeePaid,
	ClarifyAsked, Clarified, Extended, ProgressTold, Replied, RecipientTold, LiftingTold, TaskDone, Found, Duplicate,
}

// Correct puts an earlier event right by a new one: e of the same kind with
// Corrects set, or a StruckOut where it never happened; striking a correction
// out brings back what it corrected. Everything that follows
// is checked again as if it had been recorded so from the start; the request is
// as it was where that does not hold. The deadline is counted anew.
func (r *Request) Correct(e RequestEvent, clocks Clocks) error {
	live := r.live()
	i := slices.IndexFunc(live, func(x RequestEvent) bool { return x.Seq == e.Corrects })
	switch {
	case i < 0:
		return r.notStanding(e.Corrects)
	case !slices.Contains(correctable, live[i].Kind):
		return Errorf(Refused, "event", "event %d (%s) cannot be put right this way", e.Corrects, live[i].Kind)
	case e.Kind != StruckOut && e.Kind != live[i].Kind:
		return Errorf(Invalid, "event", "event %d is %s, not %s", e.Corrects, live[i].Kind, e.Kind)
	case e.Kind == Duplicate:
		return Errorf(Refused, "event", "strike the mark out, and mark the case anew")
	case e.Kind == StruckOut && live[i].Kind == Received:
		return Errorf(Refused, "event", "a case cannot be without the day it was received: correct the day")
	case r.has(CaseClosed):
		return Errorf(Refused, "", "the case %s is closed; a note can still be added", r.Ref)
	case e.Kind == StruckOut && strings.TrimSpace(e.Text) == "":
		return Errorf(Invalid, "reason", "say why it never happened")
	case e.On.IsZero():
		return Errorf(Invalid, "on", "give the day this happened")
	}
	e.Seq = len(r.Events) + 1
	e.Awaits = e.Awaits || e.Kind != StruckOut && live[i].Awaits // what needs approval needs it again
	next := *r
	next.Events = append(slices.Clone(r.Events), e)
	if err := next.replay(clocks); err != nil {
		return err
	}
	if err := next.Reckon(clocks); err != nil {
		return err
	}
	*r = next
	return nil
}

// replay checks that the events that stand could have happened in their order.
func (r *Request) replay(clocks Clocks) error {
	again := *r
	again.Events, again.Former = nil, nil
	for _, e := range r.live() {
		if e.Kind == Approved || takesBack(e.Kind) {
			again.Events = append(again.Events, e)
			continue // what it approved or took back may stand under another number
		}
		e.Corrects = 0 // it stands where the first one stood, which is not here
		if err := again.check(e); err != nil {
			return Errorf(Refused, "event", "that does not go together with event %d (%s): %w", e.Seq, e.Kind, err)
		}
		again.Events = append(again.Events, e)
		deadline, err := again.Count(clocks)
		if err != nil {
			return err
		}
		again.Deadline = deadline
	}
	return nil
}

// notStanding says what became of an event that cannot be put right any more.
func (r *Request) notStanding(seq int) error {
	for _, e := range r.Events {
		if e.Corrects == seq {
			return Errorf(NotFound, "event", "there is no event %d that stands: event %d took its place", seq, e.Seq)
		}
	}
	return Errorf(NotFound, "event", "there is no event %d that stands", seq)
}
