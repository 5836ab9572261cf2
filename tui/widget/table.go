package widget

import (
	"fmt"
	"strings"

	"custos/tui/theme"
)

// Rows is where a Table takes its contents from. Only the rows on screen are asked for.
type Rows interface {
	Len() int
	Row(i int) []string // one string per column, as stored: the table cleans it
	ID(i int) string    // identifies the row when the order or the filter changes
}

// Toned is a Rows that also says what a cell means.
type Toned interface {
	Tone(row, column int) theme.Tone
}

// Headed is a Rows some of whose rows are a heading over those that follow: text right across, empty for none.
type Headed interface {
	Heading(row int) string
}

// Table shows rows of any number: moving costs the same at a hundred and at a million. It always shows the row the
// cursor is on, and holds marks by ID, so that a new order never moves a mark to another row.
type Table struct {
	Empty    string // shown instead of rows when there are none
	Markable bool   // leaves room for [x]
	Lean     bool   // leaves it only while a row is marked
	Skips    bool   // the cursor does not stop at headings

	theme   *theme.Theme
	columns []Column
	hidden  map[string]bool // titles of columns not shown
	rows    Rows
	tones   Toned
	width   int
	height  int
	shown   []placed
	cursor  int
	first   int
	sortBy  int
	sortUp  bool
	marks   marks
}

// NewTable makes an empty table; give it a size and rows.
func NewTable(th *theme.Theme, columns ...Column) *Table {
	t := &Table{Empty: "Nothing to show.", theme: th, columns: columns, sortBy: -1}
	t.marks.clear()
	return t
}

// SetSize sets the columns and lines the table fills, its heading included.
func (t *Table) SetSize(width, height int) {
	t.width, t.height = max(0, width), max(0, height)
	t.layout()
}

func (t *Table) layout() {
	t.shown = place(t.columns, t.hidden, t.width-t.gutter())
	t.follow()
}

// SetColumns replaces the columns; rows are asked for by the new ones from then on.
func (t *Table) SetColumns(columns []Column) {
	t.columns = columns
	t.layout()
}

// SetRows replaces the contents. The cursor stays on the row it was on, by ID, where that row is still there; marks on
// rows that are gone are dropped, so that the count of marks is the count of rows a person can see.
func (t *Table) SetRows(rows Rows) {
	was := t.SelectedID()
	t.rows = rows
	t.tones, _ = rows.(Toned)
	t.marks.keep(rows)
	t.cursor = clamp(t.cursor, 0, max(0, t.Len()-1))
	if was != "" && t.SelectedID() != was {
		for i := range t.Len() {
			if rows.ID(i) == was {
				t.cursor = i
				break
			}
		}
	}
	if t.Skips {
		t.skip(t.cursor)
	}
	t.layout()
}

// SetSort shows which column the rows are sorted by; the rows themselves are sorted by whoever gives them. A column of
// -1 shows none.
func (t *Table) SetSort(column int, upwards bool) { t.sortBy, t.sortUp = column, upwards }

// Len is the number of rows.
func (t *Table) Len() int {
	if t.rows == nil {
		return 0
	}
	return t.rows.Len()
}

// Cursor is the index of the selected row, 0 when there are no rows.
func (t *Table) Cursor() int { return t.cursor }

// SelectedID is the ID of the selected row, empty when there are no rows.
func (t *Table) SelectedID() string {
	if t.cursor >= t.Len() {
		return ""
	}
	return t.rows.ID(t.cursor)
}

// SetCursor selects row i, or the nearest there is.
func (t *Table) SetCursor(i int) {
	t.cursor = clamp(i, 0, max(0, t.Len()-1))
	t.follow()
}

// Select selects the row with an ID, where there is one.
func (t *Table) Select(id string) {
	if id == "" || t.SelectedID() == id {
		return
	}
	for i := range t.Len() {
		if t.rows.ID(i) == id {
			t.SetCursor(i)
			return
		}
	}
}

// follow scrolls just enough that the selected row is on screen.
func (t *Table) follow() {
	if t.theme.Spoken {
		t.first = t.cursor - t.cursor%SpokenRows
		return
	}
	t.first = window(t.first, t.cursor, t.body(), t.Len())
	if t.Skips && t.first == t.cursor && t.body() > 1 && t.title(t.first-1) != "" {
		t.first-- // the heading that cannot be gone to
	}
}

// body is the number of lines for rows. On a single line the selected row is worth more than the heading.
func (t *Table) body() int {
	if t.height <= 1 {
		return t.height
	}
	return t.height - 1
}

func (t *Table) gutter() int {
	if t.boxed() {
		return 6
	}
	return 2
}

// boxed reports whether every row has its [x] or [ ].
func (t *Table) boxed() bool { return t.Markable && (!t.Lean || t.MarkCount() > 0) }

