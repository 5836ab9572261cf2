package letter

import (
	"io"
	"strconv"
	"time"
)

var (
	chapterFace = face{"B", 13, 6, blue}
	partFace    = face{"B", 10, 4.8, black}
	draftFace   = face{"B", 8.5, 4, rgb{0x8a, 0x1c, 0x1c}}
	cellFace    = face{"", 9, 4.2, black}
	keyFace     = face{"B", 9, 4.2, black}
	idFace      = face{"", 7.5, 4.2, grey}
)

// keepTogether is the room of a heading, a sentence and the first rows of a
// table, in millimetres.
const keepTogether = 36.0

const draftWords = "Draft for the office. This reply is not approved. It must not be sent."

// RenderPDF writes the reply as one PDF with the same content as the page. The
// same input gives the same bytes unless there is a password. An error is the
// writer's, or Internal.
func RenderPDF(w io.Writer, r Reply, f Finish) error {
	d := Data(r)
	p, err := newPaper("Reply to access request "+d.Case.Ref, language(r.Profile.Language), writtenAt(&r))
	if err != nil {
		return err
	}
	p.elsewhere = "the text stands in full in " + DataFile + " and is copied from here as it is written"
	if r.Draft {
		p.banner = draftWords
	}
	p.begin(d.Case.Ref + ", " + d.Case.Office)
	x := &replyPaper{paper: p}
	x.opening(&d.Case)
	chapters := d.chapters()
	x.contents(chapters)
	for i := range chapters {
		if c := &chapters[i]; c.ID == chapterChecking {
			c.Paras[0] = consistsOf(len(f.Attachments) > 0)
		}
		x.chapter(i, &chapters[i])
	}
	x.fillContents(chapters)
	return p.finish(w, f)
}

// writtenAt is the date in the file: the day the reply is written.
func writtenAt(r *Reply) time.Time {
	if r.On.IsZero() {
		return time.Time{}
	}
	return time.Date(r.On.Year(), r.On.Month(), r.On.Day(), 0, 0, 0, 0, time.UTC)
}

// consistsOf tells where the same content stands in other forms.
func consistsOf(attached bool) string {
	if attached {
		return "This reply is this document. The same content is attached to it as files: " + DataFile +
			" for computers, and tables, which a spreadsheet opens."
	}
	return "This reply is this document. The files that come with it hold the same content: " + PageFile +
		" to read on a screen, " + DataFile + " for computers, and tables, which a spreadsheet opens."
}

// replyPaper is a reply on paper.
type replyPaper struct {
	*paper
	entries []entry
}

// entry is a line of the contents: where it stands and where it leads.
type entry struct {
	element *element
	y       float64
	page    int
	toPage  int
	toY     float64
}

// opening sets what the document is.
func (x *replyPaper) opening(c *Case) {
	x.print(full(officeFace), c.Office)
	x.gap(1)
	x.print(full(titleFace), "What we hold on "+c.Person)
	x.gap(1)
	about := "Reply to access request " + c.Ref
	if !c.Written.IsZero() {
		about += ", " + c.Written.Long()
	}
	x.print(full(bodyFace), about)
	if c.Draft {
		x.gap(2)
		x.print(full(draftFace), draftWords)
	}
	x.gap(6)
}

// contents leaves room for the contents, on a page that ends with them.
func (x *replyPaper) contents(chapters []chapter) {
	const height = 6.0
	x.headed(asHeading, chapterFace, "Contents")
	x.open(asContents)
	defer x.close()
	for range chapters {
		x.room(height)
		x.tagged(asEntry, func() {
			e := x.tagged(asLink, func() {})
			x.entries = append(x.entries, entry{element: e, y: x.y, page: x.pdf.PageNo()})
		})
		x.gap(height)
	}
}

// fillContents sets the contents, now that the pages are known.
func (x *replyPaper) fillContents(chapters []chapter) {
	for i, e := range x.entries {
		x.turn(e.page)
		x.within(e.element, func() {
			title, page := withNumber(i, &chapters[i]), strconv.Itoa(e.toPage)
			x.line(bodyFace, leftEdge, e.y, title+" ")
			x.line(bodyFace, rightEdge-x.width(bodyFace, page), e.y, page)
			x.stroke(leftEdge, e.y+bodyFace.lead+0.6, rightEdge, e.y+bodyFace.lead+0.6)
			x.links = append(x.links, link{
				element: e.element, page: e.page - 1, area: [4]float64{leftEdge, e.y, fullWidth, bodyFace.lead},
				to: e.toPage - 1, toY: e.toY, about: title,
			})
		})
	}
}

func withNumber(i int, c *chapter) string { return strconv.Itoa(i+1) + ". " + c.Title }

