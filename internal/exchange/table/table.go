// Package table is the neutral shape every tabular file is read into and written from: columns, rows of cells, and what a
// person should be told about them. It knows headers, blank and ragged rows, the cleaning of a cell, the formula guard and
// how dates are written in the United Kingdom. It never knows a file format, a person, an organisation or the store.
package table

import (
	"fmt"
	"iter"
)

// Bounds on what is read. A file beyond them is refused as a whole, except for a cell beyond MaxCell, which refuses its row.
const (
	MaxBytes   = 256 << 20 // bytes in a file, and of text in a table
	MaxRows    = 1_048_576 // rows, the most a worksheet can have
	MaxColumns = 1_000     // cells in a row, counted to the last one that is not empty
	MaxCells   = 32 << 20  // cells in a table
	MaxCell    = 100_000   // bytes in a cell
)

// Format is a file format, named as its file extension without the dot.
type Format string

// The formats read (CSV, XLSX) and written (all three). CSV stands for every delimited text file.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// Column is one column of a table. Names are distinct within a table and never blank.
type Column struct {
	Name  string `json:"name"`
	Index int    `json:"index"` // 0-based position in each row
}

// Notice tells a person what was read differently from how it was written. Nothing was refused.
// Line is the 1-based physical line (sheet row in a workbook), or 0 where the notice is about the whole file.
type Notice struct {
	Line  int    `json:"line"`
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Problem is one row that could not be read. Line is as in Notice; Field is a column name or empty.
// Reason never repeats what a cell holds.
type Problem struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// FileError refuses a file as a whole. Line is 0 where no single line is to blame.
type FileError struct {
	Name   string
	Line   int
	Reason string
}

// Error gives the file, the line if there is one, and the reason.
func (e *FileError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s, line %d: %s", e.Name, e.Line, e.Reason)
	}
	return fmt.Sprintf("%s: %s", e.Name, e.Reason)
}

// Table is a file read into rows. Every data row of the file is either yielded by Rows or named by one entry of Problems,
// never both; blank rows, the header and rows set aside as instructions are neither, and a notice names them.
type Table struct {
	Name       string // the file name as given to the reader
	Format     Format
	Encoding   string // "UTF-8", "UTF-16LE", "UTF-16BE" or "windows-1252"; empty for a workbook
	Delimiter  rune   // 0 for a workbook and for text with a single column
	Sheet      string // worksheet read; empty for text
	HeaderLine int    // 0 where the file has no header and the columns are called "Column 1", "Column 2", ...
	Columns    []Column
	Notices    []Notice
	Problems   []Problem // in order of line
	Blank      int       // blank rows passed over

	text string
	ends []uint32
	rows []ref
}

// ref places one row: its cells end at ends[first:first+n] and the first of them starts at text[start].
type ref struct {
	line, first, start, n, written uint32
}

// Len is the number of rows that Rows yields.
func (t *Table) Len() int { return len(t.rows) }

// DataRows is the number of data rows in the file: those yielded and those refused.
func (t *Table) DataRows() int { return len(t.rows) + len(t.Problems) }

// ColumnNames lists the columns in order.
func (t *Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// Rows yields the rows in the order of the file.
func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, r := range t.rows {
			if !yield(Row{Line: int(r.line), table: t, ref: r}) {
				return
			}
		}
	}
}

// Row is one data row. Its cells share the text of the whole file: clone (strings.Clone) what outlives the table.
type Row struct {
	Line int // 1-based physical line where the row starts; sheet row in a workbook

	table *Table
	ref   ref
}

// Cell is the cell of column i (0-based), empty where the row is shorter than the header.
func (r Row) Cell(i int) Cell {
	if i < 0 || i >= int(r.ref.n) {
		return ""
	}
	at := int(r.ref.first) + i
	start := r.ref.start
	if i > 0 {
		start = r.table.ends[at-1]
	}
	return Cell(r.table.text[start:r.table.ends[at]])
}

// Text is the cleaned text of column i (see Clean).
func (r Row) Text(i int) string { return r.Cell(i).Text() }

// Values copies out the row as it was written, one string per column of the table.
func (r Row) Values() []string {
	values := make([]string, len(r.table.Columns))
	for i := range values {
		values[i] = string(r.Cell(i))
	}
	return values
}

// Cell is a cell as it was written, decoded but not cleaned.
type Cell string

// Text is the cell as Clean leaves it.
func (c Cell) Text() string { return Clean(string(c)) }
