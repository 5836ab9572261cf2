package trigram

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Search returns the rows whose text holds every word of the query, the first limit of them in the given order, and
// whether there are more. A nil order is by row number. The query is folded like the rows; without a word in it every
// row is a hit.
func (x *Index) Search(query string, order *Order, limit int) (hits []uint32, more bool) {
	if limit <= 0 {
		return nil, false
	}
	s := x.seeker(query)
	defer x.release(s)
	if order != nil { // before the index: Place may ask it for texts while it holds the order
		order.mu.RLock()
		defer order.mu.RUnlock()
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	s.segs, s.order, s.want = x.segs, order, min(limit, x.rows)+1
	hits = s.search()
	if len(hits) > limit {
		return hits[:limit], true
	}
	return hits, false
}

func (x *Index) seeker(query string) *seeker {
	s, ok := x.scratch.Get().(*seeker)
	if !ok {
		s = new(seeker)
	}
	s.words = parse(query)
	return s
}

func (x *Index) release(s *seeker) {
	s.segs, s.order, s.words = nil, nil, nil
	x.scratch.Put(s)
}

// seeker is one search. It looks for one row more than the limit, to know whether there are more.
type seeker struct {
	sift
	segs  []*segment
	order *Order
	want  int
}

const (
	glance  = 4096 // rows looked at in order before any posting is read, at most
	samples = 4    // segments asked how frequent a query is
)

func (s *seeker) search() []uint32 {
	if s.order == nil {
		return s.byRow()
	}
	if hits := s.walk(s.budget()); len(hits) == s.want {
		return hits
	}
	return s.pick()
}

// byRow needs no order: candidates come in row order by themselves.
func (s *seeker) byRow() []uint32 {
	var hits []uint32
	var set bitset
	for n, seg := range s.segs {
		s.candidates(seg, &set)
		set.each(func(i uint16) bool {
			if matches(seg.text(i), s.words) {
				hits = append(hits, uint32(n)<<segBits|uint32(i))
			}
			return len(hits) < s.want
		})
		if len(hits) == s.want {
			break
		}
	}
	return hits
}

// budget is how many rows of the order to look at directly, because the query is so frequent that they likely hold
// all hits wanted; 0 when it is not.
func (s *seeker) budget() int {
	most, rows := 0, 0
	step := max(1, len(s.segs)/samples)
	for n := 0; n < len(s.segs); n += step {
		p := s.segs[n].pack
		if p == nil {
			continue
		}
		least := len(p.ends)
		for i := range s.words {
			least = min(least, p.most(&s.words[i]))
		}
		most += least
		rows += len(p.ends)
	}
	if most == 0 {
		return 0
	}
	if expected := s.want * rows / most; expected <= glance/2 {
		return 2 * expected
	}
	return 0
}

// walk returns the first hits among the first budget rows of the order.
func (s *seeker) walk(budget int) []uint32 {
	var hits []uint32
	for _, chunk := range s.order.chunks {
		if budget <= 0 {
			break
		}
		for _, row := range chunk[:min(len(chunk), budget)] {
			if !s.holds(row) {
				continue
			}
			if hits = append(hits, row); len(hits) == s.want {
				return hits
			}
		}
		budget -= len(chunk)
	}
	return hits
}

func (s *seeker) holds(row uint32) bool {
	n, i := int(row>>segBits), uint16(row&(segRows-1))
	return n < len(s.segs) && s.segs[n].live.has(i) && matches(s.segs[n].text(i), s.words)
}

// pick goes through all candidates, checking the text only of those that would be among the first. It jumps about
// the segments, lest an order that runs against the rows make every candidate the first so far.
func (s *seeker) pick() []uint32 {
	top := topHits{want: s.want, limit: math.MaxUint64}
	stride := coprime(len(s.segs))
	var set bitset
	for n := range s.segs {
		n = n * stride % len(s.segs)
		seg, first := s.segs[n], uint32(n)<<segBits
		s.candidates(seg, &set)
		for w, left := range set {
			for ; left != 0; left &= left - 1 {
				i := uint16(w<<6 + bits.TrailingZeros64(left))
				key := s.order.key(first + uint32(i))
				if key-1 < top.limit-1 && matches(seg.text(i), s.words) { // key 0, in no order, wraps to the last
					top.add(hit{key, first + uint32(i)})
				}
			}
		}
	}
	return top.rows()
}

// coprime is a number to step by that visits all n places, far from one to the next.
func coprime(n int) int {
	step := n*5/8 + 1
	for gcd(step, n) > 1 {
		step++
	}
	return step
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

type hit struct {
	key uint64
	row uint32
}

// topHits keeps the hits with the lowest keys, sorting once in a while.
type topHits struct {
	want  int
	limit uint64 // hits not below it are not wanted
	hits  []hit
}

func (t *topHits) add(h hit) {
	t.hits = append(t.hits, h)
	if len(t.hits) >= 2*t.want {
		t.cut()
	}
}

func (t *topHits) cut() {
	slices.SortFunc(t.hits, func(a, b hit) int { return cmp.Compare(a.key, b.key) })
	if len(t.hits) >= t.want {
		t.hits = t.hits[:t.want]
		t.limit = t.hits[t.want-1].key
	}
}

func (t *topHits) rows() []uint32 {
	t.cut()
	rows := make([]uint32, len(t.hits))
	for i, h := range t.hits {
		rows[i] = h.row
	}
	return rows
}
