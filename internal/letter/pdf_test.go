package letter_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"custos/internal/letter"
)

// printedPage is what a page of a PDF shows, in points from the lower left.
type printedPage struct {
	texts []printedText
	boxes []area // tick boxes
	walls []area // upright lines of tables
}

type printedText struct {
	area
	text string
}

type area struct{ x0, y0, x1, y1 float64 }

func (a area) overlaps(b area) bool {
	const slack = 0.3 // points
	return a.x0 < b.x1-slack && b.x0 < a.x1-slack && a.y0 < b.y1-slack && b.y0 < a.y1-slack
}

var (
	fontID   = regexp.MustCompile(`/F([0-9a-f]+) (\d+) 0 R`)
	baseFont = regexp.MustCompile(`/BaseFont /\S*?(goB|goI|go)\b`)
	number   = `(-?[\d.]+)`
	drawing  = regexp.MustCompile(`(?s)BT /F([0-9a-f]+) ` + number + ` Tf ET` +
		`|BT ` + number + ` ` + number + ` Td \(((?:\\.|[^\\)])*)\) Tj ET` +
		`|` + number + ` ` + number + ` ` + number + ` ` + number + ` re S` +
		`|` + number + ` ` + number + ` m ` + number + ` ` + number + ` l S`)
	unescape = regexp.MustCompile(`(?s)\\(.)`)
)

// opened is a PDF opened by its parts.
type opened struct {
	*letter.File
	t testing.TB
}

func open(t testing.TB, pdf []byte, password string) opened {
	t.Helper()
	f, err := letter.OpenFile(pdf, []byte(password))
	if err != nil {
		t.Fatal(err)
	}
	return opened{f, t}
}

// object returns the object that a name in a dictionary refers to.
func (o opened) object(dict, name string) (string, []byte) {
	o.t.Helper()
	m := regexp.MustCompile(name + ` (\d+) 0 R`).FindStringSubmatch(dict)
	if m == nil {
		o.t.Fatalf("there is no %s in %.200q", name, dict)
	}
	return o.numbered(m[1])
}

func (o opened) numbered(n string) (string, []byte) {
	o.t.Helper()
	i, _ := strconv.Atoi(n)
	dict, stream, err := o.Object(i)
	if err != nil {
		o.t.Fatal(err)
	}
	return dict, stream
}

// pages returns the pages and what is drawn on each.
func (o opened) pages() (dicts []string, contents [][]byte) {
	o.t.Helper()
	catalog, _ := o.numbered(strconv.Itoa(o.Root()))
	all, _ := o.object(catalog, "/Pages")
	_, kids, _ := strings.Cut(all, "/Kids [")
	kids, _, _ = strings.Cut(kids, "]")
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(kids, -1) {
		page, _ := o.numbered(m[1])
		_, content := o.object(page, "/Contents")
		dicts, contents = append(dicts, page), append(contents, content)
	}
	return dicts, contents
}

// readPDF reads back what the letters draw. It knows only the PDF they write.
func readPDF(t testing.TB, pdf []byte) []printedPage {
	t.Helper()
	o := open(t, pdf, "")
	fonts := map[string]*ruler{}
	var pages []printedPage
	dicts, contents := o.pages()
	for i, page := range dicts {
		resources, _ := o.object(page, "/Resources")
		for _, m := range fontID.FindAllStringSubmatch(resources, -1) {
			font, _ := o.numbered(m[2])
			fonts[m[1]] = fontOf(t, font)
		}
		pages = append(pages, readPage(contents[i], fonts))
	}
	return pages
}

func fontOf(t testing.TB, object string) *ruler {
	t.Helper()
	m := baseFont.FindStringSubmatch(object)
	if m == nil {
		t.Fatalf("no font in %.80q", object)
	}
	f, err := sfnt.Parse(map[string][]byte{"go": goregular.TTF, "goB": gobold.TTF, "goI": goitalic.TTF}[m[1]])
	if err != nil {
		t.Fatal(err)
	}
	return &ruler{font: f, advances: map[rune]float64{}}
}

func readPage(content []byte, fonts map[string]*ruler) printedPage {
	var p printedPage
	var face *ruler
	size := 0.0
	for _, m := range drawing.FindAllSubmatch(content, -1) {
		n := func(i int) float64 { v, _ := strconv.ParseFloat(string(m[i]), 64); return v }
		switch {
		case len(m[1]) > 0:
			face, size = fonts[string(m[1])], n(2)
		case len(m[3]) > 0:
			s := fromUTF16(unescape.ReplaceAll(m[5], []byte("$1")))
			s = strings.TrimRight(s, " ") // which keeps it apart from the next line
			x, y := n(3), n(4)
			p.texts = append(p.texts, printedText{area{x, y - 0.2*size, x + face.width(s, size), y + 0.72*size}, s})
		case len(m[6]) > 0:
			a := area{n(6), n(7) + n(9), n(6) + n(8), n(7)}
			if a.x1-a.x0 < 20 {
				p.boxes = append(p.boxes, a)
			}
		case n(10) == n(12):
			p.walls = append(p.walls, area{n(10) - 0.3, min(n(11), n(13)), n(10) + 0.3, max(n(11), n(13))})
		}
	}
	return p
}

func fromUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}

// ruler measures text by the font's own figures.
type ruler struct {
	font     *sfnt.Font
	buf      sfnt.Buffer
	advances map[rune]float64 // of one point
}

func (r *ruler) width(s string, size float64) float64 {
	w := 0.0
	for _, c := range s {
		a, known := r.advances[c]
		if !known {
			i, _ := r.font.GlyphIndex(&r.buf, c)
			x, _ := r.font.GlyphAdvance(&r.buf, i, fixed.I(1000), font.HintingNone)
			a = float64(x) / 64 / 1000
			r.advances[c] = a
		}
		w += a
	}
	return w * size
}

// flat is all that pages say, one line for each text as it was drawn.
func flat(pages []printedPage) string {
	var b strings.Builder
	for i, p := range pages {
		fmt.Fprintf(&b, "--- page %d, %d boxes\n", i+1, len(p.boxes))
		for _, x := range p.texts {
			b.WriteString(x.text + "\n")
		}
	}
	return b.String()
}

// running is the same in one line, so that a sentence is found over its breaks.
func running(pages []printedPage) string { return strings.Join(strings.Fields(flat(pages)), " ") }

// wantTidy checks that nothing is drawn over anything else or off the page.
func wantTidy(t *testing.T, pages []printedPage) {
	t.Helper()
	const left, right, low, high = 25 * 72 / 25.4, 195 * 72 / 25.4, 6 * 72 / 25.4, 283 * 72 / 25.4
	for i, p := range pages {
		drawn := append(p.boxes[:len(p.boxes):len(p.boxes)], p.walls...)
		for j, a := range p.texts {
			if a.text != "" && (a.x0 < left-1 || a.x1 > right+1 || a.y0 < low || a.y1 > high) {
				t.Errorf("page %d: %q stands off the page at %v", i+1, a.text, a.area)
			}
			for _, b := range p.texts[j+1:] {
				if a.overlaps(b.area) {
					t.Errorf("page %d: %q and %q overlap", i+1, a.text, b.text)
				}
			}
			for _, b := range drawn {
				if a.overlaps(b) {
					t.Errorf("page %d: %q is drawn over a box or a line %v %v", i+1, a.text, a.area, b)
				}
			}
		}
		for j, a := range p.boxes {
			for _, b := range p.boxes[j+1:] {
				if a.overlaps(b) {
					t.Errorf("page %d: two boxes overlap", i+1)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}
