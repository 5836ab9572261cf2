package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"custos/internal/exchange/table"
)

type tab struct {
	name string
	rows [][]string // the header first
}

func writeBook(t interface{ Fatal(...any) }, tabs ...tab) []byte {
	var out bytes.Buffer
	b := NewBook(&out)
	var err error
	for _, s := range tabs {
		var columns []table.Column
		for i, name := range s.rows[0] {
			columns = append(columns, table.Column{Name: name, Index: i})
		}
		err = errors.Join(err, b.Sheet(s.name, columns))
		for _, row := range s.rows[1:] {
			err = errors.Join(err, b.WriteRow(row))
		}
	}
	if err = errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestOtherProgramsReadEverySheet(t *testing.T) {
	tabs := []tab{
		{"Requests", [][]string{{"ref", "due"}, {"AR-2026-0001", "2026-03-02"}, {"=1+1", "0123"}}},
		{`Steps & "notes" <1>`, [][]string{{"only a header"}}},
		{"Complaints", [][]string{{"a", "b", "c"}, {"x", "y", "Zoë"}}},
	}
	f, err := excelize.OpenReader(bytes.NewReader(writeBook(t, tabs...)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	tabs[0].rows[2][0] = "'=1+1"
	var got []tab
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, tab{name, rows})
		if panes, err := f.GetPanes(name); err != nil || !panes.Freeze {
			t.Errorf("the header of %s is not frozen: %v", name, err)
		}
	}
	if diff := cmp.Diff(tabs, got, cmp.AllowUnexported(tab{})); diff != "" {
		t.Error(diff)
	}
}

func TestSheetNamesAreMadeToFit(t *testing.T) {
	long := strings.Repeat("x", 40)
	var got []string
	for _, name := range []string{
		"Requests", "requests", "REQUESTS", "2026/03: [all]?", "'quoted'", "", " \x00\t", "History",
		long, long, strings.Repeat("😀", 20), "a\xffb\nc",
	} {
		got = append(got, sheetName(name, got))
	}
	want := []string{
		"Requests", "requests (2)", "REQUESTS (3)", "2026-03- -all--", "quoted", "Sheet", "Sheet (2)", "Sheet History",
		long[:31], long[:27] + " (2)", strings.Repeat("😀", 15), "ab c",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOtherProgramsTakeEveryName(t *testing.T) {
	name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[xX :\\/?*\[\]'"<&😀é]{0,40}`))
	rapid.Check(t, func(t *rapid.T) {
		var taken []string
		f := excelize.NewFile()
		for _, n := range rapid.SliceOfN(name, 1, 12).Draw(t, "names") {
			clean := sheetName(n, taken)
			if isTaken(clean, taken) {
				t.Fatalf("%q is taken", clean)
			}
			if _, err := f.NewSheet(clean); err != nil {
				t.Fatalf("%q becomes %q: %v", n, clean, err)
			}
			taken = append(taken, clean)
		}
	})
}

func TestBookRefuses(t *testing.T) {
	b := NewBook(&bytes.Buffer{})
	if b.WriteRow([]string{"x"}) == nil || b.Close() == nil || b.Sheet("a", nil) == nil {
		t.Error("a workbook without a header was taken")
	}
	two := []table.Column{{Name: "a"}, {Name: "b"}}
	if err := errors.Join(b.Sheet("one", two), b.WriteRow([]string{"1", "2"}), b.Sheet("two", two[:1])); err != nil {
		t.Fatal(err)
	}
	if b.WriteRow([]string{"1", "2"}) == nil {
		t.Error("a row as wide as the sheet before was taken")
	}
	if b.row != 1 {
		t.Errorf("the second sheet begins at row %d", b.row)
	}
}

func TestTextsAreAllThatASheetHolds(t *testing.T) {
	data := book(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Deep")
		_, other := f.NewSheet("Loose")
		return errors.Join(err, other,
			set(f, "Sheet1", "B2", "Zoë & <co>", 12.5, true),
			set(f, "Deep", "A1", "in a hidden sheet"),
			set(f, "Deep", "XFD1048576", "in the last cell"),
			f.SetCellRichText("Sheet1", "A9", []excelize.RichTextRun{{Text: "in two "}, {Text: "runs"}}),
			f.SetRowVisible("Sheet1", 9, false),
			f.SetSheetVisible("Deep", false, true))
	})
	got, err := Texts(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Sheet1", "Deep", "Loose", "Zoë & <co>", "12.5", "TRUE", "in a hidden sheet", "in the last cell", "in two runs",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
}

func TestTextsFindWhatNoCellUses(t *testing.T) {
	data := pack(t, map[string]string{
		"xl/workbook.xml": `<workbook><sheets><sheet name="Kept" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     `<sst><si><t>left behind</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData><row><c t="str"><v>not listed</v></c></row></sheetData></worksheet>`,
	})
	got, err := Texts(data)
	if diff := cmp.Diff([]string{"left behind", "Kept", "7", "not listed"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestTextsReadBackWhatIsWritten(t *testing.T) {
	data := writeBook(t,
		tab{"One", [][]string{{"name"}, {"Ann Example"}, {"=1+1"}}}, tab{"Two", [][]string{{"note"}, {"_x0041_\x01"}}})
	got, err := Texts(data)
	want := []string{"One", "Two", "name", "Ann Example", "'=1+1", "note", "_x0041_\x01"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestTextsRefuse(t *testing.T) {
	whole := writeBook(t, tab{"One", [][]string{{"name"}, {"x"}}})
	for what, data := range map[string][]byte{
		"nothing": nil, "text": []byte("name\nx"), "a workbook cut short": whole[:len(whole)/2],
		"another archive": pack(t, map[string]string{"a.txt": "x"}),
	} {
		texts, err := Texts(data)
		if err == nil || !strings.HasPrefix(err.Error(), "the workbook cannot be searched: ") {
			t.Errorf("%s gives %q, %v", what, texts, err)
		}
	}
}

func TestSameBookSameFile(t *testing.T) {
	tabs := []tab{{"a", [][]string{{"h"}, {"x"}}}, {"b", [][]string{{"h"}}}}
	if !bytes.Equal(writeBook(t, tabs...), writeBook(t, tabs...)) {
		t.Error("the same sheets make two different files")
	}
}

func FuzzTexts(f *testing.F) {
	f.Add(writeBook(f, tab{"One", [][]string{{"name"}, {"x"}}}, tab{"Two", [][]string{{"name"}}}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if texts, err := Texts(data); err != nil && texts != nil {
			t.Fatal(fmt.Sprint("an error with texts: ", err))
		}
	})
}
