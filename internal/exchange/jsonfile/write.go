// Package jsonfile writes a table as a JSON array with one object per row, its keys in the order of the columns and every
// value a string. It knows nothing of what the columns mean and never reads.
package jsonfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"custos/internal/exchange/table"
)

// Writer writes one object per line. Values are written as they are, without a formula guard: nothing runs JSON. Bytes
// that are not UTF-8 are written as U+FFFD.
type Writer struct {
	w    *bufio.Writer
	keys [][]byte
	row  int
}

// NewWriter writes to w, which the caller closes.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

// WriteHeader takes the column names, which become the keys and so must differ.
func (w *Writer) WriteHeader(columns []table.Column) error {
	if w.keys != nil || len(columns) == 0 {
		return errors.New("json: a header is written once and has at least one column")
	}
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Name] {
			return fmt.Errorf("json: two columns are called %q", c.Name)
		}
		seen[c.Name] = true
		key, err := encode(c.Name)
		if err != nil {
			return err
		}
		w.keys = append(w.keys, key)
	}
	return w.write([]byte("["))
}

// WriteRow writes one row with as many cells as the header.
func (w *Writer) WriteRow(cells []string) error {
	w.row++
	if len(cells) != len(w.keys) || len(cells) == 0 {
		return fmt.Errorf("json: row %d has %d cells, the header has %d", w.row, len(cells), len(w.keys))
	}
	line := []byte(",\n{")
	if w.row == 1 {
		line = []byte("\n{")
	}
	for i, cell := range cells {
		if i > 0 {
			line = append(line, ',')
		}
		value, err := encode(cell)
		if err != nil {
			return err
		}
		line = append(append(append(line, w.keys[i]...), ':'), value...)
	}
	return w.write(append(line, '}'))
}

// Close ends the array and writes out what is buffered.
func (w *Writer) Close() error {
	end := "\n]\n"
	if w.keys == nil {
		end = "[]\n"
	}
	if err := w.write([]byte(end)); err != nil {
		return err
	}
	if err := w.w.Flush(); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}

func (w *Writer) write(p []byte) error {
	if _, err := w.w.Write(p); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}

// encode is json.Marshal without the escapes meant for web pages.
func encode(s string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("json: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
