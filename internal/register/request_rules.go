package register

import (
	"slices"

	"custos/internal/calendar"
)

// Add appends an event after checking that it may follow what happened so far.
// It returns an Invalid or Refused error that says what to do instead, and the
// request is then as it was. The caller works the clock out anew.
func (r *Request) Add(e RequestEvent) error {
	if err := r.check(e); err != nil {
		return err
	}
	e.Seq = len(r.Events) + 1
	r.Events = append(slices.Clone(r.Events), e)
	return nil
}

func (r *Request) check(e RequestEvent) error {
	if e.On.IsZero() {
		return Errorf(Invalid, "on", "give the day this happened")
	}
	if e.Kind != Received && e.On.Before(r.Received()) {
		return Errorf(Invalid, "on", "%s is before the request was received, %s", e.On, r.Received())
	}
	if r.has(CaseClosed) && !r.outlivesClosing(e) {
		return Errorf(Refused, "", "the case %s is closed; a note can still be added", r.Ref)
	}
	if r.has(Duplicate) && !slices.Contains(ofDuplicates, e.Kind) && !r.outlivesClosing(e) {
		return Errorf(Refused, "", "%s is a duplicate: it can only be closed; go on with the other case, or strike the mark out", r.Ref)
	}
	if err := r.inOrder(e); err != nil {
		return err
	}
	return r.mayFollow(e)
}

// inOrder checks that a step is not dated before what it rests on. A decision
// that bears the day it was typed in may have been taken earlier: a case that is
// written up afterwards is replied to before that day.
func (r *Request) inOrder(e RequestEvent) error {
	var before []RequestEventKind
	switch e.Kind {
	case Decided:
		before = []RequestEventKind{IdentitySeen, AuthoritySeen, FeePaid}
	case Replied:
		before = []RequestEventKind{Decided, Approved}
	case CaseClosed:
		before = []RequestEventKind{Replied}
	default:
	}
	for _, kind := range before {
		x, ok := r.Last(kind)
		if ok && e.On.Before(x.On) && (e.Kind != Replied || x.On != calendar.LondonDate(x.Recorded)) {
			return Errorf(Invalid, "on", "%s is before %s, %s: correct whichever day is wrong", e.On, x.Kind, x.On)
		}
	}
	return nil
}

// ofDuplicates is what may still happen to a duplicate. Nothing that was proved
// or decided in either case passes to the other.
var ofDuplicates = []RequestEventKind{
	Noted, Acknowledged, Assigned, TaskDone, LetterMade, Duplicate, Returned, StruckOut, CaseClosed, RecipientTold,
}

func (r *Request) mayFollow(e RequestEvent) error {
	switch e.Kind {
	case Received:
		return r.once(Received, "the request was already received")
	case IdentityAsked, AuthorityAsked, FeeAsked:
		return r.mayAsk(e)
	case IdentitySeen:
		if err := checkEvidence(e); err != nil {
			return err
		}
		return r.answers(e, IdentityAsked, "identity was not asked for: nothing waits for it")
	case AuthoritySeen, AuthorityFailed:
		return r.mayJudge(e)
	case FeePaid:
		return r.answers(e, FeeAsked, "no fee was asked for: nothing waits for it")
	case ClarifyAsked:
		return r.mayClarify()
	case Clarified:
		return r.mayAnswer(e)
	case Extended:
		return r.mayExtend(e)
	case Decided:
		return r.mayDecide(e)
	case Approved:
		return r.mayApprove(e)
	case Replied:
		return r.mayReply()
	case CaseClosed:
		return r.mayClose(e)
	case Acknowledged, ProgressTold, Duplicate:
		return r.mayTell(e)
	case RestrictionSet, RestrictionEnded, LiftingTold, Balanced, ErasedData, Rectified, MarketingStopped, ConsentWithdrawn,
		RecipientTold:
		return r.mayAct(e)
	case Noted, Found, Assigned, TaskDone, Returned, StruckOut:
		return r.mayWork(e)
	case MatchedTo:
		return r.mayMatch(e)
	case Packed, DocumentAttached, LetterMade, HandedOver, AdviceReceived:
	case SelectionChanged:
		if r.has(Replied) {
			return Errorf(Refused, "", "the reply has gone out: what was in it stays as it was")
		}
	}
	return nil
}

func (r *Request) once(kind RequestEventKind, otherwise string) error {
	if r.has(kind) {
		return Errorf(Conflict, "", "%s", otherwise)
	}
	return nil
}

