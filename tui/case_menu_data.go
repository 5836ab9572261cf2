package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
)

// dataMenu is what a case does to the person's data.
func dataMenu() []menuLine {
	return []menuLine{
		{requestErase, "Erase: read the plan, then carry it out", mayPlanErasure, func(c *caseScreen) tea.Cmd {
			return push(newErasurePlan(c.kit, c.ref))
		}},
		{requestResidue, "Search again for what is left of the erased person", hasErased, func(c *caseScreen) tea.Cmd {
			return push(newResidueForm(c.kit, c.ref))
		}},
		{requestRectify, "Put a value right, or add a statement", mayRectify, (*caseScreen).rectifying},
		{requestRestrict, "Restrict the record: store it and nothing else", mayRestrict, opens((*caseScreen).restricting)},
		{requestTellLift, "Record that the person was told of the lifting", mayTellLift, opens((*caseScreen).tellingLift)},
		{requestLift, "Lift the restriction, with the reason", mayLift, opens((*caseScreen).lifting)},
		{requestRecipients, "Show who had the data, and tell them", hasRecipients, func(c *caseScreen) tea.Cmd {
			return push(newRecipients(c.kit, c.ref, c.page.Delegate))
		}},
		{requestBalance, "Weigh the interests and write it down", mayBalance, opens((*caseScreen).balancing)},
		{requestStop, "Stop direct marketing to the person", mayStop, (*caseScreen).askStop},
		{requestWithdraw, "Take back the consents of the person", mayWithdraw, (*caseScreen).askWithdrawal},
		{goHolds, "Show what keeps the person's data from being erased", matched, func(c *caseScreen) tea.Cmd {
			return push(newHolds(c.kit, string(c.page.Delegate)))
		}},
	}
}

func matched(c *caseScreen) bool { return c.page.Delegate != "" }

func erases(c *caseScreen) bool {
	return matched(c) && (c.page.Right == calendar.Erasure || c.page.Right == calendar.Withdrawal)
}

func mayPlanErasure(c *caseScreen) bool {
	return erases(c) && c.open() && !c.happened(register.ErasedData)
}
func hasErased(c *caseScreen) bool { return c.happened(register.ErasedData) }

func mayRectify(c *caseScreen) bool {
	granted := c.page.Outcome == register.Fulfil || c.page.Outcome == register.Partly
	return matched(c) && c.open() && c.page.Right == calendar.Rectification && granted && c.released()
}

// restricts reports whether a restriction of this case stands.
func restricts(c *caseScreen) bool {
	set, ended := 0, 0
	for i, e := range c.page.Events {
		switch e.Kind {
		case register.RestrictionSet:
			set = i + 1
		case register.RestrictionEnded:
			ended = i + 1
		default:
		}
	}
	return set > ended
}

func mayRestrict(c *caseScreen) bool {
	return matched(c) && c.open() && len(register.RestrictionGroundsFor(c.page.Right)) > 0 && !restricts(c) &&
		!c.happened(register.ErasedData)
}

func mayTellLift(c *caseScreen) bool { return restricts(c) && !toldOfLifting(c) }
func mayLift(c *caseScreen) bool     { return restricts(c) && toldOfLifting(c) }

// toldOfLifting reports whether the person was told since the restriction began.
func toldOfLifting(c *caseScreen) bool {
	set := slices.IndexFunc(c.page.Events, func(e register.RequestEvent) bool { return e.Kind == register.RestrictionSet })
	return slices.ContainsFunc(c.page.Events[set+1:], func(e register.RequestEvent) bool { return e.Kind == register.LiftingTold })
}

func hasRecipients(c *caseScreen) bool {
	tells := c.page.Right == calendar.Rectification || c.page.Right == calendar.Erasure || c.happened(register.RestrictionSet)
	return tells || matched(c) && c.page.Right == calendar.Access
}

func mayBalance(c *caseScreen) bool { return undecided(c) && c.page.Right == calendar.Objection }

func mayStop(c *caseScreen) bool {
	return matched(c) && c.open() && c.page.Right == calendar.Marketing && !c.happened(register.MarketingStopped)
}

func mayWithdraw(c *caseScreen) bool {
	return matched(c) && c.open() && c.page.Right == calendar.Withdrawal && !c.happened(register.ConsentWithdrawn)
}
