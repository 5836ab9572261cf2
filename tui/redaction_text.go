package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"custos/internal/register"
	"custos/tui/theme"
)

// packText is the text of a pack as words, laid out in lines.
type packText struct {
	passages []register.Passage
	words    []packWord
	lines    []packLine
	on       []int // by word: the line it begins on
	width    int   // the lines are laid out for
}

// packWord is a word of a passage, or a gap: that is one, however many words it is written with.
type packWord struct {
	passage  int
	from, to int // bytes
	gap      bool
	glued    bool // no space stands before it
	breaks   bool // a line ends before it
}

// packLine is a heading, or a line of words.
type packLine struct {
	head  string
	major bool
	cells []packCell
}

// packCell is a word on a line, or a piece of one that is longer than a line.
type packCell struct {
	word, at int // at: column
	text     string
}

// newPackText takes texts apart; gaps are how the gaps of the office read.
func newPackText(passages []register.Passage, gaps []string) *packText {
	t := &packText{passages: passages, width: -1}
	for i := range passages {
		t.split(i, gaps)
	}
	return t
}

func (t *packText) split(passage int, gaps []string) {
	text := t.passages[passage].Text
	start, last, breaks := -1, -1, false
	add := func(from, to int, gap bool) {
		t.words = append(t.words, packWord{passage, from, to, gap, from == last, breaks})
		start, last, breaks = -1, to, false
	}
	for at := 0; at < len(text); {
		if n := gapLength(text[at:], gaps); n > 0 {
			if start >= 0 {
				add(start, at, false)
			}
			add(at, at+n, true)
			at += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch space := unicode.IsSpace(r); {
		case space && start >= 0:
			add(start, at, false)
			fallthrough
		case space:
			breaks = breaks || r == '\n'
		case start < 0:
			start = at
		}
		at += size
	}
	if start >= 0 {
		add(start, len(text), false)
	}
}

// gapLength is how long the gap is that a text begins with, 0 for none.
func gapLength(s string, gaps []string) int {
	if s[0] != '[' {
		return 0
	}
	for _, g := range gaps {
		if strings.HasPrefix(s, g) {
			return len(g)
		}
	}
	return 0
}

// between is the text from one word to another of the same passage, without what only parts it from the rest.
func (t *packText) between(first, last int) string {
	if first > last {
		first, last = last, first
	}
	from, to := t.words[first], t.words[last]
	return strings.TrimFunc(t.passages[from.passage].Text[from.from:to.to], func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// text is a word as it stands.
func (t *packText) text(i int) string {
	w := t.words[i]
	return t.passages[w.passage].Text[w.from:w.to]
}

const packIndent = 2

// layout puts the words on lines, each passage under what it is.
func (t *packText) layout(th *theme.Theme, width int) {
	if t.width == width {
		return
	}
	t.width, t.lines, t.on = width, nil, make([]int, len(t.words))
	column := 0
	for i, w := range t.words {
		if i == 0 || t.words[i-1].passage != w.passage {
			t.heads(th, i)
			t.lines, column = append(t.lines, packLine{}), packIndent
		} else if w.breaks {
			t.lines, column = append(t.lines, packLine{}), packIndent
		}
		for n, piece := range t.pieces(th, i) {
			gap := 1
			if column == packIndent || w.glued && n == 0 {
				gap = 0
			}
			wide := theme.Width(piece)
			if column+gap+wide > width && column > packIndent {
				t.lines, column, gap = append(t.lines, packLine{}), packIndent, 0
			}
			line := &t.lines[len(t.lines)-1]
			line.cells = append(line.cells, packCell{i, column + gap, piece})
			column += gap + wide
			if n == 0 {
				t.on[i] = len(t.lines) - 1
			}
		}
	}
}

// pieces are what a word is shown as: a gap by its words, anything else whole unless no line holds it.
func (t *packText) pieces(th *theme.Theme, i int) []string {
	clean := th.Clean(t.text(i))
	if t.words[i].gap {
		return strings.Fields(clean)
	}
	if all := theme.Wrap(clean, max(1, t.width-packIndent)); len(all) > 0 {
		return all
	}
	return []string{clean}
}

// heads says what a passage is, and which chapter begins with it.
func (t *packText) heads(th *theme.Theme, word int) {
	p := &t.passages[t.words[word].passage]
	if word == 0 || t.passages[t.words[word-1].passage].Chapter != p.Chapter {
		if len(t.lines) > 0 {
			t.lines = append(t.lines, packLine{})
		}
		t.lines = append(t.lines, packLine{head: th.Clean(p.Chapter), major: true})
	}
	label := p.Label
	if p.Where != "" {
		label = p.Where + ": " + label
	}
	if p.Record != "" {
		label += " (" + p.Record + ")"
	}
	t.lines = append(t.lines, packLine{head: th.Clean(label)})
}

// over is the word nearest above or below another; itself where there is none.
func (t *packText) over(word, lines int) int {
	if len(t.lines) == 0 {
		return word
	}
	at, step := t.on[word], 1
	if lines < 0 {
		step = -1
	}
	column := 0
	for _, c := range t.lines[at].cells {
		if c.word == word {
			column = c.at
			break
		}
	}
	best := word
	for i := at + step; i >= 0 && i < len(t.lines); i += step {
		if len(t.lines[i].cells) > 0 {
			best = t.lines[i].nearest(column)
			if (i-at)*step >= lines*step && best != word {
				return best
			}
		}
	}
	return best
}

func (l *packLine) nearest(column int) int {
	best := l.cells[0]
	for _, c := range l.cells[1:] {
		if abs(c.at-column) < abs(best.at-column) {
			best = c
		}
	}
	return best.word
}

func abs(n int) int { return max(n, -n) }

// find is the next word, or the one before, at which all the words sought begin to stand; -1 for none.
func (t *packText) find(from int, sought string, step int) int {
	want := strings.Fields(strings.ToLower(sought))
	if len(want) == 0 || len(t.words) == 0 {
		return -1
	}
	for n := 1; n <= len(t.words); n++ {
		at := (from + n*step%len(t.words) + len(t.words)) % len(t.words)
		if t.stands(at, want) {
			return at
		}
	}
	return -1
}

func (t *packText) stands(at int, want []string) bool {
	for i, w := range want {
		n := at + i
		if n >= len(t.words) || t.words[n].passage != t.words[at].passage ||
			!strings.Contains(strings.ToLower(t.text(n)), w) {
			return false
		}
	}
	return true
}
