// Package needle finds texts and numbers in bytes, however they are written there: in any case, with or without accents,
// apostrophes and hyphens, in UTF-8 or UTF-16. It knows nothing of records, files or people, and never changes what it
// looks through.
package needle

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"custos/store/trigram"
)

// Kind is how a needle is compared.
type Kind string

// The kinds.
const (
	// Text is compared as trigram.Fold makes it, at word boundaries, a run of white space as one. Where the needle has
	// only letters, as names do, apostrophes count for nothing, a hyphen may be missing or a space, and an underscore
	// is a space.
	Text Kind = "text"
	// Digits is compared by its digits alone: spaces, dots, dashes and brackets between them count for nothing, and a
	// leading +44, 0044 or 0 are the same.
	Digits Kind = "digits"
)

// Needle is what is looked for.
type Needle struct {
	Text string
	Kind Kind
}

// Set is needles made ready to be looked for, all in one pass. It never changes and is safe for concurrent use.
type Set struct {
	patterns []pattern
	folds    *folds
	byFirst  [utf8.RuneSelf][]int // patterns by the first character, folded
	others   []int                // those that begin with another one
	narrow   starts               // how UTF-8 may begin
	wide     starts               // how UTF-16 LE may begin
	either   starts
	thirds   thirds // how UTF-8 may go on
	wideNext starts // how UTF-16 LE may go on
	single   bool   // some needle is one character
	span     int    // bytes that a find hardly ever exceeds
}

// pattern is one needle, folded.
type pattern struct {
	runes  []rune // a hyphen and a space are breaks in a name
	digits bool
	name   bool
	abroad bool // digits: a prefix may stand before them
}

// New makes needles ready. A finding names a needle by its place in the list. The error names the first needle that
// holds nothing to look for.
func New(needles []Needle) (*Set, error) {
	s := &Set{folds: theFolds()}
	for i, n := range needles {
		p := newPattern(n)
		if len(p.runes) == 0 {
			return nil, fmt.Errorf("needle %d holds nothing that could be looked for", i)
		}
		s.patterns = append(s.patterns, p)
		s.span = max(s.span, len(p.runes)*8+slack)
		if r := p.runes[0]; r < utf8.RuneSelf {
			s.byFirst[r] = append(s.byFirst[r], i)
		} else {
			s.others = append(s.others, i)
		}
		s.mark(&p)
	}
	for i := range s.either {
		s.either[i] = s.narrow[i] | s.wide[i]
	}
	return s, nil
}

// Len is how many needles there are.
func (s *Set) Len() int { return len(s.patterns) }

// Span is how many bytes a find fills at the most, but for one stretched by very much white space.
func (s *Set) Span() int { return s.span }

func newPattern(n Needle) pattern {
	folded := trigram.Fold(n.Text)
	if n.Kind == Digits {
		return digitPattern(folded)
	}
	if !isName(folded) {
		return pattern{runes: []rune(folded)}
	}
	p := pattern{name: true}
	for _, r := range folded {
		last := len(p.runes) - 1
		switch {
		case r == '\'':
		case !isBreak(r):
			p.runes = append(p.runes, r)
		case last < 0:
		case !isBreak(p.runes[last]):
			p.runes = append(p.runes, breakOf(r))
		case breakOf(r) == ' ':
			p.runes[last] = ' '
		}
	}
	if n := len(p.runes); n > 0 && isBreak(p.runes[n-1]) {
		p.runes = p.runes[:n-1]
	}
	return p
}

// isName reports whether a folded text has nothing in it that names have not.
func isName(folded string) bool {
	return !strings.ContainsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '\'' && r != '.' && !isBreak(r)
	})
}

func isBreak(r rune) bool { return r == ' ' || r == '-' || r == '_' }

// breakOf is ' ' where something must stand between two parts of a name, '-' where it may.
func breakOf(r rune) rune {
	if r == '-' {
		return '-'
	}
	return ' '
}

// longNumber is from how many digits on a number may be one that is dialled.
const longNumber = 9

func digitPattern(folded string) pattern {
	plus := strings.HasPrefix(folded, "+")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, folded)
	core := digits
	switch {
	case strings.HasPrefix(digits, "0044"):
		core = digits[4:]
	case plus && strings.HasPrefix(digits, "44"):
		core = digits[2:]
	}
	core = strings.TrimPrefix(core, "0")
	if core == "" {
		core = digits
	}
	return pattern{runes: []rune(core), digits: true, abroad: core != digits || len(core) >= longNumber}
}
