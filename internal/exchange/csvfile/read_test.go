package csvfile

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"custos/internal/exchange/table"
)

func read(t *testing.T, text string) *table.Table {
	t.Helper()
	tb, err := Read("test.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tb
}

// show gives the table as text: the columns, then each row with its line, then problems by line.
func show(tb *table.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n", tb.ColumnNames())
	for r := range tb.Rows() {
		fmt.Fprintf(&b, "%d %q\n", r.Line, r.Values())
	}
	for _, p := range tb.Problems {
		fmt.Fprintf(&b, "%d refused\n", p.Line)
	}
	return b.String()
}

func lines(s ...string) string { return strings.Join(s, "\n") + "\n" }

func TestQuotes(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "a,b\n1,2\n", lines(`["a" "b"]`, `2 ["1" "2"]`)},
		{"no final newline", "a,b\n1,2", lines(`["a" "b"]`, `2 ["1" "2"]`)},
		{"quoted", "a,b\n\"x,y\",\"\"\n", lines(`["a" "b"]`, `2 ["x,y" ""]`)},
		{"doubled", "a,b\n1,\"ha \"\"ha\"\" ha\"\n2,\"\"\"\"\n", lines(`["a" "b"]`, `2 ["1" "ha \"ha\" ha"]`, `3 ["2" "\""]`)},
		{"newline inside", "a,b\n\"x\n\ny\",2\n3,4\n", lines(`["a" "b"]`, `2 ["x\n\ny" "2"]`, `5 ["3" "4"]`)},
		{"newline in the header", "\"a\nof\",b\n1,2\n", lines(`["a of" "b"]`, `3 ["1" "2"]`)},
		{"inside a cell", "a,b\n5\" pipe,say \"hi\"\n", lines(`["a" "b"]`, `2 ["5\" pipe" "say \"hi\""]`)},
		{"after a space", "a,b\n1, \"x,y\" \n", lines(`["a" "b"]`, `2 ["1" "x,y"]`)},
		{"text after", "a,b\n1,\"x\"y\n3,4\n", lines(`["a" "b"]`, `3 ["3" "4"]`, "2 refused")},
		{"never closed", "a,b\n1,\"x\n3,4\n5,6\n", lines(`["a" "b"]`, `3 ["3" "4"]`, `4 ["5" "6"]`, "2 refused")},
		{"closed far below", "a,b\n1,\"x\n3,4\n5,\"6\"\n7,8", lines(`["a" "b"]`, `3 ["3" "4"]`, `4 ["5" "6"]`, `5 ["7" "8"]`, "2 refused")},
		{"torn after a line of its own", "a,b\n\"1\n2\",\"x\"y\n3,4\n", lines(`["a" "b"]`, `4 ["3" "4"]`, "2 refused", "3 refused")},
	} {
		if diff := cmp.Diff(tt.want, show(read(t, tt.in))); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestLineEndings(t *testing.T) {
	want := lines(`["a" "b"]`, `2 ["1" "2"]`, `3 ["3" "4"]`)
	for _, end := range []string{"\n", "\r\n", "\r", "\r\r\n"} {
		for _, last := range []string{"", end} {
			if diff := cmp.Diff(want, show(read(t, "a,b"+end+"1,2"+end+"3,4"+last))); diff != "" {
				t.Errorf("%q: %s", end, diff)
			}
		}
	}
	mac := "a,b\r\"x\ny\",2\r3,4\r5,6\r"
	if diff := cmp.Diff(lines(`["a" "b"]`, `2 ["x\ny" "2"]`, `4 ["3" "4"]`, `5 ["5" "6"]`), show(read(t, mac))); diff != "" {
		t.Errorf("line feed inside a cell, lines ending in CR: %s", diff)
	}
}

func TestDelimiter(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want rune
	}{
		{"a,b\n1,2\n", ','},
		{"a\tb\n1\t2\n", '\t'},
		{"a;b\n1;2\n", ';'},
		{"a|b\n1|2\n", '|'},
		{"name;note;x\nAnn;tea, milk;1\nBob;none;2\n", ';'},
		{"a;b;c\n1,5;2,5;3\n1,5;2,5;3\n", ';'},
		{"name,note\nAnn,\"a;b;c;d\"\nBob,x\n", ','},
		{"sep=;\na,a;b\n1,1;2\n", ';'},
		{"email\nann@example.org\n", 0},
		{"name\nExample, Ann\nExample, Bob\n", 0},
	} {
		tb := read(t, tt.in)
		if tb.Delimiter != tt.want || tb.Len() == 0 || len(tb.Problems) > 0 {
			t.Errorf("%q: separator %q, want %q\n%s", tt.in, tb.Delimiter, tt.want, show(tb))
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "name,town\nZoë,Łódź\n\U0001F600,x\n"
	wide := func(little bool, s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
			if little {
				b.WriteByte(byte(u))
			}
			b.WriteByte(byte(u >> 8))
			if !little {
				b.WriteByte(byte(u))
			}
		}
		return b.String()
	}
	want := show(read(t, text))
	for _, tt := range []struct{ encoding, in string }{
		{"UTF-8", text}, {"UTF-8", "\ufeff" + text}, {"UTF-16LE", wide(true, text)}, {"UTF-16BE", wide(false, text)},
	} {
		tb := read(t, tt.in)
		if tb.Encoding != tt.encoding || show(tb) != want || len(tb.Notices) > 0 {
			t.Errorf("%s: read as %s: %s %v", tt.encoding, tb.Encoding, show(tb), tb.Notices)
		}
	}
}

func TestLegacyEncodings(t *testing.T) {
	for _, tt := range []struct{ name, in, encoding, cell, notice string }{
		{"windows-1252", "name\nSt Andrew\x92s \x96 \xe0 Becket\n", "windows-1252", "St Andrew’s – à Becket",
			"2: lines are not valid UTF-8 and were read as windows-1252; check their accents (1 in all: line 2)"},
		{"one line among UTF-8", "name\nKo\xeblpin\nZoë\nZoë\n", "UTF-8", "Koëlpin",
			"2: lines are not valid UTF-8 and were read as windows-1252; check their accents (1 in all: line 2)"},
		{"behind a mark", "\ufeffname\nKo\xeblpin\n", "UTF-8", "Koëlpin",
			"2: lines are not valid UTF-8 and were read as windows-1252; check their accents (1 in all: line 2)"},
		{"one line of UTF-8", "name\nZoë\nKo\xeblpin\nKo\xeblpin\n", "windows-1252", "Zoë",
			"2: lines are UTF-8 in a file of windows-1252 and were read as UTF-8 (1 in all: line 2)"},
		{"decoded wrongly before", "name\nSt Andrew\u0092s \u0096 caf\u00e9\n", "UTF-8", "St Andrew’s – café",
			"2: control characters were turned back into the quotation marks and dashes they stand for (2 in all: line 2)"},
	} {
		tb := read(t, tt.in)
		var first table.Row
		for first = range tb.Rows() {
			break
		}
		if tb.Encoding != tt.encoding || first.Text(0) != tt.cell {
			t.Errorf("%s: %q as %s, want %q as %s", tt.name, first.Text(0), tb.Encoding, tt.cell, tt.encoding)
		}
		if len(tb.Notices) == 0 || fmt.Sprintf("%d: %s", tb.Notices[0].Line, tb.Notices[0].Text) != tt.notice {
			t.Errorf("%s: notices %v, want %s", tt.name, tb.Notices, tt.notice)
		}
	}
}

func TestNoZeroIsLost(t *testing.T) {
	tb := read(t, "la,number,phone\n000,0012,01234 567890\n'007,'0010,'+44 1234\n")
	var got []string
	for r := range tb.Rows() {
		got = append(got, r.Text(0), r.Text(1), r.Text(2))
	}
	if diff := cmp.Diff([]string{"000", "0012", "01234 567890", "007", "0010", "+44 1234"}, got); diff != "" {
		t.Error(diff)
	}
}

// Every line of a file of one-line rows is a row, a problem, blank or set aside, once.
func account(t *testing.T, tb *table.Table, physical int) {
	t.Helper()
	seen := map[int]int{}
	for r := range tb.Rows() {
		seen[r.Line]++
	}
	for _, p := range tb.Problems {
		seen[p.Line]++
	}
	for line, n := range seen {
		if n != 1 || line < 1 || line > physical {
			t.Fatalf("line %d of %d is told %d times", line, physical, n)
		}
	}
	if len(seen) != tb.DataRows() {
		t.Fatalf("%d lines for %d data rows", len(seen), tb.DataRows())
	}
}

func TestStrayMarksCostLittle(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,\"x\n", 1000) + strings.Repeat("1,2\n", 200_000)
	tb := read(t, text)
	if tb.Len() < 200_000 || tb.DataRows() > 201_000 {
		t.Errorf("%d rows of %d", tb.Len(), tb.DataRows())
	}
	account(t, tb, 201_001)
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\ny\";'3\r\n", "sep=|\na|b\n", "\xff\xfea\x00", "\xef\xbb\xbfa,\x92\n\"", "\r\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tb, err := Read("fuzz.csv", data)
		if err != nil {
			return
		}
		account(t, tb, len(data)+1)
		names := map[string]bool{}
		for _, c := range tb.Columns {
			if c.Name == "" || names[c.Name] {
				t.Fatalf("column name %q is blank or repeated", c.Name)
			}
			names[c.Name] = true
		}
		for r := range tb.Rows() {
			for i := range tb.Columns {
				r.Text(i)
			}
		}
	})
}