// Act does what an action asks of a table and reports whether it was one for a table.
func (t *Table) Act(a Action) bool {
	page := max(1, t.body()-1)
	switch a {
	case Up:
		t.move(t.cursor - 1)
	case Down:
		t.move(t.cursor + 1)
	case PageUp:
		t.move(t.cursor - page)
	case PageDown:
		t.move(t.cursor + page)
	case First:
		t.move(0)
	case Last:
		t.move(t.Len() - 1)
	default:
		return t.Markable && t.mark(a)
	}
	return true
}

func (t *Table) move(to int) {
	t.marks.settle()
	if !t.Skips {
		t.SetCursor(to)
		return
	}
	t.skip(to)
}

// Position says where the cursor is and how many rows are marked: "12 of 340, 3 marked".
func (t *Table) Position() string {
	if t.Len() == 0 {
		return "0 of 0"
	}
	s := fmt.Sprintf("%d of %d", t.cursor+1, t.Len())
	if n := t.MarkCount(); n > 0 {
		s += fmt.Sprintf(", %d marked", n)
	}
	return s
}

// View is the heading and the rows around the cursor, exactly as many lines as the table is high.
func (t *Table) View() string {
	if t.theme.Spoken {
		return t.spoken()
	}
	lines := make([]string, 0, t.height)
	if t.height > 1 {
		lines = append(lines, t.heading())
	}
	if t.Len() == 0 {
		lines = append(lines, t.theme.Muted.Render(t.theme.Cut("  "+t.Empty, t.width)))
	}
	for i := t.first; i < min(t.first+t.body(), t.Len()); i++ {
		lines = append(lines, t.line(i))
	}
	if t.width <= t.gutter() {
		return block(t.theme, lines, t.width, t.height)
	}
	return stack(lines, t.height)
}

func (t *Table) heading() string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", t.gutter()))
	for n, p := range t.shown {
		if n > 0 {
			b.WriteString(gap)
		}
		c := t.columns[p.index]
		title := c.Title
		if p.index == t.sortBy {
			title = t.theme.Cut(title, p.width-2) + " " + t.arrow()
		}
		b.WriteString(t.align(c, t.theme.Clean(title), p.width))
	}
	return t.theme.Title.Render(t.theme.Cut(b.String(), t.width))
}

func (t *Table) arrow() string {
	if t.sortUp {
		return t.theme.Glyphs.Up
	}
	return t.theme.Glyphs.Down
}

func (t *Table) align(c Column, s string, width int) string {
	if c.Right {
		return t.theme.FitRight(s, width)
	}
	return t.theme.Fit(s, width)
}

// line draws row i. The selected row is one reversed stretch without tones, so that nothing inside it ends the reverse.
func (t *Table) line(i int) string {
	if text, ok := t.headed(i); ok {
		return text
	}
	cells, selected := t.rows.Row(i), i == t.cursor
	var b strings.Builder
	b.WriteString(t.lead(i, selected))
	for n, p := range t.shown {
		if n > 0 {
			b.WriteString(gap)
		}
		var text string
		if p.index < len(cells) {
			text = t.theme.Clean(cells[p.index])
		}
		text = t.align(t.columns[p.index], text, p.width)
		if t.tones != nil && !selected {
			text = t.theme.Paint(t.tones.Tone(i, p.index), text)
		}
		b.WriteString(text)
	}
	if selected {
		return t.theme.Selected.Render(t.theme.Fit(b.String(), t.width))
	}
	return b.String()
}

// headed draws row i where it is a heading.
func (t *Table) headed(i int) (string, bool) {
	h, ok := t.rows.(Headed)
	if !ok || h.Heading(i) == "" {
		return "", false
	}
	text := t.theme.Clean(h.Heading(i))
	if i == t.cursor {
		return t.theme.Selected.Render(t.theme.Fit(t.theme.Glyphs.Cursor+" "+text, t.width)), true
	}
	rule := strings.Repeat(t.theme.Lines.Top, max(0, t.width-theme.Width(text)-3))
	return t.theme.Title.Render(t.theme.Cut("  "+text, t.width)) + t.theme.Border.Render(t.theme.Cut(" "+rule, t.width-2-theme.Width(text))), true
}

func (t *Table) lead(i int, selected bool) string {
	lead := "  "
	if selected {
		lead = t.theme.Glyphs.Cursor + " "
	}
	if !t.boxed() {
		return lead
	}
	if t.marks.has(t.rows.ID(i)) {
		return lead + t.theme.Glyphs.Marked + " "
	}
	return lead + t.theme.Glyphs.Unmarked + " "
}

// SetRowsAt is SetRows with the cursor on row at, found by whoever gives the rows: nothing is looked through.
func (t *Table) SetRowsAt(rows Rows, at int) {
	t.rows = rows
	t.tones, _ = rows.(Toned)
	t.marks.keep(rows)
	t.SetCursor(at)
	t.layout()
}
