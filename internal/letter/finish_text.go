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
// feet of the pages included. Pages are separated by form feeds and pieces of
// text by line feeds; a word that was too long for a line stands in one piece
// unless a page ends in it. The text of attachments is not among it. It returns
// an Invalid error for any other file and for a wrong password.
func PDFText(data, password []byte) (string, error) {
	r, err := openFile(data, password)
	if err != nil {
		return "", err
	}
	pages, _, err := r.object(pagesObject)
	if err != nil {
		return "", err
	}
	signs, err := r.signs()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, n := range refsIn(pages, "/Kids") {
		if i > 0 {
			b.WriteByte('\f')
		}
		page, _, err := r.object(n)
		if err != nil {
			return "", err
		}
		_, content, err := r.object(entryInt([]byte(page), "/Contents"))
		if err != nil {
			return "", err
		}
		t := pageText{out: &b, signs: signs, owners: r.owners(i)}
		t.read(content)
	}
	return b.String(), nil
}

// owners lists the elements that the runs of a page belong to; nothing where
// the file does not say.
func (r *fileReader) owners(page int) []int {
	catalog, _, err := r.object(r.root)
	if err != nil {
		return nil
	}
	tree, _, err := r.object(entryInt([]byte(catalog), "/StructTreeRoot"))
	if err != nil {
		return nil
	}
	parents, _, err := r.object(entryInt([]byte(tree), "/ParentTree"))
	if err != nil {
		return nil
	}
	lists := refsIn(parents, "/Nums")
	if page >= len(lists) {
		return nil
	}
	list, _, err := r.object(lists[page])
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

// pageText reads the text of one page.
type pageText struct {
	out   *strings.Builder
	signs map[uint16]rune
	depth int // of runs of marked content
	said  int // depth of the run whose text is said otherwise; 0: none
	// Runs of one element are one text.
	owners []int
	owner  int  // of the run being read
	last   int  // of the text before
	some   bool // there is text before
}

// The operators of a page that matter here. Every one stands on a line of its
// own, but for strings with line feeds in them.
var (
	beginRun = regexp.MustCompile(`^/\w+ <<(?:/MCID (\d+))?.*>> BDC$`)
	actual   = regexp.MustCompile(`/ActualText <FEFF([0-9A-F]*)>`)
)

func (t *pageText) read(content []byte) {
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

func (t *pageText) operator(line []byte) {
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
func (t *pageText) element(mcid []byte) {
	t.owner = 0
	if n, err := strconv.Atoi(string(mcid)); err == nil && n < len(t.owners) {
		t.owner = t.owners[n]
	}
}

// say writes a text, apart from that of another element.
func (t *pageText) say(text string) {
	if t.some && (t.owner == 0 || t.owner != t.last) {
		t.out.WriteByte('\n')
	}
	t.out.WriteString(text)
	t.last, t.some = t.owner, true
}

// draw reads a string up to its end and the operator behind it.
func (t *pageText) draw(content []byte) []byte {
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

var filePattern = regexp.MustCompile(`^<</Type /Filespec /F (<[0-9A-F]*>) .*/Desc (<[0-9A-F]*>) .*/EF <</F (\d+) 0 R`)

// PDFAttachments returns the files a PDF of ours carries, in their order.
// Errors as PDFText.
func PDFAttachments(data, password []byte) ([]Attachment, error) {
	r, err := openFile(data, password)
	if err != nil {
		return nil, err
	}
	catalog, _, err := r.object(r.root)
	if err != nil {
		return nil, err
	}
	var all []Attachment
	for _, n := range refsIn(catalog, "/AF") {
		spec, _, err := r.object(n)
		if err != nil {
			return nil, err
		}
		m := filePattern.FindStringSubmatch(spec)
		if m == nil {
			return nil, notOurs("an attachment does not read")
		}
		stream, _ := strconv.Atoi(m[3]) // too big is zero, which is no object
		_, content, err := r.object(stream)
		if err != nil {
			return nil, err
		}
		all = append(all, Attachment{Name: fromHexText(m[1]), Data: content, About: fromHexText(m[2])})
	}
	return all, nil
}

// fromHexText reads what hexText wrote.
func fromHexText(s string) string {
	b, err := hex.DecodeString(strings.Trim(s, "<>"))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(fromUnits(b, nil), "\ufeff")
}
