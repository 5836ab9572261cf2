package tui

import (
	"fmt"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// board shows cases by state, a column for each state that has one: as many columns as fit around the selected one.
type board struct {
	theme *theme.Theme
	cols  []boardColumn
	col   int
	first int // the column on the left
	fits  int // columns in sight
	tall  int // cards in sight
}

type boardColumn struct {
	register.BoardColumn
	row, first int
}

const (
	boardWidth = 24 // columns a state needs
	cardLines  = 3
)

func newBoard(th *theme.Theme) *board { return &board{theme: th, tall: 1} }

// set replaces the cases. The selected one stays selected where it is still there.
func (b *board) set(all []register.BoardColumn) {
	was := b.selected()
	b.cols = nil
	for _, c := range all {
		if len(c.Rows) > 0 {
			b.cols = append(b.cols, boardColumn{BoardColumn: c})
		}
	}
	b.col = min(b.col, max(0, len(b.cols)-1))
	for i := range b.cols {
		for n := range b.cols[i].Rows {
			if was != "" && b.cols[i].Rows[n].Ref == was {
				b.col, b.cols[i].row = i, n
			}
		}
	}
}

// selected is the number of the selected case, empty where there is none.
func (b *board) selected() string {
	if b.col >= len(b.cols) {
		return ""
	}
	c := &b.cols[b.col]
	return c.Rows[c.row].Ref
}

// act moves on the board, and reports whether the action was one to move with.
func (b *board) act(a widget.Action) bool {
	if len(b.cols) == 0 {
		return false
	}
	c := &b.cols[b.col]
	switch a {
	case widget.Left, widget.PrevField:
		b.col = max(0, b.col-1)
	case widget.Right, widget.NextField:
		b.col = min(len(b.cols)-1, b.col+1)
	case widget.Up:
		c.row--
	case widget.Down:
		c.row++
	case widget.PageUp:
		c.row -= b.tall
	case widget.PageDown:
		c.row += b.tall
	case widget.First:
		c.row = 0
	case widget.Last:
		c.row = len(c.Rows) - 1
	default:
		return false
	}
	c.row = min(max(0, c.row), len(c.Rows)-1)
	return true
}

// view is the columns around the selected one, as the lines of a room.
func (b *board) view(width, height int) []string {
	if b.theme.Spoken {
		return b.spoken()
	}
	if len(b.cols) == 0 {
		return []string{b.theme.Muted.Render(b.theme.Cut("No case is like that.", width))}
	}
	fits := min(len(b.cols), max(1, (width+1)/(boardWidth+1)))
	b.fits, b.first = fits, min(max(b.first, b.col-fits+1), b.col, len(b.cols)-fits)
	b.tall = max(1, (height-2)/cardLines)
	each := (width - (fits - 1)) / fits
	out := make([]string, height)
	for i := b.first; i < b.first+fits; i++ {
		for n, l := range b.column(i, each, height) {
			if i > b.first {
				out[n] += " "
			}
			out[n] += b.theme.Fit(l, each)
		}
	}
	return out
}

// column is one state: its name with the number of its cases, and the cards around the selected one.
func (b *board) column(i, width, height int) []string {
	th, c := b.theme, &b.cols[i]
	c.first = min(max(c.first, c.row-b.tall+1), c.row, max(0, len(c.Rows)-b.tall))
	out := make([]string, height)
	out[0] = th.Title.Render(th.Cell(b.title(i), width))
	at := 1
	for n := c.first; n < min(len(c.Rows), c.first+b.tall) && at+cardLines <= height; n++ {
		copy(out[at:], b.card(&c.Rows[n], width, i == b.col && n == c.row))
		at += cardLines
	}
	if rest := len(c.Rows) - c.first - b.tall; rest > 0 && height > 1 {
		out[height-1] = th.Muted.Render(th.Cut(fmt.Sprintf("  %d more", rest), width))
	}
	return out
}

// title is the state with the number of its cases, and an arrow where more states are beyond the edge.
func (b *board) title(i int) string {
	c := &b.cols[i]
	text := fmt.Sprintf("%s (%d)", stateWords(c.State), len(c.Rows))
	if i == b.first && b.first > 0 {
		text = "< " + text
	}
	if i == b.first+b.fits-1 && i < len(b.cols)-1 {
		text += " >"
	}
	return text
}

// card is a case on three lines, the last one empty.
func (b *board) card(r *register.RequestRow, width int, selected bool) []string {
	th := b.theme
	lines := []string{r.Ref + " " + r.Name, pressure(*r)}
	for i, l := range lines {
		lead := "  "
		if selected && i == 0 {
			lead = th.Glyphs.Cursor + " "
		}
		text := th.Fit(lead+th.Clean(l), width)
		switch {
		case selected:
			text = th.Selected.Render(text)
		case i == 1:
			text = th.Paint(pressing(r.Pressure), text)
		}
		lines[i] = text
	}
	return append(lines, "")
}
