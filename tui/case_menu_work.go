package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
)

// casework is what is done in every kind of case.
func casework() []menuLine {
	return []menuLine{
		{requestMatch, "Say whose data the case is about", mayMatch, opens((*caseScreen).matching)},
		{
			requestIdentity, "Ask for proof of identity, or record that it came", mayIdentify,
			awaits(register.IdentityAsked, register.IdentitySeen),
		},
		{
			requestAuthority, "Ask for proof of authority, or record that it came", mayAuthorise,
			awaits(register.AuthorityAsked, register.AuthoritySeen),
		},
		{requestFee, "Ask for a fee, or record that it was paid", mayCharge, awaits(register.FeeAsked, register.FeePaid)},
		{requestClarify, "Ask what data is wanted, or record the answer", mayClarify, (*caseScreen).clarifying},
		{requestExtend, "Extend by two months, with reasons", mayExtend, records(register.Extended)},
		{requestDecide, "Decide, with reasons", mayDecide, opens((*caseScreen).deciding)},
		{requestApprove, "Approve what somebody else prepared", mayApprove, (*caseScreen).askApproval},
		{requestReply, "Record that the reply has gone out", mayReply, records(register.Replied)},
		{requestReturn, "Send back what waits for approval, with the reason", mayApprove, opens((*caseScreen).returning)},
		{requestAcknowledge, "Record that the request was acknowledged", mayAcknowledge, records(register.Acknowledged)},
		{requestTold, "Record that the person was told how it goes", mayTellProgress, records(register.ProgressTold)},
		{requestFound, "Write down what the enquiry found", (*caseScreen).open, records(register.Found)},
		{requestNote, "Add a note", nil, records(register.Noted)},
		{requestTask, "Tick the selected task by hand", mayTick, opens((*caseScreen).ticking)},
		{requestCorrect, "Put an entry of the timeline right, or strike it out", mayCorrectAny, (*caseScreen).correcting},
		{requestAssign, "Give the case to a colleague", (*caseScreen).open, opens((*caseScreen).assigning)},
		{requestDuplicate, "Mark it as a duplicate of another case", mayDuplicate, opens((*caseScreen).duplicating)},
		{requestClose, "Close the case", mayClose, (*caseScreen).askClosing},
		{requestPerson, "Show the person the case is about", mayShow, func(c *caseScreen) tea.Cmd {
			return c.kit.show(thePerson, string(c.page.Delegate))
		}},
	}
}

func opens(screen func(*caseScreen) Screen) func(*caseScreen) tea.Cmd {
	return func(c *caseScreen) tea.Cmd { return push(screen(c)) }
}

func records(kind register.RequestEventKind) func(*caseScreen) tea.Cmd {
	return func(c *caseScreen) tea.Cmd { return c.record(kind) }
}

func awaits(asked, came register.RequestEventKind) func(*caseScreen) tea.Cmd {
	return func(c *caseScreen) tea.Cmd { return c.await(asked, came) }
}

func (c *caseScreen) clarifying() tea.Cmd {
	if c.page.State == register.ClockStopped {
		return c.record(register.Clarified)
	}
	return c.record(register.ClarifyAsked)
}

// What makes sense as a case stands. The desk has the last word.

func (c *caseScreen) open() bool { return c.page.State != register.ClosedCase }

func undecided(c *caseScreen) bool { return c.open() && !c.happened(register.Decided) }

func mayMatch(c *caseScreen) bool     { return undecided(c) && c.page.Visit == nil }
func mayIdentify(c *caseScreen) bool  { return undecided(c) && !c.happened(register.IdentitySeen) }
func mayAuthorise(c *caseScreen) bool { return undecided(c) && !c.happened(register.AuthoritySeen) }
func mayCharge(c *caseScreen) bool {
	return undecided(c) && c.page.Kind.Fee && !c.happened(register.FeePaid)
}

func mayClarify(c *caseScreen) bool { return undecided(c) && c.page.Right == calendar.Access }

func mayExtend(c *caseScreen) bool {
	late := !c.page.NoticeBy.IsZero() && c.kit.desk.Today().After(c.page.NoticeBy)
	return undecided(c) && c.page.Kind.Extends && !late && !c.happened(register.Extended)
}

func mayDecide(c *caseScreen) bool {
	return undecided(c) && len(c.page.Kind.Outcomes) > 0 && !c.twice()
}
func mayApprove(c *caseScreen) bool { return c.open() && len(c.page.Pending) > 0 }

// mayReply allows the reply once the decision is approved; what needs no decision is answered straight away.
func mayReply(c *caseScreen) bool {
	answers := len(c.page.Kind.Outcomes) == 0 && c.page.State.Open() && !c.twice()
	return c.page.Visit == nil && (answers || c.page.State == register.ReadyToReply)
}

func mayClose(c *caseScreen) bool {
	return c.open() && (c.page.State == register.RepliedTo || c.page.Due.IsZero() || c.twice() || c.sentBack())
}

func mayAcknowledge(c *caseScreen) bool {
	return c.page.State.Open() && !c.happened(register.Acknowledged)
}
func mayTellProgress(c *caseScreen) bool { return c.page.State.Open() && !c.twice() }
func mayDuplicate(c *caseScreen) bool    { return undecided(c) && !c.twice() }

// twice reports whether the case is marked as a duplicate: it can only be closed.
func (c *caseScreen) twice() bool { return c.happened(register.Duplicate) }

func mayShow(c *caseScreen) bool { return c.page.Delegate != "" && leads(thePerson) }
