package csvfile

import (
	"bytes"
	"errors"
	"testing"

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

func TestWrite(t *testing.T) {
	got := string(write(t, []string{"name", "note"}, []string{"Ann", ""}, []string{"a,b", "say \"hi\"\nand go"},
		[]string{"=1+1", "+44 7700"}, []string{" x", "bad\xffbyte"}))
	want := "\ufeffname,note\r\nAnn,\r\n\"a,b\",\"say \"\"hi\"\"\nand go\"\r\n'=1+1,'+44 7700\r\n\" x\",bad\ufffdbyte\r\n"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWriteRefusesRaggedRows(t *testing.T) {
	w := NewWriter(&bytes.Buffer{})
	if err := w.WriteRow([]string{"x"}); err == nil {
		t.Error("a row before the header was taken")
	}
	if err := w.WriteHeader(nil); err == nil {
		t.Error("an empty header was taken")
	}
	if err := w.WriteHeader([]table.Column{{Name: "a"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRow([]string{"x", "y"}); err == nil {
		t.Error("a row wider than the header was taken")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`['"=, \t\r\n;|5a+@-]{0,8}`))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 0, 8).Draw(t, "rows")
		for i := range rows {
			rows[i] = append([]string{"row"}, rows[i]...) // a blank row would be passed over
		}
		data := write(t, []string{"key", "first value", "second value", "third value"}, rows...)
		tb, err := Read("test.csv", data)
		if err != nil {
			t.Fatal(err)
		}
		if len(tb.Problems) > 0 || tb.Len() != len(rows) {
			t.Fatalf("%d rows written, %d read, problems %v, from %q", len(rows), tb.Len(), tb.Problems, data)
		}
		i := 0
		for r := range tb.Rows() {
			for c, want := range rows[i] {
				got := table.Unguard(string(r.Cell(c)))
				if table.Clean(want) == "" && table.Clean(got) == "" {
					continue // what cannot be seen is not kept at the end of a row
				}
				if repaired(want) == want && got != want {
					t.Fatalf("wrote %q, read %q", want, got)
				}
			}
			i++
		}
	})
}

// repaired is what reading makes of U+0080 to U+009F.
func repaired(s string) string {
	d, err := decode([]byte(s))
	if err != nil {
		return ""
	}
	return string(d.text)
}
