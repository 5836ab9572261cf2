package letter

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
)

// The paper is A4 upright, in millimetres. The left margin leaves room for the
// holes of a ring binder (ISO 838: within 15 mm of the edge).
const (
	leftEdge   = 25.0
	rightEdge  = 195.0
	topEdge    = 16.0
	bottomEdge = 278.0 // what is printed ends here; the foot of the page is below
	footLine   = 286.0
	fullWidth  = rightEdge - leftEdge
)

// face is a way text looks: style of the font ("", B or I), size in points,
// height of a line in millimetres and colour.
type face struct {
	style  string
	size   float64
	lead   float64
	colour rgb
}

type rgb struct{ r, g, b int }

var (
	black = rgb{0x1a, 0x1a, 0x1a}
	blue  = rgb{0x1d, 0x4f, 0x76}
	grey  = rgb{0x59, 0x59, 0x59}
	line  = rgb{0x9a, 0x9a, 0x9a}
	tint  = rgb{0xe8, 0xee, 0xf3}

	titleFace   = face{"B", 17, 7.4, black}
	headingFace = face{"B", 11, 5.2, blue}
	officeFace  = face{"B", 10, 4.8, blue}
	bodyFace    = face{"", 9.5, 4.5, black}
	strongFace  = face{"B", 9.5, 4.5, black}
	askedFace   = face{"", 10.5, 5, black} // the wording a person answers
	smallFace   = face{"", 7.5, 3.5, grey}
	noteFace    = face{"I", 7.5, 3.5, grey}
)

const fontFamily = "go"

// paper is a document of pages being filled from top to bottom. The library
// keeps the first error; write returns it.
type paper struct {
	pdf  *fpdf.Fpdf
	font *coverage
	y    float64 // where the next thing begins, from the upper edge
	now  face    // that is set
	// head draws what every further page of the part begins with; nil: nothing.
	head    func()
	parts   []part
	missing map[int]bool // pages with a letter the font lacks
	// Elsewhere says where the text stands in full where the font lacks a letter.
	elsewhere string
	banner    string // stands at the head of every page; empty: nothing
	about     about
	widths    map[string]*widths // of letters, by the style of the font
	used      []bool             // letters that were drawn
	links     []link
	outline   []bookmark
	structure
}

// about is what the file says of itself.
type about struct {
	title, language string
	at              time.Time
}

// part is a run of pages numbered by themselves.
type part struct {
	first int
	foot  string
}

// newPaper begins a document. At is its date in the file, so that the same
// input gives the same bytes; the title holds no personal data.
func newPaper(title, language string, at time.Time) (*paper, error) {
	font, err := newCoverage(goregular.TTF)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = time.Unix(0, 0) // the library would ask the clock
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(at.UTC())
	pdf.SetModificationDate(at.UTC())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(false) // fileWriter does it, faster
	pdf.SetProducer("Custos", true)
	pdf.SetTitle(title, true)
	pdf.SetLang(strings.Map(inTag, language))
	// The library keeps and cuts what it is given, so it gets copies.
	pdf.AddUTF8FontFromBytes(fontFamily, "", append([]byte(nil), goregular.TTF...))
	pdf.AddUTF8FontFromBytes(fontFamily, "B", append([]byte(nil), gobold.TTF...))
	pdf.AddUTF8FontFromBytes(fontFamily, "I", append([]byte(nil), goitalic.TTF...))
	p := &paper{
		pdf: pdf, font: font, missing: map[int]bool{}, widths: map[string]*widths{}, used: make([]bool, 1<<16),
		elsewhere: "the office's record holds the name as it is written",
		about:     about{title, language, at.UTC()}, structure: newStructure(),
	}
	pdf.SetXmpMetadata(p.about.xmp())
	return p, pdf.Error()
}

// inTag keeps what may stand in the tag of a language (BCP 47): the library
// writes it as it is.
func inTag(r rune) rune {
	if r == '-' || r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return -1
}

// begin starts a part on a page of its own, numbered from one. Foot stands at
// the foot of its pages.
func (p *paper) begin(foot string) {
	p.head = nil
	p.at = p.root
	p.open(asPart)
	p.page()
	p.parts = append(p.parts, part{p.pdf.PageNo(), foot})
}

// page starts the next page.
func (p *paper) page() {
	p.unmark()
	p.pdf.AddPage()
	p.y = topEdge
	if p.banner != "" {
		p.repeat(func() { p.text(draftFace, leftEdge, p.y, p.banner) })
		p.y += draftFace.lead + 2
	}
	if p.head != nil {
		p.repeat(p.head)
	}
}

// room starts the next page unless h millimetres are left on this one.
func (p *paper) room(h float64) {
	if p.y+h > bottomEdge {
		p.page()
	}
}

// write ends the document as a plain file.
func (p *paper) write(w io.Writer) error { return p.finish(w, Finish{}) }

// feet draws the feet of all pages, now that their number is known.
func (p *paper) feet() {
	last := p.pdf.PageCount()
	for i, x := range p.parts {
		end := last
		if i+1 < len(p.parts) {
			end = p.parts[i+1].first - 1
		}
		for n := x.first; n <= end; n++ {
			p.turn(n)
			p.repeat(func() {
				p.foot(n, x.foot, fmt.Sprintf("Page %d of %d", n-x.first+1, end-x.first+1))
			})
		}
	}
	p.unmark()
}

// turn goes back to a page that was left.
func (p *paper) turn(page int) {
	p.unmark()
	p.pdf.SetPage(page)
	p.now = face{}                    // what the page was left with is not known here
	p.pdf.SetFont(fontFamily, "B", 1) // never drawn with: makes the page learn the next
}

func (p *paper) foot(page int, left, right string) {
	p.stroke(leftEdge, footLine-4.5, rightEdge, footLine-4.5)
	width := p.width(smallFace, right)
	p.text(smallFace, rightEdge-width, footLine-3.6, right)
	fitting := p.wrap(smallFace, left, fullWidth-width-6)
	p.text(smallFace, leftEdge, footLine-3.6, fitting[0])
	if p.missing[page] {
		p.text(noteFace, leftEdge, footLine, string(missingMark)+" stands for a letter this print has no sign for; "+p.elsewhere+".")
	}
}
