package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// build makes a table of lines with cells parted by |.
func build(t *testing.T, lines ...string) *Table {
	t.Helper()
	tb, err := fill(lines...).Table("test.csv")
	if err != nil {
		t.Fatal(err)
	}
	return tb
}

func fill(lines ...string) *Builder {
	b := NewBuilder(0, 0)
	b.Padded = true
	for i, line := range lines {
		for _, cell := range strings.Split(line, "|") {
			_, _ = io.WriteString(b, cell)
			b.EndCell()
		}
		b.EndRow(i + 1)
	}
	return b
}

func rows(tb *Table) [][]string {
	var all [][]string
	for r := range tb.Rows() {
		all = append(all, r.Values())
	}
	return all
}

func texts(tb *Table) string {
	var all []string
	for _, n := range tb.Notices {
		all = append(all, fmt.Sprintf("%d: %s", n.Line, n.Text))
	}
	return strings.Join(all, "\n")
}

func TestHeader(t *testing.T) {
	for _, tt := range []struct {
		name, columns string
		header, first int
		lines         []string
	}{
		{"plain", "a,b", 1, 2, []string{"a|b", "1|2"}},
		{"spaces", "first name,b", 1, 2, []string{" first \u00a0 name |b", "1|2"}},
		{"blank lines above", "a,b", 3, 4, []string{"|", "", "a|b", "1|2"}},
		{"trailing blanks", "a,b", 1, 2, []string{"a|b||", "1|2||"}},
		{"duplicates", "id,name,ID (2),id (3)", 1, 2, []string{"id|name|ID|id", "1|2|3|4"}},
		{"duplicate of a numbered one", "id,id (2),id (3)", 1, 2, []string{"id|id (2)|id", "1|2|3"}},
		{"no name", "id,Column 2,age", 1, 2, []string{"id||age", "1|2|3"}},
		{"no header", "Column 1,Column 2,Column 3", 0, 1, []string{"Ann|Example|ann@example.org", "Bob|Example|bob@example.org"}},
		{"no header, dates", "Column 1,Column 2", 0, 1, []string{"Ann|06/12/1967"}},
		{"years are a header", "name,phase,2025", 1, 2, []string{"name|phase|2025", "Ann|b|1"}},
		{"title", "name,email,role", 3, 4, []string{"Delegates", "as of today|", "name|email|role", "a|b|c"}},
		{"comment", "id,name", 2, 3, []string{"# made by hand", "id|name", "1|a"}},
		{"one column over two", "name", 1, 3, []string{"name", "Ann|Example", "Bob"}},
		{"no title above data", "list", 1, 3, []string{"list", "Ann|Example|ann@example.org", "x"}},
		{"instructions", "first,born", 1, 3, []string{"first|born", "Required: free text|Required: DD/MM/YYYY", "Ann|2010-01-01"}},
		{"only words", "first,born,class", 1, 3, []string{"first|born|class", "Required|Optional|Optional", "Ann|2010-01-01|8A"}},
		{"prose", "id,degree", 1, 3, []string{"id|degree", "Do not edit\nthis line|The code of the degree as listed in the\nannex, if there is one",
			"1|2"}},
		{"an answer, not an instruction", "name,parking,lunch", 1, 2, []string{"name|parking|lunch", "Ann|required|required"}},
		{"answers in every row", "parking,lunch", 1, 2, []string{"parking|lunch", "required|required", "optional|required"}},
		{"long answers", "good,bad", 1, 2, []string{"good|bad",
			"I liked the course very much, thank you for it|The room was cold and the tea was colder than it"}},
		{"a note alone", "name,note", 1, 2, []string{"name|note", "|must be entered later", "Ann|x"}},
		{"a note on one", "name,note", 1, 2, []string{"name|note", "Ann|must be entered later"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tb := build(t, tt.lines...)
			if got := strings.Join(tb.ColumnNames(), ","); got != tt.columns || tb.HeaderLine != tt.header {
				t.Errorf("columns %s on line %d, want %s on line %d", got, tb.HeaderLine, tt.columns, tt.header)
			}
			for r := range tb.Rows() {
				if r.Line != tt.first {
					t.Errorf("the first row is on line %d, want %d\n%s", r.Line, tt.first, texts(tb))
				}
				break
			}
		})
	}
}

