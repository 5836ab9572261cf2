package xlsx

import (
	"errors"
	"fmt"
	"strings"

	"custos/internal/exchange/table"
)

// Read reads the first visible sheet that holds anything; a notice names the sheets it left out. Line numbers are sheet
// rows. Texts are given as stored, so a text 0123 keeps its zero; dates as 2026-12-31 whatever the sheet shows. The errors
// are *table.FileError: no workbook but something else, damaged, too large, empty, or a header that cannot be read.
func Read(name string, data []byte) (*table.Table, error) {
	t, err := read(name, data)
	if err == nil {
		return t, nil
	}
	var refused *table.FileError
	if errors.As(err, &refused) {
		return nil, refused
	}
	return nil, &table.FileError{Name: name, Reason: err.Error()}
}

func read(name string, data []byte) (*table.Table, error) {
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
	for i, s := range w.sheets {
		if s.hidden {
			continue
		}
		r, err := w.readSheet(s.part)
		if err != nil {
			return nil, err
		}
		if !r.builder.HasRows() && !r.builder.Full() {
			continue
		}
		w.sheetsLeft(r.builder, i)
		t, err := r.builder.Table(name)
		if err != nil {
			return nil, err
		}
		t.Format, t.Sheet = table.XLSX, s.name
		return t, nil
	}
	return nil, errors.New("the workbook has no visible sheet with anything in it")
}

// sheetsLeft tells which sheets were not read.
func (w *workbook) sheetsLeft(b *table.Builder, read int) {
	var left []string
	for i, s := range w.sheets {
		if i == read {
			continue
		}
		name := fmt.Sprintf("%q", s.name)
		if s.hidden {
			name += " (hidden)"
		}
		left = append(left, name)
	}
	if len(left) > 0 {
		b.Notice(table.Notice{Text: fmt.Sprintf("the sheet %q was read; not read: %s", w.sheets[read].name,
			strings.Join(left, ", "))})
	}
}
