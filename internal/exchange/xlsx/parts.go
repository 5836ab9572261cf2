package xlsx

import (
	"fmt"
	"strings"
)

// The parts of a workbook written here hold no date and no name of a program or a person, so that equal tables make
// equal files.
const (
	declaration    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main           = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office         = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mediaType      = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	relationsStart = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

	sheetStart = declaration + `<worksheet xmlns="` + main + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>` + "\n"
	sheetEnd = `</sheetData><autoFilter ref="A1:%s"/></worksheet>`
)

type part struct{ name, text string }

// firstParts are those that stand before the sheets, whatever these are.
var firstParts = []part{
	{"_rels/.rels", declaration + relationsStart +
		`<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/styles.xml", declaration + `<styleSheet xmlns="` + main + `">` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
		`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
}

// sheetPart names the part of the sheet with a number from 1.
func sheetPart(n int) string { return fmt.Sprintf("worksheets/sheet%d.xml", n) }

// lastParts are those that list the sheets, which are known when all are written.
func lastParts(sheets []string) []part {
	var types, list, relations strings.Builder
	for i, name := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/%s" ContentType="%sworksheet+xml"/>`, sheetPart(n), mediaType)
		list.WriteString(`<sheet name="`)
		escape(&list, name)
		fmt.Fprintf(&list, `" sheetId="%d" r:id="rId%d"/>`, n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="%s"/>`, n, office, sheetPart(n))
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, office)
	return []part{
		{"xl/workbook.xml", declaration + `<workbook xmlns="` + main + `" xmlns:r="` + office + `">` +
			`<sheets>` + list.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", declaration + relationsStart + relations.String() + `</Relationships>`},
		{"[Content_Types].xml", declaration +
			`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mediaType + `sheet.main+xml"/>` + types.String() +
			`<Override PartName="/xl/styles.xml" ContentType="` + mediaType + `styles+xml"/></Types>`},
	}
}
