package mapping

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxFile is the most bytes a mapping file may have.
const maxFile = 1 << 20

// FileError refuses a mapping file. Line is 1-based, or 0 where the whole file is meant.
type FileError struct {
	Name   string
	Line   int
	Reason string
}

// Error gives the file, the line if there is one, and the reason.
func (e *FileError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s, line %d: %s", e.Name, e.Line, e.Reason)
	}
	return fmt.Sprintf("%s: %s", e.Name, e.Reason)
}

// Parse reads a mapping file: TOML with one line "Column name" = "field" per column, and nothing else but blank lines and
// comments. An empty field leaves the column out. Errors are *FileError: a line of another kind, a column or a field twice.
func Parse(name string, data []byte) (Mapping, error) {
	if len(data) > maxFile {
		return Mapping{}, &FileError{Name: name, Reason: "it is too large for a mapping file"}
	}
	var m Mapping
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	for i, line := range strings.Split(string(data), "\n") {
		column, field, err := parseLine(strings.TrimSuffix(line, "\r"))
		if err != nil {
			return Mapping{}, &FileError{name, i + 1, err.Error()}
		}
		if column == "" {
			continue
		}
		if _, twice := m.Field(column); twice || slices.Contains(m.Unmapped, column) {
			return Mapping{}, &FileError{name, i + 1, fmt.Sprintf("the column %q is named a second time", column)}
		}
		if field == "" {
			m.Unmapped = append(m.Unmapped, column)
			continue
		}
		if first, twice := m.Column(field); twice {
			return Mapping{}, &FileError{name, i + 1, fmt.Sprintf("the field %q is taken by the column %q", field, first)}
		}
		m.Pairs = append(m.Pairs, Pair{column, field, sure})
	}
	return m, nil
}

// parseLine reads one line; a blank one or a comment gives no column.
func parseLine(line string) (column, field string, err error) {
	pair := map[string]any{}
	if err := toml.Unmarshal([]byte(line), &pair); err != nil {
		return "", "", errors.New(`expected "Column name" = "field"`)
	}
	for c, value := range pair {
		f, ok := value.(string)
		if !ok || len(pair) > 1 || strings.TrimSpace(c) == "" {
			return "", "", errors.New(`expected "Column name" = "field", both in quotation marks`)
		}
		return c, strings.TrimSpace(f), nil
	}
	return "", "", nil
}

// Format writes the mapping as Parse reads it: pairs in order, then the columns left out.
func (m Mapping) Format() []byte {
	var b bytes.Buffer
	for _, p := range m.Pairs {
		fmt.Fprintf(&b, "%s = %s\n", quote(p.Column), quote(p.Field))
	}
	for _, c := range m.Unmapped {
		fmt.Fprintf(&b, "%s = \"\"\n", quote(c))
	}
	return b.Bytes()
}

// quote writes a basic string of TOML, on one line.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// For fits a mapping that a person wrote to the columns and targets at hand: columns are found whatever their case, spacing
// and punctuation and come back as the table has them, in its order; those not named are unmapped. It fails on a column
// that the table does not have and on a field that is not offered, naming the file.
func (m Mapping) For(name string, columns []string, targets []Target) (Mapping, error) {
	fields := map[string]string{}
	for _, p := range m.Pairs {
		if !slices.ContainsFunc(targets, func(t Target) bool { return t.Field == p.Field }) {
			return Mapping{}, &FileError{Name: name, Reason: fmt.Sprintf("there is no field %q", p.Field)}
		}
		at, err := locate(p.Column, columns)
		if err != nil {
			return Mapping{}, &FileError{Name: name, Reason: err.Error()}
		}
		if fields[columns[at]] != "" {
			return Mapping{}, &FileError{Name: name, Reason: fmt.Sprintf("the column %q is named a second time", p.Column)}
		}
		fields[columns[at]] = p.Field
	}
	var fitted Mapping
	for _, c := range columns {
		if f := fields[c]; f != "" {
			fitted.Pairs = append(fitted.Pairs, Pair{c, f, sure})
		} else {
			fitted.Unmapped = append(fitted.Unmapped, c)
		}
	}
	return fitted, nil
}

// locate finds a column by its exact name or, if only one fits, by its spelling.
func locate(name string, columns []string) (int, error) {
	if i := slices.Index(columns, name); i >= 0 {
		return i, nil
	}
	at := -1
	for i, c := range columns {
		if key(c) != key(name) {
			continue
		}
		if at >= 0 {
			return 0, fmt.Errorf("two columns of the table could be %q; write its name exactly", name)
		}
		at = i
	}
	if at < 0 {
		return 0, fmt.Errorf("the table has no column %q", name)
	}
	return at, nil
}
