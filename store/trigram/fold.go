package trigram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to what is compared: lower case, no accents, one plain apostrophe and one plain hyphen for all
// their look-alikes, ligatures and letters such as ß spelled out, and single spaces between words. Rows and queries
// are folded alike. Folding twice changes nothing more.
func Fold(s string) string {
	clean, ascii := true, true
	space := true // a space here would lead or be doubled
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= utf8.RuneSelf {
			ascii = false
			break
		}
		if b < ' ' || b == 0x7f || b == '`' || 'A' <= b && b <= 'Z' || b == ' ' && space {
			clean = false
		}
		space = b == ' '
	}
	switch {
	case !ascii:
		return foldUnicode(s)
	case clean && (len(s) == 0 || !space):
		return s
	}
	f := folder{out: make([]byte, 0, len(s))}
	for i := 0; i < len(s); i++ {
		f.add(rune(s[i]))
	}
	return string(f.out)
}

func foldUnicode(s string) string {
	f := folder{out: make([]byte, 0, len(s))}
	// An acute accent standing alone decomposes to a space and a mark: it must become an apostrophe first.
	for _, r := range norm.NFKD.String(strings.Map(plainQuote, s)) {
		f.add(r)
	}
	return string(f.out)
}

// folder gathers folded runes; a space waits until something follows it.
type folder struct {
	out   []byte
	space bool
}

func (f *folder) add(r rune) {
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	switch {
	case '!' <= r && r < '`' || 'a' <= r && r <= '~': // nothing to look up
		if f.space {
			f.out = append(f.out, ' ')
			f.space = false
		}
		f.out = append(f.out, byte(r))
		return
	case unicode.IsSpace(r):
		f.space = len(f.out) > 0
		return
	case unicode.In(r, unicode.Mn, unicode.Cf, unicode.Cc):
		return
	}
	if f.space {
		f.out = append(f.out, ' ')
		f.space = false
	}
	r = plainQuote(unicode.ToLower(r))
	if t, ok := spelled[r]; ok {
		f.out = append(f.out, t...)
		return
	}
	f.out = utf8.AppendRune(f.out, r)
}

func plainQuote(r rune) rune {
	switch r {
	case '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ˈ', '＇', '\uff40':
		return '\''
	}
	return r
}

// spelled gives letters and signs that do not decompose as people type them.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h",
	'ŧ': "t", 'ŋ': "ng", 'ς': "σ",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
}
