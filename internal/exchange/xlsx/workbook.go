package xlsx

import (
	"path"
	"strings"
)

// workbook is what the parts outside the sheets say.
type workbook struct {
	*archive
	sheets  []sheet
	from04  bool // days are counted from 1904
	strings []string
	formats []format
}

type sheet struct {
	name   string
	part   string
	hidden bool
}

type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr"`
	} `xml:"Relationship"`
}

// target is the part behind the first relation of a kind, which is the last word of its type.
func (r relations) target(kind, base string) string {
	for _, rel := range r.List {
		if strings.HasSuffix(rel.Type, "/"+kind) && rel.Mode != "External" {
			return resolve(base, rel.Target)
		}
	}
	return ""
}

func resolve(base, target string) string {
	if strings.HasPrefix(target, "/") {
		return target[1:]
	}
	return path.Join(path.Dir(base), target)
}

func relationsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// openWorkbook finds the sheets of an archive, or says what else it is.
func openWorkbook(a *archive) (*workbook, error) {
	main := "xl/workbook.xml"
	var root relations
	if a.has("_rels/.rels") && a.decode("_rels/.rels", &root) == nil {
		if t := root.target("officeDocument", ""); strings.HasPrefix(t, "xl/") && strings.HasSuffix(t, ".xml") {
			main = t
		}
	}
	if !a.has(main) {
		return nil, notWorkbook(a.what())
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := a.decode(main, &book); err != nil {
		return nil, err
	}
	var rels relations
	if err := a.decode(relationsOf(main), &rels); err != nil {
		return nil, err
	}
	w := &workbook{archive: a, from04: book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"}
	for _, s := range book.Sheets {
		for _, rel := range rels.List {
			if rel.ID == s.ID && strings.HasSuffix(rel.Type, "/worksheet") {
				w.sheets = append(w.sheets, sheet{s.Name, resolve(main, rel.Target), s.State != "" && s.State != "visible"})
			}
		}
	}
	return w, w.load(rels.target("sharedStrings", main), rels.target("styles", main))
}

// load reads the shared strings and the number formats, where there are any.
func (w *workbook) load(shared, styles string) error {
	if shared != "" && w.has(shared) {
		if err := w.loadStrings(shared); err != nil {
			return err
		}
	}
	if styles != "" && w.has(styles) {
		return w.loadFormats(styles)
	}
	return nil
}

// notWorkbook is the reason an archive is refused.
type notWorkbook string

func (n notWorkbook) Error() string { return string(n) }
