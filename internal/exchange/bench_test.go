package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"custos/internal/exchange/table"
)

// written makes a file with a key and one string per row.
func written(t testing.TB, f table.Format, strs []string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(f, &b)
	if err != nil {
		t.Fatal(err)
	}
	err = w.WriteHeader([]table.Column{{Name: "key", Index: 0}, {Name: "the string", Index: 1}})
	for i, s := range strs {
		err = errors.Join(err, w.WriteRow([]string{fmt.Sprintf("k%d", i), s}))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// large is a file of rows with 20 columns, some of them quoted.
func large(rows int) []byte {
	var b bytes.Buffer
	for i := range 20 {
		fmt.Fprintf(&b, "column %c,", 'a'+i)
	}
	b.Truncate(b.Len() - 1)
	b.WriteString("\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,\"School, of %d\",Forename,Surname,person%d@example.org,01234 %06d", i, i%500, i, i)
		b.WriteString(strings.Repeat(",value", 10) + ",,,,\r\n")
	}
	return b.Bytes()
}

// BenchmarkRead reads 100,000 rows of 20 columns; the second figure is the same file through encoding/csv alone.
func BenchmarkRead(b *testing.B) {
	data := large(100_000)
	b.Run("table", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if tb, err := Read("large.csv", data); err != nil || tb.Len() != 100_000 {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(data))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkWorkbook writes and reads 20,000 rows of 20 columns.
func BenchmarkWorkbook(b *testing.B) {
	tb, err := Read("large.csv", large(20_000))
	if err != nil {
		b.Fatal(err)
	}
	write := func(b *testing.B) []byte {
		var out bytes.Buffer
		w, err := NewWriter(table.XLSX, &out)
		if err == nil {
			err = w.WriteHeader(tb.Columns)
		}
		for r := range tb.Rows() {
			err = errors.Join(err, w.WriteRow(r.Values()))
		}
		if err = errors.Join(err, w.Close()); err != nil {
			b.Fatal(err)
		}
		return out.Bytes()
	}
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			write(b)
		}
	})
	data := write(b)
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Read("large.xlsx", data); err != nil {
				b.Fatal(err)
			}
		}
	})
}
