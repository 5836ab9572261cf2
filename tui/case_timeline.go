package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// shownEvents are the entries in the order of the timeline.
func (c *caseScreen) shownEvents() []register.RequestEvent {
	all := slices.Clone(c.page.Events)
	if !c.oldest {
		slices.Reverse(all)
	}
	return all
}

// entry is the one the cursor is on.
func (c *caseScreen) entry() (register.RequestEvent, bool) {
	all := c.shownEvents()
	if len(all) == 0 {
		return register.RequestEvent{}, false
	}
	return all[min(c.entries.Cursor(), len(all)-1)], true
}

// correction is the later entry that put one right or took it back.
func (c *caseScreen) correction(seq int) (register.RequestEvent, bool) {
	i := slices.IndexFunc(c.page.Events, func(e register.RequestEvent) bool { return e.Corrects == seq })
	if i < 0 {
		return register.RequestEvent{}, false
	}
	return c.page.Events[i], true
}

// entryItems are the entries with their numbers; what a later one put right says so before anything else.
func (c *caseScreen) entryItems(width int) []widget.Item {
	th := c.kit.theme
	var items []widget.Item
	room := max(8, width-8)
	for _, e := range c.shownEvents() {
		item := widget.Item{}
		text := short(e.On) + "  " + c.fateWords(&e) + eventWords(&e) + ", recorded by " + e.By
		if e.Unchecked {
			text += " (NOT SECOND-CHECKED)"
		}
		if slices.ContainsFunc(c.page.Pending, func(p register.RequestEvent) bool { return p.Seq == e.Seq }) {
			text += " (WAITS FOR APPROVAL)"
			item.Tone = theme.Soon
		}
		lines := theme.Wrap(th.Clean(text), room)
		for _, said := range c.saidIn(&e) {
			for _, l := range theme.Wrap(th.Clean(said), room-2) {
				lines = append(lines, "  "+l)
			}
		}
		if _, gone := c.correction(e.Seq); gone {
			item.Tone = theme.Muted
		}
		item.Lines = led(fmt.Sprintf("%4d  ", e.Seq), lines)
		items = append(items, item)
	}
	return items
}

// fateWords says of an entry that no longer stands what became of it.
func (c *caseScreen) fateWords(e *register.RequestEvent) string {
	by, gone := c.correction(e.Seq)
	switch {
	case !gone:
		return ""
	case by.Kind == register.StruckOut:
		return fmt.Sprintf("STRUCK OUT by entry %d: ", by.Seq)
	case by.Kind == register.Returned:
		return fmt.Sprintf("SENT BACK by entry %d: ", by.Seq)
	}
	return fmt.Sprintf("PUT RIGHT by entry %d: ", by.Seq)
}

// eventWords says what happened.
func eventWords(e *register.RequestEvent) string {
	text := strings.ReplaceAll(string(e.Kind), "-", " ")
	switch {
	case e.Outcome != "":
		text += ": " + string(e.Outcome)
	case e.Kind == register.Approved && e.Approves > 0:
		text += fmt.Sprintf(" (entry %d)", e.Approves)
	case e.Kind == register.Assigned, e.Kind == register.RecipientTold:
		text += ": " + e.To
	case e.Kind == register.TaskDone:
		text += ": " + e.Task
	case e.Case != "":
		text += " of " + e.Case
	case e.Letter != "":
		text += ": " + string(e.Letter)
	}
	if e.Corrects > 0 {
		text += fmt.Sprintf(", for entry %d", e.Corrects)
	}
	return text
}

// saidIn are the words of an entry, line by line.
func (c *caseScreen) saidIn(e *register.RequestEvent) []string {
	var said []string
	for _, code := range c.page.Kind.GroundTexts(e.Grounds) {
		said = append(said, "Ground: "+code)
	}
	if e.Evidence != "" {
		said = append(said, "Proof: "+e.Evidence)
	}
	for _, l := range strings.Split(e.Text, "\n") {
		if l != "" {
			said = append(said, l)
		}
	}
	return said
}

// holdings are notes and findings, letters, documents, what is taken out, and what is held by collection.
func (c *caseScreen) holdings(width int) []string {
	th := c.kit.theme
	var out []string
	part := func(title string, lines []string) {
		if len(lines) > 0 {
			out = append(append(out, heading(th, title, width)), append(lines, "")...)
		}
	}
	part("Notes and findings", c.notes(width))
	part("Letters made", c.letters(width))
	part("Documents held elsewhere", c.documents(width))
	if n := len(c.page.Redactions); n > 0 {
		part("Taken out of the pack", []string{th.Cut(count(n, "mark")+" of words", width)})
	}
	if n := len(c.page.Choices); n > 0 {
		part("Chosen for the pack", []string{th.Cut(count(n, "choice"), width)})
	}
	out = append(out, heading(th, "What is held", width))
	switch {
	case c.page.Visit != nil:
		return append(out, c.visitHoldings(width)...)
	case c.page.Delegate == "":
		return append(out, th.Muted.Render(th.Cell("Nobody is matched to the case.", width)))
	case c.heldErr != nil:
		return append(out, th.Bad.Render(th.Cell(problem(c.heldErr), width)))
	}
	for _, h := range c.held {
		out = append(out, labelled(th, h.Title, count(len(h.Entries), "record"), width, theme.Plain)...)
	}
	return out
}

func (c *caseScreen) notes(width int) []string {
	var out []string
	gone := c.corrected()
	for _, e := range c.page.Events {
		if (e.Kind == register.Noted || e.Kind == register.Found) && !gone[e.Seq] {
			lead := ""
			if e.Kind == register.Found {
				lead = "FOUND: "
			}
			out = append(out, dated(c.kit.theme, short(e.On), lead+strings.ReplaceAll(e.Text, "\n", " "), width)...)
		}
	}
	return out
}

func (c *caseScreen) letters(width int) []string {
	var out []string
	for _, e := range c.page.Events {
		if e.Kind == register.LetterMade {
			out = append(out, dated(c.kit.theme, short(e.On), cmp.Or(string(e.Letter), "letter")+", by "+e.By, width)...)
		}
	}
	return out
}

func (c *caseScreen) documents(width int) []string {
	var out []string
	for _, d := range c.page.Documents {
		text := d.Title + ", in " + d.Where
		if !d.Include {
			text += " (LEFT OUT: " + d.Reason + ")"
		}
		out = append(out, theme.Wrap(c.kit.theme.Clean(text), width)...)
	}
	return out
}
