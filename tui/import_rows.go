package tui

import (
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// planPart is a part of a plan that is looked at: the rows of one fate, or the notices.
type planPart string

const (
	everyRow    planPart = ""
	allNotices  planPart = "notices"
	noticeMark           = "notice"
	wholeFile            = "file"
	repeatedRow          = "the same as an earlier row or record"
)

func planParts() []planPart {
	parts := []planPart{everyRow}
	for _, f := range []register.Fate{
		register.FateRefused, register.FateNew, register.FateChanged, register.FateDuplicate, register.FateSame,
	} {
		parts = append(parts, planPart(f))
	}
	return append(parts, allNotices)
}

// startPart is what is looked at first: the refused, where there are any.
func startPart(p *register.Plan) planPart {
	if p != nil && p.Counts.Refused > 0 {
		return planPart(register.FateRefused)
	}
	return everyRow
}

// next is the part after this one that has anything in it.
func (a planPart) next(p *register.Plan) planPart {
	parts := planParts()
	at := 0
	for i, part := range parts {
		if part == a {
			at = i
		}
	}
	for i := 1; i < len(parts); i++ {
		if part := parts[(at+i)%len(parts)]; part == everyRow || part.count(p) > 0 {
			return part
		}
	}
	return everyRow
}

func (a planPart) count(p *register.Plan) int {
	c := p.Counts
	switch a {
	case everyRow:
		return c.Rows
	case allNotices:
		return len(p.Notices)
	}
	return map[register.Fate]int{
		register.FateNew: c.New, register.FateChanged: c.Changed, register.FateSame: c.Same,
		register.FateDuplicate: c.Duplicate, register.FateRefused: c.Refused,
	}[register.Fate(a)]
}

func (a planPart) words(p *register.Plan) string {
	switch a {
	case everyRow:
		return "every row"
	case allNotices:
		return count(len(p.Notices), "notice")
	}
	return count(a.count(p), "row") + " that " + fateWords(register.Fate(a))
}

func fateWords(f register.Fate) string {
	switch f {
	case register.FateNew:
		return "would be added"
	case register.FateChanged:
		return "would change what is held"
	case register.FateSame:
		return "are held already"
	case register.FateDuplicate:
		return "stand twice in the file"
	case register.FateRefused:
		return "are REFUSED"
	}
	return string(f)
}

// lines are the places of the rows or notices of this part that hold every word.
func (a planPart) lines(p *register.Plan, words []string) []int {
	var at []int
	if a == allNotices {
		for i, n := range p.Notices {
			if holds(strings.ToLower(n.Field+" "+n.Reason), words) {
				at = append(at, -1-i)
			}
		}
		return at
	}
	for i := range p.Rows {
		if a != everyRow && p.Rows[i].Fate != register.Fate(a) {
			continue
		}
		if len(words) == 0 || holds(strings.ToLower(strings.Join(plannedCells(&p.Rows[i]), " ")), words) {
			at = append(at, i)
		}
	}
	return at
}

// planRows shows rows of a plan, or its notices (below zero), in a table.
type planRows struct {
	plan  *register.Plan
	lines []int
}

func (r planRows) Len() int        { return len(r.lines) }
func (r planRows) ID(i int) string { return strconv.Itoa(r.lines[i]) }

func (r planRows) Row(i int) []string {
	if at := r.lines[i]; at >= 0 {
		return plannedCells(&r.plan.Rows[at])
	}
	n := r.plan.Notices[-1-r.lines[i]]
	line := strconv.Itoa(n.Line)
	if n.Line == 0 {
		line = wholeFile
	}
	return []string{line, noticeMark, "", n.Field, n.Reason}
}

// Tone is what a fate means.
func (r planRows) Tone(row, column int) theme.Tone {
	if at := r.lines[row]; column == 1 && at >= 0 {
		switch r.plan.Rows[at].Fate {
		case register.FateRefused:
			return theme.Bad
		case register.FateNew:
			return theme.Good
		case register.FateChanged:
			return theme.Soon
		case register.FateSame, register.FateDuplicate:
			return theme.Muted
		}
	}
	return theme.Plain
}

// plannedCells are the line, the fate, who it is, and the fields with the reason.
func plannedCells(r *register.PlannedRow) []string {
	cells := []string{strconv.Itoa(r.Line), string(r.Fate), "", "", ""}
	switch {
	case r.Delegate != nil:
		cells[2] = r.Delegate.Name
	case r.Organisation != nil:
		cells[2] = r.Organisation.Name
	}
	switch r.Fate {
	case register.FateRefused:
		if r.Refused != nil {
			cells[3], cells[4] = r.Refused.Field, r.Refused.Reason
		}
	case register.FateChanged:
		cells[3], cells[4] = strings.Join(r.Fields, ", "), "changes "+string(r.Target)
	case register.FateDuplicate:
		cells[4] = repeatedRow
	case register.FateSame:
		cells[4] = "held as " + string(r.Target)
	case register.FateNew:
	}
	return cells
}

var _ widget.Toned = planRows{}
