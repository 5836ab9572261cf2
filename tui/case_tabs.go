package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// caseTab is a part of the page of a case.
type caseTab int

const (
	tabFacts caseTab = iota
	tabClock
	tabTasks
	tabTimeline
	tabHeld
	tabCases
)

// besideItself reports whether a part stands on the left where there is room for two.
func (t caseTab) besideItself() bool { return t == tabFacts || t == tabClock }

// tabs are the parts of the page in their order. Facts and clock are one where there is room for two panes.
func (c *caseScreen) tabs() []caseTab {
	all := []caseTab{tabFacts, tabClock, tabTasks, tabTimeline, tabHeld, tabCases}
	if c.wide {
		all = slices.Delete(all, 1, 2)
	}
	return all
}

func (c *caseScreen) tabName(t caseTab) string {
	switch t {
	case tabFacts:
		return "Facts"
	case tabClock:
		return "Clock"
	case tabTasks:
		done := 0
		for _, task := range c.page.Tasks {
			if task.Finished {
				done++
			}
		}
		return fmt.Sprintf("Tasks %d/%d", done, len(c.page.Tasks))
	case tabTimeline:
		return fmt.Sprintf("Timeline %d", len(c.page.Events))
	case tabHeld:
		return "Held"
	case tabCases:
		return fmt.Sprintf("Cases %d", len(c.neighbours()))
	}
	return ""
}

// turn goes to the next part of the page, or the one before.
func (c *caseScreen) turn(by int) {
	all := c.tabs()
	at := max(0, slices.Index(all, c.at))
	c.at = all[(at+by+len(all))%len(all)]
	if !c.at.besideItself() {
		c.last = c.at
	}
	if c.at == tabClock || c.at == tabHeld {
		c.right.Act(widget.First)
	}
}

// moves scrolls or moves in the part of the page in sight.
func (c *caseScreen) moves(a widget.Action) bool {
	if c.wide && c.at.besideItself() {
		return c.left.Act(a)
	}
	switch c.at {
	case tabFacts:
		return c.left.Act(a)
	case tabClock, tabHeld:
		return c.right.Act(a)
	case tabTasks:
		return c.tasks.Act(a)
	case tabTimeline:
		return c.entries.Act(a)
	case tabCases:
		return c.cases.Act(a)
	}
	return false
}

// enter does what Enter means in the part of the page in sight: the task, the entry or the case the cursor is on, and
// everywhere else what is next.
func (c *caseScreen) enter(key string) tea.Cmd {
	switch c.at {
	case tabTasks:
		return c.doTask(key)
	case tabTimeline:
		return c.correct()
	case tabCases:
		if all := c.neighbours(); len(all) > 0 {
			return c.kit.show(theCase, all[min(c.cases.Cursor(), len(all)-1)].Ref)
		}
		return nil
	case tabFacts, tabClock, tabHeld:
	}
	if next := c.nextAction(); next != "" {
		return c.carry(actMsg{next, key})
	}
	return nil
}

// enters reports whether Enter means anything in the part of the page in sight.
func (c *caseScreen) enters() bool {
	switch c.at {
	case tabTasks:
		return len(c.page.Tasks) > 0 && c.open()
	case tabTimeline:
		e, ok := c.entry()
		return ok && c.mayCorrect(e)
	case tabCases:
		return len(c.neighbours()) > 0
	case tabFacts, tabClock, tabHeld:
	}
	return c.nextAction() != ""
}

// neighbours are the cases that may be this one again, and then the other cases of the person.
func (c *caseScreen) neighbours() []register.RequestRow {
	all := slices.Clone(c.page.Alike)
	for _, o := range c.page.Others {
		if !slices.ContainsFunc(all, func(r register.RequestRow) bool { return r.Ref == o.Ref }) {
			all = append(all, o)
		}
	}
	return all
}
