package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"custos/internal/exchange/table"
)

// zipOf makes an archive of entries as they are given, whatever their headers claim.
func zipOf(t *testing.T, fill func(z *zip.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := errors.Join(fill(z), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func refusedAs(t *testing.T, name string, data []byte, want string) {
	t.Helper()
	_, err := Read("x.xlsx", data)
	var refused *table.FileError
	if !errors.As(err, &refused) || err.Error() != "x.xlsx: "+want {
		t.Errorf("%s: %v, want %s", name, err, want)
	}
	if _, err := Texts(data); err == nil {
		t.Errorf("%s: its texts were read", name)
	}
}

// What never ends is not held whole: a tag, a text, a remark, a declaration, and a text in many pieces.
func TestNothingEndlessIsHeld(t *testing.T) {
	long := strings.Repeat("a", maxToken+8192)
	const tooLong = "the workbook is damaged: its part a.xml holds a text or a tag of more than 4 MB"
	for name, rows := range map[string]string{
		"attribute":   `<row><c r="` + long + `"><v>1</v></c></row>`,
		"attributes":  `<row ` + strings.Repeat(`a=">" `, maxToken/6+4096) + `/>`,
		"text":        `<row><c t="str"><v>` + long + `</v></c></row>`,
		"inline text": `<row><c t="inlineStr"><is><t>` + long + `</t></is></c></row>`,
		"CDATA":       `<row><c t="str"><v><![CDATA[` + strings.Repeat("<", maxToken+8192) + `]]></v></c></row>`,
		"remark":      `<row><!--` + long + `--><c t="str"><v>1</v></c></row>`,
		"declaration": `<!DOCTYPE x [` + long + `]><row/>`,
		"in pieces": `<row><c t="str"><v>` + strings.Repeat(strings.Repeat("a", 1<<10)+"<!---->", maxToken>>10+1) +
			`</v></c></row>`,
		"inline in pieces": `<row><c t="inlineStr"><is>` + strings.Repeat("<t>"+strings.Repeat("a", 1<<10)+"</t>",
			maxToken>>10+1) + `</is></c></row>`,
	} {
		refusedAs(t, name, sheetOf(t, rows, ""), tooLong)
	}
	refusedAs(t, "shared text", sheetOf(t, "<row/>", "<si><t>"+long+"</t></si>"),
		"the workbook is damaged: its part strings.xml holds a text or a tag of more than 4 MB")
}

// Entities are those of XML and no others, so that none stands for a billion laughs.
func TestEntitiesOfTheFileAreNotKnown(t *testing.T) {
	laughs := `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`
	refusedAs(t, "in a cell", sheetOf(t, laughs+`<row><c t="str"><v>&b;</v></c></row>`, ""),
		"the workbook is damaged: its part a.xml cannot be read")
	refusedAs(t, "from outside", sheetOf(t, "<row/>", `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><si><t>&f;</t></si>`),
		"the workbook is damaged: its part strings.xml cannot be read")
}

func TestDeepNestingCostsNothing(t *testing.T) {
	deep := strings.Repeat("<x>", 400_000)
	tb, err := Read("x.xlsx", sheetOf(t, deep+`<row><c t="str"><v>name</v></c></row><row><c t="str"><v>Ada</v></c></row>`, ""))
	if err != nil || tb.DataRows() != 1 {
		t.Errorf("%v", err)
	}
}

// All parts together, and one listed many times, unpack to a bound.
func TestAllPartsTogetherHaveABound(t *testing.T) {
	parts := map[string]string{}
	list, rels := "", ""
	for i := range 50 {
		list += fmt.Sprintf(`<sheet name="S%d" id="r%d"/>`, i, i)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/a.xml"/>`, i)
	}
	parts["xl/workbook.xml"] = `<workbook><sheets>` + list + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	parts["xl/worksheets/a.xml"] = `<worksheet><sheetData>` + strings.Repeat("<row/>", 20_000)
	a, err := openArchive(pack(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	a.room = 1 << 20
	w, err := openWorkbook(a)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for err == nil && read < len(w.sheets) {
		_, err = w.readSheet(w.sheets[read].part)
		read++
	}
	if !errors.Is(err, errTooLarge) || a.room != 0 || read != 9 {
		t.Errorf("%d sheets of 120 kB were read with room for 1 MiB: %v, %d left", read, err, a.room)
	}
}

func TestAWideArchiveIsNotListed(t *testing.T) {
	wide := zipOf(t, func(z *zip.Writer) (err error) {
		for i := range 4*maxParts + 1 {
			_, err = z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)})
		}
		return err
	})
	refusedAs(t, "wide", wide, errTooLarge.Error())
	fewer := zipOf(t, func(z *zip.Writer) (err error) {
		for i := range maxParts + 1 {
			_, err = z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)})
		}
		return err
	})
	refusedAs(t, "many parts", fewer, errTooLarge.Error())
}

// A part of two gigabytes by its header is as long as it is.
func TestSizesThatLie(t *testing.T) {
	parts := func(z *zip.Writer, sheet func() error) error {
		for name, text := range map[string]string{
			"xl/workbook.xml":            `<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/></Relationships>`,
		} {
			w, err := z.Create(name)
			if err == nil {
				_, err = io.WriteString(w, text)
			}
			if err != nil {
				return err
			}
		}
		return sheet()
	}
	for name, size := range map[string]uint64{"2 GB": 2 << 30, "16 EB": 1<<64 - 2, "nothing": 0} {
		data := zipOf(t, func(z *zip.Writer) error {
			return parts(z, func() error {
				text := []byte(`<worksheet><sheetData><row><c t="str"><v>a</v></c></row>`)
				w, err := z.CreateRaw(&zip.FileHeader{
					Name: "xl/a.xml", CompressedSize64: uint64(len(text)), UncompressedSize64: size,
				})
				if err == nil {
					_, err = w.Write(text)
				}
				return err
			})
		})
		refusedAs(t, name, data, "the workbook is damaged: its part a.xml cannot be read")
	}
}

// No name leads anywhere: parts are found in memory, and what lies under another name is not looked at.
func TestNamesOfPartsLeadNowhere(t *testing.T) {
	for _, name := range []string{
		"../../../etc/passwd", "/etc/passwd", `C:\Windows\win.ini`, `..\..\x`, "xl/../../x", "con", "a\x00b", "\xff",
	} {
		good := zipOf(t, func(z *zip.Writer) error {
			w, err := z.Create(name)
			if err == nil {
				_, err = io.WriteString(w, "x")
			}
			return err
		})
		refusedAs(t, fmt.Sprintf("%q", name), good,
			"it is a zip archive, not a workbook; unpack it and choose the file with the table")
	}
	link := zipOf(t, func(z *zip.Writer) error {
		h := &zip.FileHeader{Name: "xl/workbook.xml"}
		h.SetMode(fs.ModeSymlink | 0o777)
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(w, "/etc/passwd")
		}
		return err
	})
	refusedAs(t, "symbolic link", link, "the workbook is damaged: its part workbook.xml cannot be read")
	refusedAs(t, "target outside", pack(t, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>`,
	}), "the workbook is damaged: its part passwd is missing")
}

func TestTwoPartsOfOneName(t *testing.T) {
	data := zipOf(t, func(z *zip.Writer) error {
		for _, name := range []string{"xl/workbook.xml", `XL\Workbook.xml`} {
			if _, err := z.Create(name); err != nil {
				return err
			}
		}
		return nil
	})
	refusedAs(t, "doubled", data, "the workbook is damaged: it has two parts called workbook.xml")
}
