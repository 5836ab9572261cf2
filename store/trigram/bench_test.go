package trigram

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkKeystroke searches every prefix of the typed queries, first 200 hits in each of four orders, and beside it
// runs the plain search it replaces: bytes.Index over the whole text on one core. Each time is the middle of three,
// against the noise of a shared machine. Read the ratio, not the times.
func BenchmarkKeystroke(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if testing.Short() && n > 100_000 {
				b.Skip("a million rows: run without -short")
			}
			rows := million
			if n < 1_000_000 {
				rows = func() []string { return sample(n) }
			}
			benchKeystroke(b, rows())
		})
	}
}

func benchKeystroke(b *testing.B, rows []string) {
	x, heap := buildMeasured(rows)
	for _, o := range []struct {
		name  string
		order *Order
	}{{"name", sortedBy(rows, 0)}, {"email", sortedBy(rows, 1)}, {"school", sortedBy(rows, 2)}, {"row", nil}} {
		b.Run(o.name, func(b *testing.B) { keystrokes(b, x, o.order, rows) })
	}
	b.Run("heap", func(b *testing.B) {
		for b.Loop() {
			runtime.KeepAlive(x)
		}
		b.ReportMetric(heap, "heap/text")
	})
}

func keystrokes(b *testing.B, x *Index, order *Order, rows []string) {
	text := []byte(strings.Join(rows, "\n"))
	var ours, plain []float64
	most, slowest := 0.0, ""
	for b.Loop() {
		for _, q := range prefixes() {
			ms := took(func() { x.Search(q, order, 200) })
			if ms > most {
				most, slowest = ms, q
			}
			ours = append(ours, ms)
		}
		if len(plain) > 0 {
			continue
		}
		for i, q := range prefixes() {
			if words := parse(q); i%4 == 0 && len(words) > 0 { // a part will do: it takes most of the time
				plain = append(plain, took(func() { scan(text, words[0].text) }))
			}
		}
	}
	slices.Sort(ours)
	slices.Sort(plain)
	b.ReportMetric(at(ours, .5), "p50-ms")
	b.ReportMetric(at(ours, .95), "p95-ms")
	b.ReportMetric(at(ours, 1), "max-ms")
	b.ReportMetric(at(plain, .95), "scan-p95-ms")
	b.ReportMetric(at(plain, .95)/at(ours, .95), "times-faster")
	b.Logf("slowest %q", slowest)
}

func at(sorted []float64, q float64) float64 { return sorted[int(q*float64(len(sorted)-1))] }

// took is how many milliseconds a call takes.
func took(fn func()) float64 {
	var ms [3]float64
	for i := range ms {
		start := time.Now()
		fn()
		ms[i] = float64(time.Since(start).Microseconds()) / 1000
	}
	slices.Sort(ms[:])
	return ms[1]
}

// scan counts the lines holding a word.
func scan(text, word []byte) int {
	n := 0
	for {
		i := bytes.Index(text, word)
		if i < 0 {
			return n
		}
		n++
		end := bytes.IndexByte(text[i:], '\n')
		if end < 0 {
			return n
		}
		text = text[i+end:]
	}
}

// buildMeasured returns an index and the heap it holds per byte of text.
func buildMeasured(rows []string) (*Index, float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := Build(len(rows), func(row uint32) (string, bool) { return rows[row], true })
	runtime.GC()
	runtime.ReadMemStats(&after)
	bytes := 0
	for _, r := range rows {
		bytes += len(r)
	}
	return x, float64(after.HeapAlloc-before.HeapAlloc) / float64(bytes)
}

// sortedBy orders rows by one field and then by the whole text.
func sortedBy(rows []string, field int) *Order {
	ids := make([]uint32, len(rows))
	keys := make([]string, len(rows))
	for i, r := range rows {
		ids[i], keys[i] = uint32(i), strings.SplitN(r, "|", 3)[field]
	}
	slices.SortFunc(ids, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b))
	})
	return NewOrder(ids)
}

func BenchmarkBuild(b *testing.B) {
	rows := million()
	for b.Loop() {
		Build(len(rows), func(row uint32) (string, bool) { return rows[row], true })
	}
}

func BenchmarkSet(b *testing.B) {
	rows := million()
	x, _ := buildMeasured(rows)
	n := uint32(0)
	for b.Loop() {
		x.Set(n*7919%1_000_000, rows[(n+1)%1_000_000])
		n++
	}
}

func BenchmarkPlace(b *testing.B) {
	rows := million()
	o := sortedBy(rows, 0)
	n := uint32(0)
	for b.Loop() {
		row, text := n*7919%1_000_000, rows[(n+1)%1_000_000]
		o.Place(row, func(other uint32) bool { return rows[other] < text })
		n++
	}
}

func BenchmarkMerge(b *testing.B) {
	rows := million()
	x, _ := buildMeasured(rows)
	for n := range uint32(4_900) {
		x.Set(n*7919%1_000_000, rows[n+1])
	}
	b.Run("keystrokes before", func(b *testing.B) { keystrokes(b, x, sortedBy(rows, 0), rows) })
	b.Run("merge", func(b *testing.B) {
		for b.Loop() {
			if err := x.Merge(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkCount(b *testing.B) {
	x, _ := buildMeasured(million())
	var times []float64
	for b.Loop() {
		for _, q := range prefixes() {
			times = append(times, took(func() {
				if _, err := x.Count(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}))
		}
	}
	slices.Sort(times)
	b.ReportMetric(at(times, .5), "p50-ms")
	b.ReportMetric(at(times, .95), "p95-ms")
	b.ReportMetric(at(times, 1), "max-ms")
}
