package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// tag is what a part of a document is, by the standard structure types of PDF
// (ISO 32000-1, 14.8.4), so that a screen reader can tell.
type tag string

const (
	asDocument  tag = "Document"
	asPart      tag = "Part"
	asSection   tag = "Sect"
	asTitle     tag = "H1"
	asHeading   tag = "H2"
	asTopic     tag = "H3"
	asParagraph tag = "P"
	asSpan      tag = "Span"
	asList      tag = "L"
	asItem      tag = "LI"
	asLabel     tag = "Lbl"
	asBody      tag = "LBody"
	asTable     tag = "Table"
	asCaption   tag = "Caption"
	asHead      tag = "THead"
	asRows      tag = "TBody"
	asRow       tag = "TR"
	asHeader    tag = "TH"
	asCell      tag = "TD"
	asContents  tag = "TOC"
	asEntry     tag = "TOCI"
	asLink      tag = "Link"
)

// groups are the tags that hold other elements and no text of their own.
var groups = []tag{
	asDocument, asPart, asSection, asList, asItem, asTable, asHead, asRows, asRow, asContents, asEntry,
}

// element is a node of the structure of a document.
type element struct {
	tag    tag
	group  bool
	parent *element
	kids   []kid
	scope  string // of a header: Row or Column
	span   int    // columns of a cell, when more than one
}

// kid is an element, or else a run of marked content on a page.
type kid struct {
	element    *element
	page, mcid int
}

// structure is what a paper remembers of what was drawn, in reading order.
type structure struct {
	root   *element
	at     *element     // what is drawn next belongs to it
	marked *element     // whose run is open in the page; nil: none
	owners [][]*element // by page from zero and run: whose it is
	// Furniture is set while something is drawn that repeats on every page.
	furniture bool
	repeated  *element // stands for furniture
	ornament  *element // stands for lines and shades
}

func newStructure() structure {
	root := &element{tag: asDocument, group: true}
	return structure{root: root, at: root, repeated: &element{}, ornament: &element{}}
}

// open begins an element inside the current one; what is drawn until close
// belongs to it.
func (p *paper) open(t tag) *element {
	e := &element{tag: t, group: slices.Contains(groups, t), parent: p.at}
	if !p.furniture {
		p.at.kids = append(p.at.kids, kid{element: e})
	}
	p.at = e
	return e
}

// close ends the current element.
func (p *paper) close() {
	if p.at.parent != nil {
		p.at = p.at.parent
	}
}

// tagged draws an element.
func (p *paper) tagged(t tag, draw func()) *element {
	e := p.open(t)
	draw()
	p.close()
	return e
}

// within goes on with an element that was closed already.
func (p *paper) within(e *element, draw func()) {
	before := p.at
	p.at = e
	draw()
	p.at = before
}

// repeat draws what stands on every page: it is no part of what is read out.
func (p *paper) repeat(draw func()) {
	before := p.furniture
	p.furniture = true
	draw()
	p.furniture = before
}

// rule makes what is drawn next an ornament. Whoever draws lines or shades by
// the library's own functions calls it first.
func (p *paper) rule() { p.mark(p.ornament) }

// content draws something that is part of the current element, in a paragraph
// of its own where that holds no text.
func (p *paper) content(draw func()) {
	switch {
	case p.furniture:
		p.unmark() // each text is a run of its own
		p.mark(p.repeated)
		draw()
	case p.at.group:
		p.tagged(asParagraph, func() { p.content(draw) })
	default:
		p.mark(p.at)
		draw()
	}
}

// mark opens a run of an element on the page unless its run is still open.
func (p *paper) mark(e *element) {
	if p.marked == e {
		return
	}
	p.unmark()
	p.marked = e
	switch e {
	case p.repeated:
		p.pdf.RawWriteStr("/Artifact <</Type /Pagination>> BDC")
	case p.ornament:
		p.pdf.RawWriteStr("/Artifact <</Type /Layout>> BDC")
	default:
		p.run(e, e.tag, "")
	}
}

// run opens a run of an element with further properties.
func (p *paper) run(e *element, as tag, properties string) {
	n := p.pdf.PageNo() - 1
	for len(p.owners) <= n {
		p.owners = append(p.owners, nil)
	}
	mcid := len(p.owners[n])
	p.owners[n] = append(p.owners[n], e)
	e.kids = append(e.kids, kid{page: n, mcid: mcid})
	p.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d%s>> BDC", as, mcid, properties))
}

// unmark closes the open run: no run goes on over the end of a page.
func (p *paper) unmark() {
	if p.marked != nil {
		p.pdf.RawWriteStr("EMC")
		p.marked = nil
	}
}

// instead draws content that is read out and copied as another text.
func (p *paper) instead(text string, draw func()) {
	properties := "/ActualText " + hexText(text)
	switch {
	case p.furniture:
		p.content(func() {
			p.pdf.RawWriteStr("/Span <<" + properties + ">> BDC")
			draw()
			p.pdf.RawWriteStr("EMC")
		})
	case p.at.group:
		p.tagged(asParagraph, func() { p.instead(text, draw) })
	default: // not inside another run: there are readers that take its end for that of both
		p.unmark()
		p.run(p.at, asSpan, properties)
		p.marked = p.at
		draw()
		p.unmark()
	}
}

// hexText is a text as PDF writes it in hexadecimal: UTF-16 with a mark of its
// byte order.
func hexText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteByte('>')
	return b.String()
}
