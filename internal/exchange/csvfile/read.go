// Package csvfile reads and writes delimited text: comma, tab, semicolon or pipe, in the encodings and with the line
// endings and quoting that offices and their systems produce. It knows bytes, lines and quotation marks. It never knows
// what a column means, and never opens a file.
package csvfile

import (
	"bytes"

	"custos/internal/exchange/table"
)

const unbalanced = "the quotation marks of this row do not match, so its cells cannot be told apart"

// Read reads delimited text. Rows that cannot be read become problems of the table; the errors are *table.FileError:
// too large, empty, only blank lines, or a header that cannot be read.
func Read(name string, data []byte) (*table.Table, error) {
	if len(data) > table.MaxBytes {
		return nil, &table.FileError{Name: name, Reason: "it is too large to read; split it into smaller files"}
	}
	d, err := decode(data)
	if err != nil {
		return nil, &table.FileError{Name: name, Reason: err.Error()}
	}
	s := scanner{data: d.text, returns: d.returns, line: 1}
	var rest []byte
	if s.delim, rest = declared(d.text, d.returns); s.delim != 0 {
		s.data, s.line = rest, 2
		d.notices = append(d.notices, table.Notice{Line: 1, Text: "this line names the separator and was set aside"})
	} else {
		s.delim = delimiter(d.text, d.returns)
	}
	b := table.NewBuilder(len(s.data), s.estimate())
	b.Padded = s.delim != none
	for _, n := range d.notices {
		b.Notice(n)
	}
	fill(b, &s)
	t, err := b.Table(name)
	if err != nil {
		return nil, err
	}
	t.Format, t.Encoding = table.CSV, d.encoding
	if s.delim != none {
		t.Delimiter = rune(s.delim)
	}
	return t, nil
}

// estimate is an upper bound on the cells, to make room once.
func (s *scanner) estimate() int {
	ends := bytes.Count(s.data, []byte{'\n'})
	if s.returns {
		ends += bytes.Count(s.data, []byte{'\r'})
	}
	return ends + bytes.Count(s.data, []byte{s.delim}) + 1
}

func fill(b *table.Builder, s *scanner) {
	write := func(p []byte) { _, _ = b.Write(p) } // a Builder never fails to write
	for !b.Full() {
		line, bad, ok := s.next()
		if !ok {
			return
		}
		if bad {
			b.Reject(line, unbalanced)
			continue
		}
		for _, f := range s.fields {
			if f.doubled {
				s.text(f, write)
			} else {
				write(s.data[f.start:f.end])
			}
			b.EndCell()
		}
		b.EndRow(line)
	}
}
