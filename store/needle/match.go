package needle

import (
	"unicode"
	"unicode/utf8"
)

// slack is how many ignored characters, or spaces, may follow each other within a find.
const slack = 256

// matcher compares patterns with bytes.
type matcher struct {
	s     *Set
	b     []byte
	wide  bool // in UTF-16 LE
	where boundary
	finds []Find // at the place looked at last
}

// boundary says where a find must end and begin.
type boundary int

const (
	atWords   boundary = iota // at word boundaries
	anywhere                  // not even there
	anyLonger                 // anywhere for a long needle, at word boundaries for a short one
)

// enough is how many characters make a find in any bytes one that cannot be chance, wherever it stands.
const enough = 6

// try gathers the patterns that stand at a place.
func (m *matcher) try(at int) []Find {
	m.finds = m.finds[:0]
	c, _, size := m.next(at)
	if size == 0 || c <= 0 {
		return nil
	}
	tries := m.s.others
	if c < utf8.RuneSelf {
		tries = m.s.byFirst[c]
	}
	for _, i := range tries {
		if end, ok := m.at(&m.s.patterns[i], at); ok {
			m.finds = append(m.finds, Find{i, at, end})
		}
	}
	return m.finds
}

// at reports whether a pattern stands at a place, and where it ends.
func (m *matcher) at(p *pattern, from int) (end int, ok bool) {
	switch {
	case p.digits:
		end, ok = m.number(p, from)
	case p.name:
		end, ok = m.name(p, from)
	default:
		end, ok = m.text(p, from)
	}
	loose := m.where == anywhere || m.where == anyLonger && len(p.runes) >= enough
	return end, ok && (loose || m.bounded(p, from, end))
}

// next is what the character at a place is compared as: one character with rest after it, or 0 where it is ignored.
func (m *matcher) next(at int) (c rune, rest []rune, size int) {
	if !m.wide && at < len(m.b) && m.b[at] < utf8.RuneSelf {
		return m.s.folds.table[m.b[at]], nil, 1
	}
	var r rune
	if m.wide {
		r, size = readUTF16(m.b, at)
	} else {
		r, size = readUTF8(m.b, at)
	}
	if r == utf8.RuneError {
		return utf8.RuneError, nil, size
	}
	c, rest = m.s.folds.of(r)
	return c, rest, size
}

// before takes the character that ends at a place.
func (m *matcher) before(at int) (rune, int) {
	if !m.wide {
		return utf8.DecodeLastRune(m.b[:at])
	}
	if at < 2 {
		return utf8.RuneError, 0
	}
	r, _ := readUTF16(m.b, at-2)
	return r, 2
}

// text compares what is no name: character by character, white space as one.
func (m *matcher) text(p *pattern, at int) (end int, ok bool) {
	k, idle := 0, 0
	for k < len(p.runes) {
		c, rest, size := m.next(at)
		switch {
		case size == 0 || idle > slack:
			return 0, false
		case c == 0 && k > 0, c == ' ' && k > 0 && p.runes[k-1] == ' ':
			at += size
			idle++
			continue
		case c != p.runes[k]:
			return 0, false
		}
		at += size
		k++
		idle = 0
		for _, c := range rest {
			if k == len(p.runes) || c != p.runes[k] {
				return 0, false
			}
			k++
		}
	}
	return at, true
}

// name compares names: breaks and apostrophes as newPattern and Text say.
func (m *matcher) name(p *pattern, at int) (end int, ok bool) {
	k, idle, broken, spaced := 0, 0, false, false
	for k < len(p.runes) {
		c, rest, size := m.next(at)
		if size == 0 || idle > slack {
			return 0, false
		}
		at += size
		if k > 0 && (c == 0 || c == '\'' || isBreak(c)) {
			idle++
			broken = broken || isBreak(c)
			spaced = spaced || isBreak(c) && c != '-'
			continue
		}
		switch {
		case p.runes[k] == ' ' && !broken, !isBreak(p.runes[k]) && spaced:
			return 0, false
		case isBreak(p.runes[k]):
			k++
		}
		if c != p.runes[k] {
			return 0, false
		}
		k++
		idle, broken, spaced = 0, false, false
		for _, c := range rest {
			if k == len(p.runes) || c != p.runes[k] {
				return 0, false
			}
			k++
		}
	}
	return at, true
}

// number compares digits.
func (m *matcher) number(p *pattern, at int) (end int, ok bool) {
	k, idle := 0, 0
	for k < len(p.runes) {
		c, _, size := m.next(at)
		switch {
		case size == 0 || idle > slack:
			return 0, false
		case k > 0 && (c == 0 || skipped(c)):
			idle++
		case c != p.runes[k]:
			return 0, false
		default:
			k++
			idle = 0
		}
		at += size
	}
	return at, true
}

// skipped reports whether a character counts for nothing between digits.
func skipped(c rune) bool {
	switch c {
	case ' ', '.', '-', '(', ')', '[', ']', '{', '}':
		return true
	}
	return false
}

// bounded reports whether a find stands by itself.
func (m *matcher) bounded(p *pattern, from, end int) bool {
	if p.digits {
		return !isDigit(m.after(end)) && m.prefixed(p, from)
	}
	first, last := p.runes[0], p.runes[len(p.runes)-1]
	return (!isWord(first) || !isWord(m.preceding(from))) && (!isWord(last) || !isWord(m.after(end)))
}

// prefixed reports whether nothing stands right before a number, or a prefix to dial.
func (m *matcher) prefixed(p *pattern, from int) bool {
	var digits [8]byte
	at := len(digits)
	for at > 0 {
		r, size := m.before(from)
		if size == 0 || !isDigit(r) {
			break
		}
		at--
		digits[at] = byte(r)
		from -= size
	}
	switch string(digits[at:]) {
	case "":
		return true
	case "0", "00", "44", "440", "0044", "00440":
		return p.abroad
	}
	return false
}

// after is the character that follows a place, without what is ignored.
func (m *matcher) after(at int) rune {
	for range slack {
		c, _, size := m.next(at)
		if size == 0 {
			return ' '
		}
		if c != 0 {
			return c
		}
		at += size
	}
	return ' '
}

// preceding is the character before a place, without what is ignored.
func (m *matcher) preceding(at int) rune {
	for range slack {
		r, size := m.before(at)
		if size == 0 {
			return ' '
		}
		if c, _ := m.s.folds.of(r); c != 0 {
			return r
		}
		at -= size
	}
	return ' '
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWord reports whether a character is part of a word.
func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
