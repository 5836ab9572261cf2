package tui

import (
	"fmt"
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// Widths of the grid: the number with its mark, a cell, and the least a name and a reason take.
const (
	gridLead = 7
	gridCell = 11
	gridName = 14
	gridWhy  = 24
)

func (p *paper) View(width, height int) string {
	th := p.kit.theme
	switch {
	case p.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(p.err), width))}, width, height)
	case !p.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	if th.Spoken {
		return fit(th, p.spoken(), width, height)
	}
	out := p.above(width)
	if len(p.rows) == 0 {
		return fit(th, append(out, "", th.Cut("  Nobody is left here whose answers could be typed in.", width)), width, height)
	}
	g := p.measure(width)
	out = append(out, p.heads(g, width)...)
	body := max(1, height-len(out)-2)
	first := max(0, min(p.row-body/2, len(p.rows)-body))
	for i := first; i < min(first+body, len(p.rows)); i++ {
		out = append(out, p.line(i, g))
	}
	for len(out) < height-2 {
		out = append(out, "")
	}
	return fit(th, append(out, p.below(width)...), width, height)
}

// gridSizes are the columns of the parts of a row.
type gridSizes struct {
	fits   int // questions shown
	name   int
	cell   int
	beside int // for the reason beside a row; 0 for no room
}

// measure shares the columns out: reasons come before wide cells.
func (p *paper) measure(width int) gridSizes {
	g := gridSizes{cell: gridCell}
	room := width - gridLead - gridName
	if refused := p.refused(); refused && room >= len(p.keys)*(gridCell+1)+gridWhy {
		g.beside = min(60, room-len(p.keys)*(gridCell+1)-1)
		room -= g.beside + 1
	} else if !refused {
		g.cell = max(gridCell, min(2*gridCell, (room-gridCell)/len(p.keys)-1))
	}
	g.fits = max(1, min(len(p.keys), room/(g.cell+1)))
	g.name = max(4, gridName+room-g.fits*(g.cell+1))
	p.follow(g.fits)
	return g
}

// follow shows the selected question.
func (p *paper) follow(fits int) {
	switch {
	case p.col < p.first:
		p.first = max(0, p.col)
	case p.col >= p.first+fits:
		p.first = p.col - fits + 1
	}
	p.first = max(0, min(p.first, len(p.keys)-fits))
}

func (p *paper) refused() bool {
	for _, r := range p.rows {
		if r.mark() == "!" {
			return true
		}
	}
	return false
}

// above says what holds for all the answers and how far they have come.
func (p *paper) above(width int) []string {
	th := p.kit.theme
	lies := "not said"
	if p.head.evidence != "" {
		lies = th.Clean(p.head.evidence)
	}
	head := "On paper, " + day(p.head.on) + ". Where it lies: " + lies + ".  d changes both."
	state := fmt.Sprintf("%s typed of %s, NOT RECORDED YET.", count(p.typed(), "answer"), howMany(len(p.rows)))
	if p.left > 0 {
		state += fmt.Sprintf(" Not put to %s of the group.", howMany(p.left))
	}
	if p.resumed > 0 {
		state += fmt.Sprintf(" Taken up: %d.", p.resumed)
	}
	if p.busy {
		state = "Recording ..."
	}
	return []string{th.Title.Render(th.Cut(head, width)), th.Muted.Render(th.Cut(state, width))}
}

// heads names the questions over their cells: what for, and by which channel.
func (p *paper) heads(g gridSizes, width int) []string {
	th, profile := p.kit.theme, p.kit.desk.Settings().Profile
	lead := strings.Repeat(" ", gridLead)
	above, below := lead+th.Fit("", g.name), lead+th.Fit("Name", g.name)
	for c := p.first; c < p.first+g.fits; c++ {
		at := "  "
		if c == p.col {
			at = th.Glyphs.Cursor + " "
		}
		above += " " + th.Cell(purposeName(&profile, p.keys[c].Purpose), g.cell)
		below += " " + th.Cell(at+askedBy(&profile, p.keys[c]), g.cell)
	}
	return []string{th.Title.Render(th.Cut(above, width)), th.Title.Render(th.Cut(below, width))}
}

func (p *paper) line(i int, g gridSizes) string {
	th, r := p.kit.theme, p.rows[i]
	cursor := " "
	if i == p.row {
		cursor = th.Glyphs.Cursor
	}
	line := cursor + r.mark() + th.FitRight(strconv.Itoa(r.number), 4) + " " + th.Cell(r.who(), g.name)
	for c := p.first; c < p.first+g.fits; c++ {
		cell := " " + th.Cell("  "+p.cell(r, c), g.cell)
		if i == p.row && c == p.col {
			cell = " " + th.Selected.Render(th.Cell(th.Glyphs.Cursor+" "+p.cell(r, c), g.cell))
		} else if r.answers[c] == "" {
			cell = th.Muted.Render(cell)
		}
		line += cell
	}
	if g.beside > 0 && r.mark() == "!" {
		line += " " + th.Bad.Render(th.Cell(r.why(), g.beside))
	}
	return line
}

// who is the name with what the clerk has to know about it.
func (r *paperRow) who() string {
	switch {
	case r.givenBy != "":
		return r.Name + " (by another)"
	case r.Parent:
		return r.Name + " (PARENT)"
	}
	return r.Name
}

// why is the first reason of the row.
func (r *paperRow) why() string {
	for _, why := range r.reasons {
		if why != "" {
			return why
		}
	}
	return ""
}

// cell is the answer typed, or else how the question stands, in small letters.
func (p *paper) cell(r *paperRow, c int) string {
	switch {
	case !r.Asks[c]:
		return "-"
	case r.answers[c] != "":
		return answerWord(r.answers[c])
	case r.States[c] == register.NeverAsked:
		return "."
	}
	return string(r.States[c])
}

// below says what is selected, or asks what is typed into, and which keys answer.
func (p *paper) below(width int) []string {
	th, r := p.kit.theme, p.rows[p.row]
	if p.entry != nil {
		note := th.Muted.Render(th.Cut("Enter goes on, Esc keeps what is typed", width))
		if p.wrong != "" {
			note = th.Bad.Render(th.Cut(theme.Bad.Word()+": "+p.wrong, width))
		}
		return []string{p.entry.View(width), note}
	}
	profile := p.kit.desk.Settings().Profile
	at := fmt.Sprintf("Row %d, %s: %s", r.number, th.Clean(r.Name), th.Clean(keyName(&profile, p.keys[max(0, p.col)])))
	if r.givenBy != "" {
		at += ", by " + th.Clean(r.givenBy)
	}
	if p.col >= 0 && r.reasons[p.col] != "" {
		return []string{th.Cut(at, width), th.Bad.Render(th.Cell(theme.Bad.Word()+": "+r.reasons[p.col], width))}
	}
	return []string{th.Cut(at, width), th.Muted.Render(th.Cut("y yes, n no, Space leaves it, digits go to a row", width))}
}
