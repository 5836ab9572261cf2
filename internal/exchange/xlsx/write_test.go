package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"custos/internal/exchange/table"
)

func write(t interface{ Fatal(...any) }, header []string, rows ...[]string) []byte {
	var b bytes.Buffer
	w := NewWriter(&b)
	var columns []table.Column
	for i, name := range header {
		columns = append(columns, table.Column{Name: name, Index: i})
	}
	err := w.WriteHeader(columns)
	for _, row := range rows {
		err = errors.Join(err, w.WriteRow(row))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOtherProgramsReadWhatIsWritten(t *testing.T) {
	rows := [][]string{{"Zoë & <co>", "0123", ""}, {"", "two\nlines", "'x"}, {"_x0041_", " spaced ", "\x01"}, {"31/12/2026", "1", "TRUE"}}
	f, err := excelize.OpenReader(bytes.NewReader(write(t, []string{"name", "number", "note"}, rows...)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	got, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := append([][]string{{"name", "number", "note"}}, rows...)
	want[1] = want[1][:2]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, cell := range []string{"A1", "B2", "A5", "B5"} {
		if kind, err := f.GetCellType("Sheet1", cell); kind != excelize.CellTypeInlineString || err != nil {
			t.Errorf("%s has type %v, %v; want text", cell, kind, err)
		}
	}
	id, err := f.GetCellStyle("Sheet1", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the header is not bold: %v", err)
	}
	if panes, err := f.GetPanes("Sheet1"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v, %v", panes, err)
	}
}

func TestFormulasAreGuarded(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, []string{"=head"}, []string{"=1+1"}, []string{"+44 7700"})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	got, err := f.GetCols("Sheet1")
	if diff := cmp.Diff([][]string{{"'=head", "'=1+1", "'+44 7700"}}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	w := NewWriter(&bytes.Buffer{})
	if w.WriteRow(nil) == nil || w.Close() == nil || w.WriteHeader(nil) == nil {
		t.Error("a workbook without a header was taken")
	}
	if err := w.WriteHeader([]table.Column{{Name: "a"}}); err != nil {
		t.Fatal(err)
	}
	if w.WriteRow([]string{"a", "b"}) == nil {
		t.Error("a row wider than the header was taken")
	}
	if err := w.WriteRow([]string{strings.Repeat("x", maxText)}); err != nil {
		t.Error(err)
	}
	if w.WriteRow([]string{strings.Repeat("x", maxText+1)}) == nil {
		t.Error("a text longer than a cell was taken")
	}
	w.book.row = sheetRows
	if w.WriteRow([]string{"x"}) == nil {
		t.Error("a row beyond the sheet was taken")
	}
}

func TestSameTableSameFile(t *testing.T) {
	one, two := write(t, []string{"a"}, []string{"x"}), write(t, []string{"a"}, []string{"x"})
	if !bytes.Equal(one, two) {
		t.Error("the same table makes two different files")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`[_x00D5a'=+<&\t\r\n ]{0,9}`))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 0, 6).Draw(t, "rows")
		for i := range rows {
			rows[i] = append([]string{"row"}, rows[i]...)
		}
		tb, err := Read("x.xlsx", write(t, []string{"key", "first value", "second value", "third value"}, rows...))
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for r := range tb.Rows() {
			for c, want := range rows[i] {
				got := table.Unguard(string(r.Cell(c)))
				if got != want && (table.Clean(got) != "" || table.Clean(want) != "") {
					t.Fatalf("wrote %q, read %q", want, got)
				}
			}
			i++
		}
		if i != len(rows) || len(tb.Problems) > 0 {
			t.Fatalf("%d rows of %d, problems %v", i, len(rows), tb.Problems)
		}
	})
}

func TestColumnNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", sheetColumns - 1: "XFD"} {
		if got := columnName(i); got != want || columnOf(fmt.Sprint(want, 12)) != i {
			t.Errorf("column %d is %s, want %s; back it is %d", i, got, want, columnOf(want+"12"))
		}
	}
}
