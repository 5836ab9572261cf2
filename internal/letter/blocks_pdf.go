package letter

import (
	"fmt"
	"io"
	"strings"
)

// The faces of a letter. Bold and italic at once is set in bold: the fonts have
// no other.
var (
	letterFace = face{"", 10.5, 5.1, black}
	topicFace  = face{"B", 10.5, 5.1, black}
	remarkFace = face{"I", 10.5, 5.1, rgb{0x8b, 0x1a, 0x1a}}
)

// asQuotation is what a tagged document calls a quotation.
const asQuotation tag = "BlockQuote"

// PDF writes the letter to print. The same input gives the same bytes. Errors
// as Blocks, and the writer's.
func (l Letter) PDF(w io.Writer) error {
	blocks, err := l.Blocks()
	if err != nil {
		return err
	}
	p, err := newPaper(l.Template.Kind.Title(), language(l.Language), l.At)
	if err != nil {
		return err
	}
	p.begin(l.foot())
	for _, g := range grouped(blocks) {
		p.group(g)
	}
	return p.write(w)
}

// foot is what stands at the foot of every page.
func (l Letter) foot() string {
	if l.Code == "" {
		return oneLine(l.Office)
	}
	return foot("Letter "+oneLine(l.Code), l.Audit, oneLine(l.Office))
}

// group sets the blocks that stand in one element.
func (p *paper) group(g group) {
	first := &g.Blocks[0]
	switch first.Kind {
	case BlockLetterhead:
		p.runs(full(letterFace), first.Runs)
	case BlockNotice:
		p.gap(1)
		p.runs(full(remarkFace), first.Runs)
		p.gap(3)
	case BlockTitle:
		p.gap(7)
		p.tagged(asTitle, func() { p.runs(full(titleFace), first.Runs) })
		p.gap(2.5)
	case BlockHeading:
		p.subject(first)
	case BlockBullet, BlockNumbered:
		p.tagged(asList, func() {
			for i := range g.Blocks {
				p.item(&g.Blocks[i])
			}
		})
		p.gap(1.4)
	case BlockQuote:
		p.tagged(asQuotation, func() { p.quotation(g.Blocks) })
	case BlockRule:
		p.gap(2)
		p.room(2)
		p.stroke(leftEdge, p.y, rightEdge, p.y)
		p.gap(3)
	case BlockFacts:
		p.facts(first.Facts)
	case BlockParagraph:
		if strings.HasSuffix(first.Text(), ":") {
			p.room(3 * letterFace.lead) // stays with what it announces
		}
		p.runs(full(letterFace), first.Runs)
		p.gap(2.4)
	}
}

// subject sets a heading that stays with what follows it.
func (p *paper) subject(b *Block) {
	look, as := headingFace, asHeading
	if b.Level > 1 {
		look, as = topicFace, asTopic
	}
	p.gap(2)
	p.room(4 * look.lead)
	p.tagged(as, func() { p.runs(full(look), b.Runs) })
	p.gap(1)
}

func (p *paper) item(b *Block) {
	const indent = 7.0
	label := "•"
	if b.Kind == BlockNumbered {
		label = fmt.Sprintf("%d.", b.Number)
	}
	p.room(letterFace.lead)
	p.tagged(asItem, func() {
		p.tagged(asLabel, func() { p.text(letterFace, leftEdge+1.5, p.y, label) })
		p.tagged(asBody, func() { p.runs(block{letterFace, leftEdge + indent, fullWidth - indent}, b.Runs) })
	})
	p.gap(0.8)
}

func (p *paper) quotation(blocks []Block) {
	const indent = 7.0
	for i := range blocks {
		p.runs(block{letterFace, leftEdge + indent, fullWidth - 2*indent}, blocks[i].Runs)
		p.gap(2.4)
	}
}

// facts sets names in a column and what is said of each beside it.
func (p *paper) facts(facts []Fact) {
	const pad = 1.0
	p.tagged(asTable, func() {
		for i := range facts {
			p.room(2*letterFace.lead + 2*pad)
			p.stroke(leftEdge, p.y, rightEdge, p.y)
			p.gap(pad)
			p.tagged(asRow, func() { p.fact(&facts[i]) })
			p.gap(pad)
		}
	})
	p.stroke(leftEdge, p.y, rightEdge, p.y)
	p.gap(4)
}

// fact sets a row: all of the name and then the value, as it is read out.
func (p *paper) fact(f *Fact) {
	const names = 55.0
	page, top := p.pdf.PageNo(), p.y
	name := p.tagged(asHeader, func() { p.runs(block{topicFace, leftEdge, names - 4}, f.Name) })
	name.scope = "Row"
	below := p.y
	if page == p.pdf.PageNo() {
		p.y = top
	}
	page = p.pdf.PageNo()
	p.tagged(asCell, func() { p.runs(block{letterFace, leftEdge + names, fullWidth - names}, f.Value) })
	if page == p.pdf.PageNo() {
		p.y = max(p.y, below)
	}
}
