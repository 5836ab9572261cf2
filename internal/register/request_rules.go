package register

import (
	"slices"

	"custos/internal/calendar"
)

// Add appends an event after checking that it may follow what happened so far.
// It returns an Invalid or Refused error that says what to do instead, and the
// request is then as it was. The caller works the clock out anew.
func (r *Request) Add(e RequestEvent) error {
	if e.On.IsZero() {
		return Errorf(Invalid, "on", "give the day this happened")
	}
	if e.Kind != Received && e.On.Before(r.Received()) {
		return Errorf(Invalid, "on", "%s is before the request was received, %s", e.On, r.Received())
	}
	if r.has(CaseClosed) && e.Kind != Noted {
		return Errorf(Refused, "", "the case %s is closed; a note can still be added", r.Ref)
	}
	if err := r.mayFollow(e); err != nil {
		return err
	}
	e.Seq = len(r.Events) + 1
	r.Events = append(slices.Clone(r.Events), e)
	return nil
}

func (r *Request) mayFollow(e RequestEvent) error {
	switch e.Kind {
	case Received:
		return r.once(Received, "the request was already received")
	case IdentityAsked:
		return r.once(IdentityAsked, "identity was already asked for")
	case AuthorityAsked:
		return r.once(AuthorityAsked, "proof of authority was already asked for")
	case FeeAsked:
		return r.once(FeeAsked, "a fee was already asked for")
	case IdentitySeen:
		return r.answers(e, IdentityAsked, "identity was not asked for: nothing waits for it")
	case AuthoritySeen:
		return r.answers(e, AuthorityAsked, "proof of authority was not asked for: nothing waits for it")
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
		return r.mayApprove()
	case Replied:
		return r.mayReply()
	case CaseClosed:
		return r.mayClose(e)
	case Noted:
		if e.Text == "" {
			return Errorf(Invalid, "text", "a note needs words")
		}
	case Packed:
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
	switch {
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

func (r *Request) mayDecide(e RequestEvent) error {
	switch {
	case !slices.Contains([]Outcome{Fulfil, Partly, Refuse}, e.Outcome):
		return Errorf(Invalid, "outcome", "the outcome is fulfil, partly or refuse")
	case e.Text == "":
		return Errorf(Invalid, "reason", "a decision needs its reasons")
	case r.has(Decided):
		return Errorf(Conflict, "", "the case is already decided")
	case e.Outcome == Refuse:
		return nil
	case r.has(IdentityAsked) && !r.has(IdentitySeen):
		return Errorf(Refused, "", "identity was asked for and has not arrived; record it first or refuse")
	case r.has(AuthorityAsked) && !r.has(AuthoritySeen):
		return Errorf(Refused, "", "authority was asked for and has not arrived; record it first or refuse")
	case r.Delegate == "":
		return Errorf(Refused, "", "nobody is matched to the case; match a person first or refuse")
	}
	return nil
}

func (r *Request) mayApprove() error {
	if !r.has(Decided) {
		return Errorf(Refused, "", "there is no decision to approve")
	}
	return r.once(Approved, "the decision is already approved")
}

func (r *Request) mayReply() error {
	switch {
	case !r.has(Decided):
		return Errorf(Refused, "", "decide the case before replying")
	case !r.has(Approved):
		return Errorf(Refused, "", "the decision waits for another operator's approval")
	case r.has(Replied):
		return Errorf(Conflict, "", "the reply has already gone out")
	}
	return nil
}

// mayClose allows closing after the reply, or when an answer that was asked
// for has not come within a month.
func (r *Request) mayClose(e RequestEvent) error {
	if r.has(Replied) {
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
