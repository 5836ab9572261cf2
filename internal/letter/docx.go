package letter

import (
	"archive/zip"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"text/template"
	"time"

	"custos/internal/register"
)

// The writer of WordprocessingML is our own: godocx has had no release in a
// year, and go-docx is under the AGPL.
//
//go:embed docx/*.xml
var docxLayout embed.FS

// docxParts are the parts of the file in their order, and what each is made
// from; the document itself is drawn, not laid out.
var docxParts = [][2]string{
	{"[Content_Types].xml", "content_types.xml"},
	{"_rels/.rels", "rels.xml"},
	{"docProps/core.xml", "core.xml"},
	{docxDocument, ""},
	{"word/_rels/document.xml.rels", "document_rels.xml"},
	{"word/footer.xml", "footer.xml"},
	{"word/numbering.xml", "numbering.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/styles.xml", "styles.xml"},
}

const docxDocument = "word/document.xml"

// docxFacts fill the parts. Title holds no personal data, as it is what a
// folder shows.
type docxFacts struct {
	Title, Language, Foot, At string
	Lists                     []docxList
}

// docxList is a numbered list, each counted by itself.
type docxList struct{ ID, Start int }

// DOCX writes the letter for a word processor. The same input gives the same
// bytes. Errors as Blocks, and the writer's.
func (l Letter) DOCX(w io.Writer) error {
	blocks, err := l.Blocks()
	if err != nil {
		return err
	}
	body := drawDOCX(blocks)
	facts := docxFacts{
		Title: l.Template.Kind.Title(), Language: language(l.Language), Foot: l.foot(),
		At: l.At.UTC().Format("2006-01-02T15:04:05Z"), Lists: body.lists,
	}
	layout, err := template.New("docx").Funcs(template.FuncMap{"xml": xmlText}).ParseFS(docxLayout, "docx/*.xml")
	if err != nil {
		return fmt.Errorf("reading the layout of the letter: %w", err)
	}
	file := zip.NewWriter(w)
	for _, p := range docxParts {
		text := body.document()
		if p[0] != docxDocument {
			var b strings.Builder
			if err := layout.ExecuteTemplate(&b, p[1], facts); err != nil {
				return fmt.Errorf("filling in the letter: %w", err)
			}
			text = b.String()
		}
		if err := addPart(file, p[0], text); err != nil {
			return err
		}
	}
	if err := file.Close(); err != nil {
		return register.Errorf(register.Internal, "", "the letter could not be written: %w", err)
	}
	return nil
}

// addPart adds a part under a day that is the same in every file.
func addPart(file *zip.Writer, name, text string) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	part, err := file.CreateHeader(header)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err != nil {
		return register.Errorf(register.Internal, "", "the letter could not be written: %w", err)
	}
	return nil
}

// xmlText escapes a text; what XML may not hold is written as U+FFFD.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // to memory
	return b.String()
}
