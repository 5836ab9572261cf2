package trigram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// model is the plain answer: a map of texts, and a slice for the order.
type model struct {
	texts map[uint32]string
	order []uint32
}

func (m *model) hits(query string) []uint32 {
	words := strings.Fields(Fold(query))
	var out []uint32
	for _, row := range m.order {
		lacks := func(w string) bool { return !strings.Contains(m.texts[row], w) }
		if !slices.ContainsFunc(words, lacks) {
			out = append(out, row)
		}
	}
	return out
}

var (
	drawnText  = rapid.StringMatching(`[abAn'’éßZ @.|0東]{0,12}`)
	drawnQuery = rapid.StringMatching(`[abAn'’éßZ @.|0東]{0,5}`)
	// Rows far apart, so that a few fill several segments.
	drawnRow = rapid.Custom(func(t *rapid.T) uint32 {
		return rapid.Uint32Range(0, 3).Draw(t, "segment")*segRows + rapid.Uint32Range(0, 9).Draw(t, "in segment")
	})
)

func TestSearchAgreesWithPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{texts: map[uint32]string{}}
		built := rapid.MapOf(drawnRow, drawnText).Draw(t, "built")
		for row, text := range built {
			m.texts[row] = Fold(text)
			m.order = append(m.order, row)
		}
		slices.Sort(m.order)
		m.order = rapid.Permutation(m.order).Draw(t, "order")
		x := Build(rapid.SampledFrom([]int{4 * segRows, segRows + 5}).Draw(t, "n"), func(row uint32) (string, bool) {
			text, ok := built[row]
			return text, ok
		})
		for row, text := range built {
			x.Set(row, text) // those past n
		}
		o := NewOrder(m.order)
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				row, text := drawnRow.Draw(t, "row"), drawnText.Draw(t, "text")
				x.Set(row, text)
				place(m, o, row, rapid.IntRange(0, len(m.order)).Draw(t, "place"))
				m.texts[row] = Fold(text)
			},
			"delete": func(t *rapid.T) {
				row := drawnRow.Draw(t, "row")
				x.Delete(row)
				o.Remove(row)
				delete(m.texts, row)
				m.order = slices.DeleteFunc(m.order, func(r uint32) bool { return r == row })
			},
			"merge": func(t *rapid.T) {
				if err := x.Merge(context.Background()); err != nil {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) { compare(t, m, x, o, drawnQuery.Draw(t, "query")) },
		})
	})
}

