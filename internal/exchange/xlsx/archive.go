// Package xlsx reads and writes workbooks (.xlsx). It knows the container, its bounds, the sheets, shared strings and
// number formats. It reads and writes the container itself, as streams in memory: a spreadsheet library would put a large
// sheet into the system's temporary folder, and personal data has no business there. It never runs a formula, follows a
// link outside the file or opens a file.
package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"math"
	"path"
	"strings"
)

// Bounds on a workbook, so that a small file cannot unpack into a large one without end.
const (
	maxParts = 5_000
	maxPart  = 512 << 20 // bytes in one unpacked part
	maxSmall = 32 << 20  // bytes in one unpacked part that is held whole
	maxAll   = 1 << 30   // bytes unpacked of one workbook, whatever part they are of
)

var errTooLarge = errors.New("it unpacks to more than a workbook of this program's size; split it into smaller files")

// archive is the container with its parts by name. Names are compared without case, as the format demands.
type archive struct {
	parts map[string]*zip.File
	room  int64 // bytes that may still be unpacked
}

// listed begins the entry of a part in the list that ends an archive. The list is read whole before anybody can count
// its parts, and may be longer than it says.
var listed = []byte("PK\x01\x02")

func openArchive(data []byte) (*archive, error) {
	if bytes.Count(data, listed) > 4*maxParts { // those of archives inside count too
		return nil, errTooLarge
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("it is a damaged zip archive or workbook")
	}
	if len(r.File) > maxParts {
		return nil, errTooLarge
	}
	a := &archive{parts: make(map[string]*zip.File, len(r.File)), room: maxAll}
	for _, f := range r.File {
		name := partName(f.Name)
		if a.parts[name] != nil { // which of them counts, programs disagree about
			return nil, fmt.Errorf("the workbook is damaged: it has two parts called %s", path.Base(name))
		}
		a.parts[name] = f
	}
	return a, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(name string) bool {
	_, ok := a.parts[partName(name)]
	return ok
}

// what says which kind of archive this is that is not a workbook.
func (a *archive) what() string {
	switch {
	case a.has("xl/workbook.bin"):
		return "it is a binary Excel workbook (.xlsb); open it and save it as .xlsx or .csv"
	case a.has("word/document.xml"):
		return "it is a Word document (.docx), not a table"
	case a.has("ppt/presentation.xml"):
		return "it is a presentation (.pptx), not a table"
	case a.has("content.xml") && a.has("mimetype"):
		return "it is an OpenDocument file (.ods or the like); open it and save it as .xlsx or .csv"
	case a.has("index/document.iwa"), a.has("index.zip"):
		return "it is a Numbers or Pages document; export it as .xlsx or .csv"
	default:
		return "it is a zip archive, not a workbook; unpack it and choose the file with the table"
	}
}

// stream opens a part for reading up to a bound; reading beyond it fails with errTooLarge.
func (a *archive) stream(name string, bound int64) (*bounded, error) {
	f, ok := a.parts[partName(name)]
	if !ok {
		return nil, fmt.Errorf("the workbook is damaged: its part %s is missing", path.Base(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("the workbook is damaged: its part %s cannot be unpacked", path.Base(name))
	}
	return &bounded{ReadCloser: r, left: bound, room: &a.room, token: math.MaxInt64}, nil
}

// decode reads a small part whole into v.
func (a *archive) decode(name string, v any) error {
	r, err := a.stream(name, maxSmall)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	if err := xml.NewDecoder(r).Decode(v); err != nil {
		return damaged(name, err)
	}
	return nil
}

func damaged(name string, err error) error {
	if errors.Is(err, errTooLarge) {
		return errTooLarge
	}
	if errors.Is(err, errTooLong) {
		return fmt.Errorf("the workbook is damaged: its part %s holds a text or a tag of more than %d MB",
			path.Base(name), maxToken>>20)
	}
	return fmt.Errorf("the workbook is damaged: its part %s cannot be read", path.Base(name))
}
