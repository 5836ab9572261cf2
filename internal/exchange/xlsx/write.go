package xlsx

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"custos/internal/exchange/table"
)

// maxText is the most UTF-16 units a cell of a workbook can hold.
const maxText = 32_767

// Writer writes a workbook of one sheet, as a stream: header in bold and frozen, filter buttons, every cell a text, so
// that nothing is turned into a number, a date or a formula. Cells, header included, go through table.Guard all the
// same, because a workbook is easily saved as CSV later. Bytes that are not UTF-8 are written as U+FFFD.
type Writer struct {
	zip   *zip.Writer
	sheet *bufio.Writer
	width int
	row   int
}

// NewWriter writes to w, which the caller closes.
func NewWriter(w io.Writer) *Writer { return &Writer{zip: zip.NewWriter(w)} }

// WriteHeader writes the column names. It comes first and once.
func (w *Writer) WriteHeader(columns []table.Column) error {
	if w.width > 0 || len(columns) == 0 || len(columns) > sheetColumns {
		return fmt.Errorf("xlsx: a header is written once and has between 1 and %d columns", sheetColumns)
	}
	w.width = len(columns)
	for _, p := range fixedParts {
		part, err := w.zip.Create(p.name)
		if err == nil {
			_, err = io.WriteString(part, p.text)
		}
		if err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	part, err := w.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	w.sheet = bufio.NewWriter(part)
	if _, err := w.sheet.WriteString(sheetStart); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return w.line(names, ` s="1"`)
}

// WriteRow writes one row with as many cells as the header. It fails on a text longer than a cell of a workbook can hold
// and on more rows than a sheet has.
func (w *Writer) WriteRow(cells []string) error {
	if len(cells) != w.width || w.width == 0 {
		return fmt.Errorf("xlsx: row %d has %d cells, the header has %d", w.row, len(cells), w.width)
	}
	return w.line(cells, "")
}

// Close completes the workbook.
func (w *Writer) Close() error {
	if w.sheet == nil {
		return errors.New("xlsx: a workbook needs a header")
	}
	last := columnName(w.width-1) + strconv.Itoa(w.row)
	if _, err := fmt.Fprintf(w.sheet, sheetEnd, last); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	if err := w.sheet.Flush(); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	if err := w.zip.Close(); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

func (w *Writer) line(cells []string, style string) error {
	if w.row++; w.row > sheetRows {
		return fmt.Errorf("xlsx: a sheet holds %d rows and no more; write .csv instead", sheetRows)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, w.row)
	for i, cell := range cells {
		text := table.Guard(strings.ToValidUTF8(cell, "\ufffd"))
		if text == "" {
			continue
		}
		if units(text) > maxText {
			return fmt.Errorf("xlsx: row %d, column %d: the text is longer than a cell can hold (%d characters)",
				w.row, i+1, maxText)
		}
		fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"%s><is><t xml:space="preserve">`, columnName(i), w.row, style)
		escape(&b, text)
		b.WriteString(`</t></is></c>`)
	}
	b.WriteString("</row>\n")
	if _, err := w.sheet.WriteString(b.String()); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// escape writes text for XML. What XML cannot hold, and what would be read as such an escape, becomes _xHHHH_.
func escape(b *strings.Builder, s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		_, looksEscaped := escapeAt(s[i:])
		switch {
		case looksEscaped:
			b.WriteString("_x005F_")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			fmt.Fprintf(b, "_x%04X_", r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
}

// columnName gives the letters of a 0-based column.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
