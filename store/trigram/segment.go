package trigram

import "math/bits"

const (
	segBits  = 14
	segRows  = 1 << segBits
	segWords = segRows / 64
)

// bitset holds one bit for each row of a segment.
type bitset [segWords]uint64

func (b *bitset) set(i uint16)      { b[i>>6] |= 1 << (i & 63) }
func (b *bitset) clear(i uint16)    { b[i>>6] &^= 1 << (i & 63) }
func (b *bitset) has(i uint16) bool { return b[i>>6]&(1<<(i&63)) != 0 }

func (b *bitset) and(c *bitset) {
	for w := range b {
		b[w] &= c[w]
	}
}

func (b *bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls fn for every row set, lowest first, until fn returns false.
func (b *bitset) each(fn func(i uint16) bool) {
	for n, w := range b {
		for ; w != 0; w &= w - 1 {
			if !fn(uint16(n<<6 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// segment is 16,384 neighbouring rows: a packed part as of the last merge and the rows put aside since.
type segment struct {
	pack  *packed // nil before the first merge of a segment that grew by Set
	live  bitset  // rows that exist
	stale bitset  // rows whose packed text and postings no longer count
	aside map[uint16][]byte

	version uint64  // grows with every change of a row
	touched *bitset // rows changed since the running merge took its copy; nil when none runs
}

// text is the current text of a live row.
func (s *segment) text(i uint16) []byte {
	if s.stale.has(i) {
		return s.aside[i]
	}
	return s.pack.row(i)
}

// packed is the text and the postings of a segment's rows.
type packed struct {
	text []byte
	ends []uint32 // where each row's text ends

	keys []uint32 // trigrams present, ascending
	ns   []uint16 // rows of each trigram
	offs []uint32 // where each trigram's posting starts in data, and one past the last
	data []byte
}

func (p *packed) row(i uint16) []byte {
	from, to := p.span(i)
	return p.text[from:to]
}

func (p *packed) span(i uint16) (from, to uint32) {
	if i > 0 {
		from = p.ends[i-1]
	}
	return from, p.ends[i]
}

// wipe overwrites a row's packed text, so that an erased person is not left in memory until the next merge.
func (p *packed) wipe(i uint16) {
	if p == nil || int(i) >= len(p.ends) {
		return
	}
	clear(p.row(i))
}
