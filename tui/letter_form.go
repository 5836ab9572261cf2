package tui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// ruled is a line across.
func ruled(th *theme.Theme, width int) string { return strings.Repeat(th.Lines.Top, max(0, width)) }

// fieldLists are the answers of a form as a letter takes them: of a list, every line is one value.
func fieldLists(k register.LetterKind, v map[string]string) map[string][]string {
	own := map[string][]string{}
	for _, f := range register.LetterFields(k) {
		switch text := strings.TrimSpace(v[f.Name]); {
		case text == "":
		case f.List:
			own[f.Name] = strings.Split(text, "\n")
		default:
			own[f.Name] = []string{text}
		}
	}
	return own
}

// asksFor are the fields of a letter that a person may fill in: what is missing first, then what is the kind's own.
func asksFor(k register.LetterKind, missing []register.LetterField) []register.LetterField {
	all := slices.Clone(missing)
	known := func(f register.LetterField, in []register.LetterField) bool {
		return slices.ContainsFunc(in, func(x register.LetterField) bool { return x.Name == f.Name })
	}
	common := register.LetterFields("")
	for _, f := range register.LetterFields(k) {
		if !known(f, all) && !known(f, common) {
			all = append(all, f)
		}
	}
	return all
}

// filling asks for what the case does not tell. The answers stay kept until the letter is written.
func (l *letters) filling() Screen {
	kind, desk, ref := l.shown.Kind, l.desk, l.ref
	return newForm(l.kit, formSpec{
		id: l.draft(kind), subject: l.who, title: "Fill in",
		intro: kind.Title() + ". What is said here stands in the letter over what the case says, and is kept until the letter is written.",
		load: func() ([]widget.Field, error) {
			p, err := desk.PreviewLetter(ref, kind, nil)
			if err != nil {
				return nil, err
			}
			var fields []widget.Field
			for _, f := range asksFor(kind, p.Missing) {
				fields = append(fields, letterQuestion(f, p.Values[f.Name]))
			}
			if len(fields) == 0 {
				return nil, register.Errorf(register.Refused, "letter", "the case says all that this letter needs")
			}
			return fields, nil
		},
		submit: func(context.Context, widget.Values) (formDone, error) { return formDone{keep: true}, nil },
	})
}

func letterQuestion(f register.LetterField, value []string) widget.Field {
	q := widget.Field{ID: f.Name, Label: sentence(f.About), Value: strings.Join(value, "\n"), Required: f.Needed, Kind: widget.LongText}
	if f.List {
		q.Note = "One to a line (Ctrl+J begins a line)."
	}
	return q
}

// sentence begins with a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// writing asks where the letter goes.
func (l *letters) writing() Screen {
	kind, desk, ref, drafts, draft := l.shown.Kind, l.desk, l.ref, l.kit.drafts, l.draft(l.shown.Kind)
	return newForm(l.kit, formSpec{
		title: "Write the letter", intro: kind.Title() + ". The letter is recorded in the case and as a disclosure.",
		load: asked(widget.Field{
			ID: "to", Label: "File", File: true, Required: true, Value: l.file(kind), Validate: caseLetterName,
			Note: "Ends in .pdf, .docx, .html or .txt. A file that exists is never written over.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			own, _, err := desk.Draft(draft)
			if err != nil {
				return formDone{}, err
			}
			to := strings.TrimSpace(v["to"])
			in := register.LetterInput{Ref: ref, Kind: kind, Values: fieldLists(kind, own.Values), To: to}
			if _, err := desk.WriteLetter(ctx, in); err != nil {
				return formDone{}, err
			}
			if len(own.Values) > 0 {
				drafts.drop(draft)
				err = drafts.flush()
			}
			return formDone{said: "The letter is " + filepath.Base(to) + inFolder(to)}, err
		},
	})
}

// file is a name no earlier letter of the kind has.
func (l *letters) file(k register.LetterKind) string {
	name := l.ref + "-" + string(k)
	if i := slices.IndexFunc(l.rows, func(x register.CaseLetter) bool { return x.Kind == k }); i >= 0 && l.rows[i].Times > 0 {
		name += fmt.Sprintf("-%d", l.rows[i].Times+1)
	}
	return filepath.Join(l.kit.exports(), name+".pdf")
}

func caseLetterName(name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf", ".docx", ".html", ".txt":
		return nil
	}
	return errors.New("the name has to end in .pdf, .docx, .html or .txt")
}
