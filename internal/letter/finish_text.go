package letter

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// PDFText returns all text of a PDF of ours as it is read out and copied, the
// feet of the pages included. Pages are separated by form feeds and paragraphs,
// cells and the like by line feeds; what goes on over several lines or pages
// stands in one stretch where it began. The text of attachments is not among it.
// It returns an Invalid error for any other file and for a wrong password.
func PDFText(data, password []byte) (string, error) {
	r, err := openFile(data, password)
	if err != nil {
		return "", err
	}
	pages, _, err := r.object(pagesObject)
	if err != nil {
		return "", err
	}
	t := textReader{at: map[int]int{}}
	if t.signs, err = r.signs(); err != nil {
		return "", err
	}
	lists := r.ownerLists()
	for i, n := range refsIn(pages, "/Kids") {
		page, _, err := r.object(n)
		if err != nil {
			return "", err
		}
		_, content, err := r.object(entryInt([]byte(page), "/Contents"))
		if err != nil {
			return "", err
		}
		t.page, t.owners = i, nil
		if i < len(lists) {
			t.owners = r.owners(lists[i])
		}
		t.read(content)
	}
	return t.text(), nil
}

// ownerLists are the objects that say, page by page, which elements the runs
// belong to; nothing where the file does not say.
func (r *fileReader) ownerLists() []int {
	n := r.root
	for _, name := range []string{"/StructTreeRoot", "/ParentTree"} {
		dict, _, err := r.object(n)
		if err != nil {
			return nil
		}
		n = entryInt([]byte(dict), name)
	}
	parents, _, err := r.object(n)
	if err != nil {
		return nil
	}
	return refsIn(parents, "/Nums")
}

func (r *fileReader) owners(n int) []int {
	list, _, err := r.object(n)
	if err != nil {
		return nil
	}
	return refsIn(list, "")
}

// signs reads which letter each sign stands for; it is the same for all fonts
// of a file.
func (r *fileReader) signs() (map[uint16]rune, error) {
	resources, _, err := r.object(resourcesObject)
	if err != nil {
		return nil, err
	}
	_, fonts, _ := strings.Cut(resources, "/Font <<")
	fonts, _, _ = strings.Cut(fonts, ">>")
	signs := map[uint16]rune{}
	for _, m := range refPattern.FindAllStringSubmatch(fonts, -1) {
		n, _ := strconv.Atoi(m[1]) // too big is zero, which is no object
		font, _, err := r.object(n)
		if err != nil {
			return nil, err
		}
		_, table, err := r.object(entryInt([]byte(font), "/ToUnicode"))
		if err != nil {
			return nil, err
		}
		for _, m := range signPattern.FindAllSubmatch(table, -1) {
			from, _ := strconv.ParseUint(string(m[1]), 16, 16)
			to, _ := strconv.ParseUint(string(m[2]), 16, 16)
			signs[uint16(from)] = rune(to)
		}
	}
	return signs, nil
}

var signPattern = regexp.MustCompile(`(?m)^<([0-9A-F]{4})> <([0-9A-F]{4})>$`)

// textReader reads the text of pages.
type textReader struct {
	signs     map[uint16]rune
	page      int
	owners    []int // of the runs of the page
	depth     int   // of runs of marked content
	said      int   // depth of the run whose text is said otherwise; 0: none
	owner     int   // of the run being read; 0: none
	stretches []stretch
	at        map[int]int // the stretch of an element
}

// stretch is the text of one element, or of a run that belongs to none.
type stretch struct {
	page int
	text []byte
}

// text puts the stretches together.
func (t *textReader) text() string {
	var b strings.Builder
	page := 0
	for i, x := range t.stretches {
		if i > 0 && x.page == page {
			b.WriteByte('\n')
		}
		for ; page < x.page; page++ {
			b.WriteByte('\f')
		}
		b.Write(x.text)
	}
	for ; page < t.page; page++ {
		b.WriteByte('\f')
	}
	return b.String()
}

// The operators of a page that matter here. Every one stands on a line of its
// own, but for strings with line feeds in them.
var (
	beginRun = regexp.MustCompile(`^/\w+ <<(?:/MCID (\d+))?.*>> BDC$`)
	actual   = regexp.MustCompile(`/ActualText <FEFF([0-9A-F]*)>`)
)

func (t *textReader) read(content []byte) {
	for len(content) > 0 {
		if open := bytes.IndexByte(content, '('); bytes.HasPrefix(content, []byte("BT ")) || bytes.HasPrefix(content, []byte("q ")) {
			if end := bytes.IndexByte(content, '\n'); open >= 0 && (end < 0 || open < end) {
				content = t.draw(content[open+1:])
				continue
			}
		}
		line, rest, _ := bytes.Cut(content, []byte("\n"))
		content = rest
		t.operator(line)
	}
}

func (t *textReader) operator(line []byte) {
	if bytes.Equal(line, []byte("EMC")) {
		if t.depth == t.said {
			t.said = 0
		}
		t.depth--
		return
	}
	m := beginRun.FindSubmatch(line)
	if m == nil {
		return
	}
	if t.depth++; t.depth == 1 {
		t.element(m[1])
	}
	if x := actual.FindSubmatch(line); x != nil && t.said == 0 {
		t.said = t.depth
		b, err := hex.DecodeString(string(x[1]))
		if err != nil {
			return
		}
		t.say(fromUnits(b, nil))
	}
}

// element notes whose the run is that begins; no one's is zero.
func (t *textReader) element(mcid []byte) {
	t.owner = 0
	if n, err := strconv.Atoi(string(mcid)); err == nil && n < len(t.owners) {
		t.owner = t.owners[n]
	}
}

// say adds a text to that of its element.
func (t *textReader) say(text string) {
	i, begun := t.at[t.owner]
	if !begun || t.owner == 0 {
		i = len(t.stretches)
		t.stretches = append(t.stretches, stretch{page: t.page})
		t.at[t.owner] = i
	}
	t.stretches[i].text = append(t.stretches[i].text, text...)
}

// draw reads a string up to its end and the operator behind it.
func (t *textReader) draw(content []byte) []byte {
	var raw []byte
	for i := 0; i < len(content); i++ {
		switch c := content[i]; c {
		case ')':
			if t.said == 0 {
				t.say(fromUnits(raw, t.signs))
			}
			_, rest, _ := bytes.Cut(content[i:], []byte("\n"))
			return rest
		case '\\':
			if i++; i < len(content) {
				raw = append(raw, unescaped(content[i]))
			}
		default:
			raw = append(raw, c)
		}
	}
	return nil
}

func unescaped(c byte) byte {
	if c == 'r' {
		return '\r'
	}
	return c
}

// fromUnits is the text of UTF-16 units, or of the letters that signs stand for.
func fromUnits(b []byte, signs map[uint16]rune) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[0])<<8|uint16(b[1]))
	}
	if signs == nil {
		return string(utf16.Decode(units))
	}
	letters := make([]rune, len(units))
	for i, u := range units {
		letters[i] = signs[u]
	}
	return string(letters)
}
