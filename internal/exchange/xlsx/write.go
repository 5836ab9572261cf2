package xlsx

import (
	"errors"
	"fmt"
	"io"
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
type Writer struct{ book *Book }

// NewWriter writes to w, which the caller closes.
func NewWriter(w io.Writer) *Writer { return &Writer{NewBook(w)} }

// WriteHeader writes the column names. It comes first and once.
func (w *Writer) WriteHeader(columns []table.Column) error {
	if len(w.book.sheets) > 0 {
		return errors.New("xlsx: a header is written once")
	}
	return w.book.Sheet("Sheet1", columns)
}

// WriteRow writes one row with as many cells as the header. It fails on a text longer than a cell of a workbook can hold
// and on more rows than a sheet has.
func (w *Writer) WriteRow(cells []string) error { return w.book.WriteRow(cells) }

// Close completes the workbook.
func (w *Writer) Close() error { return w.book.Close() }

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
		case r == '"':
			b.WriteString("&quot;")
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
