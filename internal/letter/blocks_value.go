package letter

import (
	"regexp"
	"strings"

	"custos/internal/register"
)

func newFilling(k register.LetterKind, values map[string][]string) *filling {
	f := &filling{fields: fieldsOf(k), values: map[string][]string{}, shown: map[string]bool{}}
	for name := range f.fields {
		f.values[name] = said(f.fields[name], values[name])
	}
	return f
}

// said returns the values of a field that say something. Each line of a list
// field is a value, and the regulator goes without the article, which stands in
// the templates.
func said(x register.LetterField, values []string) []string {
	var all []string
	for _, v := range values {
		lines := []string{v}
		if x.List {
			lines = strings.Split(v, "\n")
		}
		for _, l := range lines {
			l = strings.TrimSpace(l)
			if x.Name == "regulator" {
				l = strings.TrimPrefix(strings.TrimPrefix(l, "the "), "The ")
			}
			if l != "" {
				all = append(all, l)
			}
		}
	}
	return all
}

func fieldsOf(k register.LetterKind) map[string]register.LetterField {
	fields := map[string]register.LetterField{}
	for _, x := range register.LetterFields(k) {
		fields[x.Name] = x
	}
	return fields
}

// runs fills in the lines of a block. A line all of whose fields are empty is
// left out; with every field empty, so is the block, and ok is false.
func (f *filling) runs(lines []sentence) (runs []Run, ok bool) {
	fields, full := 0, 0
	for _, s := range lines {
		n, m := f.count(s)
		fields, full = fields+n, full+m
		if n > 0 && m == 0 {
			continue
		}
		if len(runs) > 0 {
			runs = append(runs, Run{Text: "\n"})
		}
		for _, x := range s {
			runs = append(runs, f.run(x))
		}
	}
	return joined(runs), fields == 0 || full > 0
}

// count returns how many fields a line has and how many of them have a value.
func (f *filling) count(s sentence) (fields, full int) {
	for _, x := range s {
		if x.field != "" {
			fields++
		}
		if len(f.values[x.field]) > 0 {
			full++
		}
	}
	return fields, full
}

func (f *filling) run(x piece) Run {
	if x.field == "" {
		return Run{Text: shown(x.words), Bold: x.bold, Italic: x.italic}
	}
	return x.run(oneLine(strings.Join(f.values[x.field], "; ")))
}

func (x piece) run(value string) Run {
	return Run{Text: value, Bold: x.bold, Italic: x.italic, Value: true}
}

// joined puts runs that look the same together and drops empty ones.
func joined(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		if r.Text == "" {
			continue
		}
		if n := len(out); n > 0 {
			last := out[n-1]
			if last.Bold == r.Bold && last.Italic == r.Italic && last.Value == r.Value {
				out[n-1].Text += r.Text
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

var (
	anySpace = regexp.MustCompile(`\s+`)
	gaps     = regexp.MustCompile(`\n\s*\n\s*`)
)

// oneLine returns a value as it stands among other words.
func oneLine(s string) string { return anySpace.ReplaceAllString(shown(s), " ") }

// paragraphs returns a value that stands by itself, at most one line empty
// between two.
func paragraphs(s string) string {
	return strings.ReplaceAll(gaps.ReplaceAllString(shown(s), "\n\n"), "\t", " ")
}

// shown is visible, and without the two characters that no XML may hold.
func shown(s string) string {
	return strings.NewReplacer("\ufffe", "[U+FFFE]", "\uffff", "[U+FFFF]").Replace(visible(s))
}
