package csvfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"custos/internal/exchange/table"
)

// Writer writes comma-separated text as spreadsheets open it best: UTF-8 with a byte order mark, CRLF line endings,
// quotation marks where needed. Every cell, header included, goes through table.Guard; Read with Row.Text or
// table.Unguard takes the guard off again, so nothing is lost. Bytes that are not UTF-8 are written as U+FFFD.
type Writer struct {
	w     *bufio.Writer
	width int
	row   int
}

// NewWriter writes to w, which the caller closes.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

// WriteHeader writes the column names. It comes first and once.
func (w *Writer) WriteHeader(columns []table.Column) error {
	if w.width > 0 || len(columns) == 0 {
		return errors.New("csv: a header is written once and has at least one column")
	}
	w.width = len(columns)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	if _, err := w.w.WriteString("\ufeff"); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	return w.line(names)
}

// WriteRow writes one row with as many cells as the header.
func (w *Writer) WriteRow(cells []string) error {
	w.row++
	if len(cells) != w.width {
		return fmt.Errorf("csv: row %d has %d cells, the header has %d", w.row, len(cells), w.width)
	}
	return w.line(cells)
}

// Close writes out what is buffered.
func (w *Writer) Close() error {
	if err := w.w.Flush(); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	return nil
}

func (w *Writer) line(cells []string) error {
	var line strings.Builder
	for i, cell := range cells {
		if i > 0 {
			line.WriteByte(',')
		}
		line.WriteString(quote(table.Guard(strings.ToValidUTF8(cell, "\ufffd"))))
	}
	if len(cells) == 1 && line.Len() == 0 {
		line.WriteString(`""`)
	}
	line.WriteString("\r\n")
	if _, err := w.w.WriteString(line.String()); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	return nil
}

// quote puts a cell in quotation marks where a reader could otherwise take it for something else.
func quote(s string) string {
	if s == "" || !strings.ContainsAny(s, ",;\t|\"\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
