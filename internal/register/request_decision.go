package register

import (
	"slices"
	"strings"
)

// mayDecide checks a decision: an outcome open to the kind, reasons, grounds
// the law knows, and nothing unproved or unasked behind it.
func (r *Request) mayDecide(e RequestEvent) error {
	kind, _ := KindOfCase(r.Right)
	switch {
	case len(kind.Outcomes) == 0:
		return Errorf(Refused, "", "%s needs no decision: record the answer with reply", strings.ToLower(kind.Title))
	case !slices.Contains(decides, e.Outcome):
		return Errorf(Invalid, "outcome", "the outcome is fulfil, partly or refuse")
	case !slices.Contains(kind.Outcomes, e.Outcome):
		return Errorf(Refused, "outcome", "%s cannot be refused: %s", strings.ToLower(kind.Title), kind.Grounds[0].Text)
	case strings.TrimSpace(e.Text) == "":
		return Errorf(Invalid, "reason", "a decision needs its reasons")
	case r.has(Decided):
		return Errorf(Conflict, "", "the case is already decided")
	}
	if err := kind.checkGrounds(e); err != nil {
		return err
	}
	if err := r.weighed(e); err != nil || e.Outcome == Refuse {
		return err
	}
	return r.mayGrant(e.Outcome)
}

// checkGrounds refuses a code the kind does not know, or one of the wrong sort.
func (k *CaseKind) checkGrounds(e RequestEvent) error {
	for _, code := range e.Grounds {
		_, refusal, ok := k.ground(code)
		switch {
		case !ok:
			return Errorf(Invalid, "ground", "%q is no ground here; grounds are %s", code, k.groundCodes())
		case refusal && e.Outcome == Fulfil:
			return Errorf(Invalid, "ground", "%q is a ground to refuse on, and the decision is to fulfil", code)
		case !refusal && e.Outcome == Refuse:
			return Errorf(Invalid, "ground", "%q is a ground to fulfil on, and the decision is to refuse", code)
		}
	}
	return nil
}

func (k *CaseKind) groundCodes() string {
	var codes []string
	for _, g := range append(slices.Clone(k.Grounds), k.Refusals...) {
		codes = append(codes, g.Code)
	}
	return strings.Join(codes, ", ")
}

// mayGrant checks that what is asked may be done at all: the proof that was
// asked for is there, and the case is about somebody.
func (r *Request) mayGrant(out Outcome) error {
	switch {
	case r.has(IdentityAsked) && !r.has(IdentitySeen):
		return Errorf(Refused, "", "identity was asked for and has not arrived; record it first or refuse")
	case r.has(AuthorityAsked) && !r.has(AuthoritySeen):
		return Errorf(Refused, "", "authority was asked for and has not arrived; record it first or refuse")
	case r.has(FeeAsked) && !r.has(FeePaid):
		return Errorf(Refused, "", "a fee was asked for and has not been paid; record it first or refuse")
	case out == Fulfil && r.openClarification():
		return Errorf(Refused, "", "a question about what is wanted has no answer: record the answer, or decide partly and"+
			" send what is not in doubt")
	case r.Delegate == "" && r.Visit == nil && r.needsPerson():
		return Errorf(Refused, "", "nobody is matched to the case; match a person first or refuse")
	}
	return nil
}

// needsPerson reports whether the case cannot be granted without a record it is
// about. A complaint may come from somebody who is on no record.
func (r *Request) needsPerson() bool {
	kind, _ := KindOfCase(r.Right)
	return kind.Prefix != "CP" && kind.Prefix != "ED"
}

// mayApprove checks an approval. What the decision rests on is looked at again:
// nothing unproved is approved, whichever way the case came to be decided.
func (r *Request) mayApprove(e RequestEvent) error {
	waiting := r.Pending()
	if len(waiting) == 0 {
		if r.has(Approved) {
			return Errorf(Conflict, "", "the decision is already approved")
		}
		return Errorf(Refused, "", "there is no decision to approve")
	}
	act := waiting[0]
	if e.Approves != 0 {
		i := slices.IndexFunc(waiting, func(w RequestEvent) bool { return w.Seq == e.Approves })
		if i < 0 {
			return Errorf(Refused, "", "event %d does not wait for an approval", e.Approves)
		}
		act = waiting[i]
	}
	by := r.Deadline.ExtensionNoticeBy
	switch {
	case e.By != "" && !e.Unchecked && slices.Contains(r.Preparers(act), e.By):
		return Errorf(Denied, "", "%s prepared this %s: another operator approves it", e.By, act.inWords())
	case e.On.Before(act.On):
		return Errorf(Invalid, "on", "%s is before it was prepared, %s", e.On, act.On)
	case act.Kind == Decided && act.Outcome != Refuse:
		return r.mayGrant(act.Outcome)
	case act.Kind == Extended && !by.IsZero() && e.On.After(by):
		return Errorf(Refused, "on", "the notice of more time had to go out by %s: send it back, and reply by %s", by, r.Deadline.Due)
	}
	return nil
}

// inWords calls an act that waits for approval by name.
func (e *RequestEvent) inWords() string {
	switch e.Kind {
	case Decided:
		return "decision"
	case Extended:
		return "extension"
	default:
		return "act"
	}
}

// Preparers are those who may not approve an act, since it is theirs: who
// recorded it, and with a decision whoever changed since then what goes out
// with it.
func (r *Request) Preparers(act RequestEvent) []string {
	who := []string{act.By}
	if act.Kind != Decided {
		return who
	}
	var approved int
	for _, e := range r.live() {
		switch {
		case e.Kind == Approved && e.Approves == act.Seq:
			who, approved = who[:1], e.Seq
		case e.Kind == SelectionChanged && e.Seq > max(act.Seq, approved):
			who = append(who, e.By)
		}
	}
	return who
}

// mayReturn checks that what is sent back waits for approval.
func (r *Request) mayReturn(e RequestEvent) error {
	if strings.TrimSpace(e.Text) == "" {
		return Errorf(Invalid, "reason", "say why it is sent back, for whoever prepared it")
	}
	if !slices.ContainsFunc(r.Pending(), func(w RequestEvent) bool { return w.Seq == e.Corrects }) {
		return Errorf(Refused, "", "event %d does not wait for an approval: there is nothing to send back", e.Corrects)
	}
	return nil
}
