package tui

import (
	"fmt"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// facts are what the case is, at a glance.
func (c *caseScreen) facts(width int) []string {
	th, p := c.kit.theme, &c.page
	out := c.visitFacts(width)
	fact := func(label, value string, tone theme.Tone) {
		if value != "" {
			out = append(out, labelled(th, label, value, width, tone)...)
		}
	}
	fact("Kind", c.kindWords(), theme.Plain)
	fact("About", c.about(), theme.Plain)
	fact("Asked by", c.askedBy(), theme.Plain)
	fact("Received", day(p.Received)+", "+p.How, theme.Plain)
	fact("Owner", p.Owner, theme.Plain)
	if p.LastLawful != p.Due {
		fact("At the very latest", day(p.LastLawful), theme.Plain)
	}
	if c.applies(requestExtend) {
		fact("Extend at latest", day(p.NoticeBy), theme.Plain)
	}
	if p.Outcome != "" {
		fact("Decided", c.decided(), theme.Plain)
	}
	fact("Who decides", p.Competence, theme.Plain)
	for _, r := range p.Alike {
		fact("The same again?", r.Ref+", "+r.Name+", received "+short(r.Received)+", "+stateWords(r.State), theme.Soon)
	}
	return out
}

func (c *caseScreen) kindWords() string {
	text := c.page.Kind.Title
	if c.page.Kind.Article != "" {
		text += " (" + c.page.Kind.Article + ")"
	}
	if c.page.Kind.Asks != "" {
		text += ": asks " + c.page.Kind.Asks
	}
	return strings.ReplaceAll(text, " your ", " their ")
}

func (c *caseScreen) askedBy() string {
	if c.page.Requester == "" || c.page.Relation == "" {
		return c.page.Requester
	}
	return c.page.Requester + ", " + c.page.Relation
}

// decided is the outcome with its grounds in words.
func (c *caseScreen) decided() string {
	text := string(c.page.Outcome)
	for _, e := range c.page.Events {
		if e.Kind == register.Decided && e.Outcome == c.page.Outcome && len(e.Grounds) > 0 {
			text = string(e.Outcome) + ", since " + strings.Join(c.page.Kind.GroundTexts(e.Grounds), "; ")
		}
	}
	return text
}

// clock is the due date with every step it was counted in, what it was before, and what today's rules would say.
func (c *caseScreen) clock(width int) []string {
	th, p := c.kit.theme, &c.page
	var out []string
	fact := func(label, value string, tone theme.Tone) {
		if value != "" {
			out = append(out, labelled(th, label, value, width, tone)...)
		}
	}
	if !c.wide {
		fact("Due", c.due(), pressing(p.Pressure))
		fact("At the very latest", day(p.LastLawful), theme.Plain)
	}
	fact("The clock starts", day(p.Start), theme.Plain)
	fact("Notice of more time", c.noticeWords(), theme.Plain)
	fact("Paused", c.paused(), theme.Plain)
	if p.Recount != nil {
		fact("By today's rules", c.recounted(p.Recount), theme.Soon)
	}
	for _, f := range p.Former {
		fact("Until entry "+fmt.Sprint(f.Until), formerly(&f.Deadline), theme.Muted)
	}
	out = append(out, "", heading(th, "How the date was counted", width))
	for _, s := range p.Steps {
		out = append(out, dated(th, short(s.Date), s.Rule, width)...)
		if s.Source != "" {
			for _, l := range dated(th, "", s.Source, width) {
				out = append(out, th.Muted.Render(l))
			}
		}
	}
	if len(p.Steps) == 0 {
		out = append(out, th.Muted.Render(th.Cut("The clock has not been counted.", width)))
	}
	return append(out, th.Muted.Render(th.Cell("Rules "+p.RuleVersion, width)))
}

func formerly(d *calendar.Deadline) string {
	if d.Due.IsZero() {
		return "no date: the clock stood"
	}
	return "due " + day(d.Due)
}

func (c *caseScreen) recounted(d *calendar.Deadline) string {
	if d.Due.IsZero() {
		return "the clock would stand; the date told to the person is kept"
	}
	return "due " + day(d.Due) + ", at the very latest " + day(d.LastLawful) +
		". A holiday, a term or a rule has changed since; the date that was told is kept."
}

func (c *caseScreen) noticeWords() string {
	switch {
	case c.page.Extended:
		return "given: two months more"
	case c.page.NoticeBy.IsZero() || !c.page.Kind.Extends:
		return ""
	case c.kit.desk.Today().After(c.page.NoticeBy):
		return "had to go out by " + day(c.page.NoticeBy) + ": the case can no longer be extended"
	}
	return "by " + day(c.page.NoticeBy) + " at the latest"
}

// paused counts the days on which an answer was waited for.
func (c *caseScreen) paused() string {
	gone, total := c.corrected(), 0
	var asked calendar.Date
	for _, e := range c.page.Events {
		switch {
		case gone[e.Seq]:
		case e.Kind == register.ClarifyAsked:
			asked = e.On
		case e.Kind == register.Clarified && !asked.IsZero():
			total += asked.DaysUntil(e.On)
			asked = calendar.Date{}
		}
	}
	switch {
	case !asked.IsZero():
		return "since " + day(asked) + ", until the question is answered"
	case total > 0:
		return days(total) + ", while a question waited for its answer"
	}
	return ""
}

// taskItems are the tasks, ticked with who and when.
func (c *caseScreen) taskItems(width int) []widget.Item {
	th := c.kit.theme
	items := make([]widget.Item, len(c.page.Tasks))
	for i, t := range c.page.Tasks {
		mark, tone := th.Glyphs.Unmarked, theme.Plain
		lines := theme.Wrap(th.Clean(t.Text), max(1, width-6))
		if t.Finished {
			mark, tone = th.Glyphs.Marked, theme.Muted
			lines = append(lines, th.Cell("done "+short(t.On)+" by "+t.By, max(1, width-6)))
			if t.Note != "" {
				lines = append(lines, theme.Wrap(th.Clean(t.Note), max(1, width-6))...)
			}
		} else if t.Why != "" {
			lines = append(lines, th.Cell("("+t.Why+")", max(1, width-6)))
		}
		items[i] = widget.Item{Lines: led(mark+" ", lines), Tone: tone}
	}
	return items
}

// led leads the first of some lines with a text and the others with as much room.
func led(lead string, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = lead + l
		lead = strings.Repeat(" ", theme.Width(lead))
	}
	return out
}

// caseItems are the cases that may be this one again, and the others of the person.
func (c *caseScreen) caseItems(width int) []widget.Item {
	th := c.kit.theme
	var items []widget.Item
	for i, r := range c.neighbours() {
		kind, _ := register.KindOfCase(r.Right)
		what, tone := "another case of the person", theme.Plain
		if i < len(c.page.Alike) {
			what, tone = "MAY BE THIS ONE AGAIN", theme.Soon
		}
		items = append(items, widget.Item{Tone: tone, Lines: []string{
			th.Cell(r.Ref+"  "+kind.Title+", "+stateWords(r.State)+"  "+pressure(r), max(1, width-2)),
			th.Cell("  "+r.Name+", received "+short(r.Received)+", owner "+r.Owner+": "+what, max(1, width-2)),
		}})
	}
	return items
}