// headed sets a heading of any level, with room for what follows it, and notes
// it in the outline of the document.
func (x *replyPaper) headed(t tag, f face, s string) {
	x.room(keepTogether)
	x.outline = append(x.outline, bookmark{title: s, page: x.pdf.PageNo() - 1, y: x.y, below: t == asTopic})
	x.tagged(t, func() { x.print(full(f), s) })
	x.gap(1)
}

// chapter sets one chapter; the first begins a page.
func (x *replyPaper) chapter(i int, c *chapter) {
	if x.gap(5); i == 0 {
		x.page()
	}
	x.open(asSection)
	defer x.close()
	x.room(keepTogether)
	x.entries[i].toPage, x.entries[i].toY = x.pdf.PageNo(), x.y
	x.headed(asHeading, chapterFace, withNumber(i, c))
	for _, text := range c.Paras {
		x.print(full(bodyFace), text)
		x.gap(1)
	}
	for j := range c.Held {
		x.holding(&c.Held[j])
	}
	for j := range c.Purposes {
		x.purpose(&c.Purposes[j])
	}
	for j := range c.Tables {
		x.section(&c.Tables[j])
	}
}

// holding sets what one collection holds.
func (x *replyPaper) holding(h *Holding) {
	x.gap(3)
	x.headed(asTopic, partFace, h.Title)
	if h.Purpose != "" {
		x.print(full(bodyFace), h.Purpose)
		x.gap(1)
	}
	if len(h.Records) == 0 {
		x.print(full(bodyFace), h.None())
		return
	}
	t := x.table(h.Title+": "+h.Count()+" ("+h.Collection+")", heldColumns(h.Sourced()))
	for i := range h.Records {
		r := &h.Records[i]
		t.band([]run{{keyFace, "Record " + strconv.Itoa(i+1)}, {idFace, r.ID}})
		for j := range r.Lines {
			t.value(&r.Lines[j])
		}
	}
	t.end()
}

func heldColumns(sourced bool) []sized {
	if sourced {
		return []sized{{"What", 52}, {"Value", 78}, {"Where it came from", 40}}
	}
	return []sized{{"What", 60}, {"Value", 110}}
}

// value sets one value that is held.
func (t *tablePaper) value(l *Line) {
	cells := t.cells[:0]
	what := append(t.runs[:0], run{keyFace, l.Label}, run{idFace, l.Field})
	if l.Special {
		what = append(what, run{keyFace, "Special category"})
	}
	cells = append(cells, cell{asHeader, what}, cell{asCell, []run{{cellFace, inWords(l.Value)}}})
	if len(t.columns) > 2 {
		cells = append(cells, cell{asCell, []run{{cellFace, l.Source}}})
	}
	t.row(cells)
	t.cells, t.runs = cells, what
}

// purpose sets one purpose and how it stands.
func (x *replyPaper) purpose(p *Purpose) {
	x.gap(3)
	x.headed(asTopic, partFace, p.Title)
	x.print(full(bodyFace), p.Wording)
	t := x.table("How "+p.Title+" stands ("+p.ID+")", []sized{{"What", 45}, {"How it stands", 125}})
	say := func(what, how string) {
		t.row([]cell{{asHeader, []run{{keyFace, what}}}, {asCell, []run{{cellFace, how}}}})
	}
	for _, b := range p.Bases {
		how := b.Title + ", " + b.Article + "."
		if b.Note != "" {
			how += " " + b.Note
		}
		say("Lawful basis", how)
	}
	if p.Article9 != "" {
		say("Special category data", p.Article9)
	}
	say("Categories of data", p.Joined(p.Categories))
	if len(p.Recipients) > 0 {
		say("Recipients", p.Joined(p.Recipients))
	}
	say("Kept", p.Retention)
	t.end()
}

// section sets a table, or what is said where it has no rows.
func (x *replyPaper) section(s *table) {
	if len(s.Rows) == 0 {
		if s.Empty != "" {
			x.print(full(bodyFace), s.Empty)
		}
		return
	}
	caption := s.Title
	if s.Quiet {
		caption = ""
	}
	t := x.table(caption, x.fitted(s))
	for _, row := range s.Rows {
		cells := make([]cell, len(row))
		for i, value := range row {
			cells[i] = cell{asCell, []run{{cellFace, inWords(value)}}}
			if i == 0 && value != "" {
				cells[i] = cell{asHeader, []run{{keyFace, inWords(value)}}}
			}
		}
		t.row(cells)
	}
	t.end()
}

// inWords is a value as people read it.
func inWords(value string) string {
	if m := when(value); m != nil {
		return m.Human
	}
	return value
}
