package tui

import (
	"fmt"
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// What is drawn as a picture, in words: the board, the month, the grid of answers and the figures of a year.

// spoken is the board state by state, the cases numbered throughout.
func (b *board) spoken() []string {
	var out []string
	n := 0
	for i := range b.cols {
		c := &b.cols[i]
		out = append(out, stateWords(c.State)+", "+counted(len(c.Rows), "case", "cases")+":")
		for r := range c.Rows {
			n++
			out = append(out, strconv.Itoa(n)+". "+cardWords(&c.Rows[r]))
		}
	}
	if n == 0 {
		return []string{"No case is like that."}
	}
	return out
}

func cardWords(r *register.RequestRow) string { return r.Ref + " " + r.Name + "; " + pressure(*r) }

func (r *requests) points() int {
	n := 0
	if r.board != nil {
		for i := range r.board.cols {
			n += len(r.board.cols[i].Rows)
		}
	}
	return n
}

func (r *requests) point(n int) {
	for i := range r.board.cols {
		if here := len(r.board.cols[i].Rows); n > here {
			n -= here
			continue
		}
		r.board.col, r.board.cols[i].row = i, n-1
		return
	}
}

func (r *requests) spot() string {
	if r.board == nil || r.board.col >= len(r.board.cols) {
		return ""
	}
	c := &r.board.cols[r.board.col]
	return fmt.Sprintf("%s, %d of %d. %s", stateWords(c.State), c.row+1, len(c.Rows), cardWords(&c.Rows[c.row]))
}

// spoken is the days of the month something falls on, under their numbers.
func (m *month) spoken() []string {
	out := []string{m.on.Month().String() + " " + strconv.Itoa(m.on.Year()) +
		". A number is a day; page down is the next month, page up the one before."}
	for _, w := range m.weeks {
		for _, d := range w {
			if !d.In || d.On.IsZero() || d.Holiday == "" && len(d.Items) == 0 {
				continue
			}
			words := strconv.Itoa(d.On.Day()) + ". " + d.On.Weekday().String()
			if d.Holiday != "" {
				words += ", " + d.Holiday
			}
			if due, _ := dueCount(&d); len(d.Items) > 0 {
				words += ", " + due
			}
			for i := range d.Items {
				words += "; " + dueItem(&d.Items[i])
			}
			out = append(out, words)
		}
	}
	if len(out) == 1 {
		out = append(out, "Nothing is due in this month.")
	}
	return append(out, m.detail(spokenWidth, spokenHeight)...)
}

func (m *month) points() int {
	return m.on.AddDays(1 - m.on.Day()).AddMonths(1).AddDays(-1).Day()
}

func (m *month) point(n int) { m.on = m.on.AddDays(n - m.on.Day()) }

func (m *month) spot() string {
	return strings.Join(m.detail(spokenWidth, spokenHeight), " ")
}

// spoken is every person with what is typed about them, and then the question that is to be answered.
func (p *paper) spoken() []string {
	profile := p.kit.desk.Settings().Profile
	out := p.above(spokenWidth)
	for _, r := range p.rows {
		var cells []string
		for c := range p.keys {
			if words := p.cellWords(r, c); words != "" {
				cells = append(cells, keyName(&profile, p.keys[c])+": "+words)
			}
		}
		out = append(out, strconv.Itoa(r.number)+". "+r.who()+". "+strings.Join(cells, "; "))
	}
	if len(p.rows) == 0 {
		return append(out, "Nobody is left here whose answers could be typed in.")
	}
	return append(out, p.below(spokenWidth)...)
}

// cellWords is the answer typed or how the question stands, empty where it is not put to the person.
func (p *paper) cellWords(r *paperRow, c int) string {
	words := ""
	switch {
	case !r.Asks[c]:
		return ""
	case r.answers[c] != "":
		words = answerWord(r.answers[c])
	case r.States[c] == register.NeverAsked:
		words = "not answered"
	default:
		words = "it stands " + string(r.States[c])
	}
	if r.reasons[c] != "" {
		words += ", PROBLEM: " + r.reasons[c]
	}
	return words
}

func (p *paper) points() int { return len(p.rows) }

func (p *paper) point(n int) {
	p.row, p.col = n-1, -1
	p.forward()
}

func (p *paper) spot() string {
	if len(p.rows) == 0 || p.entry != nil {
		return ""
	}
	return strings.Join(p.below(spokenWidth)[:1], " ")
}

// spoken is every kind in a line, each number with its heading.
func (f *figures) spoken(heads []string) []string {
	var out []string
	kinds := append([]register.KindFigures{f.data.All}, f.data.Kinds...)
	for i := range kinds {
		var parts []string
		for n, cell := range f.cells(i, &kinds[i]) {
			if n < len(heads) && cell != "" {
				parts = append(parts, heads[n]+": "+cell)
			}
		}
		out = append(out, kinds[i].Title+". "+strings.Join(parts, "; "))
	}
	return append(out, "Median and longest: days to the reply. Before: received the year before.")
}

// spokenColumns names every question in full.
func (m *matrix) spokenColumns() []widget.Column {
	profile := m.kit.desk.Settings().Profile
	columns := []widget.Column{{Title: "Name"}}
	for _, key := range m.keys {
		columns = append(columns, widget.Column{Title: keyName(&profile, key)})
	}
	return columns
}
