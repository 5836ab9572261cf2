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
// Chinese, Japanese, Korean and emoji are among what they lack.
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
		has = err == nil && i != 0
		c.has[r] = has
	}
	return has
}

// drawn returns a text as it will be drawn: nothing hidden, accents joined to
// their letters, and a mark for each letter the font lacks.
func (c *coverage) drawn(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		case r == '\u2010' || r == '\u2011': // hyphens
			return '-'
		case c.covers(r):
			return r
		}
		return missingMark
	}, norm.NFC.String(visible(s)))
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
func (p *paper) width(f face, s string) float64 {
	p.use(f)
	return p.pdf.GetStringWidth(p.font.drawn(s))
}

// text draws one line with its upper edge at y.
func (p *paper) text(f face, x, y float64, s string) {
	p.use(f)
	s = p.font.drawn(s)
	if strings.ContainsRune(s, missingMark) {
		p.missing[p.pdf.PageNo()] = true
	}
	const baseline = 0.76 // of the height of a line
	p.pdf.Text(x, y+f.lead*baseline, s)
}

// wrap breaks a text into lines no wider than width, at spaces where it can;
// there is always one line.
func (p *paper) wrap(f face, s string, width float64) []string {
	p.use(f)
	var lines []string
	for paragraph := range strings.SplitSeq(p.font.drawn(s), "\n") {
		lines = append(lines, p.wrapParagraph(strings.Fields(paragraph), width)...)
	}
	return lines
}

func (p *paper) wrapParagraph(words []string, width float64) []string {
	var lines []string
	space, line, used := p.pdf.GetStringWidth(" "), "", 0.0
	for _, word := range words {
		w := p.pdf.GetStringWidth(word)
		if line != "" && used+space+w <= width {
			line, used = line+" "+word, used+space+w
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for w > width {
			var head string
			head, word = p.split(word, width)
			lines = append(lines, head)
			w = p.pdf.GetStringWidth(word)
		}
		line, used = word, w
	}
	return append(lines, line)
}

// split cuts a word that is wider than a line, at least one letter before the
// cut.
func (p *paper) split(word string, width float64) (head, rest string) {
	used := 0.0
	for i, r := range word {
		used += p.pdf.GetStringWidth(string(r))
		if i > 0 && used > width {
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
	last := []rune(lines[n-1])
	for len(last) > 0 && p.pdf.GetStringWidth(string(last)+"…") > b.width {
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

// print sets a text below what is there, over as many pages as it takes.
func (p *paper) print(b block, s string) {
	for _, l := range p.wrap(b.face, s, b.width) {
		p.room(b.face.lead)
		p.text(b.face, b.x, p.y, l)
		p.y += b.face.lead
	}
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
	p.pdf.SetDrawColor(line.r, line.g, line.b)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(x1, y1, x2, y2)
}

// boxSize is the side of a tick box in millimetres.
const boxSize = 3.8

// box draws an empty tick box.
func (p *paper) box(x, y float64) {
	p.pdf.SetDrawColor(black.r, black.g, black.b)
	p.pdf.SetLineWidth(0.3)
	p.pdf.Rect(x, y, boxSize, boxSize, "D")
}
