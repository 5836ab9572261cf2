package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"custos/internal/exchange/table"
)

const (
	sheetRows    = 1_048_576
	sheetColumns = 16_384
)

// reader reads one sheet into a builder, row by row.
type reader struct {
	book     *workbook
	part     string
	decoder  *tokens
	builder  *table.Builder
	row      int
	column   int // cells of the row written so far
	hidden   table.Tally
	failed   table.Tally // cells that show a formula's error
	unsolved table.Tally // formulas without a stored result
}

// readSheet reads the sheet into a fresh builder.
func (w *workbook) readSheet(part string) (*reader, error) {
	r, err := w.stream(part, maxPart)
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	s := &reader{book: w, part: part, decoder: newTokens(r), builder: table.NewBuilder(0, 0)}
	for !s.builder.Full() {
		tok, err := s.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged(part, err)
		}
		if end, ok := tok.(xml.EndElement); ok && end.Name.Local == "sheetData" {
			break
		}
		if start, ok := tok.(xml.StartElement); ok {
			if err := s.start(start); err != nil {
				return nil, damaged(part, err)
			}
		}
	}
	s.endRow()
	s.notice(&s.failed, "cells show an error of the spreadsheet, such as #N/A, and were read as that")
	s.notice(&s.unsolved,
		"formulas have no stored result and were read as empty; open the workbook, save it and read it again")
	s.notice(&s.hidden, "hidden rows were read like all others")
	return s, nil
}

func (s *reader) notice(t *table.Tally, what string) {
	if t.Count() > 0 {
		s.builder.Notice(t.Notice(what))
	}
}

func (s *reader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.endRow()
		s.row++
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= s.row && n <= sheetRows {
			s.row = n
		}
		if truth(attr(e, "hidden")) {
			s.hidden.Add(s.row)
		}
		s.column = 0
	case "c":
		if s.row == 0 {
			return errors.New("a cell outside a row")
		}
		return s.cell(e)
	}
	return nil
}

func (s *reader) endRow() {
	if s.column > 0 {
		s.builder.EndRow(s.row)
	}
	s.column = 0
}

// cell reads one cell and pads the row up to it.
func (s *reader) cell(e xml.StartElement) error {
	at := s.column
	if n := columnOf(attr(e, "r")); n > at && n < sheetColumns {
		at = n
	}
	value, err := s.value(e)
	if err != nil || value == "" {
		return err
	}
	for ; s.column < at && !s.builder.Full(); s.column++ {
		s.builder.EndCell()
	}
	_, _ = io.WriteString(s.builder, value) // a Builder never fails to write
	s.builder.EndCell()
	s.column++
	return nil
}

// value reads up to the end of the cell and gives it as text.
func (s *reader) value(e xml.StartElement) (string, error) {
	kind, text, raw, formula, stored := attr(e, "t"), "", "", false, false
	style, err := strconv.Atoi(attr(e, "s"))
	if err != nil {
		style = 0
	}
	for {
		tok, err := s.decoder.RawToken()
		if err != nil {
			return "", unexpectedEnd(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				stored = true
				raw, err = s.chars("v")
			case "f":
				formula = true
				_, err = s.chars("f")
			case "is":
				text, err = readText(s.decoder, "is")
			}
			if err != nil {
				return "", err
			}
		case xml.EndElement:
			if t.Name.Local == "c" {
				if formula && !stored {
					s.unsolved.Add(s.row)
				}
				return s.meaning(kind, raw, text, style)
			}
		}
	}
}

// chars reads the characters up to the end of an element.
func (s *reader) chars(element string) (string, error) {
	var b strings.Builder
	for {
		tok, err := s.decoder.RawToken()
		if err != nil {
			return "", unexpectedEnd(err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			if b.Write(t); b.Len() > maxToken {
				return "", errTooLong
			}
		case xml.EndElement:
			if t.Name.Local == element {
				return b.String(), nil
			}
		}
	}
}

// meaning turns what is stored into what is meant, by the type of the cell (ECMA-376 part 1, 18.18.11).
func (s *reader) meaning(kind, raw, text string, style int) (string, error) {
	switch kind {
	case "inlineStr":
		return text, nil
	case "str":
		return unescape(raw), nil
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || n < 0 || n >= len(s.book.strings) {
			return "", errors.New("a cell refers to a text that is not there")
		}
		return s.book.strings[n], nil
	case "b":
		if truth(raw) {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "e":
		s.failed.Add(s.row)
		return raw, nil
	case "d":
		return strings.TrimSuffix(raw, "T00:00:00"), nil
	default:
		return s.book.show(strings.TrimSpace(raw), style), nil
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" }

// columnOf gives the 0-based column of a reference such as "AB12", or -1.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4; i++ {
		c := ref[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