// answers checks that something was asked for, not yet answered, and asked
// first.
func (r *Request) answers(e RequestEvent, asked RequestEventKind, otherwise string) error {
	ask, ok := r.Last(asked)
	if !ok {
		return Errorf(Refused, "", "%s", otherwise)
	}
	if e.On.Before(ask.On) {
		return Errorf(Invalid, "received", "%s is before it was asked for, %s", e.On, ask.On)
	}
	return r.once(e.Kind, "it was already received")
}

// mayAsk checks what is asked for before the clock may start.
func (r *Request) mayAsk(e RequestEvent) error {
	kind, _ := KindOfCase(r.Right)
	switch {
	case r.has(Decided):
		return Errorf(Refused, "", "the case is decided: there is nothing left to ask for")
	case e.Kind == FeeAsked && !kind.Fee:
		return Errorf(Refused, "", "no fee may be asked for this: %s", kind.Title)
	case e.Kind == IdentityAsked:
		return r.once(e.Kind, "identity was already asked for")
	case e.Kind == AuthorityAsked:
		return r.once(e.Kind, "proof of authority was already asked for")
	}
	return r.once(e.Kind, "a fee was already asked for")
}

func (r *Request) mayClarify() error {
	switch {
	case r.Right != calendar.Access:
		return Errorf(Refused, "", "only an access request pauses for a clarification")
	case r.openClarification():
		return Errorf(Conflict, "", "a clarification is already waiting for its answer")
	case r.has(Decided):
		return Errorf(Refused, "", "the case is decided: there is nothing to clarify")
	}
	return nil
}

func (r *Request) mayAnswer(e RequestEvent) error {
	if !r.openClarification() {
		return Errorf(Refused, "", "no clarification waits for an answer")
	}
	if ask, _ := r.Last(ClarifyAsked); e.On.Before(ask.On) {
		return Errorf(Invalid, "answered", "%s is before it was asked, %s", e.On, ask.On)
	}
	return nil
}

// mayExtend holds to UK GDPR Art 12A: the notice, with its reasons, goes out
// inside the first month.
func (r *Request) mayExtend(e RequestEvent) error {
	by := r.Deadline.ExtensionNoticeBy
	kind, _ := KindOfCase(r.Right)
	switch {
	case !kind.Extends:
		return Errorf(Refused, "", "the time for this cannot be extended: %s", kind.Title)
	case e.Text == "":
		return Errorf(Invalid, "reason", "an extension needs the reason the person is told")
	case r.has(Extended):
		return Errorf(Conflict, "", "the case is already extended")
	case r.has(Decided):
		return Errorf(Refused, "", "the case is decided: there is nothing to extend")
	case !by.IsZero() && e.On.After(by):
		return Errorf(Refused, "on", "the notice had to go out by %s; reply by %s", by, r.Deadline.Due)
	}
	return nil
}

func (r *Request) mayReply() error {
	_, approved := r.Approval()
	kind, _ := KindOfCase(r.Right)
	switch {
	case len(kind.Outcomes) == 0:
		return r.once(Replied, "the answer has already gone out")
	case !r.has(Decided):
		return Errorf(Refused, "", "decide the case before replying")
	case !approved:
		return Errorf(Refused, "", "the decision waits for another operator's approval")
	case r.has(Replied):
		return Errorf(Conflict, "", "the reply has already gone out")
	}
	return nil
}

// unerased reports whether an erasure was granted and has not been run.
func (r *Request) unerased() bool {
	decided, ok := r.Last(Decided)
	return ok && r.Right == calendar.Erasure && decided.Outcome != Refuse && r.Visit == nil && !r.has(ErasedData)
}

// mayClose allows closing after the reply, or when an answer that was asked
// for has not come within a month.
func (r *Request) mayClose(e RequestEvent) error {
	if r.unerased() && !r.has(Duplicate) {
		return Errorf(Refused, "", "the erasure was decided and has not been run: erase before closing")
	}
	if r.has(Replied) || r.has(Duplicate) || r.Visit != nil && r.has(HandedOver) {
		return nil
	}
	for _, kind := range []RequestEventKind{ClarifyAsked, IdentityAsked, AuthorityAsked, FeeAsked} {
		ask, ok := r.Last(kind)
		if ok && r.Deadline.Due.IsZero() && !e.On.Before(ask.On.AddMonths(1)) {
			return nil
		}
	}
	return Errorf(Refused, "", "reply before closing; an unanswered case may be closed a month after asking")
}
