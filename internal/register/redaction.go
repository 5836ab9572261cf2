package register

import (
	"cmp"
	"slices"
	"strings"
)

// RedactionInput marks words to be taken out of a pack.
type RedactionInput struct {
	Words  string
	Code   string // of the office's list of exemptions
	Reason string
}

// Redactor takes the words of marks out of texts. It is for one goroutine.
type Redactor struct {
	marks []Redaction
	words [][]rune // of the marks, folded
	first map[rune][]int
	gap   func(Redaction) string
	// Gaps counts how many gaps each mark made, by its place in the list.
	Gaps []int
}

// NewRedactor makes marks ready. A mark without a word finds nothing.
func NewRedactor(marks []Redaction, gap func(Redaction) string) *Redactor {
	r := &Redactor{marks: marks, gap: gap, first: map[rune][]int{}, Gaps: make([]int, len(marks))}
	for i := range marks {
		f := foldText(strings.TrimSpace(marks[i].Words))
		words := trimSpaces(f.runes)
		r.words = append(r.words, words)
		if len(words) > 0 {
			r.first[words[0]] = append(r.first[words[0]], i)
		}
	}
	return r
}

func trimSpaces(runes []rune) []rune {
	for len(runes) > 0 && runes[0] == ' ' {
		runes = runes[1:]
	}
	for len(runes) > 0 && runes[len(runes)-1] == ' ' {
		runes = runes[:len(runes)-1]
	}
	return runes
}

// Text returns a text without the words of the marks, in whose place stands what
// gap says of the mark. Words are found whole, in any case, with or without
// accents, however they are spaced. Where marks overlap, all that they cover
// goes, and the longest of them speaks for it.
func (r *Redactor) Text(text string) string {
	cuts := r.cuts(text)
	if len(cuts) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, c := range cuts {
		b.WriteString(text[at:c.from])
		b.WriteString(r.gap(r.marks[c.mark]))
		r.Gaps[c.mark]++
		at = c.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// Finds returns the marks whose words stand in a text, by their places in the
// list, each once.
func (r *Redactor) Finds(text string) []int {
	var found []int
	for _, c := range r.all(text) {
		if !slices.Contains(found, c.mark) {
			found = append(found, c.mark)
		}
	}
	slices.Sort(found)
	return found
}

// cut is a piece of a text that goes, in bytes.
type cut struct{ from, to, mark int }

// cuts are the pieces that go, in order, those that touch each other joined.
func (r *Redactor) cuts(text string) []cut {
	all := r.all(text)
	slices.SortFunc(all, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.mark, b.mark))
	})
	joined := all[:0]
	longest := 0
	for _, c := range all {
		last := len(joined) - 1
		if last < 0 || c.from >= joined[last].to {
			joined, longest = append(joined, c), c.to-c.from
			continue
		}
		joined[last].to = max(joined[last].to, c.to)
		if c.to-c.from > longest {
			joined[last].mark, longest = c.mark, c.to-c.from
		}
	}
	return joined
}

// all finds every mark at every place.
func (r *Redactor) all(text string) []cut {
	if !r.may(text) {
		return nil
	}
	f := foldText(text)
	var found []cut
	for at, c := range f.runes {
		for _, i := range r.first[c] {
			if end := at + len(r.words[i]); f.holds(r.words[i], at) && f.bounded(at, end) {
				found = append(found, cut{f.from[at], f.to[end-1], i})
			}
		}
	}
	return found
}

// may reports whether a text can hold the words at all: the quick answer for
// nearly every text of a pack, which is plain and begins no word as a mark does.
func (r *Redactor) may(text string) bool {
	word := false
	for _, c := range []byte(text) {
		if c >= 0x80 {
			return len(r.first) > 0
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if !word || !isWordRune(rune(c)) {
			if _, ok := r.first[rune(c)]; ok {
				return true
			}
		}
		word = isWordRune(rune(c))
	}
	return false
}
