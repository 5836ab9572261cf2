package register

import "custos/internal/calendar"

// Next returns what may be done with the case now, the most useful first.
func (r *Request) Next() []NextAction {
	return append(r.next(), NextAction{Noted, "Add a note"})
}

func (r *Request) next() []NextAction {
	if r.has(Duplicate) && r.State().Open() {
		return []NextAction{{CaseClosed, "Close the duplicate"}}
	}
	if r.Visit != nil && r.State().Open() {
		return r.nextVisiting()
	}
	switch r.State() {
	case WaitingIdentity:
		return r.waitingFor(NextAction{IdentitySeen, "Record that proof of identity has arrived"})
	case WaitingAuthority:
		return r.waitingFor(NextAction{AuthoritySeen, "Record that proof of authority has arrived"})
	case WaitingFee:
		return r.waitingFor(NextAction{FeePaid, "Record that the fee has been paid"})
	case ClockStopped:
		return r.waitingFor(NextAction{Clarified, "Record the answer to the clarification"})
	case InProgress:
		return r.nextInProgress()
	case AwaitsApproval:
		return r.nextApproval()
	case ReadyToReply:
		return r.nextReady()
	case RepliedTo:
		return r.nextReplied()
	case ClosedCase:
	}
	return nil
}

// nextApproval offers what somebody other than the preparer may do.
func (r *Request) nextApproval() []NextAction {
	waiting := r.Pending()
	if len(waiting) == 0 {
		return nil
	}
	what := waiting[0].inWords()
	return []NextAction{
		{Approved, "Approve the " + what + " (another operator)"},
		{Returned, "Send the " + what + " back with the reason"},
	}
}

// waitingFor offers what is waited for; what the law wants at once does not wait.
func (r *Request) waitingFor(first NextAction) []NextAction {
	next := append(r.nextApproval(), first)
	if !r.has(Acknowledged) {
		next = append(next, NextAction{Acknowledged, "Acknowledge the request"})
	}
	return next
}

func (r *Request) nextInProgress() []NextAction {
	kind, _ := KindOfCase(r.Right)
	var next []NextAction
	add := func(when bool, do RequestEventKind, text string) {
		if when {
			next = append(next, NextAction{do, text})
		}
	}
	add(r.Right == calendar.Marketing && !r.has(MarketingStopped), MarketingStopped, "Stop the marketing now")
	add(r.Right == calendar.Withdrawal && !r.has(ConsentWithdrawn), ConsentWithdrawn, "Record the withdrawal now")
	add(r.Right == calendar.Complaint && !r.has(Acknowledged), Acknowledged, "Acknowledge the complaint (30 days)")
	add(r.Right == calendar.Objection && !r.has(Balanced), Balanced, "Weigh the interests")
	add(r.Right == calendar.Restriction && !r.has(RestrictionSet), RestrictionSet, "Restrict the record")
	add(len(kind.Outcomes) > 0, Decided, "Decide")
	add(len(kind.Outcomes) == 0, Replied, "Record that the answer has gone out")
	add(r.Right == calendar.Access, Packed, "Build a draft pack")
	add(!r.has(Acknowledged) && r.Right != calendar.Complaint, Acknowledged, "Acknowledge the request")
	add(!r.has(IdentityAsked), IdentityAsked, "Ask for proof of identity")
	add(r.Right == calendar.Access, ClarifyAsked, "Ask what data is wanted (stops the clock)")
	add(kind.Extends && !r.has(Extended), Extended, "Extend by two months, with reasons")
	add(r.Right == calendar.Complaint && r.has(Acknowledged), ProgressTold, "Tell the person how it goes")
	return next
}

// nextReady offers what the approved decision asks to be done, until it is
// done, and then the reply.
func (r *Request) nextReady() []NextAction {
	reply := NextAction{Replied, "Record that the reply has gone out"}
	decided, _ := r.Last(Decided)
	do, ok := r.todo()
	switch {
	case !ok || decided.Outcome == Refuse:
		return []NextAction{reply}
	case do.Do == Packed && r.packedSince():
		return []NextAction{reply, do}
	case do.Do != Packed && r.has(do.Do):
		return []NextAction{reply}
	}
	return []NextAction{do, reply}
}

// todo is what granting a case of this kind means.
func (r *Request) todo() (NextAction, bool) {
	switch r.Right {
	case calendar.Access:
		return NextAction{Packed, "Build the pack"}, true
	case calendar.Portability:
		return NextAction{Packed, "Build the export for the person"}, true
	case calendar.Rectification:
		return NextAction{Rectified, "Put the data right"}, true
	case calendar.Erasure:
		return NextAction{ErasedData, "Erase, after reading the plan"}, true
	case calendar.Restriction:
		return NextAction{RestrictionSet, "Restrict the record"}, true
	default:
		return NextAction{}, false
	}
}

func (r *Request) packedSince() bool {
	approved, _ := r.Approval()
	packed, ok := r.Last(Packed)
	return ok && packed.Seq > approved.Seq
}

func (r *Request) nextReplied() []NextAction {
	if r.unerased() {
		return []NextAction{{ErasedData, "Erase, after reading the plan"}}
	}
	var next []NextAction
	if r.restricting() && r.Right != calendar.Restriction {
		next = append(next, NextAction{LiftingTold, "Tell the person that the restriction ends, then lift it"})
	}
	return append(next, NextAction{CaseClosed, "Close the case"})
}
