package trigram

import (
	"bytes"
	"slices"
	"strings"
)

// maxKeys caps the trigrams looked up for one word; the rest of a longer word is left to the check of the text.
const maxKeys = 48

// word is one word of a query. With three bytes or more it has keys, all of which its rows hold; a shorter one has
// the range lo to hi, one of which its rows hold.
type word struct {
	text   []byte
	keys   []uint32
	lo, hi uint32
}

// parse splits a folded query, leaving out words that others contain.
func parse(query string) []word {
	fields := strings.Fields(Fold(query))
	slices.SortFunc(fields, func(a, b string) int { return len(b) - len(a) })
	var words []word
	for _, f := range fields {
		if !slices.ContainsFunc(words, func(w word) bool { return bytes.Contains(w.text, []byte(f)) }) {
			words = append(words, newWord(f))
		}
	}
	return words
}

func newWord(text string) word {
	w := word{text: []byte(text)}
	key := uint32(0)
	for i := range len(text) {
		key = (key<<classBits | classes[text[i]]) & keyMask
		if i >= 2 && len(w.keys) < maxKeys && !slices.Contains(w.keys, key) {
			w.keys = append(w.keys, key)
		}
	}
	if missing := 3 - len(text); missing > 0 {
		w.lo = key << (missing * classBits)
		w.hi = w.lo | (1<<(missing*classBits) - 1)
	}
	return w
}

func matches(text []byte, words []word) bool {
	for i := range words {
		if !bytes.Contains(text, words[i].text) {
			return false
		}
	}
	return true
}

// most is an upper bound of the packed rows that hold the word.
func (p *packed) most(w *word) int {
	if w.keys == nil {
		from, to := p.between(w.lo, w.hi)
		sum := 0
		for _, n := range p.ns[from:to] {
			sum += int(n)
		}
		return min(sum, len(p.ends))
	}
	least := len(p.ends)
	for _, key := range w.keys {
		k, ok := p.find(key)
		if !ok {
			return 0
		}
		least = min(least, int(p.ns[k]))
	}
	return least
}

// between is the range of places in keys from lo to hi, both included.
func (p *packed) between(lo, hi uint32) (from, to int) {
	from, _ = p.find(lo)
	to, _ = p.find(hi + 1)
	return from, to
}
