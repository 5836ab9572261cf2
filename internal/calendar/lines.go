package calendar

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxFile is the most a file of terms or holidays may hold, in bytes: some 20,000
// lines, far beyond any real one.
const maxFile = 1 << 20

var (
	errTooLong = fmt.Errorf("longer than %d bytes: this is not a file of terms or holidays", maxFile)
	errQuotes  = errors.New("the quotation marks are not closed or stand inside a word")
)

// line is one line of a small comma-separated file.
type line struct {
	file   string
	number int
	fields []string
}

// readLines reads lines of comma-separated fields. Empty lines and lines beginning
// with # are passed over, a byte order mark is dropped, spaces around a field do not
// count. Errors: *FileError, or the reader's own with the file's name.
func readLines(r io.Reader, name string) ([]line, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, &FileError{File: name, Err: err}
	}
	if len(data) > maxFile {
		return nil, &FileError{File: name, Err: errTooLong}
	}
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	c.FieldsPerRecord = -1
	c.Comment = '#'
	c.TrimLeadingSpace = true
	var lines []line
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return nil, &FileError{File: name, Line: bad.Line, Err: errQuotes}
			}
			return nil, &FileError{File: name, Err: err}
		}
		number, _ := c.FieldPos(0)
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		lines = append(lines, line{file: name, number: number, fields: fields})
	}
}

// fail refuses the line for the named field.
func (l line) fail(field, format string, args ...any) error {
	return &FileError{File: l.file, Line: l.number, Field: field, Err: fmt.Errorf(format, args...)}
}

// date reads field i, called field in errors.
func (l line) date(i int, field string) (Date, error) {
	d, err := ParseDate(l.fields[i])
	if err != nil {
		return Date{}, l.fail(field, "%w", err)
	}
	return d, nil
}
