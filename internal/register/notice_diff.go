package register

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// DiffPart is a piece of the comparison of two wordings.
type DiffPart struct {
	Kind string `json:"kind"` // DiffSame, DiffOut or DiffIn
	Text string `json:"text"`
}

// The kinds of a DiffPart.
const (
	DiffSame = "same" // in both
	DiffOut  = "out"  // in the old wording only
	DiffIn   = "in"   // in the new wording only
)

// longestDiff is how many words and gaps two wordings may have together to be
// compared word by word; the time it takes grows with the square.
const longestDiff = 20_000

// NoticeDiff compares two wordings by words. White space is kept as it is: the
// texts of all "same" and "out" parts joined are the old wording, those of all
// "same" and "in" parts the new one. What was replaced comes before what
// replaces it. Wordings of more than some 10,000 words together are given as
// one "out" and one "in".
func NoticeDiff(before, after string) []DiffPart {
	b := diffBuilder{parts: []DiffPart{}}
	words := dictionary{index: map[string]rune{}}
	was, is := words.runes(before), words.runes(after)
	if len(was)+len(is) > longestDiff && before != after {
		b.out.WriteString(before)
		b.in.WriteString(after)
		b.flush()
		return b.parts
	}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the result must not depend on the speed of the machine
	for _, d := range dmp.DiffMainRunes(was, is, false) {
		b.add(d.Type, words.text(d.Text))
	}
	b.flush()
	return b.parts
}

// dictionary gives every different word or gap a character of its own.
type dictionary struct {
	index map[string]rune
	words []string
}

const (
	surrogates   = 0xD800 // the first of the code points that are no characters
	noSurrogates = 0x800  // and how many there are
)

func (d *dictionary) runes(text string) []rune {
	var out []rune
	for len(text) > 0 {
		n := wordEnd(text)
		word := text[:n]
		text = text[n:]
		r, known := d.index[word]
		if !known {
			r = rune(len(d.words))
			if r >= surrogates {
				r += noSurrogates
			}
			d.index[word] = r
			d.words = append(d.words, word)
		}
		out = append(out, r)
	}
	return out
}

func (d *dictionary) text(coded string) string {
	var b strings.Builder
	for _, r := range coded {
		if r >= surrogates {
			r -= noSurrogates
		}
		b.WriteString(d.words[r])
	}
	return b.String()
}

// wordEnd is where the word, or the gap, that a text begins with ends.
func wordEnd(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if unicode.IsSpace(r) != unicode.IsSpace(first) {
			break
		}
		n += size
	}
	return n
}

// diffBuilder gathers what lies between two stretches that are the same, so
// that a changed phrase reads as a phrase and not word by word.
type diffBuilder struct {
	parts   []DiffPart
	out, in strings.Builder
	gap     string // white space that may yet turn out to be inside a phrase
}

func (b *diffBuilder) add(op diffmatchpatch.Operation, text string) {
	switch op {
	case diffmatchpatch.DiffEqual:
		changed := b.out.Len()+b.in.Len() > 0
		if changed && b.gap == "" && strings.Trim(text, " ") == "" {
			b.gap = text
			return
		}
		b.flush()
		b.same(text)
		return
	case diffmatchpatch.DiffDelete:
		b.keepGap()
		b.out.WriteString(text)
	case diffmatchpatch.DiffInsert:
		b.keepGap()
		b.in.WriteString(text)
	}
}

func (b *diffBuilder) keepGap() {
	b.out.WriteString(b.gap)
	b.in.WriteString(b.gap)
	b.gap = ""
}

func (b *diffBuilder) flush() {
	if b.out.Len() > 0 {
		b.parts = append(b.parts, DiffPart{DiffOut, b.out.String()})
	}
	if b.in.Len() > 0 {
		b.parts = append(b.parts, DiffPart{DiffIn, b.in.String()})
	}
	b.out.Reset()
	b.in.Reset()
	if b.gap != "" {
		b.same(b.gap)
		b.gap = ""
	}
}

func (b *diffBuilder) same(text string) {
	if last := len(b.parts) - 1; last >= 0 && b.parts[last].Kind == DiffSame {
		b.parts[last].Text += text
		return
	}
	b.parts = append(b.parts, DiffPart{DiffSame, text})
}