func TestWhatIsSetAsideIsTold(t *testing.T) {
	tb := build(t, "Delegates", "name|born|x|x", "Required: text|Required: DD/MM/YYYY", "", "Ann|1|2|3", "Bob|1")
	want := "1: this line stands above the header and was set aside\n" +
		"2: column 4 repeats a name of the header and is called \"x (2)\"\n" +
		"3: this line explains the columns and was set aside; it is not a data row\n" +
		"4: blank rows were passed over (1 in all: line 4)\n" +
		"6: rows have fewer cells than the table has columns; the missing cells are empty (1 in all: line 6)"
	if diff := cmp.Diff(want, texts(tb)); diff != "" {
		t.Error(diff)
	}
}

func TestRaggedRows(t *testing.T) {
	tb := build(t, "a|b", "1", "1|2|3", "1|2||", "|", "9|9")
	if diff := cmp.Diff([][]string{{"1", ""}, {"1", "2"}, {"9", "9"}}, rows(tb)); diff != "" {
		t.Error(diff)
	}
	want := []Problem{{Line: 3, Reason: "the row has 3 cells, but the table has 2 columns"}}
	if diff := cmp.Diff(want, tb.Problems); diff != "" {
		t.Error(diff)
	}
	if tb.DataRows() != 4 || tb.Blank != 1 {
		t.Errorf("%d data rows and %d blank, want 4 and 1", tb.DataRows(), tb.Blank)
	}
}

func TestLongCellRefusesItsRow(t *testing.T) {
	tb := build(t, "a|b", "1|"+strings.Repeat("x", MaxCell), "1|"+strings.Repeat("x", MaxCell+1)+"|", "2|3")
	want := []Problem{{Line: 3, Field: "b", Reason: fmt.Sprintf("the cell is longer than %d bytes", MaxCell)}}
	if diff := cmp.Diff(want, tb.Problems); diff != "" || tb.Len() != 2 {
		t.Errorf("%d rows; %s", tb.Len(), diff)
	}
	if got := rows(tb)[1]; got[0] != "2" || got[1] != "3" {
		t.Errorf("the row after reads %q", got)
	}
}

func TestFilesRefused(t *testing.T) {
	broken := NewBuilder(0, 0)
	broken.Reject(1, "it is torn")
	torn := NewBuilder(0, 0)
	torn.Reject(1, "it is torn")
	_, _ = io.WriteString(torn, "a")
	torn.EndCell()
	torn.EndRow(2)
	for name, tt := range map[string]struct {
		b    *Builder
		want string
	}{
		"empty":       {fill(), "test.csv: it is empty"},
		"blank":       {fill("|", " \u00a0|"), "test.csv: it holds only blank lines"},
		"wide":        {fill(strings.Repeat("x|", MaxColumns+1)), "test.csv: line 1 has more than 1000 cells; this does not look like a table"},
		"broken":      {broken, "test.csv, line 1: it is torn"},
		"torn header": {torn, "test.csv, line 1: this line stands where the header should be and cannot be read: it is torn"},
	} {
		_, err := tt.b.Table("test.csv")
		var refused *FileError
		if !errors.As(err, &refused) || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestTextHasABound(t *testing.T) {
	b := NewBuilder(0, 0)
	b.room = 10
	for line := 1; line <= 3 && !b.Full(); line++ {
		_, _ = io.WriteString(b, "12345")
		b.EndCell()
		b.EndRow(line)
	}
	want := "big.csv: it holds more than 256 MB of text; split it into smaller files"
	if _, err := b.Table("big.csv"); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestTallyNamesTheFirstLines(t *testing.T) {
	var tally Tally
	for _, line := range []int{3, 3, 5, 8, 9, 12} {
		tally.Add(line)
	}
	if got := tally.Notice("things").Text; got != "things (6 in all: lines 3, 5, 8, 9, 12)" {
		t.Error(got)
	}
	tally.Add(20)
	if got := tally.Notice("things"); got.Line != 3 || got.Text != "things (7 in all: lines 3, 5, 8, 9, 12 and more)" {
		t.Error(got)
	}
}
