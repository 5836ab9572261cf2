package tui

import (
	"cmp"
	"strings"

	"custos/tui/widget"
)

// What a screen tells whoever says it aloud, beside what it shows. A screen that implements none of these is said and
// worked all the same: by its text and by its actions.

// lister is a Screen with a table whose rows are chosen by their numbers.
type lister interface{ spokenTable() *widget.Table }

// hunter is a Screen with a filter.
type hunter interface{ spokenFilter() *widget.Filter }

// pointed is a Screen with other things that are chosen by numbers from 1.
type pointed interface {
	points() int
	// point selects thing n.
	point(n int)
	// spot is the selected thing in words.
	spot() string
}

// interviewer is a Screen that asks the questions of a form.
type interviewer interface {
	spokenForm() *widget.Form // nil while it asks none
	onAnswer()                // an answer has changed
}

// parted is a Screen with parts, one of them in sight.
type parted interface {
	parts() []string
	part(i int)
}

// prompter is a Screen that asks for a line.
type prompter interface {
	spokenPrompt() *widget.Prompt // nil while it asks for none
}

func (f *finder) spokenTable() *widget.Table   { return f.table }
func (f *finder) spokenFilter() *widget.Filter { return f.filter }

func (h *home) spokenTable() *widget.Table         { return h.table }
func (h *history) spokenTable() *widget.Table      { return h.table }
func (b *backups) spokenTable() *widget.Table      { return b.table }
func (l *letters) spokenTable() *widget.Table      { return l.table }
func (m *matrix) spokenTable() *widget.Table       { return m.table }
func (o *organisation) spokenTable() *widget.Table { return o.people }
func (q *questions) spokenTable() *widget.Table    { return q.table }
func (a *alikeCases) spokenTable() *widget.Table   { return a.table }
func (s *settings) spokenTable() *widget.Table     { return s.table }
func (s *inTrouble) spokenTable() *widget.Table    { return s.table }

func (f *formScreen) spokenForm() *widget.Form { return cmp.Or(f.since.chooser, f.form) }
func (f *formScreen) onAnswer()                { f.comment() }
func (u *unlock) spokenForm() *widget.Form     { return u.form }
func (u *unlock) onAnswer()                    {}
func (r *firstRun) spokenForm() *widget.Form   { return r.form }
func (r *firstRun) onAnswer()                  { r.measure() }

func (p *paper) spokenPrompt() *widget.Prompt     { return p.entry }
func (r *redaction) spokenPrompt() *widget.Prompt { return r.prompt }

func (p *plan) spokenTable() *widget.Table {
	if p.columns != nil {
		return p.columns.table
	}
	return p.table
}

// list is none while the board is shown: see points.
func (r *requests) spokenTable() *widget.Table {
	if r.board != nil {
		return nil
	}
	return r.table
}

func (c *caseScreen) parts() []string {
	var names []string
	for _, t := range c.tabs() {
		name, _, _ := strings.Cut(c.tabName(t), " ")
		names = append(names, name)
	}
	return names
}

func (c *caseScreen) part(i int) { c.at = c.tabs()[i] }

// items are what the part of the page in sight lists, nil where it lists nothing.
func (c *caseScreen) items() *widget.Items {
	switch c.at {
	case tabTasks:
		return c.tasks
	case tabTimeline:
		return c.entries
	case tabCases:
		return c.cases
	case tabFacts, tabClock, tabHeld:
	}
	return nil
}

func (c *caseScreen) points() int {
	if l := c.items(); l != nil {
		return l.Len()
	}
	return 0
}

func (c *caseScreen) point(n int) { c.items().Select(n - 1) }

func (c *caseScreen) spot() string {
	l := c.items()
	if l == nil || l.Len() == 0 {
		return ""
	}
	return "Number " + l.Position() + ". " + l.Said(l.Cursor())
}
