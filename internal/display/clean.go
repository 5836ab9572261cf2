package display

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow one letter. No living script needs more, and a longer pile climbs
// over the rows above it.
const maxMarks = 4

// Cleaner makes strings safe to show. With ASCII set the replacement mark is a question mark, for a locale that is not
// UTF-8; otherwise it is a picture of the character or U+FFFD.
type Cleaner struct{ ASCII bool }

// Clean makes s safe to show on one line. It is the only place where this is done: every string that comes from a
// file, a form or the store passes here on its way to the screen, and the stored value stays as it is.
//
// Shown as a replacement mark instead of reaching the terminal: control characters (so no escape sequence survives;
// its letters stay readable), line breaks and tabs, bidirectional overrides and isolates, invisible format characters,
// bytes that are not UTF-8, marks that would attach to whatever stands before s, and piles of combining marks. The two
// joiners survive inside scripts that spell with them, and are marked elsewhere: between Latin letters they only
// disguise a word, and terminals disagree about the width of joined emoji.
//
// A string with nothing to replace is returned as it is, without allocating.
func (c Cleaner) Clean(s string) string {
	at := firstUnsafe(s)
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	b.WriteString(s[:at])
	scan(s, func(r rune, size int, ok bool, i int) bool {
		switch {
		case i < at:
		case ok:
			b.WriteString(s[i : i+size])
		default:
			b.WriteString(c.picture(r))
		}
		return true
	})
	return b.String()
}

// Lines makes a longer text safe to show: line breaks end a line, tabs become four spaces, and each line is
// cleaned.
func (c Cleaner) Lines(s string) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = c.Clean(strings.ReplaceAll(line, "\t", "    "))
	}
	return lines
}

// picture shows which control character was there where Unicode has a picture of it.
func (c Cleaner) picture(r rune) string {
	switch {
	case c.ASCII:
		return "?"
	case r >= 0 && r < 0x20:
		return string('\u2400' + r)
	case r == 0x7f:
		return "\u2421"
	}
	return "\uFFFD"
}

func firstUnsafe(s string) int {
	if plainASCII(s) {
		return -1
	}
	at := -1
	scan(s, func(_ rune, _ int, ok bool, i int) bool {
		if !ok {
			at = i
		}
		return ok
	})
	return at
}

// plainASCII reports whether every byte of s is a printable ASCII character, one column wide.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// scan walks over s and says of each character whether it may be shown. It stops when yield returns false.
func scan(s string, yield func(r rune, size int, ok bool, i int) bool) {
	prev, marks := rune(-1), 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		var ok bool
		switch {
		case r == utf8.RuneError && size <= 1: // no character at all
		case r < 0x80:
			ok, marks = r >= 0x20 && r != 0x7f, 0
		case attaches(r):
			marks++
			ok = prev >= 0 && marks <= maxMarks && (prev > 0x2000 || !variation(r))
		case joiner(r):
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			ok = spellsWithJoiners(prev) && spellsWithJoiners(next)
		default:
			ok, marks = !hidden(r), 0
		}
		if !yield(r, size, ok, i) {
			return
		}
		if prev = r; !ok {
			prev = ' '
		}
		i += size
	}
}

// attaches reports whether r is drawn onto the character before it.
func attaches(r rune) bool {
	return unicode.In(r, unicode.M) || (r >= 0x1F3FB && r <= 0x1F3FF) || r == 0xFF9E || r == 0xFF9F
}

// variation reports whether r chooses between drawings of a symbol; on a letter it only upsets the width.
func variation(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F }

func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

func spellsWithJoiners(r rune) bool {
	return r > 0x2ff && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari,
		unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Tibetan, unicode.Myanmar)
}

// hidden reports whether r draws nothing of its own: controls, format characters (among them every bidirectional
// override), line and paragraph separators, fillers, and code points that are no characters.
func hidden(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\ufffe', '\uffff':
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
}

// Styled is Clean for a line that is already styled: colours and attributes stay, all else is cleaned as if they
// were not there. It is for what other components have drawn; text from outside goes through Clean before styling.
func (c Cleaner) Styled(s string) string {
	if !strings.Contains(s, "\x1b") {
		return c.Clean(s)
	}
	plain, spans := separate(s)
	if firstUnsafe(plain) < 0 {
		return s
	}
	var b strings.Builder
	scan(plain, func(r rune, size int, ok bool, i int) bool {
		for len(spans) > 0 && spans[0].at <= i {
			b.WriteString(spans[0].code)
			spans = spans[1:]
		}
		if ok {
			b.WriteString(plain[i : i+size])
		} else {
			b.WriteString(c.picture(r))
		}
		return true
	})
	for _, span := range spans {
		b.WriteString(span.code)
	}
	return b.String()
}

// span is a styling sequence and the offset in the plain text before which it stands.
type span struct {
	at   int
	code string
}

func separate(s string) (string, []span) {
	var plain strings.Builder
	var spans []span
	for i := 0; i < len(s); {
		if n := styling(s[i:]); n > 0 {
			spans = append(spans, span{plain.Len(), s[i : i+n]})
			i += n
			continue
		}
		plain.WriteByte(s[i])
		i++
	}
	return plain.String(), spans
}

// styling is the length of the colour or attribute sequence s begins with, 0 if it begins with none.
func styling(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	n := 2 + len(s[2:]) - len(strings.TrimLeft(s[2:], "0123456789;:"))
	if n < len(s) && s[n] == 'm' {
		return n + 1
	}
	return 0
}
