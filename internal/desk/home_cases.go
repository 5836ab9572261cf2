package desk

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

// idle reports whether nothing is to be done about a case, by anybody.
func idle(e *register.CaseEntry) bool { return !e.State.Open() && e.Next.Do == "" }

// casePart is where a case stands in the day of the operator, and in which words. What its clock says and what is asked
// of the operator may lead to two parts: it stands in the one that presses more, and a clock that presses or is stopped
// is always said. A case in no part has "".
func (s *Seat) casePart(
	row *register.RequestRow, todo *register.CaseTodo, approvers []string,
) (part register.HomePart, words string) {
	part, words = s.clockPart(row, todo), row.Stands()
	if part == register.HomeToClose {
		words = "answered on " + row.Replied.Long()
	}
	asked, does := s.owed(row, todo, approvers)
	if asked == "" {
		return part, words
	}
	if part == "" || slices.Index(homeOrder, asked) < slices.Index(homeOrder, part) {
		part = asked
	}
	switch row.Pressure {
	case register.Late, register.Soon, register.Stopped:
		return part, words + ": " + does
	case register.Calm, register.Unset, register.Settled:
	}
	return part, does
}

// clockPart is where a case stands by its clock.
func (s *Seat) clockPart(row *register.RequestRow, todo *register.CaseTodo) register.HomePart {
	switch {
	case row.Pressure == register.Settled:
		if row.State == register.RepliedTo && todo.Next.Do == register.CaseClosed && s.May(register.RequestClose) {
			return register.HomeToClose
		}
		return ""
	case row.Pressure == register.Stopped:
		return register.HomeWaiting
	case row.Pressure == register.Late:
		return register.HomeOverdue
	case row.Pressure == register.Soon:
		return register.HomeSoon
	case row.Right == calendar.Complaint:
		return register.HomeComplaints
	case todo.Elsewhere:
		return register.HomeWaiting
	}
	return register.HomeOpen
}

// owed is what a case asks of the operator beside its due date, the part and the words; "" for nothing.
func (s *Seat) owed(
	row *register.RequestRow, todo *register.CaseTodo, approvers []string,
) (part register.HomePart, words string) {
	answers := (row.State == register.ReadyToReply || row.State == register.RepliedTo) && s.May(register.RequestReply)
	next := todo.Next
	switch {
	case todo.Awaits != "" && s.May(register.RequestApprove) && mayApprove(s.operator.Name, todo.Preparers, approvers):
		return register.HomeApprovals, todo.Awaits + " by " + todo.Preparers[0]
	case answers && next.Do == register.Replied:
		return register.HomeReplies, "the reply has not gone out"
	case answers && next.Do != "" && next.Do != register.CaseClosed &&
		(next.Do != register.ErasedData || s.May(register.EraseData)):
		return register.HomeCarryOut, next.Text
	case todo.Advised && s.May(register.RequestDecide):
		return register.HomeAdvice, "read the advice and decide"
	}
	return "", ""
}

// mayApprove reports whether an operator may approve what others prepared: not what is their own, unless nobody else
// could.
func mayApprove(name string, preparers, approvers []string) bool {
	alone := len(approvers) == 1 && approvers[0] == name
	return alone || !slices.Contains(preparers, name)
}
