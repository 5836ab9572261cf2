package needle

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"custos/store/trigram"
)

// folds says what each character is compared as: trigram.Fold, a character at a time.
type folds struct {
	table   []rune          // up to tabled: 0 where the character is ignored, several where it is in many
	many    map[rune][]rune // what folds to several characters
	inverse map[rune][]rune // by what they begin with when folded: the characters that fold to another one
}

const (
	tabled  = 0x10000
	several = -1

	firstSyllable, lastSyllable rune = 0xAC00, 0xD7AF // of Korean
)

// lettered are the characters beyond the table that fold to letters and digits.
var lettered = [2]rune{0x1D400, 0x1D7FF}

// theFolds are worked out when they are first asked for, and never change.
var theFolds = sync.OnceValue(newFolds)

func newFolds() *folds {
	f := &folds{table: make([]rune, tabled), many: map[rune][]rune{}, inverse: map[rune][]rune{}}
	for r := range rune(tabled) {
		if !folding(r) {
			f.table[r] = r
			continue
		}
		folded := fold(r)
		switch len(folded) {
		case 0:
		case 1:
			f.table[r] = folded[0]
		default:
			f.table[r] = several
			f.many[r] = folded
		}
		f.invert(r, folded)
	}
	for r := lettered[0]; r <= lettered[1]; r++ {
		f.invert(r, fold(r))
	}
	return f
}

// folding reports whether a character may fold to another: ideographs, half pairs and private characters do not. Korean
// syllables do, and are worked out when they are met.
func folding(r rune) bool {
	return r < 0x3400 || r > 0x9FFF && r < firstSyllable || r > 0xF8FF
}

func (f *folds) invert(r rune, folded []rune) {
	if len(folded) > 0 && (len(folded) > 1 || folded[0] != r) {
		f.inverse[folded[0]] = append(f.inverse[folded[0]], r)
	}
}

// of returns what a character is compared as: one, or rest after it, or 0 for one that is ignored.
func (f *folds) of(r rune) (c rune, rest []rune) {
	var folded []rune
	switch {
	case r >= firstSyllable && r <= lastSyllable, r >= tabled:
		folded = fold(r)
	case f.table[r] != several:
		return f.table[r], nil
	default:
		folded = f.many[r]
	}
	if len(folded) == 0 {
		return 0, nil
	}
	return folded[0], folded[1:]
}

// fold works out what one character is compared as. Fold drops spaces at the ends, so it is asked between two letters.
func fold(r rune) []rune {
	if unicode.IsSpace(r) {
		return []rune{' '}
	}
	s := trigram.Fold("a" + string(r) + "b")
	return []rune(strings.TrimSuffix(strings.TrimPrefix(s, "a"), "b"))
}

// readUTF8 takes the character that begins at a place; its size is 0 at the end.
func readUTF8(b []byte, at int) (rune, int) {
	if at < len(b) && b[at] < utf8.RuneSelf {
		return rune(b[at]), 1
	}
	return utf8.DecodeRune(b[min(at, len(b)):])
}

// readUTF16 does so in UTF-16 LE. Half a pair is an unknown character.
func readUTF16(b []byte, at int) (rune, int) {
	if at+2 > len(b) {
		return utf8.RuneError, 0
	}
	r := rune(b[at]) | rune(b[at+1])<<8
	if r < 0xD800 || r > 0xDFFF {
		return r, 2
	}
	if r < 0xDC00 && at+4 <= len(b) {
		if low := rune(b[at+2]) | rune(b[at+3])<<8; low >= 0xDC00 && low <= 0xDFFF {
			return (r-0xD800)<<10 | (low - 0xDC00) + 0x10000, 4
		}
	}
	return utf8.RuneError, 2
}
