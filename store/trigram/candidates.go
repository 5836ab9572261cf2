package trigram

import "slices"

// sift finds the candidates of one segment after the other, reusing its working memory.
type sift struct {
	words []word
	lists []list
	more  bitset

	settled []bool // by word
}

// list is one trigram of a long word, or all those in the range of a short one.
type list struct {
	from, to int // places in the segment's keys
	cost     int // entries to read
	word     int
}

// checkCost is what checking one candidate's text costs, counted in posting entries read.
const checkCost = 16

// candidates sets out to the live rows of s that may hold every word: all that do, and a few that do not.
func (f *sift) candidates(s *segment, out *bitset) {
	clear(out[:])
	if len(f.words) == 0 {
		*out = s.live
		return
	}
	if s.pack != nil && f.plan(s.pack) {
		f.narrow(s.pack, out)
	}
	for w := range out {
		out[w] = s.live[w] & (out[w] | s.stale[w])
	}
}

// plan orders the lists to read, cheapest first. It reports false when some trigram is in no packed row.
func (f *sift) plan(p *packed) bool {
	f.lists = f.lists[:0]
	for i := range f.words {
		w := &f.words[i]
		if w.keys == nil {
			l := list{word: i}
			l.from, l.to = p.between(w.lo, w.hi)
			for _, n := range p.ns[l.from:l.to] {
				l.cost += int(n)
			}
			if l.cost == 0 {
				return false
			}
			f.lists = append(f.lists, l)
			continue
		}
		for _, key := range w.keys {
			k, ok := p.find(key)
			if !ok {
				return false
			}
			l := list{from: k, to: k + 1, cost: int(p.ns[k]), word: i}
			f.lists = append(f.lists, l)
		}
	}
	slices.SortFunc(f.lists, func(a, b list) int { return a.cost - b.cost })
	return true
}

// narrow starts from the shortest list and cuts it by the others while that costs less than checking texts. The
// trigrams of one word mostly go together: when one cuts little, the longer lists of that word are left unread.
func (f *sift) narrow(p *packed, out *bitset) {
	p.union(f.lists[0], out)
	left := out.count()
	f.settled = slices.Grow(f.settled[:0], len(f.words))[:len(f.words)]
	clear(f.settled)
	for _, l := range f.lists[1:] {
		dense := l.to == l.from+1 && p.dense(l.from)
		if !dense && (f.settled[l.word] || l.cost > left*checkCost) {
			continue
		}
		clear(f.more[:])
		p.union(l, &f.more)
		out.and(&f.more)
		before := left
		if left = out.count(); left == 0 {
			return
		}
		f.settled[l.word] = left > before-before/8
	}
}

func (p *packed) union(l list, b *bitset) {
	for k := l.from; k < l.to; k++ {
		p.mark(k, b)
	}
}
