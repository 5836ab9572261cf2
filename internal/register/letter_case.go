package register

import (
	"slices"

	"custos/internal/calendar"
)

// CaseLetter is a letter that a case may need.
type CaseLetter struct {
	Kind  LetterKind    `json:"kind"`
	Due   bool          `json:"due"` // the case stands where it has to go out
	Times int           `json:"times"`
	Made  calendar.Date `json:"made,omitzero"` // when it was last written; zero: never
}

// Letters returns the letters a case of its kind may need, those that are due
// first. The certificate of an erasure is not among them: the erasure itself
// writes it.
func (p *RequestPage) Letters() []CaseLetter {
	r := Request{Right: p.Right, Events: p.Events}
	due := r.lettersDue()
	var all, rest []CaseLetter
	for _, k := range lettersOf(p.Right) {
		made, times := r.made(k)
		l := CaseLetter{Kind: k, Due: slices.Contains(due, k), Times: times, Made: made.On}
		if l.Due {
			all = append(all, l)
		} else {
			rest = append(rest, l)
		}
	}
	return append(all, rest...)
}

// lettersOf are the letters of a kind of case, in the order it may need them.
func lettersOf(right calendar.Right) []LetterKind {
	kind, _ := KindOfCase(right)
	first := LetterAcknowledgement
	if right == calendar.Complaint {
		first = LetterComplaintReceived
	}
	all := []LetterKind{first, LetterIdentity, LetterAuthority}
	add := func(when bool, more ...LetterKind) {
		if when {
			all = append(all, more...)
		}
	}
	add(kind.Fee, LetterFee)
	add(right == calendar.Access, LetterClarification)
	add(kind.Extends, LetterExtension)
	for _, out := range []Outcome{Fulfil, Partly, Refuse} {
		k := outcomeLetter(right, out)
		add(k != "" && !slices.Contains(all, k), k)
	}
	add(right == calendar.Complaint, LetterComplaintProgress)
	add(right == calendar.Rectification || right == calendar.Objection, LetterRestricted)
	add(right == calendar.Rectification || right == calendar.Objection || right == calendar.Restriction, LetterLifting)
	add(right == calendar.Rectification || right == calendar.Erasure || right == calendar.Restriction,
		LetterRecipientNotice, LetterRecipientsTold)
	return append(all, LetterDuplicate, LetterUnanswered)
}

// outcomeLetter tells a decision; "" where something else does.
func outcomeLetter(right calendar.Right, out Outcome) LetterKind {
	switch right {
	case calendar.Complaint:
		return LetterComplaintOutcome
	case calendar.Objection:
		return LetterObjection
	case calendar.Enquiry:
		return LetterEnquiry
	default:
	}
	switch out {
	case Partly:
		return LetterPartial
	case Refuse:
		return LetterRefusal
	default:
	}
	switch right {
	case calendar.Erasure:
		return "" // the certificate
	case calendar.Rectification:
		return LetterRectified
	case calendar.Restriction:
		return LetterRestricted
	case calendar.Portability:
		return LetterPortability
	case calendar.EducationalRecord:
		return LetterRecord
	default:
		return LetterReply
	}
}

// made is the last time a letter of a kind was written, and how often it was.
func (r *Request) made(k LetterKind) (last RequestEvent, times int) {
	for _, e := range r.live() {
		if e.Kind == LetterMade && e.Letter == k {
			last = e
			times++
		}
	}
	return last, times
}

// lettersDue are the letters that tell of something nobody has been told of.
func (r *Request) lettersDue() []LetterKind {
	if r.has(CaseClosed) {
		return nil
	}
	var due []LetterKind
	after := func(k LetterKind, e RequestEvent, ok bool) {
		if made, _ := r.made(k); ok && k != "" && made.Seq < e.Seq {
			due = append(due, k)
		}
	}
	waits := func(k LetterKind, asked, answered RequestEventKind) {
		e, ok := r.Last(asked)
		after(k, e, ok && !r.has(answered))
	}
	first := lettersOf(r.Right)[0]
	if _, times := r.made(first); times == 0 && !r.has(Acknowledged) {
		due = append(due, first)
	}
	waits(LetterIdentity, IdentityAsked, IdentitySeen)
	waits(LetterAuthority, AuthorityAsked, AuthoritySeen)
	waits(LetterFee, FeeAsked, FeePaid)
	waits(LetterClarification, ClarifyAsked, Clarified)
	waits(LetterLifting, LiftingTold, RestrictionEnded)
	e, ok := r.Last(Extended)
	after(LetterExtension, e, ok && r.stands(&e))
	decided, ok := r.Last(Decided)
	approved, released := r.Approval()
	after(outcomeLetter(r.Right, decided.Outcome), approved, ok && released && !r.has(Replied))
	kind, _ := KindOfCase(r.Right)
	received, ok := r.Last(Received)
	after(outcomeLetter(r.Right, Fulfil), received, ok && len(kind.Outcomes) == 0 && !r.has(Replied))
	e, ok = r.Last(Duplicate)
	after(LetterDuplicate, e, ok)
	return due
}
