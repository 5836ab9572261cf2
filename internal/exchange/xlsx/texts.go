package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"custos/internal/exchange/table"
)

// Texts returns every text a workbook holds in its sheets, so that it can be searched: the names of the sheets, every cell
// of every sheet as Read would show it, and the shared texts, whether or not a cell still uses them. Hidden sheets, rows
// and columns are taken like all others, and so is a sheet that the workbook no longer lists. The error says that it is no
// workbook, damaged or too large.
func Texts(data []byte) ([]string, error) {
	texts, err := texts(data)
	if err != nil {
		return nil, fmt.Errorf("the workbook cannot be searched: %w", err)
	}
	return texts, nil
}

func texts(data []byte) ([]string, error) {
	if len(data) > table.MaxBytes {
		return nil, errTooLarge
	}
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	w, err := openWorkbook(a)
	if err != nil {
		return nil, err
	}
	c := collector{texts: slices.Clone(w.strings)}
	for _, s := range w.sheets {
		c.texts = append(c.texts, s.name)
	}
	for _, part := range w.sheetParts() {
		if err := c.sheet(w, part); err != nil {
			return nil, err
		}
	}
	return c.texts, nil
}

// sheetParts names the part of every sheet once: those listed first, in order.
func (w *workbook) sheetParts() []string {
	var listed, others []string
	for _, s := range w.sheets {
		if name := partName(s.part); !slices.Contains(listed, name) {
			listed = append(listed, name)
		}
	}
	for name := range w.parts {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") && !slices.Contains(listed, name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	return append(listed, others...)
}

// collector gathers texts up to the bound of a table.
type collector struct {
	texts []string
	size  int
}

func (c *collector) sheet(w *workbook, part string) error {
	r, err := w.stream(part, maxPart)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	s := &reader{book: w, part: part, decoder: newTokens(r)}
	for {
		tok, err := s.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "c" {
			continue
		}
		text, err := s.value(start)
		if err != nil {
			return damaged(part, err)
		}
		if text == "" {
			continue
		}
		if c.size += len(text) + 16; c.size > table.MaxBytes {
			return errTooLarge
		}
		c.texts = append(c.texts, text)
	}
}
