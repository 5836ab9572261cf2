package consentfile

import (
	"errors"
	"io"

	"custos/internal/exchange/csvfile"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// tableWriter writes a row for every event, guarded like every table that a
// spreadsheet may open.
type tableWriter struct {
	out   *csvfile.Writer
	cells []string
}

func newTableWriter(w io.Writer) (*tableWriter, error) {
	t := &tableWriter{out: csvfile.NewWriter(w), cells: make([]string, len(columns))}
	header := make([]table.Column, len(columns))
	for i := range columns {
		header[i] = table.Column{Name: columns[i].name, Index: i}
	}
	return t, t.out.WriteHeader(header)
}

func (t *tableWriter) Write(e register.ConsentEvent) error {
	for i := range columns {
		t.cells[i] = columns[i].get(&e)
	}
	return t.out.WriteRow(t.cells)
}

func (t *tableWriter) Close() error { return t.out.Close() }

// readTable reads a table whose header names the ledger's fields, in any order.
func readTable(r io.Reader, each func(Entry)) error {
	s := newScanner(r)
	header, err := s.header()
	if err != nil {
		return err
	}
	for {
		line, cells, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case s.broken:
			return err
		case err != nil:
			each(refuse(line, err))
		case len(cells) == 1 && cells[0] == "":
			continue // a blank line
		case len(cells) != len(header):
			each(refuse(line, wrong("",
				"the row has %d cells, but the table has %d columns", len(cells), len(header))))
		default:
			each(tableRow(line, header, cells))
		}
	}
}

func tableRow(line int, header, cells []string) Entry {
	entry := Entry{Place: line}
	e := &entry.Event
	for i, name := range header {
		v := table.Unguard(cells[i])
		if v == "" {
			continue
		}
		if name == columnEmail {
			entry.Email = v
			continue
		}
		if err := set(e, name, v); err != nil {
			return refuse(line, err)
		}
	}
	if e.Delegate == "" && entry.Email != "" {
		e.Delegate = register.ID(entry.Email)
	}
	if err := complete(e); err != nil {
		return refuse(line, err)
	}
	return entry
}
