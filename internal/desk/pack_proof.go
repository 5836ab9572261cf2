package desk

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"custos/internal/exchange/xlsx"
	"custos/internal/letter"
	"custos/internal/register"
)

// readBack proves a pack as it lies on the disk.
func (p *packing) readBack(written *outFile) error {
	if p.sealed() || len(p.reply.Redactions) == 0 {
		return nil
	}
	content, err := written.written()
	if err != nil {
		return err
	}
	return p.prove(content)
}

// prove reads a finished pack back and returns a Refused error that names a file
// and a mark if words that were taken out stand in it, or if a file of ours
// cannot be read back.
func (p *packing) prove(content []byte) error {
	if len(p.reply.Redactions) == 0 {
		return nil
	}
	files := []packFile{{name: p.form, data: content}}
	if p.form == register.PackPDF {
		files[0].name = replyFile
	}
	all, err := unpack(files[0], p.in.Password)
	if err != nil {
		return err
	}
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() { errs[i] = p.proveFile(&all[i]) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *packing) proveFile(f *packFile) error {
	texts, err := textsOf(f, p.in.Password)
	if err != nil {
		return register.Errorf(register.Refused, "", "%s could not be read back, so nothing was kept: %w", f.name, err)
	}
	marks := register.NewRedactor(p.reply.Redactions, nil)
	for _, text := range append(texts, f.name, f.about) {
		if found := marks.Finds(text); len(found) > 0 {
			return register.Errorf(register.Refused, "", "the words of mark %s stand in %s, so nothing was kept;"+
				" mark them as they are written there", p.reply.Redactions[found[0]].ID, f.name)
		}
	}
	return nil
}

// unpack returns every file in a pack, those inside others too.
func unpack(f packFile, password []byte) ([]packFile, error) {
	switch {
	case bytes.HasPrefix(f.data, []byte("PK")) && !strings.HasPrefix(f.name, letter.DocumentFolder) && f.name != bookFile:
		return unzipped(&f, password)
	case f.name == replyFile:
		carried, err := letter.PDFAttachments(f.data, password)
		if err != nil {
			return nil, register.Errorf(register.Refused, "", "%s could not be read back, so nothing was kept: %w", f.name, err)
		}
		all := []packFile{f}
		for _, a := range carried {
			all = append(all, packFile{a.Name, a.Data, a.About})
		}
		return all, nil
	}
	return []packFile{f}, nil
}

func unzipped(f *packFile, password []byte) ([]packFile, error) {
	archive, err := zip.NewReader(bytes.NewReader(f.data), int64(len(f.data)))
	if err != nil {
		return nil, fmt.Errorf("reading the pack back: %w", err)
	}
	var all []packFile
	for _, entry := range archive.File {
		data, err := inflate(entry)
		if err != nil {
			return nil, fmt.Errorf("reading %s back: %w", entry.Name, err)
		}
		inside, err := unpack(packFile{name: entry.Name, data: data}, password)
		if err != nil {
			return nil, err
		}
		all = append(all, inside...)
	}
	return all, nil
}

func inflate(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return data, r.Close()
}

// textsOf returns the texts of a file, read by what it is. A document of
// somebody else's making is read as far as that is known, and as its bytes.
func textsOf(f *packFile, password []byte) ([]string, error) {
	foreign := strings.HasPrefix(f.name, letter.DocumentFolder)
	texts, err := readTexts(f, password)
	if foreign {
		return append(texts, string(f.data)), nil
	}
	return texts, err
}

func readTexts(f *packFile, password []byte) ([]string, error) {
	switch path.Ext(f.name) {
	case ".html":
		return htmlTexts(f.data)
	case ".json":
		return jsonTexts(f.data)
	case ".csv":
		return csvTexts(f.data)
	case ".xlsx":
		if f.name == bookFile {
			return bookTexts(f.data)
		}
		return xlsx.Texts(f.data)
	case ".pdf":
		text, err := letter.PDFText(f.data, password)
		return []string{text}, err
	}
	return []string{string(f.data)}, nil
}

// htmlTexts are the texts and the attributes of a page.
func htmlTexts(data []byte) ([]string, error) {
	var all []string
	style := false // is not read by people
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return all, nil
		case html.TextToken, html.CommentToken:
			if text := z.Token().Data; !style || kind == html.CommentToken {
				all = append(all, text)
			}
		default:
			tag := z.Token()
			style = tag.Type == html.StartTagToken && tag.Data == "style"
			for _, a := range tag.Attr {
				all = append(all, a.Val)
			}
		}
	}
}

// jsonTexts are the texts and the names of JSON.
func jsonTexts(data []byte) ([]string, error) {
	var all []string
	depth := 0
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch x := token.(type) {
		case string:
			all = append(all, x)
		case json.Delim:
			if x == '{' || x == '[' {
				depth++
			} else {
				depth--
			}
		}
	}
}

// bookTexts are the texts between the tags of every part of a workbook: ours has
// no other, and reading it as one would take longer than writing it did.
func bookTexts(data []byte) ([]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, entry := range archive.File {
		part, err := inflate(entry)
		if err != nil {
			return nil, err
		}
		for rest := string(part); rest != ""; {
			text, tail, _ := strings.Cut(rest, "<")
			if strings.TrimSpace(text) != "" {
				all = append(all, html.UnescapeString(text))
			}
			_, rest, _ = strings.Cut(tail, ">")
		}
	}
	return all, nil
}

// csvTexts are the cells of a table.
func csvTexts(data []byte) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	var all []string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row...)
	}
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
