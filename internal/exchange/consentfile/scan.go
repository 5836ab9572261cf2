package consentfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"custos/internal/exchange/table"
)

// scanner reads delimited text row by row and keeps every byte of a cell, line
// breaks inside quotation marks too: the ledger is read back exactly.
type scanner struct {
	in     *bufio.Reader
	delim  byte
	line   int  // of what is read next, from 1
	broken bool // nothing more can be read

	cell    []byte
	cells   []string
	size    int
	failure error // of the file itself
}

func newScanner(r io.Reader) *scanner {
	s := &scanner{in: bufio.NewReaderSize(r, 64<<10), delim: ',', line: 1}
	if mark, err := s.in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = s.in.Discard(3)
	}
	return s
}

// header reads the first row. Without the fields every event has, or with one
// twice, this is no ledger.
func (s *scanner) header() ([]string, error) {
	s.delim = s.guess()
	_, names, err := s.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, wrong("", "the file is empty")
		}
		return nil, err
	}
	names = slices.Clone(names)
	seen := map[string]bool{}
	for i, name := range names {
		names[i] = strings.ToLower(strings.TrimSpace(table.Unguard(name)))
		if seen[names[i]] && names[i] != "" {
			return nil, wrong(names[i], "line 1: two columns have this name")
		}
		seen[names[i]] = true
	}
	for _, needed := range []string{"purpose", "state", "at"} {
		if !seen[needed] {
			return nil, wrong(needed, "line 1: the table has no such column, so it is no consent ledger")
		}
	}
	if !seen["delegate"] && !seen[columnEmail] {
		return nil, wrong("delegate", "line 1: the table has no such column, nor one called email")
	}
	return names, nil
}

// guess tells the delimiter from the first line: a spreadsheet may have saved
// the table with semicolons or tabs.
func (s *scanner) guess() byte {
	head, _ := s.in.Peek(4096)
	first, _, _ := strings.Cut(string(head), "\n")
	best := byte(',')
	for _, d := range []byte{';', '\t'} {
		if strings.Count(first, string(d)) > strings.Count(first, string(best)) {
			best = d
		}
	}
	return best
}

// next returns a row, good until the next call, and the line it begins on;
// io.EOF after the last. Unless broken is set, the row after a bad one can be
// read.
func (s *scanner) next() (line int, cells []string, err error) {
	s.cells, s.cell, s.size = s.cells[:0], s.cell[:0], 0
	line = s.line
	c, ok := s.read()
	if !ok {
		return line, nil, s.ended()
	}
	for more := true; more; {
		if c, more, err = s.readCell(c); err != nil {
			return line, nil, err
		}
	}
	if s.failure != nil {
		return line, nil, s.ended()
	}
	for _, cell := range s.cells {
		if !utf8.ValidString(cell) {
			return line, nil, wrong("", "the row is not UTF-8 text; save the file as UTF-8")
		}
	}
	return line, s.cells, nil
}

// readCell reads a cell that begins with c. Where another follows, it returns
// what that one begins with.
func (s *scanner) readCell(c byte) (next byte, more bool, err error) {
	ok, inside := true, 0 // bytes that stood in quotation marks
	if c == '"' {
		if err := s.quoted(); err != nil {
			return 0, false, err
		}
		inside = len(s.cell)
		c, ok = s.read()
	}
	for ; ok && c != s.delim && c != '\n'; c, ok = s.read() {
		if err := s.take(c); err != nil {
			return 0, false, err
		}
	}
	if n := len(s.cell); (!ok || c == '\n') && n > inside && s.cell[n-1] == '\r' {
		s.cell = s.cell[:n-1] // half of a line ending
	}
	s.cells = append(s.cells, string(s.cell))
	s.cell = s.cell[:0]
	if !ok || c == '\n' {
		return 0, false, nil
	}
	if next, more = s.read(); !more {
		s.cells = append(s.cells, "") // a delimiter at the very end
	}
	return next, more, nil
}

// quoted reads what stands in quotation marks, to the closing one.
func (s *scanner) quoted() error {
	began := s.line
	for {
		c, ok := s.read()
		if !ok {
			s.broken = true
			return wrong("", "line %d: a quotation mark is never closed", began)
		}
		if c == '"' {
			next, err := s.in.Peek(1)
			if err != nil || next[0] != '"' {
				return nil
			}
			_, _ = s.in.Discard(1)
		}
		if err := s.take(c); err != nil {
			return err
		}
	}
}

// read returns a byte and counts lines; false at the end, or where the file
// fails.
func (s *scanner) read() (byte, bool) {
	c, err := s.in.ReadByte()
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		s.failure, s.broken = err, true
	case c == '\n':
		s.line++
	}
	return c, err == nil
}

func (s *scanner) take(c byte) error {
	if s.size++; s.size > maxRecord {
		s.broken = true
		return wrong("", "line %d: the row is longer than %d bytes", s.line, maxRecord)
	}
	s.cell = append(s.cell, c)
	return nil
}

// ended says why nothing more comes.
func (s *scanner) ended() error {
	if s.failure == nil {
		return io.EOF
	}
	return fmt.Errorf("line %d cannot be read: %w", s.line, s.failure)
}
