package letter

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// missingMark stands for every letter the font has no sign for, so that none
// vanishes. The fonts hold Latin, Greek and Cyrillic; Vietnamese letters with
// two accents, Arabic, Hebrew, Armenian, Georgian, the scripts of India, Thai,
// Chinese, Japanese, Korean and emoji are among what they lack. A line with a
// mark is still read out and copied as it is written, and a note at the foot
// says where the text stands in full.
const missingMark = '\ufffd'

// coverage knows which letters a font has.
type coverage struct {
	font *sfnt.Font
	buf  sfnt.Buffer
	has  map[rune]bool
}

func newCoverage(ttf []byte) (*coverage, error) {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("reading the font of the letters: %w", err)
	}
	return &coverage{font: f, has: map[rune]bool{}}, nil
}

func (c *coverage) covers(r rune) bool {
	has, known := c.has[r]
	if !known {
		i, err := c.font.GlyphIndex(&c.buf, r)
		has = err == nil && i != 0 && r <= 0xffff // the library draws no others
		c.has[r] = has
	}
	return has
}

// shown returns a text as it is read: nothing hidden, accents joined to their
// letters, and all spaces alike. Shown again it stays the same.
func (c *coverage) shown(s string) string {
	if easy(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		case r == '\u2010' || r == '\u2011': // hyphens
			return '-'
		}
		return r
	}, norm.NFC.String(visible(s)))
}

// easy reports whether a text is of the letters that need no care.
func easy(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' || s[i] > '~') && s[i] != '\n' {
			return false
		}
	}
	return true
}

// drawn returns a text as it will be drawn: as it is shown, with a mark for
// each letter the font lacks.
func (c *coverage) drawn(s string) string { return c.marked(c.shown(s)) }

func (c *coverage) marked(shown string) string {
	if easy(shown) {
		return shown
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || c.covers(r) {
			return r
		}
		return missingMark
	}, shown)
}

// lacks reports whether any letter of a text would be a mark.
func (c *coverage) lacks(s string) bool { return strings.ContainsRune(c.drawn(s), missingMark) }

// use sets the face for what is measured or drawn next.
func (p *paper) use(f face) {
	if p.now == f {
		return
	}
	p.now = f
	p.pdf.SetFont(fontFamily, f.style, f.size)
	p.pdf.SetTextColor(f.colour.r, f.colour.g, f.colour.b)
}

// width is how wide a text is drawn, in millimetres.
func (p *paper) width(f face, s string) float64 { return p.measure(f, p.font.shown(s)) }

// text draws one line with its upper edge at y.
func (p *paper) text(f face, x, y float64, s string) { p.line(f, x, y, p.font.shown(s)) }

// line draws a line that is as shown, such as one of wrap. Where the font lacks
// a letter, the line is still read out and copied as it is written.
func (p *paper) line(f face, x, y float64, s string) {
	if s == "" {
		return
	}
	const baseline = 0.76 // of the height of a line
	p.use(f)
	drawn := p.font.marked(s)
	for _, r := range drawn {
		p.used[r] = true
	}
	draw := func() { p.pdf.Text(x, y+f.lead*baseline, drawn) }
	if drawn == s {
		p.content(draw)
		return
	}
	p.missing[p.pdf.PageNo()] = true
	p.instead(s, draw)
}

// wrap breaks a text into lines no wider than width, at spaces where it can;
// there is always one line. A line that ends where a word does ends in a space,
// unless it is the last: so the words stay apart when lines are read on.
func (p *paper) wrap(f face, s string, width float64) []string {
	var lines []string
	s = strings.Trim(p.font.shown(s), " ")
	if !strings.Contains(s, "\n") && p.measure(f, s) <= width {
		return []string{s}
	}
	for paragraph := range strings.SplitSeq(s, "\n") {
		if len(lines) > 0 {
			lines[len(lines)-1] += " "
		}
		lines = append(lines, p.wrapParagraph(block{f, 0, width}, strings.Fields(paragraph))...)
	}
	return lines
}

func (p *paper) wrapParagraph(b block, words []string) []string {
	var lines []string
	space, line, used := p.measure(b.face, " "), "", 0.0
	for _, word := range words {
		w := p.measure(b.face, word)
		if line != "" && used+space+w <= b.width {
			line, used = line+" "+word, used+space+w
			continue
		}
		if line != "" {
			lines = append(lines, line+" ")
		}
		for w > b.width {
			var head string
			head, word = p.split(b, word)
			lines = append(lines, head)
			w = p.measure(b.face, word)
		}
		line, used = word, w
	}
	return append(lines, line)
}

// split cuts a word that is wider than a line, at least one letter before the
// cut and none that joins it after.
func (p *paper) split(b block, word string) (head, rest string) {
	used := 0.0
	for i, r := range word {
		used += p.measure(b.face, string(r))
		if i > 0 && used > b.width && !joiner(r) {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// atMost wraps a text to at most n lines; the last one says where there is more.
func (p *paper) atMost(n int, b block, s string) []string {
	lines := p.wrap(b.face, s, b.width)
	if len(lines) <= n {
		return lines
	}
	last := []rune(strings.TrimRight(lines[n-1], " "))
	for len(last) > 0 && p.measure(b.face, string(last)+"…") > b.width {
		last = last[:len(last)-1]
	}
	return append(lines[:n-1:n-1], string(last)+"…")
}

// block is a text in a column: where the column begins and how wide it is.
type block struct {
	face  face
	x     float64
	width float64
}

// full is a block across the page.
func full(f face) block { return block{f, leftEdge, fullWidth} }

// print sets a text below what is there, over as many pages as it takes: as a
// paragraph, or as a heading where its face is one, unless it stands in an
// element that holds text.
func (p *paper) print(b block, s string) {
	if p.at.group {
		p.open(tagOf(b.face))
		defer p.close()
	}
	for _, l := range p.wrap(b.face, s, b.width) {
		p.room(b.face.lead)
		p.line(b.face, b.x, p.y, l)
		p.y += b.face.lead
	}
}

func tagOf(f face) tag {
	switch f {
	case titleFace:
		return asTitle
	case headingFace:
		return asHeading
	}
	return asParagraph
}

// heading sets a heading that stays with what follows it.
func (p *paper) heading(s string) {
	p.y += 2.6
	p.room(4 * headingFace.lead)
	p.print(full(headingFace), s)
	p.y += 0.6
}

// gap leaves space.
func (p *paper) gap(h float64) { p.y += h }

// stroke draws a thin line.
func (p *paper) stroke(x1, y1, x2, y2 float64) {
	p.rule()
	p.pdf.SetDrawColor(line.r, line.g, line.b)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(x1, y1, x2, y2)
}

// boxSize is the side of a tick box in millimetres.
const boxSize = 3.8

// box draws an empty tick box, which is read out as one.
func (p *paper) box(x, y float64) {
	p.pdf.SetDrawColor(black.r, black.g, black.b)
	p.pdf.SetLineWidth(0.3)
	p.instead("☐ ", func() { p.pdf.Rect(x, y, boxSize, boxSize, "D") })
}
