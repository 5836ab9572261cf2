package desk

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"custos/internal/calendar"
	"custos/internal/exchange/pack"
	"custos/internal/letter"
	"custos/internal/register"
)

// leaking is a pack whose reply says words that are marked only afterwards.
func leaking(t *testing.T, form string, password []byte) *packing {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	p := &packing{form: form, in: register.PackInput{Password: password}, info: pack.Info{Fields: map[string]string{}}}
	if form == "age" {
		p.form, p.in.Recipients = register.PackZip, []string{key.Recipient().String()}
	}
	p.reply = letter.Reply{Office: "Elm School", Person: "Ada", Request: register.Request{Ref: "AR-2026-0001", Right: calendar.Access},
		Holdings: []register.Holding{{Collection: "delegates", Title: "Record", Entries: []register.Record{
			{ID: "D1", Lines: []register.Line{{Field: "notes", Label: "Notes", Value: "Saw Zoë & Ben\u00a0Carter."}}}}}},
	}
	return p
}

func (p *packing) mark(words ...string) {
	for i, w := range words {
		p.reply.Redactions = append(p.reply.Redactions, register.Redaction{ID: register.ID(fmt.Sprintf("R%d", i)), Words: w})
	}
}

// TestEveryFormIsReadBack plants the same words in each form alone.
func TestEveryFormIsReadBack(t *testing.T) {
	p := leaking(t, register.PackZip, nil)
	made, err := p.files(func() (packFile, error) { return p.paper(nil) })
	if err != nil {
		t.Fatal(err)
	}
	p.mark("no such words", "ben carter")
	forms := 0
	for _, f := range made {
		err := p.proveFile(&f)
		held := f.name == "index.html" || f.name == "data.json" || f.name == "tables/held.csv" || f.name == "tables.xlsx" || f.name == "reply.pdf"
		if held != (err != nil) {
			t.Errorf("%s: %v", f.name, err)
		}
		if held {
			forms++
			if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "R1") ||
				!strings.Contains(err.Error(), f.name) || strings.Contains(strings.ToLower(err.Error()), "carter") {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
	if forms != 5 {
		t.Errorf("%d forms hold what is held", forms)
	}
}

// TestALeakKeepsThePackBack proves whole packs, and what is carried inside them.
func TestALeakKeepsThePackBack(t *testing.T) {
	for _, tt := range []struct {
		form     string
		password string
	}{{register.PackZip, ""}, {register.PackPDF, ""}, {register.PackZip, "seven quiet herons"}, {register.PackPDF, "seven quiet herons"}} {
		p := leaking(t, tt.form, []byte(tt.password))
		content, err := p.build()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.prove(content); err != nil {
			t.Errorf("nothing is marked: %v", err)
		}
		p.mark("nobody here")
		if err := p.prove(content); err != nil {
			t.Errorf("nothing that is marked is in it: %v", err)
		}
		p.mark("nobody here", "ben carter")
		if err := p.prove(content); register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "R1") {
			t.Errorf("%s %s: %v", tt.form, tt.password, err)
		}
	}
}

func TestNamesOfFilesAndWhatIsSaidOfThemAreReadBack(t *testing.T) {
	p := leaking(t, register.PackZip, nil)
	p.mark("ben carter")
	for _, f := range []packFile{
		{name: "documents/01-ben carter.txt", data: []byte("x")}, {name: "a.txt", about: "Ben Carter's"},
		{name: "documents/b.pdf", data: []byte("%PDF Ben Carter")}, {name: "c.json", data: []byte(`{"Ben Carter":1}`)},
		{name: "d.json", data: []byte(`["Ben Carter"]`)}, {name: "e.html", data: []byte(`<p title="Ben Carter">x</p>`)},
		{name: "f.html", data: []byte(`<!-- Ben Carter -->`)}, {name: "manifest.json", data: []byte(`{"fields":{"x":"ben carter"}}`)},
	} {
		if err := p.proveFile(&f); register.KindOf(err) != register.Refused {
			t.Errorf("%s: %v", f.name, err)
		}
	}
	for _, f := range []packFile{{name: "x.json", data: []byte("{")}, {name: "reply.pdf", data: []byte("no")}, {name: "tables.xlsx"}} {
		if err := p.proveFile(&f); register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "could not be read back") {
			t.Errorf("%s: %v", f.name, err)
		}
	}
	styled := packFile{name: "g.html", data: []byte(`<style>ben carter {}</style><p>x</p>`)}
	if err := p.proveFile(&styled); err != nil {
		t.Errorf("nobody reads a style: %v", err)
	}
}

// smallDisk takes so many bytes and no more.
type smallDisk struct{ room int }

func (d *smallDisk) Write(b []byte) (int, error) {
	if len(b) > d.room {
		n := d.room
		d.room = 0
		return n, fileError("pack", syscall.ENOSPC)
	}
	d.room -= len(b)
	return len(b), nil
}

func TestAPackThatDoesNotFitIsRefused(t *testing.T) {
	for _, form := range []string{register.PackZip, register.PackPDF, "age"} {
		err := leaking(t, form, nil).write(&smallDisk{room: 900})
		if register.KindOf(err) != register.Refused || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "disk is full") {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestASealedPackIsProvedBeforeItIsSealed(t *testing.T) {
	p := leaking(t, "age", nil)
	out := &bytes.Buffer{}
	p.mark("hold") // the page is written with the word
	if err := p.write(out); register.KindOf(err) != register.Refused || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}

// TestLongValuesAreNotCut: what a cell of a workbook cannot hold goes on below.
func TestLongValuesAreNotCut(t *testing.T) {
	long := strings.Repeat("wörter ", 12_000)
	f, err := book([]letter.Section{{Name: "held", Header: []string{"label", "value"}, Rows: [][]string{{"Notes", long}}}})
	if err != nil {
		t.Fatal(err)
	}
	cells, err := bookTexts(f.data)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(cells, ""); !strings.Contains(got, long) {
		t.Errorf("%d of %d bytes came back", len(got), len(long))
	}
	if _, err := zip.NewReader(bytes.NewReader(f.data), int64(len(f.data))); err != nil {
		t.Error(err)
	}
}
