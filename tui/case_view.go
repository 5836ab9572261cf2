package tui

import (
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// twoPanes is the width from which a page is shown in two panes side by side.
const twoPanes = 120

func (c *caseScreen) View(width, height int) string {
	th := c.kit.theme
	switch {
	case c.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(c.err), width))}, width, height)
	case !c.loaded:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	c.wide = width >= twoPanes
	if !c.wide {
		c.inRight = false
		all := append(append(c.now(width), c.clock(width)...), append(c.timeline(width), c.holdings(width)...)...)
		return fit(th, scrolled(th, c.left, all, width, height), width, height)
	}
	one := (width - 3) / 2
	two := width - 3 - one
	left := scrolled(th, c.left, append(c.now(one), c.clock(one)...), one, height)
	right := scrolled(th, c.right, append(c.timeline(two), c.holdings(two)...), two, height)
	return fit(th, beside(th, left, right, one), width, height)
}

// beside puts two panes next to each other with a line between.
func beside(th *theme.Theme, left, right []string, width int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = th.Fit(l, width) + " " + th.Border.Render(th.Lines.Left) + " " + r
	}
	return out
}

// scrolled shows lines in a pane, with where it is in the last line when they do not fit.
func scrolled(th *theme.Theme, p *widget.Pane, all []string, width, height int) []string {
	p.SetLines(all)
	p.SetSize(width, height)
	if p.Position() == "" {
		return splitLines(p.View())
	}
	p.SetSize(width, height-1)
	return append(splitLines(p.View()), th.Muted.Render(th.Cut(p.Position(), width)))
}

// now says what to do next and how the case stands.
func (c *caseScreen) now(width int) []string {
	th, p := c.kit.theme, &c.page
	out := c.next(width)
	out = append(out, "")
	fact := func(label, value string, tone theme.Tone) {
		if value != "" {
			out = append(out, labelled(th, label, value, width, tone)...)
		}
	}
	fact("Due", c.due(), pressing(p.Pressure))
	if p.LastLawful != p.Due {
		fact("At the very latest", day(p.LastLawful), theme.Plain)
	}
	if c.applies(requestExtend) {
		fact("Extend at latest", day(p.NoticeBy), theme.Plain)
	}
	fact("State", stateWords(p.State), theme.Plain)
	fact("Right", string(p.Right)+" ("+p.Right.Article()+")", theme.Plain)
	fact("About", c.about(), theme.Plain)
	fact("Asked by", p.Requester, theme.Plain)
	fact("Received", day(p.Received)+", "+p.How, theme.Plain)
	fact("Owner", p.Owner, theme.Plain)
	return out
}

// next words what the case needs, with the key that does it.
func (c *caseScreen) next(width int) []string {
	th := c.kit.theme
	var out []string
	if c.page.State == register.ClosedCase {
		return append(out, th.Title.Render(th.Cut("Closed: nothing is left to do. n adds a note.", width)))
	}
	all := c.steps()
	for _, l := range theme.Wrap("NEXT: "+all[0], width) {
		out = append(out, th.Title.Render(l))
	}
	if len(all) > 1 {
		out = append(out, theme.Wrap("or: "+strings.Join(all[1:], "; "), width)...)
	}
	return out
}

// steps are what may be done next in words, each with its key; there is always a note to add.
func (c *caseScreen) steps() []string {
	var all []string
	add := func(text string, a widget.Action) {
		if b, ok := c.kit.keys.Find(a); ok && !c.off(a) {
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

func (c *caseScreen) due() string {
	if c.page.Due.IsZero() {
		return pressure(c.page.RequestRow)
	}
	return day(c.page.Due) + ", " + pressure(c.page.RequestRow)
}

func (c *caseScreen) about() string {
	if c.page.Delegate == "" {
		return c.page.Name + " (matched to nobody held)"
	}
	return c.page.Name + " (" + string(c.page.Delegate) + ")"
}

// clock gives every step of the count: the date, the rule and where the rule stands.
func (c *caseScreen) clock(width int) []string {
	th := c.kit.theme
	out := []string{"", heading(th, "How the date was counted", width)}
	for _, s := range c.page.Steps {
		out = append(out, dated(th, short(s.Date), s.Rule, width)...)
		if s.Source != "" {
			for _, l := range dated(th, "", s.Source, width) {
				out = append(out, th.Muted.Render(l))
			}
		}
	}
	if len(c.page.Steps) == 0 {
		out = append(out, th.Muted.Render(th.Cut("The clock has not been counted.", width)))
	}
	return append(out, th.Muted.Render(th.Cell("Rules "+c.page.RuleVersion, width)))
}

// timeline gives everything that happened, the latest last.
func (c *caseScreen) timeline(width int) []string {
	th := c.kit.theme
	out := []string{"", heading(th, "What happened", width)}
	if c.wide {
		out = out[1:]
	}
	corrected := c.corrected()
	for _, e := range c.page.Events {
		text := strings.ReplaceAll(string(e.Kind), "-", " ")
		if e.Outcome != "" {
			text += ": " + string(e.Outcome)
		}
		text += ", recorded by " + e.By
		if e.Unchecked {
			text += " (NOT SECOND-CHECKED)"
		}
		if corrected[e.Seq] {
			text += " (CORRECTED LATER)"
		}
		out = append(out, dated(th, short(e.On), text, width)...)
		for _, said := range strings.Split(e.Text, "\n") {
			if said != "" {
				out = append(out, dated(th, "", said, width)...)
			}
		}
	}
	return out
}

// holdings counts what is held on the person by what it is held for.
func (c *caseScreen) holdings(width int) []string {
	th := c.kit.theme
	out := []string{"", heading(th, "What is held", width)}
	switch {
	case c.page.Delegate == "":
		return append(out, th.Muted.Render(th.Cut("Nobody is matched to the case.", width)))
	case c.heldErr != nil:
		return append(out, th.Bad.Render(th.Cell(problem(c.heldErr), width)))
	}
	for _, h := range c.held {
		out = append(out, labelled(th, h.Title, count(len(h.Entries), "record"), width, theme.Plain)...)
	}
	return out
}

// labelWidth is what the labels of a page take.
const labelWidth = 19

// labelled is a label with a value beside it, the value wrapped under itself.
func labelled(th *theme.Theme, label, value string, width int, tone theme.Tone) []string {
	var out []string
	lead := th.Cell(label, labelWidth)
	for _, l := range theme.Wrap(th.Clean(value), max(1, width-labelWidth-1)) {
		out = append(out, th.Key.Render(lead)+" "+th.Paint(tone, l))
		lead = strings.Repeat(" ", labelWidth)
	}
	return out
}

// dated is a date with a text beside it, the text wrapped under itself.
func dated(th *theme.Theme, date, text string, width int) []string {
	const dateWidth = 11
	var out []string
	for _, l := range theme.Wrap(th.Clean(text), max(1, width-dateWidth-1)) {
		out = append(out, th.Fit(date, dateWidth)+" "+l)
		date = ""
	}
	return out
}

func heading(th *theme.Theme, text string, width int) string {
	return th.Title.Render(th.Cut(text, width))
}

// count says a number of things: "1 record", "2 records".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%s %ss", widget.Count(n), thing)
}
