package letter

// sized is a column: its heading and its width in millimetres.
type sized struct {
	heading string
	width   float64
}

// cell is a cell of a table. A header is the header of its row.
type cell struct {
	tag  tag
	runs []run
}

// run is a text in one face; it goes on in the line of the run before it where
// there is room.
type run struct {
	face face
	text string
}

// placed is a piece of a cell: in which line of it, and how far from its edge.
type placed struct {
	face face
	text string
	line int
	x    float64
}

const (
	cellPadding = 1.5 // at the sides
	rowPadding  = 0.5 // above and below
)

// tablePaper is a table being set. Its headings are repeated on every page.
type tablePaper struct {
	*paper
	columns []sized
	before  func() // the head of the pages before the table
	// Room that is used again for every row.
	cells  []cell
	runs   []run
	placed []placed
}

// table begins a table.
func (p *paper) table(caption string, columns []sized) *tablePaper {
	t := &tablePaper{paper: p, columns: columns, before: p.head}
	p.gap(1.5)
	p.room(5 * cellFace.lead)
	p.open(asTable)
	if caption != "" {
		p.tagged(asCaption, func() { p.print(full(smallFace), caption) })
		p.gap(0.5)
	}
	p.tagged(asHead, t.headings)
	p.open(asRows)
	p.head = t.headings
	return t
}

// end ends the table.
func (t *tablePaper) end() {
	t.close()
	t.close()
	t.head = t.before
	t.stroke(leftEdge, t.y, rightEdge, t.y)
	t.gap(2)
}

// headings sets the names of the columns.
func (t *tablePaper) headings() {
	lines := make([][]string, len(t.columns))
	most := 1
	for i, c := range t.columns {
		lines[i] = t.wrap(keyFace, c.heading, c.width-2*cellPadding)
		most = max(most, len(lines[i]))
	}
	height := float64(most)*keyFace.lead + 2*rowPadding
	t.shade(height)
	t.tagged(asRow, func() {
		x := leftEdge + cellPadding
		for i, c := range t.columns {
			t.tagged(asHeader, func() {
				t.at.scope = "Column"
				for j, l := range lines[i] {
					t.line(keyFace, x, t.y+rowPadding+float64(j)*keyFace.lead, l)
				}
			})
			x += c.width
		}
	})
	t.gap(height)
}

// shade tints what comes next across the page.
func (t *tablePaper) shade(height float64) {
	t.rule()
	t.pdf.SetFillColor(tint.r, tint.g, tint.b)
	t.pdf.Rect(leftEdge, t.y, fullWidth, height, "F")
}

// band sets a row of one cell across all columns, the header of those below.
func (t *tablePaper) band(runs []run) {
	height := cellFace.lead + 2*rowPadding
	t.placed = t.place(t.placed[:0], runs, fullWidth-2*cellPadding)
	lines := 1
	for _, x := range t.placed {
		lines = max(lines, x.line+1)
	}
	t.room(height + float64(lines+1)*cellFace.lead) // with the first row of its own
	t.stroke(leftEdge, t.y, rightEdge, t.y)
	t.tagged(asRow, func() {
		t.tagged(asHeader, func() {
			t.at.scope, t.at.span = "Row", len(t.columns)
			for _, x := range t.placed {
				t.line(x.face, leftEdge+cellPadding+x.x, t.y+rowPadding+float64(x.line)*cellFace.lead, x.text)
			}
		})
	})
	t.gap(height + float64(lines-1)*cellFace.lead)
}

// place lays out the runs of a cell in lines no wider than width.
func (t *tablePaper) place(all []placed, runs []run, width float64) []placed {
	line, x := 0, 0.0
	for i, r := range runs {
		if r.text == "" {
			continue
		}
		lines := t.wrap(r.face, r.text, width)
		for j, l := range lines {
			w := t.measure(r.face, l)
			if j > 0 || x > 0 && x+w > width {
				line, x = line+1, 0
			}
			if j == len(lines)-1 && i < len(runs)-1 {
				l += " " // keeps the runs apart when they are read on
			}
			all = append(all, placed{r.face, l, line, x})
			x += w
		}
		x += 1.5
	}
	return all
}

// row sets a row, over as many pages as it takes.
func (t *tablePaper) row(cells []cell) {
	t.placed = t.placed[:0]
	ends := make([]int, len(cells)) // of each cell in what is placed
	lines := 1
	for i, c := range cells {
		t.placed = t.place(t.placed, c.runs, t.columns[i].width-2*cellPadding)
		ends[i] = len(t.placed)
		if n := len(t.placed); n > 0 {
			lines = max(lines, t.placed[n-1].line+1)
		}
	}
	t.room(float64(min(lines, 3))*cellFace.lead + 2*rowPadding) // two lines at least stay together
	elements := make([]*element, len(cells))
	t.open(asRow)
	for i, c := range cells {
		elements[i] = t.tagged(c.tag, func() {})
		if c.tag == asHeader {
			elements[i].scope = "Row"
		}
	}
	t.close()
	for from := 0; from < lines; {
		fitting := int((bottomEdge - t.y - 2*rowPadding) / cellFace.lead)
		if fitting < 1 {
			t.page()
			continue
		}
		to := min(lines, from+fitting)
		t.draw(elements, ends, from, to)
		t.gap(float64(to-from)*cellFace.lead + 2*rowPadding)
		from = to
	}
}

// draw draws some lines of a row, cell by cell.
func (t *tablePaper) draw(elements []*element, ends []int, from, to int) {
	left, begin := leftEdge+cellPadding, 0
	for i, e := range elements {
		before := t.at
		t.at = e
		for _, x := range t.placed[begin:ends[i]] {
			if x.line >= from && x.line < to {
				t.line(x.face, left+x.x, t.y+rowPadding+float64(x.line-from)*cellFace.lead, x.text)
			}
		}
		t.at = before
		left, begin = left+t.columns[i].width, ends[i]
	}
}

// fitted gives the columns of a table widths after what stands in them.
func (p *paper) fitted(s *table) []sized {
	const least, most, looked = 18.0, 75.0, 200
	columns := make([]sized, len(s.Headings))
	sum := 0.0
	for i, heading := range s.Headings {
		w := p.width(keyFace, heading)
		for _, row := range s.Rows[:min(len(s.Rows), looked)] {
			w = max(w, p.width(keyFace, inWords(row[i])))
		}
		w = min(max(w+2*cellPadding+0.5, least), most)
		columns[i] = sized{heading, w}
		sum += w
	}
	for i := range columns {
		columns[i].width *= fullWidth / sum
	}
	return columns
}
