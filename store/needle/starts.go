package needle

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// starts is a set of pairs of bytes.
type starts [1 << 16 / 64]uint64

func (s *starts) add(first, second byte) {
	w := uint16(first) | uint16(second)<<8
	s[w>>6] |= 1 << (w & 63)
}

func (s *starts) bit(w uint16) uint64 { return s[w>>6] >> (w & 63) & 1 }

func (s *starts) has(w uint16) bool { return s.bit(w) != 0 }

// lead is the least byte that begins a character of several bytes in UTF-8.
const lead = 0xC2

// mark notes every way in which a pattern may begin: two bytes of UTF-8, or a character of UTF-16.
func (s *Set) mark(p *pattern) {
	first := p.runes[0]
	s.markRune(p, first)
	for r := unicode.SimpleFold(first); r != first; r = unicode.SimpleFold(r) {
		s.markRune(p, r)
	}
	for _, r := range s.folds.inverse[first] {
		s.markRune(p, r)
	}
	for r := firstSyllable; r <= lastSyllable && korean(p); r++ {
		if c, _ := s.folds.of(r); c == first {
			s.markRune(p, r)
		}
	}
	s.markWide(p)
}

func (s *Set) markRune(p *pattern, r rune) {
	s.wide.addWide(r)
	if r < utf8.RuneSelf {
		s.markASCII(p, byte(r))
		return
	}
	var b [utf8.UTFMax]byte
	utf8.EncodeRune(b[:], r)
	s.narrow.add(b[0], b[1])
}

// markASCII notes a first byte with every second and third one that may follow it.
func (s *Set) markASCII(p *pattern, first byte) {
	s.single = s.single || len(p.runes) == 1
	for second := range 256 {
		switch {
		case second >= lead:
			s.narrow.add(first, byte(second))
		case len(p.runes) == 1:
			s.narrow.add(first, byte(second))
			s.markThird(p, first, byte(second))
		case second < utf8.RuneSelf && s.follows(p, 1, rune(second)):
			s.narrow.add(first, byte(second))
			s.markThird(p, first, byte(second))
		}
	}
}

func (s *Set) markThird(p *pattern, first, second byte) {
	direct := len(p.runes) > 2 && s.folds.table[second] == p.runes[1] && !isBreak(p.runes[1])
	for third := range rune(utf8.RuneSelf) {
		if !direct || s.follows(p, 2, third) {
			s.thirds.add(first, second, byte(third))
		}
	}
}

// follows reports whether an ASCII character may stand after the first k of a pattern.
func (s *Set) follows(p *pattern, k int, r rune) bool {
	c := s.folds.table[r]
	switch {
	case k == len(p.runes) || c == 0 || c == p.runes[k]:
		return true
	case p.digits:
		return skipped(c)
	case p.name && isBreak(p.runes[k]):
		return c == '\'' || isBreak(c) || k+1 < len(p.runes) && c == p.runes[k+1]
	case p.name:
		return c == '\'' || c == '-'
	}
	return c == ' ' && p.runes[k-1] == ' '
}

// thirds is a set of three bytes of ASCII, more or less: it may have more than was added.
type thirds [1 << 15 / 64]uint64

func thirdAt(a, b, c byte) uint16 { return uint16(a&31) | uint16(b&31)<<5 | uint16(c&31)<<10 }

func (s *thirds) add(a, b, c byte) {
	w := thirdAt(a, b, c)
	s[w>>6] |= 1 << (w & 63)
}

func (s *thirds) has(a, b, c byte) bool {
	w := thirdAt(a, b, c)
	return s[w>>6]&(1<<(w&63)) != 0
}

// goesOn looks at one byte more of what may begin a find in UTF-8: false where it cannot.
func (s *Set) goesOn(b []byte, at int) bool {
	if at+2 >= len(b) || s.single {
		return true
	}
	first, second, third := b[at], b[at+1], b[at+2]
	switch {
	case first >= 0xE0 || first < utf8.RuneSelf && second >= lead:
		return third&0xC0 == 0x80 // the middle of a character
	case first >= utf8.RuneSelf || third >= utf8.RuneSelf:
		return true
	}
	return s.thirds.has(first, second, third)
}

// goesOnWide does so in UTF-16.
func (s *Set) goesOnWide(b []byte, at int) bool {
	return at+4 > len(b) || s.wideNext.has(uint16(b[at+2])|uint16(b[at+3])<<8)
}

// markWide notes what may stand second in UTF-16.
func (s *Set) markWide(p *pattern) {
	if len(p.runes) == 1 {
		for i := range s.wideNext {
			s.wideNext[i] = ^uint64(0)
		}
		return
	}
	for r, c := range s.folds.table {
		if c == 0 || c == several {
			s.wideNext.addWide(rune(r))
		}
	}
	next := append([]rune(" -_'.()[]{}"), p.runes[1:min(3, len(p.runes))]...)
	for _, c := range next {
		s.wideNext.addWide(c)
		for r := unicode.SimpleFold(c); r != c; r = unicode.SimpleFold(r) {
			s.wideNext.addWide(r)
		}
		for _, r := range s.folds.inverse[c] {
			s.wideNext.addWide(r)
		}
	}
	for r := rune(0xD800); r < 0xDC00; r++ { // of characters beyond the table
		s.wideNext.addWide(r)
	}
	for r := firstSyllable; r <= lastSyllable && korean(p); r++ {
		s.wideNext.addWide(r)
	}
}

// korean reports whether a Korean syllable may stand early in a pattern.
func korean(p *pattern) bool {
	return slices.ContainsFunc(p.runes[:min(3, len(p.runes))], func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

// addWide adds the first two bytes of a character in UTF-16 LE.
func (s *starts) addWide(r rune) {
	if r >= 0x10000 {
		r = 0xD800 + (r-0x10000)>>10
	}
	s.add(byte(r), byte(r>>8))
}
