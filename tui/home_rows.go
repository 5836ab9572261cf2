package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// homeRow is a heading, a line under it, or how many more there are.
type homeRow struct {
	part register.HomePart
	line register.HomeLine
	head string // of a heading, and of what tells of more: the whole row
	id   string
}

// homeRows shows the day's work in a table.
type homeRows []homeRow

func homeRowsOf(sections []register.HomeSection) homeRows {
	var rows homeRows
	for _, s := range sections {
		rows = append(rows, homeRow{part: s.Part, head: fmt.Sprintf("%s (%s)", s.Part, widget.Count(s.Count)), id: string(s.Part)})
		for i, line := range s.Lines {
			id := fmt.Sprintf("%s/%s/%s", s.Part, line.Opens, line.ID)
			if line.ID == "" {
				id += fmt.Sprint(i)
			}
			rows = append(rows, homeRow{part: s.Part, line: line, id: id})
		}
		if more := s.Count - len(s.Lines); more > 0 {
			rows = append(rows, homeRow{part: s.Part, head: fmt.Sprintf("  and %s more", widget.Count(more)), id: string(s.Part) + "+"})
		}
	}
	return rows
}

func (r homeRows) Len() int             { return len(r) }
func (r homeRows) ID(i int) string      { return r[i].id }
func (r homeRows) Heading(i int) string { return r[i].head }

func (r homeRows) Row(i int) []string {
	l := &r[i].line
	return []string{l.What, l.Kind, l.Name, short(l.Due), l.Words}
}

func (r homeRows) Tone(row, column int) theme.Tone {
	l := &r[row].line
	if column < 3 || l.Pressure == "" {
		return theme.Plain
	}
	return pressing(l.Pressure)
}

// opens is what Enter does on a row; nil for nothing.
func (h *home) opens(row int) func() tea.Cmd {
	if row >= len(h.rows) {
		return nil
	}
	r := &h.rows[row]
	if r.head != "" {
		return h.heads(r.part)
	}
	return h.kit.opening(&r.line)
}

// heads is where a heading leads: to the list of what it counts, and to the nearest list there is where none shows that
// alone.
func (h *home) heads(part register.HomePart) func() tea.Cmd {
	switch part {
	case register.HomeBreaches:
		return func() tea.Cmd { return push(newBreaches(h.kit)) }
	case register.HomeOffice:
		return func() tea.Cmd { return send(jumpMsg{goSettings}) }
	case register.HomeHere:
		return func() tea.Cmd { return push(newPresent(h.kit)) }
	case register.HomePinned, register.HomeRecent:
		return func() tea.Cmd { return send(chosenMsg{widget.OpenAll}) }
	case register.HomeOverdue, register.HomeApprovals, register.HomeSoon, register.HomeCarryOut, register.HomeReplies,
		register.HomeAdvice, register.HomeComplaints, register.HomeOpen, register.HomeWaiting, register.HomeToClose:
	}
	cases := register.SavedFilter{List: string(scopeRequests), Narrow: []string{filterPart + string(part)}}
	return func() tea.Cmd { return send(filterMsg{cases}) }
}

// opening is what opens what a line tells of; nil for nothing.
func (k *kit) opening(l *register.HomeLine) func() tea.Cmd {
	over := func(open func(*kit) Screen) func() tea.Cmd { return func() tea.Cmd { return push(open(k)) } }
	through := func(t thing) func() tea.Cmd { return func() tea.Cmd { return k.show(t, l.ID) } }
	switch l.Opens {
	case register.OpensCase:
		return through(theCase)
	case register.OpensPerson:
		return through(thePerson)
	case register.OpensOrganisation:
		return through(theOrganisation)
	case register.OpensBreach:
		return through(theBreach)
	case register.OpensRefresh:
		return over(newRefresh)
	case register.OpensIncomplete:
		return over(newIncomplete)
	case register.OpensImports:
		return over(newImports)
	case register.OpensBackups:
		return over(newBackups)
	case register.OpensPassphrase:
		return over(newPassphrase)
	case register.OpensNothing:
	}
	return nil
}

// newIncomplete lists the people whose record lacks something.
func newIncomplete(k *kit) Screen {
	d, ok := newDelegates(k).(*delegates)
	if ok {
		d.part = max(0, slices.IndexFunc(d.parts, func(p part) bool { return p.label == partIncomplete }))
	}
	return d
}
