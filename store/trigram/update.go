package trigram

import (
	"bytes"
	"context"
)

// Set gives a row its text, folded or not, and adds the row if it is new. It costs microseconds; the row is found from
// then on. Row numbers are expected to be dense: memory grows with the highest.
func (x *Index) Set(row uint32, text string) {
	t := []byte(Fold(text))
	x.mu.Lock()
	defer x.mu.Unlock()
	for int(row>>segBits) >= len(x.segs) {
		x.segs = append(x.segs, new(segment))
	}
	s, i := x.segment(row)
	if s.live.has(i) {
		if bytes.Equal(s.text(i), t) {
			return
		}
	} else {
		s.live.set(i)
		x.rows++
	}
	x.putAside(s, i)
	if s.aside == nil {
		s.aside = map[uint16][]byte{}
	}
	s.aside[i] = t
}

// Delete removes a row and overwrites its text in memory. That its postings once held its trigrams goes with the next
// Merge. A row not held is left alone.
func (x *Index) Delete(row uint32) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s, i := x.segment(row)
	if s == nil || !s.live.has(i) {
		return
	}
	s.live.clear(i)
	x.rows--
	x.putAside(s, i)
	delete(s.aside, i)
}

// putAside stops using a row's packed text.
func (x *Index) putAside(s *segment, i uint16) {
	s.version++
	if s.touched != nil {
		s.touched.set(i)
	}
	if s.stale.has(i) {
		clear(s.aside[i])
		return
	}
	s.stale.set(i)
	x.pending++
	s.pack.wipe(i)
}

// MergeDue reports whether so many rows have changed that searches notice: run Merge in the background.
func (x *Index) MergeDue() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.pending > 1024+x.rows/256
}

// Merge packs the rows changed so far, segment by segment (some 20 ms each), while searches and changes go on. It
// returns the context's error when cancelled; what was merged by then stays merged.
func (x *Index) Merge(ctx context.Context) error {
	x.merging.Lock()
	defer x.merging.Unlock()
	p := new(packer)
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := x.copyOut(p, n)
		switch {
		case s == nil:
			return nil
		case len(p.ends) > 0:
			x.swapIn(s, p.pack())
		}
	}
}

// copyOut copies the current texts of the n-th segment to p, none if nothing changed in it; nil is past the last.
func (x *Index) copyOut(p *packer, n int) *segment {
	x.mu.Lock()
	defer x.mu.Unlock()
	clear(p.text)
	p.reset()
	if n >= len(x.segs) {
		return nil
	}
	s := x.segs[n]
	if s.stale == (bitset{}) {
		return s
	}
	last := 0
	for _, set := range []*bitset{&s.live, &s.stale} {
		set.each(func(i uint16) bool { last = max(last, int(i)); return true })
	}
	for i := range uint16(last + 1) {
		if s.live.has(i) {
			p.text = append(p.text, s.text(i)...)
		}
		p.ends = append(p.ends, uint32(len(p.text)))
	}
	s.touched = new(bitset)
	return s
}

// swapIn replaces the packed part of s. Rows touched since the copy stay aside.
func (x *Index) swapIn(s *segment, pack *packed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if s.pack != nil {
		clear(s.pack.text)
	}
	s.pack = pack
	s.stale.each(func(i uint16) bool {
		if s.touched.has(i) {
			s.pack.wipe(i)
			return true
		}
		s.stale.clear(i)
		delete(s.aside, i)
		x.pending--
		return true
	})
	s.touched = nil
	if len(s.aside) == 0 {
		s.aside = nil
	}
}
