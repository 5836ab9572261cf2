package exchange

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/exchange/table"
)

func TestFilesAreKnownByContent(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	for _, tt := range []struct{ name, content, want string }{
		{"list.csv", "", "list.csv: it is empty"},
		{"list.csv", "\r\n \r\n", "list.csv: it holds only blank lines"},
		{"list.xlsx", "\x89PNG\r\n\x1a\n\x00\x00", "list.xlsx: it is a picture (PNG), not a table"},
		{"list.csv", "%PDF-1.7\n", "list.csv: it is a PDF document; ask for the data as .csv or .xlsx"},
		{"list.csv", ole + string(utf16Bytes("Workbook")), "list.csv: " + oldWorkbook},
		{"list.xls", ole + string(utf16Bytes("Book")), "list.xls: " + oldWorkbook},
		{"list.xlsx", ole + string(utf16Bytes("EncryptedPackage")), "list.xlsx: it is a workbook protected by a password; " +
			"open it, take the password off and save it again"},
		{"list.xls", ole + string(utf16Bytes("WordDocument")), "list.xls: it is an old Word document (.doc), not a table"},
		{"list.xls", ole, "list.xls: it is an old Office document, not a table; save the table as .csv or .xlsx"},
		{"list.xls", "\n<HTML><table></table></HTML>", "list.xls: " + webPage},
		{"list.xml", "<?xml version='1.0'?><a/>", "list.xml: it is an XML document; save it as .csv or .xlsx"},
		{"list.csv", "<a>\n</a>\n", "list.csv: it is an XML or HTML document; save it as .csv or .xlsx"},
		{"list.csv", "\ufeff[{\"a\": 1}]", "list.csv: it is a JSON document; save the table as .csv or .xlsx"},
		{"a.vcf", "BEGIN:VCARD\r\n", "a.vcf: it is an address card (vCard), not a table; export the contacts as .csv"},
		{"list.csv", "a\x00b\x00\x01\x02\x03", "list.csv: " + binary},
		{"list.csv", "PK\x05\x06", "list.csv: it is a damaged zip archive or workbook"},
	} {
		_, err := Read(tt.name, []byte(tt.content))
		var refused *table.FileError
		if !errors.As(err, &refused) || err.Error() != tt.want {
			t.Errorf("%s of %.12q: %v, want %s", tt.name, tt.content, err, tt.want)
		}
	}
	for _, content := range []string{"[a],[b]\n1,2\n", "{x},y\n1,2\n", "\xff\xfea\x00,\x00b\x00", "a,b\x1b[8m\n1,a long enough cell\x00\n", "<a>,b\n1,2"} {
		if _, err := Read("list.csv", []byte(content)); err != nil {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]table.Format{"a.csv": table.CSV, "x/y.z/A.XLSX": table.XLSX, "a.b.json": table.JSON} {
		if got, err := FormatOf(name); got != want || err != nil {
			t.Errorf("%s is %q, %v; want %q", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"a.ods":   "a.ods: cannot write .ods; choose .csv, .xlsx or .json",
		"csv":     "csv: the name needs an ending that says the format: .csv, .xlsx or .json",
		"..":      "..: the name needs an ending that says the format: .csv, .xlsx or .json",
		"a.csv/b": "a.csv/b: the name needs an ending that says the format: .csv, .xlsx or .json",
	} {
		if _, err := FormatOf(name); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := NewWriter("ods", &bytes.Buffer{}); err == nil {
		t.Error("a writer was made for a format that has none")
	}
}

// copyOf writes a table in a format.
func copyOf(t *testing.T, tb *table.Table, f table.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(f, &b)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteHeader(tb.Columns); err != nil {
		t.Fatal(err)
	}
	for r := range tb.Rows() {
		values := make([]string, len(tb.Columns))
		for i := range values {
			values[i] = r.Text(i)
		}
		if err := w.WriteRow(values); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func cleaned(tb *table.Table) [][]string {
	all := [][]string{tb.ColumnNames()}
	for r := range tb.Rows() {
		row := make([]string, len(tb.Columns))
		for i := range row {
			row[i] = r.Text(i)
		}
		all = append(all, row)
	}
	return all
}

func TestEveryFormatCarriesTheSameTable(t *testing.T) {
	tb, err := Read("a.csv", []byte("name;phone;note\nZoë;+44 7700 900123;=1+1\n O'Neil ;0123;\"two\nlines\"\n't Hooft;-5;\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := cleaned(tb)
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		again, err := Read("copy.txt", copyOf(t, tb, f))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, cleaned(again)); diff != "" || again.Format != f {
			t.Errorf("%s, read as %s: %s", f, again.Format, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	picture, err := base64.StdEncoding.DecodeString("iVBORw0KGgo=")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(picture)
	f.Add([]byte("a,b\n1,2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tb, err := Read("some file", data)
		if err != nil && !strings.HasPrefix(err.Error(), "some file") {
			t.Fatalf("the error does not name the file: %v", err)
		}
		if err == nil && slices.Contains(tb.ColumnNames(), "") {
			t.Fatal("a column has no name")
		}
	})
}
