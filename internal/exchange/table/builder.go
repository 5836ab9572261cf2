package table

import (
	"fmt"
	"slices"
	"strings"
)

// Builder takes the cells of a file in reading order and makes a Table of them. Rows are taken as they come, header and
// instructions among them; Table sorts out which is which.
type Builder struct {
	// Padded says that the format always writes every cell of a row, so that a short row is worth a notice.
	Padded bool

	text     strings.Builder
	ends     []uint32
	rows     []ref
	row      ref
	filled   uint32
	cell     int
	long     int
	room     int // bytes of text the table may hold
	blank    Tally
	rejected []rejected
	notices  []Notice
	full     string
}

type rejected struct {
	line, column int
	reason       string
}

// NewBuilder makes a builder with room for so many bytes of text and so many cells.
func NewBuilder(bytes, cells int) *Builder {
	b := &Builder{long: -1, room: MaxBytes}
	b.text.Grow(min(bytes, MaxBytes))
	b.ends = make([]uint32, 0, min(cells, MaxCells))
	return b
}

// Write adds to the cell being written. It does not fail; the error is there for io.Writer.
func (b *Builder) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > b.room {
		b.full = fmt.Sprintf("it holds more than %d MB of text; split it into smaller files", MaxBytes>>20)
		return len(p), nil
	}
	return b.text.Write(p)
}

// EndCell ends the cell being written.
func (b *Builder) EndCell() {
	end := b.text.Len()
	value := b.text.String()[b.cell:end]
	b.row.n++
	if len(value) > MaxCell && b.long < 0 {
		b.long = int(b.row.n) - 1
	}
	if value != "" && !empty(value) {
		b.filled = b.row.n
	}
	b.ends = append(b.ends, uint32(end))
	b.cell = end
	if len(b.ends) > MaxCells {
		b.full = fmt.Sprintf("it has more than %d cells; split it into smaller files", MaxCells)
	}
}

// EndRow ends the row being written, which starts on the given line. A row without content is counted as blank.
func (b *Builder) EndRow(line int) {
	row, filled, long := b.row, b.filled, b.long
	row.line, row.written, row.n = uint32(line), row.n, filled
	switch {
	case filled == 0:
		b.blank.Add(line)
	case long >= 0:
		b.reject(line, long, fmt.Sprintf("the cell is longer than %d bytes", MaxCell))
		row.n = 0
	case filled > MaxColumns:
		b.full = fmt.Sprintf("line %d has more than %d cells; this does not look like a table", line, MaxColumns)
	default:
		b.rows = append(b.rows, row)
	}
	if len(b.rows)+len(b.rejected) > MaxRows {
		b.full = fmt.Sprintf("it has more than %d rows; split it into smaller files", MaxRows)
	}
	b.drop(row.first + row.n)
}

// Reject refuses the row being written, whatever cells it has so far.
func (b *Builder) Reject(line int, reason string) {
	b.reject(line, -1, reason)
	b.drop(b.row.first)
}

func (b *Builder) reject(line, column int, reason string) {
	b.rejected = append(b.rejected, rejected{line, column, reason})
}

// drop forgets the cells from an index on and starts a new row after what has been written.
func (b *Builder) drop(from uint32) {
	b.ends = b.ends[:from]
	b.cell = b.text.Len()
	b.row = ref{first: from, start: uint32(b.cell)}
	b.filled, b.long = 0, -1
}

// Notice adds a notice to the table.
func (b *Builder) Notice(n Notice) { b.notices = append(b.notices, n) }

// Full reports that a bound was passed: the reader may stop, and Table will refuse the file.
func (b *Builder) Full() bool { return b.full != "" }

// HasRows reports whether a row with content has been taken.
func (b *Builder) HasRows() bool { return len(b.rows) > 0 || len(b.rejected) > 0 }

// Table ends the building. It refuses, with a *FileError, a file beyond a bound, one without content and one whose
// header cannot be read.
func (b *Builder) Table(name string) (*Table, error) {
	if b.full != "" {
		return nil, &FileError{Name: name, Reason: b.full}
	}
	if len(b.rows) == 0 {
		return nil, b.without(name)
	}
	t := &Table{Name: name, text: b.text.String(), ends: b.ends, rows: b.rows, Notices: b.notices, Blank: b.blank.Count()}
	t.setHeader()
	if len(b.rejected) > 0 && b.rejected[0].line < t.HeaderLine {
		return nil, &FileError{name, b.rejected[0].line, "this line stands where the header should be and cannot be read: " +
			b.rejected[0].reason}
	}
	t.setBody(b.rejected, b.Padded)
	if b.blank.Count() > 0 {
		t.Notices = append(t.Notices, b.blank.Notice("blank rows were passed over"))
	}
	slices.SortStableFunc(t.Notices, func(x, y Notice) int { return x.Line - y.Line })
	return t, nil
}

func (b *Builder) without(name string) error {
	if len(b.rejected) > 0 {
		return &FileError{name, b.rejected[0].line, b.rejected[0].reason}
	}
	if b.blank.Count() > 0 {
		return &FileError{Name: name, Reason: "it holds only blank lines"}
	}
	return &FileError{Name: name, Reason: "it is empty"}
}

// setBody parts the rows that can be read from those that cannot, and closes the gaps.
func (t *Table) setBody(refused []rejected, padded bool) {
	var short Tally
	width := uint32(len(t.Columns))
	kept := t.rows[:0]
	for _, r := range t.rows {
		if r.n > width {
			t.Problems = append(t.Problems, Problem{Line: int(r.line),
				Reason: fmt.Sprintf("the row has %d cells, but the table has %s", r.n, columns(width))})
			continue
		}
		if padded && r.written < width {
			short.Add(int(r.line))
		}
		kept = append(kept, r)
	}
	t.rows = kept
	for _, r := range refused {
		p := Problem{Line: r.line, Reason: r.reason}
		if r.column >= 0 && r.column < len(t.Columns) {
			p.Field = t.Columns[r.column].Name
		}
		t.Problems = append(t.Problems, p)
	}
	slices.SortStableFunc(t.Problems, func(x, y Problem) int { return x.Line - y.Line })
	if short.Count() > 0 {
		t.Notices = append(t.Notices,
			short.Notice("rows have fewer cells than the table has columns; the missing cells are empty"))
	}
}

func columns(n uint32) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}
