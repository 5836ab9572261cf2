package jsonfile

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/exchange/table"
)

func write(t interface{ Fatal(...any) }, keys []string, rows ...[]string) []byte {
	var b bytes.Buffer
	w := NewWriter(&b)
	var columns []table.Column
	for i, k := range keys {
		columns = append(columns, table.Column{Name: k, Index: i})
	}
	if err := w.WriteHeader(columns); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrite(t *testing.T) {
	got := string(write(t, []string{"b", "a <x>"}, []string{"=1", "q\"\n"}, []string{"", "é"}))
	want := "[\n{\"b\":\"=1\",\"a <x>\":\"q\\\"\\n\"},\n{\"b\":\"\",\"a <x>\":\"é\"}\n]\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := string(write(t, []string{"a"})); got != "[\n]\n" {
		t.Errorf("no rows make %q", got)
	}
}

func TestWriteRefuses(t *testing.T) {
	w := NewWriter(&bytes.Buffer{})
	if w.WriteRow([]string{"x"}) == nil || w.WriteHeader(nil) == nil {
		t.Error("a row or nothing came before the header")
	}
	if NewWriter(&bytes.Buffer{}).WriteHeader([]table.Column{{Name: "a"}, {Name: "a"}}) == nil {
		t.Error("two equal keys were taken")
	}
	if err := w.WriteHeader([]table.Column{{Name: "a"}}); err != nil {
		t.Fatal(err)
	}
	if w.WriteRow([]string{"x", "y"}) == nil {
		t.Error("a row wider than the header was taken")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.SliceOfN(rapid.String(), 2, 2)).Draw(t, "rows")
		var got []map[string]string
		if err := json.Unmarshal(write(t, []string{"a", "b"}, rows...), &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(rows) {
			t.Fatalf("%d rows of %d", len(got), len(rows))
		}
		for i, row := range rows {
			if got[i]["a"] != row[0] || got[i]["b"] != row[1] {
				t.Fatalf("wrote %q, read %q", row, got[i])
			}
		}
	})
}
