package letter_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/letter"
	"custos/internal/register"
)

// tester is a test or one try of a property.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func docx(t tester, l letter.Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.DOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts returns the parts of a document by name; each is well-formed XML.
func parts(t tester, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		for err = error(nil); err == nil; _, err = d.Token() {
		}
		if !errors.Is(err, io.EOF) {
			t.Fatalf("%s is not well-formed: %v", f.Name, err)
		}
		all[f.Name] = string(data)
	}
	return all
}

// wordParagraph is a paragraph of a document, in a table or not.
type wordParagraph struct {
	Style  string
	Number string // of its list
	Text   string
	Cell   bool
}

// paragraphsOf reads the document part.
func paragraphsOf(t tester, part string) []wordParagraph {
	t.Helper()
	var all []wordParagraph
	now, cell, inText := wordParagraph{}, 0, false
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			switch x.Name.Local {
			case "tc":
				cell++
			case "p":
				now = wordParagraph{Cell: cell > 0}
			case "pStyle":
				now.Style = x.Attr[0].Value
			case "numId":
				now.Number = x.Attr[0].Value
			case "br":
				now.Text += "\n"
			}
			inText = x.Name.Local == "t"
		case xml.CharData:
			if inText {
				now.Text += string(x)
			}
		case xml.EndElement:
			inText = false
			if x.Name.Local == "tc" {
				cell--
			}
			if x.Name.Local == "p" {
				all = append(all, now)
			}
		}
	}
}

// expected is what a document should hold for blocks.
func expected(blocks []letter.Block) []wordParagraph {
	styles := map[letter.BlockKind]string{
		letter.BlockLetterhead: "Letterhead", letter.BlockNotice: "Notice", letter.BlockTitle: "Title",
		letter.BlockBullet: "ListBullet", letter.BlockNumbered: "ListNumber", letter.BlockQuote: "Quote", letter.BlockRule: "Rule",
	}
	var all []wordParagraph
	for i := range blocks {
		b := &blocks[i]
		switch b.Kind {
		case letter.BlockFacts:
			for row := range strings.SplitSeq(b.Text(), "\n") {
				name, value, _ := strings.Cut(row, "\t")
				all = append(all, wordParagraph{Text: name, Cell: true}, wordParagraph{Text: value, Cell: true})
			}
		case letter.BlockHeading:
			all = append(all, wordParagraph{Style: []string{"", "Heading1", "Heading2"}[b.Level], Text: b.Text()})
		default:
			all = append(all, wordParagraph{Style: styles[b.Kind], Text: b.Text()})
		}
	}
	return all
}

func TestDocumentSaysWhatTheBlocksSay(t *testing.T) {
	for _, k := range register.LetterKinds() {
		l := full(k)
		blocks, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		got := paragraphsOf(t, parts(t, docx(t, l))["word/document.xml"])
		for i := range got {
			got[i].Number = ""
		}
		if diff := cmp.Diff(expected(blocks), got); diff != "" {
			t.Errorf("%s: %s", k, diff)
		}
	}
}

func TestEveryNumberedListCountsByItself(t *testing.T) {
	l := full(register.LetterReply)
	l.Template.Body = "{outcome}\n\n3. a\n4. b\n\nx\n\n1. c\n2. d\n\n- e"
	all := parts(t, docx(t, l))
	var numbers []string
	for _, p := range paragraphsOf(t, all["word/document.xml"]) {
		if p.Style == "ListNumber" {
			numbers = append(numbers, p.Text+p.Number)
		}
	}
	if diff := cmp.Diff([]string{"a3", "b3", "c4", "d4"}, numbers); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{
		`<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>`,
		`<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>`,
	} {
		if !strings.Contains(all["word/numbering.xml"], want) {
			t.Errorf("the numbering lacks %s", want)
		}
	}
}

func TestATableEndsNoDocument(t *testing.T) {
	l := full(register.LetterReply)
	l.Template.Body = "{outcome}\n\n| a | b |\n|---|---|\n\n| c | d |\n|---|---|"
	document := parts(t, docx(t, l))["word/document.xml"]
	if n := strings.Count(document, "</w:tbl>\n<w:p>"); n != 2 {
		t.Errorf("%d tables are followed by a paragraph, want 2", n)
	}
}

func TestDocumentHangsTogether(t *testing.T) {
	l := full(register.LetterReply)
	l.Language = "cy-GB"
	file := docx(t, l)
	if !bytes.Equal(file, docx(t, l)) {
		t.Error("the same letter gives other bytes")
	}
	all := parts(t, file)
	for _, folder := range []string{"_rels/.rels", "word/_rels/document.xml.rels"} {
		base := path.Dir(path.Dir(folder))
		for _, target := range attributes(t, all[folder], "Target") {
			if _, ok := all[path.Join(base, target)]; !ok {
				t.Errorf("%s leads to %s, which is not there", folder, target)
			}
		}
	}
	for _, name := range attributes(t, all["[Content_Types].xml"], "PartName") {
		if _, ok := all[strings.TrimPrefix(name, "/")]; !ok {
			t.Errorf("a type is given for %s, which is not there", name)
		}
	}
	styles := attributes(t, all["word/styles.xml"], "styleId")
	for _, p := range paragraphsOf(t, all["word/document.xml"]) {
		if p.Style != "" && !slices.Contains(styles, p.Style) {
			t.Errorf("there is no style %s", p.Style)
		}
	}
	if !strings.Contains(all["word/styles.xml"], `<w:lang w:val="cy-GB"`) {
		t.Error("the language is not told")
	}
}

func attributes(t tester, part, name string) []string {
	t.Helper()
	var all []string
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err != nil {
			return all
		}
		x, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range x.Attr {
			if a.Name.Local == name {
				all = append(all, a.Value)
			}
		}
	}
}

func TestPropertiesTellNothingOfThePerson(t *testing.T) {
	l := full(register.LetterAuthority)
	l.Values["person"] = []string{"Robin Example"}
	all := parts(t, docx(t, l))
	if !strings.Contains(all["word/document.xml"], "Robin Example") {
		t.Fatal("the letter does not name the person")
	}
	for name, part := range all {
		if name != "word/document.xml" && strings.Contains(part, "Robin") {
			t.Errorf("%s names the person", name)
		}
	}
}

// Whatever the values are, the document is well-formed and holds their text.
func TestNoValueBreaksTheDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := full(register.LetterReply)
		v := rapid.OneOf(rapid.SampledFrom(asMarkdown), rapid.String()).Draw(t, "value")
		l.Template.Body = "{outcome}\n\n[{person}]\n\n| {person} | {person} |\n|---|---|\n\nend"
		l.Values["person"], l.Office, l.Code, l.Language = []string{v}, v, v, v
		blocks, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		got := paragraphsOf(t, parts(t, docx(t, l))["word/document.xml"])
		if diff := cmp.Diff(expected(blocks), got); diff != "" {
			t.Error(diff)
		}
	})
}
