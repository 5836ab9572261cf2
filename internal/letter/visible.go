package letter

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow one letter; a longer pile
// would be drawn over the lines around it.
const maxMarks = 4

// visible gives a text in which nothing is hidden: control characters, signs
// that turn the direction of text around and other characters that draw
// nothing are written out, such as [U+202E]. Line feeds and tabs stay. Joiners
// stay in the scripts and emoji that are spelt with them.
func visible(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	prev, marks := rune(0), 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		text := s[i : i+size]
		i += size
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString("[not text]")
		case r == '\r' && strings.HasPrefix(s[i:], "\n"):
		case hidden(r, prev) || marks > maxMarks:
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteString(text)
		}
		prev = r
	}
	return b.String()
}

// hidden reports whether r, standing after prev, draws nothing of its own.
func hidden(r, prev rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\u200c', '\u200d': // joiners
		return prev < '\u0300' || joiner(prev)
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f': // fillers
		return true
	}
	return r >= 0x7f && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r < ' '
}
