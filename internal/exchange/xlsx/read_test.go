package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"custos/internal/exchange/table"
)

// book makes a workbook with another program, to be read with ours.
func book(t *testing.T, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(f *excelize.File, sheet, cell string, values ...any) error {
	return f.SetSheetRow(sheet, cell, &values)
}

func show(tb *table.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n", tb.ColumnNames())
	for r := range tb.Rows() {
		fmt.Fprintf(&b, "%d %q\n", r.Line, r.Values())
	}
	for _, n := range tb.Notices {
		fmt.Fprintf(&b, "notice %d: %s\n", n.Line, n.Text)
	}
	for _, p := range tb.Problems {
		fmt.Fprintf(&b, "problem %d: %s\n", p.Line, p.Reason)
	}
	return b.String()
}

func TestReadSheet(t *testing.T) {
	data := book(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Notes")
		return errors.Join(err,
			set(f, "Notes", "A1", "not", "read"),
			set(f, "Sheet1", "B2", "name", "number", "true?"),
			set(f, "Sheet1", "B3", "Zoë & <co>", "0123", true),
			set(f, "Sheet1", "B5", "x", nil, false),
			set(f, "Sheet1", "B6", "_x0041_\tq\n", 1, false, "too much"))
	})
	tb, err := Read("list.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	want := `["Column 1" "name" "number" "true?"]
3 ["" "Zoë & <co>" "0123" "TRUE"]
5 ["" "x" "" "FALSE"]
notice 0: the sheet "Sheet1" was read; not read: "Notes"
notice 2: column 1 has no name in the header and is called "Column 1"
problem 6: the row has 5 cells, but the table has 4 columns
`
	if diff := cmp.Diff(want, show(tb)); diff != "" {
		t.Error(diff)
	}
	if tb.Format != table.XLSX || tb.Sheet != "Sheet1" {
		t.Errorf("read %q of %q", tb.Sheet, tb.Format)
	}
}

func TestNumbersAsMeant(t *testing.T) {
	for _, tt := range []struct {
		value  any
		format string
		id     int
		want   string
	}{
		{44561, "", 0, "44561"},
		{7572897115906, "", 0, "7572897115906"},
		{0.1, "", 0, "0.1"},
		{1.0000000000000002, "", 0, "1"},
		{-12.5, "", 0, "-12.5"},
		{44561, "", 14, "2021-12-31"},
		{44561.5, "", 22, "2021-12-31 12:00:00"},
		{0.395833333333333, "", 20, "09:30:00"},
		{44561, "dd/mm/yyyy", 0, "2021-12-31"},
		{44561, "mm/dd/yyyy", 0, "2021-12-31"},
		{44561, `[$-809]d mmmm yyyy;@`, 0, "2021-12-31"},
		{44561, "mmm-yy", 0, "2021-12-31"},
		{1, "dd/mm/yyyy", 0, "1900-01-01"},
		{61, "dd/mm/yyyy", 0, "1900-03-01"},
		{2958466, "dd/mm/yyyy", 0, "2958466"},
		{1.5, "[h]:mm", 0, "1.5"},
		{12, "0000", 0, "0012"},
		{12345, "0000", 0, "12345"},
		{12, `0.00 "days"`, 0, "12"},
		{12, `"d"0`, 0, "12"},
		{0.5, "0%", 0, "0.5"},
	} {
		data := book(t, func(f *excelize.File) error {
			style := &excelize.Style{NumFmt: tt.id}
			if tt.format != "" {
				style.CustomNumFmt = &tt.format
			}
			id, err := f.NewStyle(style)
			return errors.Join(err, set(f, "Sheet1", "A1", "name", "value"), set(f, "Sheet1", "A2", "x", tt.value),
				f.SetCellStyle("Sheet1", "B2", "B2", id))
		})
		tb, err := Read("x.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		for r := range tb.Rows() {
			if got := r.Text(1); got != tt.want {
				t.Errorf("%v as %q (%d) reads %q, want %q", tt.value, tt.format, tt.id, got, tt.want)
			}
		}
	}
}

func TestHiddenSheetsAndFormulas(t *testing.T) {
	data := book(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Real")
		return errors.Join(err, set(f, "Sheet1", "A1", "secret", "list"), set(f, "Real", "A1", "a", "b"),
			set(f, "Real", "A2", "x"), f.SetCellFormula("Real", "B2", "1+1"), f.SetRowVisible("Real", 2, false),
			f.SetSheetVisible("Sheet1", false), f.SetSheetVisible("Real", true))
	})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := errors.Join(f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	tb, err := Read("x.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := `["a" "b"]
2 ["x" ""]
notice 0: the sheet "Real" was read; not read: "Sheet1" (hidden)
notice 2: formulas have no stored result and were read as empty; open the workbook, save it and read it again (1 in all: line 2)
notice 2: hidden rows were read like all others (1 in all: line 2)
`
	if diff := cmp.Diff(want, show(tb)); diff != "" {
		t.Error(diff)
	}
}

// pack makes an archive of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetOf makes a workbook of hand-written sheet data and shared strings.
func sheetOf(t testing.TB, rows, shared string) []byte {
	return pack(t, map[string]string{
		"xl/workbook.xml": `<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/a.xml"/>` +
			`<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/strings.xml"/></Relationships>`,
		"xl/worksheets/a.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/strings.xml":      `<sst>` + shared + `</sst>`,
	})
}

