package letter

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"custos/internal/register"
)

// Attachment is a file carried inside a PDF.
type Attachment struct {
	Name  string // with slashes where it stands in a folder
	Data  []byte
	About string // what it is, in a sentence
}

// Finish says how a PDF leaves the office. The zero value is a plain file.
type Finish struct {
	Attachments []Attachment
	// Password protects the file and all it carries with AES-256; empty: none.
	// It is prepared as RFC 4013 asks for as far as normalising it goes.
	Password []byte
}

// finish ends the document: the feet are drawn now that their number is known,
// and what the library cannot write is added to what it wrote. An error is the
// writer's, or Internal.
func (p *paper) finish(w io.Writer, f Finish) error {
	p.feet()
	var drawn bytes.Buffer
	if err := p.pdf.Output(&drawn); err != nil {
		return register.Errorf(register.Internal, "", "the letter could not be set in type: %w", err)
	}
	b, err := takeApart(drawn.Bytes())
	if err != nil {
		return register.Errorf(register.Internal, "", "the letter could not be set in type: %w", err)
	}
	s := &finisher{paper: p, bundle: b}
	s.signs()
	s.tree()
	s.outlines()
	s.attach(f.Attachments)
	s.catalogue()
	file := fileWriter{id: sha256.Sum256(drawn.Bytes())}
	if len(f.Password) > 0 {
		file.seal = newSeal(f.Password)
	}
	return file.write(w, b)
}

// finisher adds to a document what the library cannot write.
type finisher struct {
	*paper
	*bundle
	annotations [][]int // objects of the links, by page from zero
	// catalog collects what the last object says of the file as a whole.
	catalog strings.Builder
}

// The library numbers its objects in this way.
const (
	pagesObject     = 1
	resourcesObject = 2
)

func pageObject(n int) int { return 3 + 2*n } // n from zero

// catalogue completes the pages and the catalogue.
func (s *finisher) catalogue() {
	for n := range s.pdf.PageCount() {
		page := &s.objects[pageObject(n)]
		var add strings.Builder
		fmt.Fprintf(&add, "<</StructParents %d /Tabs /S", n)
		if n < len(s.annotations) {
			add.WriteString(" /Annots" + refs(s.annotations[n]))
		}
		page.dict = strings.Replace(page.dict, "<<", add.String(), 1)
	}
	c := &s.objects[s.root]
	c.dict, _, _ = strings.Cut(c.dict, "/Names <<") // the library's list of attachments is empty
	c.dict += "/MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>> " + s.catalog.String() + ">>"
}

// attach adds files to the document.
func (s *finisher) attach(files []Attachment) {
	if len(files) == 0 {
		return
	}
	var names strings.Builder
	for i, f := range files {
		stream := s.addStream("/Type /EmbeddedFile /Subtype /"+mediaType(f.Name)+
			fmt.Sprintf(" /Params <</Size %d>>", len(f.Data)), f.Data)
		spec := s.add(fmt.Sprintf("<</Type /Filespec /F %s /UF %s /Desc %s /EF <</F %d 0 R /UF %d 0 R>>>>",
			hexText(f.Name), hexText(f.Name), hexText(f.About), stream, stream))
		// The names of the tree must be in order of their bytes; readers show
		// the names of the files.
		fmt.Fprintf(&names, "(%06d) %d 0 R ", i, spec)
	}
	s.catalog.WriteString("/Names <</EmbeddedFiles <</Names [" + names.String() + "]>>>> ")
}

// mediaType is the type of a file by its name, as a PDF name.
func mediaType(name string) string {
	switch {
	case strings.HasSuffix(name, ".json"):
		return "application#2Fjson"
	case strings.HasSuffix(name, ".csv"):
		return "text#2Fcsv"
	case strings.HasSuffix(name, ".html"):
		return "text#2Fhtml"
	}
	return "application#2Foctet-stream"
}

func refs(objects []int) string {
	var b strings.Builder
	b.WriteString(" [")
	for _, n := range objects {
		fmt.Fprintf(&b, "%d 0 R ", n)
	}
	b.WriteByte(']')
	return b.String()
}
