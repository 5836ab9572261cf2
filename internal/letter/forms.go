package letter

import (
	"fmt"
	"io"
	"slices"
)

// Forms writes the same request as one form for each person, in the order
// given, each on pages of its own: the choices, who gives them and on whose
// authority, signature and date, then the notices. Errors as Sheet.
func Forms(w io.Writer, a Asking, people []Person) error {
	r, err := a.prepare()
	if err != nil {
		return err
	}
	p, err := newPaper("Request for consent, forms "+string(a.Code), language(a.Settings.Profile.Language), a.At)
	if err != nil {
		return err
	}
	for i := range people {
		p.form(r.to(&people[i]), i+1, &people[i])
	}
	if len(people) == 0 {
		p.begin(foot("Forms "+string(a.Code), a.Audit, a.Settings.Office))
		p.title(r, "We ask for your consent", "Forms "+string(a.Code))
		p.print(full(bodyFace), "Nobody is asked.")
	}
	return p.write(w)
}

func (p *paper) form(r *request, number int, x *Person) {
	code := fmt.Sprintf("Form %s, no. %d", r.Code, number)
	p.begin(foot(code, r.Audit, r.Settings.Office))
	p.title(r, "We ask for your consent", code)
	p.tagged(asParagraph, func() {
		for _, l := range p.atMost(mostName, full(headingFace), x.Name) {
			p.print(full(headingFace), l)
		}
	})
	if p.font.lacks(x.Name) {
		p.print(full(smallFace), "Record "+string(x.Delegate))
	}
	p.gap(1.5)
	p.print(full(bodyFace), r.opening())
	p.gap(1.5)
	for i := range r.topics {
		p.topic(r, &r.topics[i], x)
	}
	for _, s := range r.safeguards() {
		p.said(s)
	}
	p.signing(r, x)
	p.said(complaint(&r.Settings.Profile))
	p.notices(r)
}

// topic sets what is asked about one purpose. For a person the boxes to tick
// stand below it; for the sheet (nil), the letters of its questions.
func (p *paper) topic(r *request, t *topic, x *Person) {
	const indent = 3.0
	in := func(f face) block { return block{f, leftEdge + indent, fullWidth - indent} }
	p.room(askedFace.lead*3 + boxSize)
	p.print(in(strongFace), t.Title)
	p.print(in(askedFace), t.Wording)
	p.gap(0.8)
	p.tagged(asList, func() {
		for _, i := range t.questions {
			q := &r.questions[i]
			switch {
			case x == nil:
				p.tagged(asItem, func() { p.lettered(q) })
			case x.asks(i):
				p.tagged(asItem, func() { p.choice(q) })
			}
		}
	})
	if terms := t.terms(); terms != "" {
		p.print(in(smallFace), terms)
	}
	p.print(in(smallFace), t.proof())
	p.gap(3)
}

// to returns the request as it is put to one person: without the purposes that
// are not for them, and without who and what belongs to those alone.
func (r *request) to(x *Person) *request {
	own := *r
	own.topics, own.notices = nil, nil
	for _, t := range r.topics {
		if slices.ContainsFunc(t.questions, x.asks) {
			own.topics = append(own.topics, t)
			own.keep(t.notice)
		}
	}
	return &own
}

// lettered sets a question under its letter.
func (p *paper) lettered(q *question) {
	const indent = 3.0
	p.room(bodyFace.lead)
	p.tagged(asLabel, func() { p.text(strongFace, leftEdge+indent+3, p.y, q.letter) })
	p.tagged(asBody, func() {
		p.print(block{bodyFace, leftEdge + indent + 12, fullWidth - indent - 12}, q.short)
	})
}

// choice sets one question with its two boxes.
func (p *paper) choice(q *question) {
	const yes, no, height = 150.0, 172.0, 6.0
	lines := p.wrap(bodyFace, q.short, yes-leftEdge-18)
	p.room(max(height, float64(len(lines))*bodyFace.lead))
	p.tagged(asLabel, func() { p.text(strongFace, leftEdge+6, p.y, q.letter) })
	top := p.y
	p.tagged(asBody, func() {
		for _, l := range lines {
			p.line(bodyFace, leftEdge+14, p.y, l)
			p.y += bodyFace.lead
		}
		for i, at := range []float64{yes, no} {
			p.box(at, top+0.4)
			p.text(bodyFace, at+boxSize+1.6, top, []string{"Yes ", "No "}[i])
		}
	})
	p.gap(height - bodyFace.lead)
}

// signing sets who gives the answers, on whose authority, signature and date,
// together on one page.
func (p *paper) signing(r *request, x *Person) {
	own := fmt.Sprintf("I answer for the person named above, as their parent or carer (a child under %d), "+
		"or under a power of attorney, as deputy or with their written authority. I write down which:", r.Settings.CompetentFrom())
	lines := p.wrap(bodyFace, own, fullWidth-8)
	height := float64(len(lines))*bodyFace.lead + 41 // with all that is drawn below
	if x.Parent {
		height += bodyFace.lead + 1
	}
	p.room(height)
	p.heading("Who gives these answers")
	if x.Parent {
		p.print(full(bodyFace), "The office's record says that a parent or carer answers for this person.")
		p.gap(1)
	}
	p.tagged(asParagraph, func() {
		p.box(leftEdge+1, p.y+0.4)
		p.print(block{bodyFace, leftEdge + 8, fullWidth - 8}, "I am the person named above.")
	})
	p.gap(1.8)
	p.tagged(asParagraph, func() {
		p.box(leftEdge+1, p.y+0.4)
		p.print(block{bodyFace, leftEdge + 8, fullWidth - 8}, own)
	})
	p.gap(8)
	p.blank(leftEdge+8, rightEdge, "authority")
	p.gap(11)
	p.blank(leftEdge, leftEdge+66, "name in capitals")
	p.blank(leftEdge+72, leftEdge+132, "signature")
	p.blank(leftEdge+138, rightEdge, "date")
	p.gap(smallFace.lead + 2)
}

// blank draws a line to write on with what belongs on it below.
func (p *paper) blank(from, to float64, what string) {
	p.rule()
	p.pdf.SetDrawColor(black.r, black.g, black.b)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(from, p.y, to, p.y)
	p.text(smallFace, from, p.y+0.4, what)
}
