package xlsx

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"custos/internal/exchange/table"
)

// Book writes a workbook of several sheets, one after the other, as a stream. Each sheet is as Writer makes one. After an
// error nothing more is to be written, and what has been written is to be thrown away.
type Book struct {
	zip    *zip.Writer
	sheets []string // their names, in order
	out    *bufio.Writer
	width  int // of the sheet being written
	row    int
}

// NewBook writes to w, which the caller closes.
func NewBook(w io.Writer) *Book { return &Book{zip: zip.NewWriter(w)} }

// Sheet ends the sheet before and begins one with its header. The name is cleaned to what a workbook takes and made
// different from those before it, compared without case, so the tab may read a little differently.
func (b *Book) Sheet(name string, columns []table.Column) error {
	if len(columns) == 0 || len(columns) > sheetColumns {
		return fmt.Errorf("xlsx: a header has between 1 and %d columns", sheetColumns)
	}
	if err := b.begin(); err != nil {
		return err
	}
	b.sheets = append(b.sheets, sheetName(name, b.sheets))
	part, err := b.zip.Create("xl/" + sheetPart(len(b.sheets)))
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	b.out, b.width, b.row = bufio.NewWriter(part), len(columns), 0
	if _, err := b.out.WriteString(sheetStart); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return b.line(names, ` s="1"`)
}

// WriteRow writes one row of the present sheet, with as many cells as its header. It fails on a text longer than a cell of
// a workbook can hold and on more rows than a sheet has.
func (b *Book) WriteRow(cells []string) error {
	if len(cells) != b.width || b.width == 0 {
		return fmt.Errorf("xlsx: row %d has %d cells, the header has %d", b.row, len(cells), b.width)
	}
	return b.line(cells, "")
}

// Close completes the workbook, which has one sheet at least.
func (b *Book) Close() error {
	if b.out == nil {
		return errors.New("xlsx: a workbook needs a header")
	}
	if err := b.end(); err != nil {
		return err
	}
	if err := b.parts(lastParts(b.sheets)); err != nil {
		return err
	}
	if err := b.zip.Close(); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

// begin makes room for a sheet.
func (b *Book) begin() error {
	if b.out == nil {
		return b.parts(firstParts)
	}
	return b.end()
}

// end completes the present sheet.
func (b *Book) end() error {
	last := columnName(b.width-1) + strconv.Itoa(b.row)
	_, err := fmt.Fprintf(b.out, sheetEnd, last)
	if err = errors.Join(err, b.out.Flush()); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

func (b *Book) parts(list []part) error {
	for _, p := range list {
		w, err := b.zip.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, p.text)
		}
		if err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	return nil
}

func (b *Book) line(cells []string, style string) error {
	if b.row++; b.row > sheetRows {
		return fmt.Errorf("xlsx: a sheet holds %d rows and no more; write .csv instead", sheetRows)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<row r="%d">`, b.row)
	for i, cell := range cells {
		text := table.Guard(strings.ToValidUTF8(cell, "\ufffd"))
		if text == "" {
			continue
		}
		if units(text) > maxText {
			return fmt.Errorf("xlsx: row %d, column %d: the text is longer than a cell can hold (%d characters)",
				b.row, i+1, maxText)
		}
		fmt.Fprintf(&s, `<c r="%s%d" t="inlineStr"%s><is><t xml:space="preserve">`, columnName(i), b.row, style)
		escape(&s, text)
		s.WriteString(`</t></is></c>`)
	}
	s.WriteString("</row>\n")
	if _, err := b.out.WriteString(s.String()); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}
