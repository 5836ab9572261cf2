package letter

import (
	"io"
	"strconv"
	"strings"
)

// The columns of a sheet, in millimetres.
const (
	numberWidth = 9.0
	dateWidth   = 19.0
	signWidth   = 38.0
	cellWidth   = 14.8 // a letter and its two boxes
	mostCells   = 4    // side by side; further questions go on a line below
	cellHeight  = 6.4
	leastRow    = 10.5 // room to sign
	mostKey     = 70.0 // beyond this the key to the letters is left to the first page
	mostName    = 9    // lines
)

// Sheet writes a request for a group as PDF: the wording first, then a list
// with one numbered row for each person, in the order given, to tick, date and
// sign. Nothing is ticked beforehand. The same input gives the same bytes. It
// returns an Invalid error for questions that cannot be asked, else the
// writer's.
func Sheet(w io.Writer, a Asking, people []Person) error {
	r, err := a.prepare()
	if err != nil {
		return err
	}
	p, err := newPaper("Request for consent, sheet "+string(a.Code), language(a.Settings.Profile.Language), a.At)
	if err != nil {
		return err
	}
	p.begin(foot("Sheet "+string(a.Code), a.Audit, a.Settings.Office))
	p.wording(r)
	s := &sheet{request: r, paper: p, columns: gridOf(len(r.questions))}
	p.page()
	s.about()
	p.tagged(asTable, func() {
		p.tagged(asHead, s.headings)
		p.head = func() { s.about(); s.headings() }
		p.open(asRows)
		for i := range people {
			s.row(i+1, &people[i])
		}
		p.close()
	})
	if len(people) == 0 {
		p.gap(3)
		p.print(full(bodyFace), "Nobody is on this sheet.")
	}
	return p.write(w)
}

// wording sets all that a person reads before they answer.
func (p *paper) wording(r *request) {
	p.title(r, "We ask for your consent", "Sheet "+string(r.Code))
	p.print(full(bodyFace), r.opening())
	p.print(full(bodyFace), "Your answers go into the list on the last pages, under the letters given here.")
	p.heading("What we ask")
	for i := range r.topics {
		p.topic(r, &r.topics[i], nil)
	}
	for _, x := range r.safeguards() {
		p.said(x)
	}
	p.said(complaint(&r.Settings.Profile))
	p.notices(r)
}

// sheet is the list of people.
type sheet struct {
	*request
	paper   *paper
	columns grid
}

// grid is how the questions of a row are laid out.
type grid struct{ across, lines int }

func gridOf(questions int) grid {
	lines := (questions + mostCells - 1) / mostCells
	return grid{(questions + lines - 1) / lines, lines}
}

func (g grid) width() float64 { return float64(g.across) * cellWidth }

// The columns that follow the number begin here.
func (s *sheet) nameAt() float64    { return leftEdge + numberWidth }
func (s *sheet) nameWidth() float64 { return s.answersAt() - s.nameAt() }
func (s *sheet) answersAt() float64 { return s.dateAt() - s.columns.width() - 2 }
func (s *sheet) dateAt() float64    { return s.signAt() - dateWidth }
func (s *sheet) signAt() float64    { return rightEdge - signWidth }

// about is what every page of the list begins with: what it is and the key to
// the letters; the headings of the columns follow.
func (s *sheet) about() {
	p := s.paper
	p.print(full(officeFace), s.Settings.Office)
	if s.Title != "" {
		p.print(full(strongFace), s.Title)
	}
	p.gap(1)
	key := s.key()
	if lines := p.wrap(smallFace, key, fullWidth); float64(len(lines))*smallFace.lead > mostKey {
		key = "What each letter asks is said on the first pages."
	}
	p.print(full(smallFace), key)
	p.print(full(smallFace), "Please tick Yes or No for each letter. A letter left open is no yes. The full wording is on the first pages.")
	p.gap(1.5)
}

// key says what each letter asks, a line for each purpose.
func (s *sheet) key() string {
	lines := make([]string, len(s.topics))
	for i, t := range s.topics {
		var asked []string
		for _, n := range t.questions {
			asked = append(asked, s.questions[n].letter+" "+s.questions[n].short)
		}
		lines[i] = t.Title + ": " + strings.Join(asked, "; ")
	}
	return strings.Join(lines, "\n")
}

