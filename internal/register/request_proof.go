package register

import (
	"strings"
	"unicode"
)

// EvidenceKinds are the usual proofs of who is asking. Only the kind is kept.
func EvidenceKinds() []string {
	return []string{
		"known to staff", "address held", "account login", "passport", "driving licence", "identity card", "birth certificate",
		"utility bill", "staff pass",
	}
}

// AuthorityKinds are the usual proofs that somebody may ask for another.
func AuthorityKinds() []string {
	return []string{
		"written authority", "power of attorney", "court order", "parental responsibility", "child's own consent",
		"solicitor's letter",
	}
}

const longestEvidence = 60

// checkEvidence refuses what is more than the kind of a proof: no number of a
// document and no copy of one is kept (UK GDPR Art 5(1)(c)).
func checkEvidence(e RequestEvent) error {
	digits := strings.IndexFunc(e.Evidence, unicode.IsDigit) >= 0
	if digits || len(e.Evidence) > longestEvidence || strings.ContainsAny(e.Evidence, "\n\r") {
		return Errorf(Invalid, "evidence", "name the kind of proof only, such as %q: no number and no copy of it is kept",
			EvidenceKinds()[0])
	}
	return nil
}

// mayJudge checks what is made of a proof of authority. One that was not enough
// may be followed by a better one.
func (r *Request) mayJudge(e RequestEvent) error {
	if err := checkEvidence(e); err != nil {
		return err
	}
	if e.Kind == AuthorityFailed && strings.TrimSpace(e.Text) == "" {
		return Errorf(Invalid, "reason", "say why the proof of authority is not enough: the requester is told")
	}
	if r.has(AuthoritySeen) {
		return Errorf(Conflict, "", "authority was already received and judged to be enough; strike that out first")
	}
	asked, ok := r.Last(AuthorityAsked)
	switch {
	case !ok:
		return Errorf(Refused, "", "proof of authority was not asked for: nothing waits for it")
	case e.On.Before(asked.On):
		return Errorf(Invalid, "received", "%s is before it was asked for, %s", e.On, asked.On)
	}
	return nil
}

// mayMatch checks that a case may be about another person than before. What was
// proved for one person is no proof for another.
func (r *Request) mayMatch(e RequestEvent) error {
	switch {
	case e.Change == nil || e.Change.After == "":
		return Errorf(Invalid, "delegate", "say whose data the case is about")
	case r.has(Decided):
		return Errorf(Refused, "", "%s is decided: it stays with the person it was decided for", r.Ref)
	case e.Change.Before == e.Change.After:
		return Errorf(Conflict, "delegate", "%s is already matched to %s", r.Ref, e.Change.After)
	case e.Change.Before != "" && (r.has(IdentitySeen) || r.has(AuthoritySeen)):
		return Errorf(Refused, "delegate",
			"who asks was proved for %s: strike the proof out first, and have it proved for %s", e.Change.Before, e.Change.After)
	}
	return nil
}

// proved reports whether all that was asked for to prove who asks has come, and
// something was.
func (r *Request) proved() bool {
	identity, authority := r.has(IdentityAsked), r.has(AuthorityAsked)
	return (identity || authority) && r.has(IdentitySeen) == identity && r.has(AuthoritySeen) == authority
}

// MayDuplicate checks that a case may be marked as a duplicate of another.
func (r *Request) MayDuplicate(other *Request) error {
	switch {
	case other.Ref == r.Ref:
		return Errorf(Invalid, "of", "a case is no duplicate of itself")
	case other.Right != r.Right:
		return Errorf(Refused, "of", "%s is another kind of case (%s): both have to be answered", other.Ref, other.Right)
	case other.has(Duplicate):
		return Errorf(Refused, "of", "%s is a duplicate itself: name the case that goes on", other.Ref)
	case !other.State().Open():
		return Errorf(Refused, "of", "%s is answered or closed: this one has to be answered too", other.Ref)
	case r.Delegate != "" && other.Delegate != "" && r.Delegate != other.Delegate:
		return Errorf(Refused, "of", "%s is about somebody else", other.Ref)
	}
	return nil
}
