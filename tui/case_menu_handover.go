package tui

import (
	"slices"

	"custos/internal/register"
)

// handoverMenu is what leads to an office elsewhere.
func handoverMenu() []menuLine {
	return []menuLine{
		{requestHandOver, "Hand over to a data protection officer elsewhere", mayHandOver, opens((*caseScreen).handingOver)},
		{requestHandBack, "Send the decision back to the office that asked", mayHandBack, opens((*caseScreen).handingBack)},
	}
}

func mayHandOver(c *caseScreen) bool { return c.page.Visit == nil && undecided(c) }

// mayHandBack wants something to send: what waits for an approval may not go yet.
func mayHandBack(c *caseScreen) bool {
	done := func(e register.RequestEvent) bool {
		return e.Kind == register.Noted || e.Kind == register.Found || e.Kind == register.Decided
	}
	return c.page.Visit != nil && c.open() && !(c.happened(register.Decided) && !c.released()) &&
		slices.ContainsFunc(c.since(), done)
}

// since is what happened to another office's case after it came in.
func (c *caseScreen) since() []register.RequestEvent {
	if c.page.Visit == nil {
		return nil
	}
	return c.page.Events[min(c.page.Visit.Events, len(c.page.Events)):]
}

// sentBack reports whether the advice on another office's case has gone out.
func (c *caseScreen) sentBack() bool {
	return slices.ContainsFunc(c.since(), func(e register.RequestEvent) bool { return e.Kind == register.HandedOver })
}
