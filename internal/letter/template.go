package letter

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"custos/internal/register"
)

//go:embed templates/*.md
var templates embed.FS

//go:embed letter.html
var letterLayout embed.FS

// DefaultTemplate returns the template a kind of letter has until the office
// writes its own; empty for no kind.
func DefaultTemplate(k register.LetterKind) register.LetterTemplate {
	text, err := templates.ReadFile("templates/" + string(k) + ".md")
	if err != nil {
		return register.LetterTemplate{Kind: k}
	}
	return ReadTemplate(k, string(text))
}

// ReadTemplate takes a template apart that is one text, as it is edited in a
// file: the first line is the heading of the letter, led by the sign # or not,
// and the rest is its body. It checks nothing.
func ReadTemplate(k register.LetterKind, text string) register.LetterTemplate {
	text = strings.TrimLeft(unixLines(strings.TrimPrefix(text, "\ufeff")), "\n")
	subject, body, _ := strings.Cut(text, "\n")
	return register.LetterTemplate{
		Kind:    k,
		Subject: strings.TrimSpace(strings.TrimPrefix(subject, "# ")),
		Body:    strings.TrimLeft(body, "\n"),
	}
}

func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// maxTemplate is how long a template may be, in bytes: six pages, and little
// enough that no tangle of marks takes long to read.
const maxTemplate = 16 << 10

// CheckTemplate returns everything that keeps a template from being used, in
// the order of its lines; none: it is good. Lines are counted from one in the
// body; a problem of the heading has line 0.
func CheckTemplate(t register.LetterTemplate) []register.Problem {
	switch {
	case t.Kind.Title() == "":
		reason := fmt.Sprintf("there is no letter of the kind %q", visible(string(t.Kind)))
		return []register.Problem{{Field: "kind", Reason: reason}}
	case len(t.Subject)+len(t.Body) > maxTemplate:
		return []register.Problem{{Reason: fmt.Sprintf("a template has at most %d KiB; shorten it", maxTemplate>>10)}}
	case !utf8.ValidString(t.Subject) || !utf8.ValidString(t.Body):
		return []register.Problem{{Reason: "the template is not text in UTF-8; save it as UTF-8"}}
	}
	r := read(unixLines(t.Body))
	problems := checkSubject(t)
	problems = append(problems, r.problems...)
	problems = append(problems, checkFields(t.Kind, r.used)...)
	if len(r.blocks) == 0 && len(r.problems) == 0 {
		problems = append(problems, register.Problem{Line: 1, Reason: "the letter is empty; write what it says"})
	}
	slices.SortStableFunc(problems, func(a, b register.Problem) int { return a.Line - b.Line })
	return append(problems, missing(t, r.used)...)
}

func checkSubject(t register.LetterTemplate) []register.Problem {
	s, fault := subject(t.Subject)
	switch {
	case strings.TrimSpace(t.Subject) == "":
		return []register.Problem{{Field: "subject", Reason: "the letter has no heading; say in a line what it is about"}}
	case strings.Contains(t.Subject, "\n"):
		return []register.Problem{{Field: "subject", Reason: "the heading of a letter is one line"}}
	case fault != "":
		return []register.Problem{{Field: "subject", Reason: "in the heading: " + fault}}
	}
	var fields []used
	for _, x := range s {
		if x.field != "" {
			fields = append(fields, used{field: x.field})
		}
	}
	return checkFields(t.Kind, fields)
}

// subject reads the heading of a letter: words and fields, no Markdown.
func subject(text string) (s sentence, fault string) {
	for text != "" {
		at := strings.IndexAny(text, "{}")
		if at < 0 {
			return append(s, piece{words: text}), fault
		}
		if at > 0 {
			s = append(s, piece{words: text[:at]})
		}
		b := readBrace([]byte(text[at:]))
		if fault == "" {
			fault = b.fault
		}
		if b.fault == "" {
			s = append(s, piece{words: b.literal, field: b.field})
		}
		text = text[at+b.size:]
	}
	return s, fault
}

// checkFields refuses fields that letters of the kind do not have.
func checkFields(k register.LetterKind, fields []used) []register.Problem {
	known := register.LetterFields(k)
	var problems []register.Problem
	for _, u := range fields {
		if slices.ContainsFunc(known, func(f register.LetterField) bool { return f.Name == u.field }) {
			continue
		}
		reason := "there is no such field in this letter; take it away or choose one of its fields"
		if name := nearest(u.field, known); name != "" {
			reason = fmt.Sprintf("there is no such field in this letter; did you mean {%s}?", name)
		}
		problems = append(problems, register.Problem{Line: u.line, Field: visible(u.field), Reason: reason})
	}
	return problems
}

// missing refuses a template that leaves out what the letter must say.
func missing(t register.LetterTemplate, fields []used) []register.Problem {
	heading, _ := subject(t.Subject)
	var problems []register.Problem
	for _, f := range register.LetterFields(t.Kind) {
		if !f.Needed || slices.ContainsFunc(fields, func(u used) bool { return u.field == f.Name }) ||
			slices.ContainsFunc(heading, func(x piece) bool { return x.field == f.Name }) {
			continue
		}
		problems = append(problems, register.Problem{
			Field:  f.Name,
			Reason: fmt.Sprintf("this letter must say %s; write {%s} where it belongs", f.About, f.Name),
		})
	}
	return problems
}

// nearest returns the field whose name is most like a name that is none, empty
// where none is like it.
func nearest(name string, fields []register.LetterField) string {
	best, least := "", 1+max(2, len(name)/3)
	if len(name) > 64 {
		return ""
	}
	for _, f := range fields {
		if d := changes(strings.ToLower(name), f.Name); d < least {
			best, least = f.Name, d
		}
	}
	return best
}

// changes is how many letters are added, left out or replaced between two
// names.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
