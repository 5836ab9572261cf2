package needle

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Find is where a needle was found: bytes [From, To).
type Find struct {
	Needle   int
	From, To int
}

// In returns the needles that stand in a text, in UTF-8, in order and each once.
func (s *Set) In(text string) []int {
	var found []int
	m := matcher{s: s, b: []byte(text)}
	s.each(&s.narrow, m.b, func(at int, _ uint16) bool {
		if !s.goesOn(m.b, at) {
			return true
		}
		for _, f := range m.try(at) {
			if !slices.Contains(found, f.Needle) {
				found = append(found, f.Needle)
			}
		}
		return true
	})
	slices.Sort(found)
	return found
}

// May reports whether bytes with texts in UTF-8 among them may hold a needle. Texts may touch what is not text, so word
// boundaries are not asked for: whatever In finds in one of the texts, May finds in the bytes.
func (s *Set) May(b []byte) bool {
	m, may := matcher{s: s, b: b, where: anywhere}, false
	s.each(&s.narrow, b, func(at int, _ uint16) bool {
		may = s.goesOn(b, at) && len(m.try(at)) > 0
		return !may
	})
	return may
}

// Raw visits what is found in bytes of which nothing is known, in UTF-8 and UTF-16 LE, from one place up to another; what
// is around them is looked at for boundaries, and for finds that reach beyond. Needles of fewer than six characters must
// stand at word boundaries, for any bytes hold them by chance.
func (s *Set) Raw(b []byte, from, to int, visit func(Find)) {
	narrow := matcher{s: s, b: b, where: anyLonger}
	wide := matcher{s: s, b: b, where: anyLonger, wide: true}
	part := b[from:min(to+1, len(b))] // with what follows the last place
	s.each(&s.either, part, func(at int, w uint16) bool {
		if at += from; at >= to {
			return false
		}
		var finds []Find
		if s.narrow.has(w) && s.goesOn(b, at) {
			finds = narrow.try(at)
		}
		for _, f := range finds {
			visit(f)
		}
		if !s.wide.has(w) || !s.goesOnWide(b, at) {
			return true
		}
		for _, f := range wide.try(at) {
			if !slices.ContainsFunc(finds, func(g Find) bool { return g.Needle == f.Needle }) {
				visit(f)
			}
		}
		return true
	})
}

// each visits the places where a needle may begin, with the two bytes there, until visit returns false. Eight places are
// looked at in one go, for nearly all of them are nothing.
func (s *Set) each(among *starts, b []byte, visit func(at int, w uint16) bool) {
	i := 0
	for ; i+8 < len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		last := uint16(x>>56) | uint16(b[i+8])<<8
		places := among.bit(uint16(x)) | among.bit(uint16(x>>8))<<1 | among.bit(uint16(x>>16))<<2 |
			among.bit(uint16(x>>24))<<3 | among.bit(uint16(x>>32))<<4 | among.bit(uint16(x>>40))<<5 |
			among.bit(uint16(x>>48))<<6 | among.bit(last)<<7
		for ; places != 0; places &= places - 1 {
			at := i + bits.TrailingZeros64(places)
			if !visit(at, uint16(b[at])|uint16(b[at+1])<<8) {
				return
			}
		}
	}
	for ; i < len(b); i++ {
		w := uint16(b[i]) // at the end as if a 0 followed, which is ignored
		if i+1 < len(b) {
			w |= uint16(b[i+1]) << 8
		}
		if among.has(w) && !visit(i, w) {
			return
		}
	}
}
