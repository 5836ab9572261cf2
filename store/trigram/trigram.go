// Package trigram finds people as one types: it keeps one short folded text a row ("given family|email|org") packed in
// memory, with compressed trigram postings, and answers which rows hold every word of a query, first hits first in an
// order the caller chooses. It knows rows and texts; it never knows what a row stands for, never touches a disk or a
// clock, and starts no goroutine that outlives the call.
//
// Rows are dense uint32 numbers given out by the caller. They are grouped by 16,384 into segments, each with its own
// text and postings. A changed row is put aside in its segment and is a candidate of every query until Merge packs it.
package trigram

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Index is a searchable set of rows. Any number of goroutines may search it while others change it.
// The zero value is an empty index ready for use.
type Index struct {
	mu      sync.RWMutex
	segs    []*segment
	rows    int // live
	pending int // stale, over all segments

	merging sync.Mutex
	scratch sync.Pool // *seeker
}

// Build packs rows 0 to n-1 on all cores. It asks text for each row once, from several goroutines at the same time;
// text returns the row's text, folded or not, and whether the row exists at all.
func Build(n int, text func(row uint32) (string, bool)) *Index {
	x := &Index{segs: make([]*segment, (max(n, 0)+segRows-1)/segRows)}
	var next, rows atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(x.segs)) {
		wg.Go(func() {
			p := new(packer)
			for i := next.Add(1) - 1; i < int64(len(x.segs)); i = next.Add(1) - 1 {
				first := int(i) * segRows
				s := buildSegment(p, uint32(first), min(n-first, segRows), text)
				rows.Add(int64(s.live.count()))
				x.segs[i] = s
			}
		})
	}
	wg.Wait()
	x.rows = int(rows.Load())
	return x
}

func buildSegment(p *packer, first uint32, n int, text func(uint32) (string, bool)) *segment {
	s := new(segment)
	p.reset()
	for i := range n {
		t, ok := text(first + uint32(i))
		if ok {
			s.live.set(uint16(i))
			p.text = append(p.text, Fold(t)...)
		}
		p.ends = append(p.ends, uint32(len(p.text)))
	}
	s.pack = p.pack()
	return s
}

// Len is the number of rows held.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.rows
}

// Text is the folded text of a row, and whether the row is held.
func (x *Index) Text(row uint32) (string, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s, i := x.segment(row)
	if s == nil || !s.live.has(i) {
		return "", false
	}
	return string(s.text(i)), true
}

func (x *Index) segment(row uint32) (*segment, uint16) {
	n, i := int(row>>segBits), uint16(row&(segRows-1))
	if n >= len(x.segs) {
		return nil, i
	}
	return x.segs[n], i
}
