package register

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as words are compared in it: each rune with the bytes of the
// text it stands for.
type folded struct {
	runes    []rune
	from, to []int
}

// foldText reduces a text to lower case without accents, one plain apostrophe
// and hyphen for all their likes, one space for a run of them, and nothing for
// what draws nothing.
func foldText(text string) *folded {
	f := &folded{
		runes: make([]rune, 0, len(text)), from: make([]int, 0, len(text)), to: make([]int, 0, len(text)),
	}
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		f.fold(r, at, at+size)
		at += size
	}
	return f
}

func (f *folded) fold(r rune, from, to int) {
	switch {
	case 'A' <= r && r <= 'Z':
		f.add(r+'a'-'A', from, to)
	case '!' <= r && r <= '~' && r != '`':
		f.add(r, from, to)
	case unicode.IsSpace(r):
		f.space(from, to)
	default:
		f.foldOther(r, from, to)
	}
}

func (f *folded) foldOther(r rune, from, to int) {
	if p := plainSign(r); p != r {
		f.add(p, from, to)
		return
	}
	for _, d := range norm.NFKD.String(string(r)) {
		d = plainSign(unicode.ToLower(d))
		switch {
		case unicode.IsSpace(d):
			f.space(from, to)
		case unicode.In(d, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc, unicode.Variation_Selector):
		case spelledOut[d] != "":
			for _, s := range spelledOut[d] {
				f.add(s, from, to)
			}
		default:
			f.add(d, from, to)
		}
	}
}

func (f *folded) add(r rune, from, to int) {
	f.runes, f.from, f.to = append(f.runes, r), append(f.from, from), append(f.to, to)
}

// space adds a space, or makes the one before it longer.
func (f *folded) space(from, to int) {
	if last := len(f.runes) - 1; last >= 0 && f.runes[last] == ' ' {
		f.to[last] = to
		return
	}
	f.add(' ', from, to)
}

// plainSign returns the apostrophe or hyphen people type for its look-alikes.
func plainSign(r rune) rune {
	switch r {
	case '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ˈ', '＇', '\uff40':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	}
	return r
}

// spelledOut gives letters that do not decompose as they are typed without them.
var spelledOut = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t",
	'ς': "σ",
}

func (f *folded) holds(words []rune, at int) bool {
	return at+len(words) <= len(f.runes) && slices.Equal(f.runes[at:at+len(words)], words)
}

// bounded reports whether the runes from one place to another stand by
// themselves: no letter or digit goes on at either end.
func (f *folded) bounded(from, to int) bool {
	begins := from == 0 || !isWordRune(f.runes[from]) || !isWordRune(f.runes[from-1])
	ends := to == len(f.runes) || !isWordRune(f.runes[to-1]) || !isWordRune(f.runes[to])
	return begins && ends
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