// place moves a row to a place counted in the order as it is before.
func place(m *model, o *Order, row uint32, at int) {
	ahead := map[uint32]bool{}
	for _, r := range m.order[:at] {
		ahead[r] = true
	}
	o.Place(row, func(other uint32) bool { return ahead[other] })
	rest := slices.Clone(m.order[at:])
	gone := func(r uint32) bool { return r == row }
	m.order = append(slices.DeleteFunc(slices.Clone(m.order[:at]), gone), row)
	m.order = append(m.order, slices.DeleteFunc(rest, gone)...)
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func compare(t failer, m *model, x *Index, o *Order, query string) {
	t.Helper()
	want := m.hits(query)
	sorted := slices.Sorted(slices.Values(want))
	for _, limit := range []int{1, 3, 200, len(want), 1 << 40} {
		for _, c := range []struct {
			order *Order
			want  []uint32
		}{{o, want}, {nil, sorted}} {
			hits, more := x.Search(query, c.order, limit)
			first := c.want[:min(limit, len(c.want))]
			if !slices.Equal(first, hits) {
				t.Fatalf("search %q, limit %d: %s", query, limit, cmp.Diff(first, hits))
			}
			if more != (limit > 0 && len(c.want) > limit) {
				t.Fatalf("search %q, limit %d of %d: more is %v", query, limit, len(c.want), more)
			}
		}
	}
	n, err := x.Count(context.Background(), query)
	if err != nil || n != len(want) {
		t.Fatalf("count %q is %d, %v; want %d", query, n, err, len(want))
	}
	if x.Len() != len(m.texts) || o.Len() != len(m.order) {
		t.Fatalf("%d rows and %d in order, want %d", x.Len(), o.Len(), len(m.texts))
	}
}

// Enough rows for bitset postings, several segments, frequent and rare queries, each order and its reverse.
func TestSearchManyRows(t *testing.T) {
	rows := sample(20_000)
	m := &model{texts: map[uint32]string{}}
	for i, text := range rows {
		m.texts[uint32(i)] = text
	}
	x := Build(len(rows), func(row uint32) (string, bool) { return rows[row], true })
	for n := range uint32(500) { // some aside
		row := n * 39
		m.texts[row] = rows[n]
		x.Set(row, rows[n])
	}
	for field := range 3 {
		o := sortedBy(rows, field)
		m.order = o.Rows(0, len(rows))
		for _, q := range typed {
			compare(t, m, x, o, q)
		}
	}
	slices.Reverse(m.order)
	for _, q := range typed {
		compare(t, m, x, NewOrder(m.order), q)
	}
}

func TestRowsOutsideTheOrderAreNoHits(t *testing.T) {
	x := Build(4, func(row uint32) (string, bool) { return fmt.Sprint("row ", row), true })
	hits, more := x.Search("row", NewOrder([]uint32{3, 1, 3, 9}), 10)
	if d := cmp.Diff([]uint32{3, 1}, hits); d != "" || more {
		t.Errorf("more %v: %s", more, d)
	}
}

func TestCountCancelled(t *testing.T) {
	x := Build(10, func(uint32) (string, bool) { return "a", true })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, q := range []string{"a", ""} {
		if _, err := x.Count(ctx, q); !errors.Is(err, context.Canceled) {
			t.Errorf("count %q: %v", q, err)
		}
	}
	if err := x.Merge(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("merge: %v", err)
	}
}

// What changes while the segments are being counted is counted as it is at the end.
func TestCountSettles(t *testing.T) {
	x := Build(2*segRows, func(row uint32) (string, bool) { return "ada", row%segRows < 3 })
	s := x.seeker("ada")
	defer x.release(s)
	first, _ := s.countNext(x, 0)
	second, _ := s.countNext(x, 1)
	x.Delete(0)
	x.Set(1, "eve")
	x.Set(2*segRows+1, "ada")
	if first.rows != 3 || second.rows != 3 {
		t.Fatalf("counted %d and %d, want 3 and 3", first.rows, second.rows)
	}
	if n := s.settle(x, []counted{first, second}); n != 5 {
		t.Errorf("settled on %d, want 5", n)
	}
}

func TestDeleteOverwritesText(t *testing.T) {
	x := Build(3, func(uint32) (string, bool) { return "ada lovelace", true })
	x.Set(2, "ada byron")
	aside := x.segs[0].aside[2]
	x.Delete(1)
	x.Delete(2)
	if got := strings.Trim(string(x.segs[0].pack.text), "\x00"); got != "ada lovelace" {
		t.Errorf("packed text still holds %q", got)
	}
	if got := strings.Trim(string(aside), "\x00"); got != "" {
		t.Errorf("text aside still holds %q", got)
	}
	if _, ok := x.Text(1); ok {
		t.Error("a deleted row has a text")
	}
	if text, ok := x.Text(0); !ok || text != "ada lovelace" {
		t.Errorf("row 0 is %q, %v", text, ok)
	}
}

// A row changed while Merge works on a copy keeps its newer text.
func TestChangesDuringMerge(t *testing.T) {
	var x Index
	for row := range uint32(4) {
		x.Set(row, "old")
	}
	p := new(packer)
	s := x.copyOut(p, 0)
	x.Set(1, "new")
	x.Delete(2)
	x.Set(7, "more")
	x.swapIn(s, p.pack())
	for query, want := range map[string][]uint32{"old": {0, 3}, "new": {1}, "more": {7}, "": {0, 1, 3, 7}} {
		if hits, _ := x.Search(query, nil, 9); !cmp.Equal(want, hits) {
			t.Errorf("%q: rows %d, want %d", query, hits, want)
		}
	}
	if x.pending != 3 {
		t.Errorf("%d rows pending, want 3", x.pending)
	}
}

func TestMergeDue(t *testing.T) {
	var x Index
	for row := range uint32(1100) {
		x.Set(row, "a")
	}
	if !x.MergeDue() {
		t.Error("1,100 changed rows of 1,100 are not due")
	}
	if err := x.Merge(context.Background()); err != nil || x.MergeDue() {
		t.Errorf("due after merge: %v", err)
	}
}

// For the race detector: readers see either text of a row, never another.
func TestReadersBesideWriter(t *testing.T) {
	rows := sample(3000)
	x := Build(len(rows), func(row uint32) (string, bool) { return rows[row], true })
	o := sortedBy(rows, 0)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				q := typed[n%len(typed)]
				x.Search(q, o, 50)
				x.Search(q, nil, 50)
				if _, err := x.Count(context.Background(), q); err != nil {
					t.Error(err)
				}
				o.Rows(n%100, 10)
			}
		})
	}
	wg.Go(func() {
		for range 5 {
			if err := x.Merge(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	for n := range uint32(2000) {
		row := n * 7 % 3000
		x.Set(row, rows[n])
		o.Place(row, func(other uint32) bool { return rows[other] < rows[n] })
		if n%5 == 0 {
			x.Delete(row)
			o.Remove(row)
		}
	}
	close(stop)
	wg.Wait()
}
