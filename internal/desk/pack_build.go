package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"custos/internal/exchange/pack"
	"custos/internal/exchange/sealed"
	"custos/internal/exchange/table"
	"custos/internal/exchange/xlsx"
	"custos/internal/letter"
	"custos/internal/register"
)

// packFile is a file of a pack.
type packFile struct {
	name  string
	data  []byte
	about string // what it is, in a sentence
}

// Names of files in a pack, beside those of the letter room.
const (
	bookFile  = "tables.xlsx"
	replyFile = "reply.pdf"
)

// packing is a pack being built.
type packing struct {
	reply     letter.Reply
	in        register.PackInput
	form      string
	export    *letter.Export // of a portability case, in place of the reply
	documents []packFile     // copies that were given with it, in the order of the reply
	info      pack.Info
}

// build makes the bytes of a pack, before any encryption to keys.
func (p *packing) build() ([]byte, error) {
	if p.export != nil {
		files, err := p.exportFiles()
		if err != nil {
			return nil, err
		}
		return p.zip(files)
	}
	if p.form == register.PackZip && len(p.in.Password) == 0 {
		return p.open()
	}
	files, err := p.files(nil)
	if err != nil {
		return nil, err
	}
	reply, err := p.paper(files)
	if err != nil || p.form == register.PackPDF {
		return reply.data, err
	}
	return p.zip([]packFile{reply})
}

// open makes a ZIP that anybody can open.
func (p *packing) open() ([]byte, error) {
	files, err := p.files(func() (packFile, error) { return p.paper(nil) })
	if err != nil {
		return nil, err
	}
	return p.zip(files)
}

// files makes every form of the reply at once, the page first and the copies of
// documents last; paper makes one more between them.
func (p *packing) files(paper func() (packFile, error)) ([]packFile, error) {
	sections := letter.Sections(p.reply)
	makers := []func() (packFile, error){p.page, p.data, func() (packFile, error) { return book(sections) }}
	if paper != nil {
		makers = append(makers, paper)
	}
	for i := range sections {
		makers = append(makers, func() (packFile, error) { return sectionFile(&sections[i]) })
	}
	made, errs := make([]packFile, len(makers)), make([]error, len(makers))
	var wg sync.WaitGroup
	for i, fn := range makers {
		wg.Go(func() { made[i], errs[i] = fn() })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return append(made, p.copies()...), nil
}

// copies are the documents under the names the reply gives them.
func (p *packing) copies() []packFile {
	var all []packFile
	for _, d := range letter.Data(p.reply).Documents {
		if d.File != "" {
			all = append(all, packFile{d.File, p.documents[len(all)].data, d.Title})
		}
	}
	return all
}

func (p *packing) page() (packFile, error) {
	var b bytes.Buffer
	err := letter.RenderHTML(&b, p.reply)
	return packFile{letter.PageFile, b.Bytes(), "The reply as a page for a browser"}, err
}

func (p *packing) data() (packFile, error) {
	data, err := json.MarshalIndent(letter.Data(p.reply), "", "  ")
	if err != nil {
		err = fmt.Errorf("writing %s: %w", letter.DataFile, err)
	}
	return packFile{letter.DataFile, append(data, '\n'), "The reply as data for computers"}, err
}

// paper makes the reply as one PDF that carries files.
func (p *packing) paper(files []packFile) (packFile, error) {
	finish := letter.Finish{Password: p.in.Password}
	for _, f := range files {
		finish.Attachments = append(finish.Attachments, letter.Attachment{Name: f.name, Data: f.data, About: f.about})
	}
	var b bytes.Buffer
	err := letter.RenderPDF(&b, p.reply, finish)
	return packFile{replyFile, b.Bytes(), "The reply to read and print"}, err
}

func sectionFile(section *letter.Section) (packFile, error) {
	var b bytes.Buffer
	l := listing{columns: section.Header, rows: section.Rows}
	err := l.write(table.CSV, &b)
	return packFile{section.File(), b.Bytes(), section.Title}, err
}

// book makes a workbook with a sheet for each section.
func book(sections []letter.Section) (packFile, error) {
	var b bytes.Buffer
	out := xlsx.NewBook(&b)
	for i := range sections {
		columns := make([]table.Column, len(sections[i].Header))
		for j, name := range sections[i].Header {
			columns[j] = table.Column{Name: name, Index: j}
		}
		if err := out.Sheet(sections[i].Name, columns); err != nil {
			return packFile{}, err
		}
		for _, row := range sections[i].Rows {
			if err := writeLong(out, row); err != nil {
				return packFile{}, err
			}
		}
	}
	err := out.Close()
	return packFile{bookFile, b.Bytes(), "The same tables in one workbook"}, err
}

// longestCell is how much text of a value goes into one cell of a workbook,
// in bytes: a cell holds 32,767 UTF-16 units, and a guard may be put before it.
const longestCell = 32_000

// writeLong writes a row of a workbook; what does not fit into a cell goes on
// in the row below, so that nothing is cut.
func writeLong(out *xlsx.Book, row []string) error {
	for {
		now, rest, more := make([]string, len(row)), make([]string, len(row)), false
		for i, cell := range row {
			now[i], rest[i] = cutText(cell, longestCell)
			more = more || rest[i] != ""
		}
		if err := out.WriteRow(now); err != nil || !more {
			return err
		}
		row = rest
	}
}

// cutText cuts a text after at most n bytes, between characters.
func cutText(s string, n int) (head, tail string) {
	if len(s) <= n {
		return s, ""
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n], s[n:]
}

// zip packs files with a manifest.
func (p *packing) zip(files []packFile) ([]byte, error) {
	var b bytes.Buffer
	out := pack.New(&b, p.info)
	for _, f := range files {
		if err := out.Add(f.name, f.data); err != nil {
			return nil, err
		}
	}
	err := out.Close()
	return b.Bytes(), err
}

// write builds a pack and writes it. What is encrypted to keys cannot be read
// back afterwards, so it is before.
func (p *packing) write(w io.Writer) error {
	content, err := p.build()
	if err != nil {
		return err
	}
	if p.sealed() {
		if err := p.prove(content); err != nil {
			return err
		}
	}
	return p.deliver(w, content)
}

func (p *packing) sealed() bool { return len(p.in.Recipients) > 0 }

// deliver writes the bytes of a pack, encrypted where it is for keys only.
func (p *packing) deliver(w io.Writer, content []byte) error {
	if !p.sealed() {
		_, err := w.Write(content)
		return err
	}
	out, err := sealed.Seal(w, sealed.Key{Recipients: p.in.Recipients})
	if err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		return err
	}
	return out.Close()
}