func (s *sheet) headings() {
	p := s.paper
	const height = 9.5
	p.rule()
	p.pdf.SetFillColor(tint.r, tint.g, tint.b)
	p.pdf.Rect(leftEdge, p.y, fullWidth, height, "F")
	p.open(asRow)
	s.column(s.paper.y, leftEdge, "No.")
	s.column(s.paper.y, s.nameAt(), "Name")
	s.header(func() {
		for i := range s.columns.across {
			yes, no := s.boxes(i)
			p.over(yes, p.y+4.6, "Yes")
			p.over(no, p.y+4.6, "No")
		}
	})
	s.column(s.paper.y, s.dateAt(), "Date")
	s.column(s.paper.y, s.signAt(), "Signature")
	p.close()
	s.frame(height)
	p.y += height
}

// column sets the name of a column.
func (s *sheet) column(y, x float64, name string) {
	s.header(func() { s.paper.text(strongFace, x+1, y+2.4, name) })
}

// header is the header of a column.
func (s *sheet) header(draw func()) {
	s.paper.tagged(asHeader, func() {
		s.paper.at.scope = "Column"
		draw()
	})
}

// over sets a small word in the middle above a box.
func (p *paper) over(x, y float64, word string) {
	p.text(smallFace, x+(boxSize-p.width(smallFace, word))/2, y, word+" ")
}

// boxes says where the two boxes of a column stand.
func (s *sheet) boxes(column int) (yes, no float64) {
	x := s.answersAt() + 1 + float64(column)*cellWidth
	return x + 4.4, x + 4.4 + boxSize + 1.7
}

// row sets one person. A name with letters the font lacks has the record's id
// below it, so that nobody is taken for somebody else.
func (s *sheet) row(number int, x *Person) {
	p := s.paper
	name := p.atMost(mostName, block{bodyFace, s.nameAt() + 1, s.nameWidth() - 2}, x.Name)
	var below []string
	if p.font.lacks(x.Name) {
		below = append(below, string(x.Delegate)+" ")
	}
	if x.Parent {
		below = append(below, p.wrap(smallFace, "A parent or carer answers and signs.", s.nameWidth()-2)...)
	}
	name[len(name)-1] += " " // keeps it apart from what is read out next
	height := max(leastRow, float64(s.columns.lines)*cellHeight+2,
		float64(len(name))*bodyFace.lead+float64(len(below))*smallFace.lead+2.4)
	p.room(height)
	y := p.y + 1.4
	p.open(asRow)
	p.tagged(asCell, func() { p.text(bodyFace, leftEdge+1, y, strconv.Itoa(number)) })
	p.tagged(asHeader, func() {
		p.at.scope = "Row"
		for _, l := range name {
			p.line(bodyFace, s.nameAt()+1, y, l)
			y += bodyFace.lead
		}
		for _, l := range below {
			p.line(smallFace, s.nameAt()+1, y, l)
			y += smallFace.lead
		}
	})
	p.tagged(asCell, func() { s.answers(x) })
	for range 2 { // to date and to sign
		p.tagged(asCell, func() {})
	}
	p.close()
	s.frame(height)
	p.y += height
}

// answers sets the boxes of a person, a dash where a question is not put to
// them.
func (s *sheet) answers(x *Person) {
	for i, q := range s.questions {
		yes, no := s.boxes(i % s.columns.across)
		y := s.paper.y + 1.9 + float64(i/s.columns.across)*cellHeight
		s.paper.text(smallFace, yes-0.8-s.paper.width(smallFace, q.letter), y+0.1, q.letter+" ")
		if x.asks(i) {
			s.paper.box(yes, y)
			s.paper.box(no, y)
		} else {
			s.paper.text(smallFace, yes+boxSize-1, y+0.1, "– ")
		}
	}
}

// frame draws the lines around a row.
func (s *sheet) frame(height float64) {
	p := s.paper
	p.rule()
	p.pdf.SetDrawColor(line.r, line.g, line.b)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Rect(leftEdge, p.y, fullWidth, height, "D")
	for _, x := range []float64{s.nameAt(), s.answersAt(), s.dateAt(), s.signAt()} {
		p.pdf.Line(x, p.y, x, p.y+height)
	}
}