func TestSheetsByHand(t *testing.T) {
	data := sheetOf(t, `<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>`+
		`<x:row r="5"><x:c r="B5" t="str"><f>x</f><v>a_x000D_b</v></x:c></x:row>`+
		`<row><c t="d"><v>2026-01-02T00:00:00</v></c><c t="e"><v>#N/A</v></c></row>`,
		`<si><t>sha</t><r><t>red</t></r><rPh><t>no</t></rPh></si>`)
	tb, err := Read("x.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	want := `["shared" "inline"]
5 ["" "a\rb"]
6 ["2026-01-02" "#N/A"]
notice 6: cells show an error of the spreadsheet, such as #N/A, and were read as that (1 in all: line 6)
`
	if diff := cmp.Diff(want, show(tb)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoWorkbook(t *testing.T) {
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"zip":      {pack(t, map[string]string{"users.csv": "a,b"}), "it is a zip archive, not a workbook; unpack it and choose the file with the table"},
		"word":     {pack(t, map[string]string{"word/document.xml": ""}), "it is a Word document (.docx), not a table"},
		"xlsb":     {pack(t, map[string]string{"xl/workbook.bin": ""}), "it is a binary Excel workbook (.xlsb); open it and save it as .xlsx or .csv"},
		"ods":      {pack(t, map[string]string{"mimetype": "", "content.xml": ""}), "it is an OpenDocument file (.ods or the like); open it and save it as .xlsx or .csv"},
		"torn":     {[]byte("PK\x03\x04torn"), "it is a damaged zip archive or workbook"},
		"no sheet": {pack(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "<Relationships/>"}), "the workbook has no visible sheet with anything in it"},
		"no rels":  {pack(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "the workbook is damaged: its part workbook.xml.rels is missing"},
		"empty":    {sheetOf(t, "<row/>", ""), "the workbook has no visible sheet with anything in it"},
		"broken":   {sheetOf(t, "<row><c>", ""), "the workbook is damaged: its part a.xml cannot be read"},
		"dangling": {sheetOf(t, `<row><c t="s"><v>7</v></c></row>`, ""), "the workbook is damaged: its part a.xml cannot be read"},
		"wide":     {sheetOf(t, `<row><c r="XFC1"><v>7</v></c></row>`, ""), "line 1 has more than 1000 cells; this does not look like a table"},
	} {
		_, err := Read("x.xlsx", tt.data)
		var refused *table.FileError
		if !errors.As(err, &refused) || err.Error() != "x.xlsx: "+tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestUnpackingHasABound(t *testing.T) {
	a, err := openArchive(pack(t, map[string]string{"a.xml": strings.Repeat(" ", 1<<20)}))
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.stream("A.xml", 1<<10)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); !errors.Is(err, errTooLarge) || b.Len() != 1<<10 {
		t.Errorf("read %d bytes, %v", b.Len(), err)
	}
}

func TestDaysFrom1904(t *testing.T) {
	w := &workbook{from04: true, formats: []format{{kind: date}}}
	if got := w.show("43099", 0); got != "2021-12-31" {
		t.Error(got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row>`, "<si><t>a</t></si>")
	f.Add(`<row r="9"><c r="ZZ9" s="1"><f>A1</f><v>1e300</v></c></row><row r="2"/>`, "")
	f.Fuzz(func(t *testing.T, rows, shared string) {
		tb, err := Read("x.xlsx", sheetOf(t, rows, shared))
		if err != nil {
			return
		}
		for r := range tb.Rows() {
			if r.Line < 1 || r.Line > sheetRows+len(rows) || len(r.Values()) != len(tb.Columns) {
				t.Fatalf("row on line %d has %d cells", r.Line, len(r.Values()))
			}
		}
	})
}

func FuzzReadBytes(f *testing.F) {
	f.Add(sheetOf(f, `<row><c t="s"><v>0</v></c></row>`, "<si><t>a</t></si>"))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if tb, err := Read("x.xlsx", data); err == nil && len(tb.Columns) == 0 {
			t.Fatal("a table without columns")
		}
	})
}
