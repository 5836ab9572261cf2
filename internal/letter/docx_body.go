package letter

import (
	"fmt"
	"strings"
)

// docxBody is the body of a document being drawn.
type docxBody struct {
	strings.Builder
	lists []docxList
}

// firstList is the number of the first numbered list; those before it belong
// to the styles.
const firstList = 3

func drawDOCX(blocks []Block) *docxBody {
	d := &docxBody{}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != BlockFacts {
			d.paragraph(d.style(b), b.Runs)
			continue
		}
		d.facts(b)
		if i+1 == len(blocks) || blocks[i+1].Kind == BlockFacts {
			d.paragraph(`<w:pStyle w:val="Letterhead"/>`, nil) // a table must not end a document or touch another
		}
	}
	return d
}

// style returns the properties of a block's paragraph.
func (d *docxBody) style(b *Block) string {
	switch b.Kind {
	case BlockLetterhead:
		return `<w:pStyle w:val="Letterhead"/>`
	case BlockNotice:
		return `<w:pStyle w:val="Notice"/>`
	case BlockTitle:
		return `<w:pStyle w:val="Title"/>`
	case BlockHeading:
		return fmt.Sprintf(`<w:pStyle w:val="Heading%d"/>`, b.Level)
	case BlockBullet:
		return `<w:pStyle w:val="ListBullet"/>`
	case BlockNumbered:
		if b.First {
			d.lists = append(d.lists, docxList{firstList + len(d.lists), b.Number})
		}
		return fmt.Sprintf(`<w:pStyle w:val="ListNumber"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`,
			d.lists[len(d.lists)-1].ID)
	case BlockQuote:
		return `<w:pStyle w:val="Quote"/>`
	case BlockRule:
		return `<w:pStyle w:val="Rule"/>`
	case BlockParagraph, BlockFacts:
	}
	return ""
}

func (d *docxBody) paragraph(style string, runs []Run) {
	d.WriteString("<w:p>")
	if style != "" {
		d.WriteString("<w:pPr>" + style + "</w:pPr>")
	}
	for _, r := range runs {
		d.run(r)
	}
	d.WriteString("</w:p>\n")
}

func (d *docxBody) run(r Run) {
	d.WriteString("<w:r>")
	if r.Bold || r.Italic {
		d.WriteString("<w:rPr>")
		if r.Bold {
			d.WriteString("<w:b/><w:bCs/>")
		}
		if r.Italic {
			d.WriteString("<w:i/><w:iCs/>")
		}
		d.WriteString("</w:rPr>")
	}
	for i, l := range r.Lines() {
		if i > 0 {
			d.WriteString("<w:br/>")
		}
		if l != "" {
			d.WriteString(`<w:t xml:space="preserve">` + xmlText(l) + "</w:t>")
		}
	}
	d.WriteString("</w:r>")
}

// The widths of the columns of facts, in twentieths of a point.
const (
	nameColumn  = 3200
	valueColumn = 6439
)

func (d *docxBody) facts(b *Block) {
	fmt.Fprintf(d, `<w:tbl><w:tblPr><w:tblStyle w:val="Facts"/><w:tblW w:w="%d" w:type="dxa"/>`+
		`<w:tblLayout w:type="fixed"/><w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" `+
		`w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`+
		`</w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`,
		nameColumn+valueColumn, nameColumn, valueColumn)
	for _, f := range b.Facts {
		d.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		d.cell(nameColumn, f.Name)
		d.cell(valueColumn, f.Value)
		d.WriteString("</w:tr>\n")
	}
	d.WriteString("</w:tbl>\n")
}

func (d *docxBody) cell(width int, runs []Run) {
	fmt.Fprintf(d, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	d.paragraph("", runs)
	d.WriteString("</w:tc>")
}

// document returns the whole part: A4 upright, with room for the holes of a
// ring binder on the left.
func (d *docxBody) document() string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` + "\n" + d.String() +
		`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1021" w:right="850" w:bottom="1134" w:left="1417" w:header="510" w:footer="510" w:gutter="0"/>` +
		"</w:sectPr></w:body></w:document>\n"
}
