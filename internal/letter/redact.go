package letter

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"

	"custos/internal/register"
)

// redact takes the words of the marks out of every text of the document, and
// says in it how often.
func (d *Document) redact(r *Reply) {
	if len(r.Redactions) == 0 {
		return
	}
	cut := redactor(r)
	eachString(reflect.ValueOf(d).Elem(), cut.Text)
	taken := takenOut(r, cut.Gaps)
	eachString(reflect.ValueOf(&taken).Elem(), cut.Text) // reasons may name somebody too
	d.Omissions = append(taken, d.Omissions...)
}

// redactor takes the words of the marks out, each for the gap of its exemption.
func redactor(r *Reply) *register.Redactor {
	return register.NewRedactor(r.Redactions, func(m register.Redaction) string {
		x := exemption(r, m.Code)
		return x.Gap()
	})
}

// eachString puts every text of a value through fn.
func eachString(v reflect.Value, fn func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if was := v.String(); was != "" {
			if now := fn(was); now != was {
				v.SetString(now)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), fn)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				eachString(f, fn)
			}
		}
	default: // a document holds nothing else that has words
	}
}

// DocumentFolder is where copies of documents lie in a pack.
const DocumentFolder = "documents/"

// papers lists the documents, each copy with a name that says what it is and
// holds no words that were taken out.
func papers(r *Reply) []Paper {
	cut := register.NewRedactor(r.Redactions, func(register.Redaction) string { return "removed" })
	all := []Paper{}
	for i := range r.Documents {
		e := &r.Documents[i]
		p := Paper{Title: e.Title, Where: e.Where, SHA256: e.Digest, Bytes: e.Bytes}
		if e.Copy {
			p.File = fmt.Sprintf("%s%02d-%s%s", DocumentFolder, i+1, fileName(cut.Text(e.Title)), ending(e.Ending))
		}
		all = append(all, p)
	}
	return all
}

const longestName = 60

// fileName makes a name every system takes of a title.
func fileName(title string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(words, "-"))
	if len(name) > longestName {
		name = name[:longestName]
	}
	if len(name) == 0 {
		return "document"
	}
	return strings.Trim(string(name), "-")
}

func ending(ext string) string {
	if regexp.MustCompile(`^\.[A-Za-z0-9]{1,5}$`).MatchString(ext) {
		return strings.ToLower(ext)
	}
	return ""
}

// FixedTexts returns the texts that a reply of the office is written with,
// whoever it is for: nothing in them can be taken out of it.
func FixedTexts(r Reply) []string {
	d := Data(r)
	all := []string{draftWords, nothingHeld, heldBack, copyBut, wordsTaken, rightsOfOthers, mayComplain, copyOf, marks, nothingAtAll,
		noPurpose, "We hold nothing under", "Record records", "Special category", "Where it came from", "How stands",
		"Lawful basis", "Special category data", "Categories of data", "Recipients", "Kept", "Contents", "Page of",
		"Skip to the reply", "Reply to access request", "What we hold on", "What Value", "How it stands", "yes",
		consistsOf(true), consistsOf(false)}
	eachString(reflect.ValueOf(&d).Elem(), func(s string) string {
		all = append(all, s)
		return s
	})
	for _, c := range d.chapters() {
		all = append(append(all, c.ID, c.Title), c.Paras...)
		for _, t := range c.Tables {
			all = append(all, t.Empty)
		}
	}
	for _, s := range d.sections() {
		all = append(append(append(all, s.Name, s.Title), s.Header...), s.Headings...)
	}
	for _, out := range []register.Outcome{register.Fulfil, register.Partly, register.Refuse} {
		all = append(all, string(out), decision(string(out)))
	}
	for i := range r.Exemptions {
		all = append(all, r.Exemptions[i].Gap())
	}
	all = append(append(all, layoutTexts("page.html")...), layoutTexts("portable.html")...)
	return append(all, keys(reflect.TypeOf(d))...)
}

var fills = regexp.MustCompile(`\{\{[^}]*\}\}|<[^>]*>`)

// layoutTexts are the words a page is written with.
func layoutTexts(name string) []string {
	page, err := layout.ReadFile(name)
	if err != nil {
		return nil // it is embedded
	}
	return strings.Split(fills.ReplaceAllString(string(page), "\n"), "\n")
}

// keys are the names of the fields of a document.
func keys(t reflect.Type) []string {
	var all []string
	switch t.Kind() {
	case reflect.Slice:
		return keys(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			all = append(append(all, name), keys(t.Field(i).Type)...)
		}
	default:
	}
	return all
}
