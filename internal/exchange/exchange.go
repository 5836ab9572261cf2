// Package exchange is the door for tables: it recognises what a file is by its content and has it read, and it chooses
// the writer for a file that leaves. The formats have a package each (csvfile, xlsx, jsonfile), table holds the shape they
// share, mapping says which column is which field, pack makes the archive of an access reply. It knows bytes and file
// names. It never opens a file, decides what may leave, or knows what is held about anybody.
package exchange

import (
	"fmt"
	"io"
	"path"
	"strings"

	"custos/internal/exchange/csvfile"
	"custos/internal/exchange/jsonfile"
	"custos/internal/exchange/table"
	"custos/internal/exchange/xlsx"
)

// Read reads a table from the content of a file. What the file is, is seen from its content; name serves for messages
// only, so a workbook called .csv is read as a workbook. Every error is a *table.FileError that names the file and says
// what it is and what to do; a row that cannot be read is no error but a problem of the table.
func Read(name string, data []byte) (*table.Table, error) {
	if len(data) == 0 {
		return nil, &table.FileError{Name: name, Reason: "it is empty"}
	}
	if isZip(data) {
		return xlsx.Read(name, data)
	}
	if what := foreign(data); what != "" {
		return nil, &table.FileError{Name: name, Reason: what}
	}
	return csvfile.Read(name, data)
}

// Writer writes one table: the header, then the rows, then Close, which completes the format but leaves the underlying
// io.Writer open. Rows have as many cells as the header has columns. After an error nothing more is to be written, and
// what has been written is to be thrown away.
type Writer interface {
	WriteHeader(columns []table.Column) error
	WriteRow(cells []string) error
	Close() error
}

// FormatOf tells the format to write from a file name: .csv, .xlsx or .json in any case.
func FormatOf(fileName string) (table.Format, error) {
	ext := strings.ToLower(path.Ext(fileName))
	switch f := table.Format(strings.TrimPrefix(ext, ".")); f {
	case table.CSV, table.XLSX, table.JSON:
		return f, nil
	}
	if ext == "" || ext == "." {
		return "", fmt.Errorf("%s: the name needs an ending that says the format: .csv, .xlsx or .json", fileName)
	}
	return "", fmt.Errorf("%s: cannot write %s; choose .csv, .xlsx or .json", fileName, ext)
}

// NewWriter makes the writer for a format. CSV and XLSX cells are guarded against being run as formulas (table.Guard);
// JSON is not, since nothing runs it.
func NewWriter(f table.Format, w io.Writer) (Writer, error) {
	switch f {
	case table.CSV:
		return csvfile.NewWriter(w), nil
	case table.XLSX:
		return xlsx.NewWriter(w), nil
	case table.JSON:
		return jsonfile.NewWriter(w), nil
	default:
		return nil, fmt.Errorf("cannot write the format %q; choose csv, xlsx or json", string(f))
	}
}
