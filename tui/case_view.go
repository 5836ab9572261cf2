package tui

import (
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// View is what is next on top, then the parts of the page: one at a time, beside the facts where there is room.
func (c *caseScreen) View(width, height int) string {
	th := c.kit.theme
	switch {
	case c.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(c.err), width))}, width, height)
	case !c.loaded:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	c.wide = width >= twoPanes
	head := c.head(width, height)
	room := height - len(head)
	if !c.wide {
		return fit(th, append(head, c.tab(c.at, width, room)...), width, height)
	}
	one := (width - 3) / 2
	two := width - 3 - one
	right := c.at
	if right.besideItself() {
		right = c.last
	}
	left := scrolled(th, c.left, append(c.facts(one), append([]string{""}, c.clock(one)...)...), one, room)
	return fit(th, append(head, beside(th, left, c.tab(right, two, room), one)...), width, height)
}

// head is what is next, what waits, how the clock stands, and the parts of the page.
func (c *caseScreen) head(width, height int) []string {
	th := c.kit.theme
	out := c.next(width, height)
	for _, e := range c.page.Pending {
		out = append(out, th.Soon.Render(th.Cell(c.waiting(&e), width)))
	}
	return append(out, c.stands(width), c.bar(width))
}

// next words what the case needs, with the key that does it.
func (c *caseScreen) next(width, height int) []string {
	th := c.kit.theme
	if c.page.State == register.ClosedCase {
		return []string{th.Title.Render(th.Cut("Closed: nothing is left to do. n adds a note.", width))}
	}
	all := c.steps()
	var out []string
	for _, l := range theme.Wrap("NEXT: "+all[0], width) {
		out = append(out, th.Title.Render(l))
	}
	if len(all) == 1 || height < 12 {
		return out
	}
	more := theme.Wrap("or: "+strings.Join(all[1:], "; "), width)
	if most := 2; len(more) > most {
		more = append(more[:most-1:most-1], th.Cut(more[most-1]+" ...", width))
	}
	return append(out, more...)
}

// steps are what may be done next in words, each with its key; there is always a note to add.
func (c *caseScreen) steps() []string {
	var all []string
	add := func(text string, a widget.Action) {
		if b, ok := c.kit.keys.Find(a); ok && len(b.Keys) > 0 && !c.off(a) {
			text += " [" + b.Keys[0] + "]"
		}
		all = append(all, text)
	}
	if c.unmatched() {
		add("Match a person first", requestMatch)
	}
	for _, n := range c.page.Next {
		add(c.kit.theme.Clean(n.Text), carries[n.Do])
	}
	return all
}

func (c *caseScreen) off(a widget.Action) bool {
	verb, ok := needs[a]
	return ok && !c.kit.may(verb) || !c.applies(a)
}

// waiting says what waits for another's approval, and whose it is.
func (c *caseScreen) waiting(e *register.RequestEvent) string {
	who := "WAITS for approval"
	switch {
	case e.By == c.kit.desk.Operator().Name:
		who = "WAITS for another to approve it"
	case c.kit.may(register.RequestApprove):
		who = "WAITS for you to approve it"
	}
	return fmt.Sprintf("%s: %s (entry %d), prepared by %s", who, eventWords(e), e.Seq, e.By)
}

// stands says in one line where the case is and how its clock presses.
func (c *caseScreen) stands(width int) string {
	th, p := c.kit.theme, &c.page
	text := stateWords(p.State)
	if due := c.due(); due != "" && due != text {
		text += ". Due: " + due
	}
	return th.Paint(pressing(p.Pressure), th.Cell(text, width))
}

// bar names the parts of the page, the one in sight in brackets.
func (c *caseScreen) bar(width int) string {
	th := c.kit.theme
	var parts []string
	if th.Spoken {
		for _, t := range c.tabs() {
			parts = append(parts, c.tabName(t))
		}
		return c.tabName(c.at) + ". The parts are " + strings.Join(parts, ", ") + "; the name of one shows it."
	}
	for _, t := range c.tabs() {
		name := c.tabName(t)
		if t == c.at || c.wide && t == tabFacts && c.at == tabClock {
			name = "[" + name + "]"
		} else {
			name = " " + name + " "
		}
		parts = append(parts, name)
	}
	return th.Key.Render(th.Cell(strings.Join(parts, " "), width))
}

// tab is a part of the page in its room.
func (c *caseScreen) tab(t caseTab, width, height int) []string {
	th := c.kit.theme
	switch t {
	case tabFacts:
		return scrolled(th, c.left, c.facts(width), width, height)
	case tabClock:
		return scrolled(th, c.right, c.clock(width), width, height)
	case tabTasks:
		return itemed(c.tasks, c.taskItems(width), width, height)
	case tabTimeline:
		return itemed(c.entries, c.entryItems(width), width, height)
	case tabHeld:
		return scrolled(th, c.right, c.holdings(width), width, height)
	case tabCases:
		return itemed(c.cases, c.caseItems(width), width, height)
	}
	return nil
}

// itemed shows items in a room.
func itemed(l *widget.Items, items []widget.Item, width, height int) []string {
	l.SetItems(items)
	l.SetSize(width, height)
	return splitLines(l.View())
}

func (c *caseScreen) due() string {
	if c.page.Due.IsZero() {
		return pressure(c.page.RequestRow)
	}
	return day(c.page.Due) + ", " + pressure(c.page.RequestRow)
}

func (c *caseScreen) about() string {
	if c.page.Visit != nil {
		return c.page.Name + " (of the other office; no record here)"
	}
	if c.page.Delegate == "" {
		return c.page.Name + " (matched to nobody held)"
	}
	return c.page.Name + " (" + string(c.page.Delegate) + ")"
}
