package letter

import "strings"

// chunk is text on one line in one face.
type chunk struct {
	face face
	text string // as shown
}

// runs sets text in several faces below what is there, over as many pages as it
// takes, in a paragraph of its own unless it stands in an element that holds
// text.
func (p *paper) runs(b block, runs []Run) {
	if p.at.group {
		p.open(asParagraph)
		defer p.close()
	}
	lines := p.wrapRuns(b, runs)
	for i := range lines {
		p.room(b.face.lead)
		p.chunks(b.x, lines, i)
		p.gap(b.face.lead)
	}
}

// chunks draws one of several lines where the page has got to.
func (p *paper) chunks(x float64, lines [][]chunk, i int) {
	if i >= len(lines) {
		return
	}
	for _, c := range lines[i] {
		p.line(c.face, x, p.y, c.text)
		x += p.measure(c.face, c.text)
	}
}

// look is the face of a run within others of a face.
func (f face) look(r Run) face {
	if r.Italic {
		f.style = "I"
	}
	if r.Bold {
		f.style = "B"
	}
	return f
}

// wrapRuns breaks text in several faces as wrap does: at line feeds, and at
// spaces where it can.
func (p *paper) wrapRuns(b block, runs []Run) [][]chunk {
	f := folder{paper: p, width: b.width, cut: map[int]bool{}}
	for _, r := range runs {
		look := b.face.look(r)
		for i, l := range strings.Split(p.font.shown(r.Text), "\n") {
			if i > 0 {
				f.word()
				f.end()
			}
			for j, part := range strings.Split(l, " ") {
				if j > 0 {
					f.word()
					f.space = look
				}
				if part != "" {
					f.pending = append(f.pending, chunk{look, part})
				}
			}
		}
	}
	f.word()
	f.end()
	for i, l := range f.lines[:len(f.lines)-1] { // words stay apart when lines are read on
		if n := len(l); n > 0 && !f.cut[i] {
			l[n-1].text += " "
		}
	}
	return f.lines
}

// folder gathers words into lines.
type folder struct {
	*paper
	width   float64
	lines   [][]chunk
	cut     map[int]bool // lines that end inside a word
	now     []chunk      // the line being gathered
	used    float64
	pending []chunk // the word being gathered
	space   face    // of the space before it
}

// word puts the word that was gathered on the line, or on the next.
func (f *folder) word() {
	word := f.pending
	f.pending = nil
	if len(word) == 0 {
		return
	}
	wide := 0.0
	for _, c := range word {
		wide += f.measure(c.face, c.text)
	}
	space := 0.0
	if len(f.now) > 0 {
		space = f.measure(f.space, " ")
	}
	switch {
	case f.used+space+wide <= f.width:
		if len(f.now) > 0 {
			f.add(chunk{f.space, " "})
		}
	case len(f.now) > 0:
		f.end()
	}
	for _, c := range word {
		f.fit(c)
	}
}

// fit adds part of a word, cut where it is wider than a line.
func (f *folder) fit(c chunk) {
	for c.text != "" && f.used+f.measure(c.face, c.text) > f.width {
		if f.used == 0 {
			var head string
			head, c.text = f.split(block{c.face, 0, f.width}, c.text)
			f.add(chunk{c.face, head})
		}
		f.cut[len(f.lines)] = true
		f.end()
	}
	f.add(c)
}

func (f *folder) add(c chunk) {
	if c.text == "" {
		return
	}
	f.used += f.measure(c.face, c.text)
	if n := len(f.now); n > 0 && f.now[n-1].face == c.face {
		f.now[n-1].text += c.text
		return
	}
	f.now = append(f.now, c)
}

// end ends the line.
func (f *folder) end() {
	f.lines = append(f.lines, f.now)
	f.now, f.used = nil, 0
}
