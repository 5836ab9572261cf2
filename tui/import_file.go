package tui

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// newImportFile asks which file is to be imported, as what.
func newImportFile(k *kit) Screen {
	settings := k.desk.Settings()
	return newForm(k, formSpec{
		id: "import:file", title: "Import", doing: "Reading the file",
		intro: "The file is read and compared with what is held. " +
			"Nothing is written before you have seen what it would change.",
		load: asked(importFields(&settings.Profile)...),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			f, err := openIncoming(k, v)
			if err != nil {
				return formDone{}, err
			}
			return formDone{next: newPlan(k, f)}, nil
		},
	})
}

func importFields(p *register.Profile) []widget.Field {
	what := []widget.Option{{Value: nounOrganisations, Label: "Organisations"}}
	var people []widget.Option
	for _, kind := range p.Kinds {
		people = append(people, widget.Option{Value: nounDelegates + ":" + kind.ID, Label: "People: " + kind.Title})
	}
	return []widget.Field{
		{ID: "what", Label: "What the rows are", Kind: widget.Choice, Options: append(people, what...), Required: true},
		{
			ID: "file", Label: "File", File: true, Required: true,
			Note: "A table as .csv, .txt or .xlsx, with its path. Its content says what it is.",
		},
		{
			ID: "strict", Label: "Refuse incomplete people", Kind: widget.YesNo,
			Note: "No: they are kept and listed as incomplete.",
		},
	}
}

func openIncoming(k *kit, v widget.Values) (*incomingFile, error) {
	data, err := readOf(k, v, "file")
	if err != nil {
		return nil, err
	}
	noun, kind, _ := strings.Cut(v["what"], ":")
	f := incomingFile{noun: noun, kind: kind, strict: v["strict"] == widget.Yes}
	return readIncoming(strings.TrimSpace(v["file"]), data, f, k.desk.Settings())
}

// readOf reads the file that is the answer to a question. An error is about that question.
func readOf(k *kit, v widget.Values, field string) ([]byte, error) {
	if k.env.ReadFile == nil {
		return nil, register.Errorf(register.Refused, field, "files cannot be read from here")
	}
	path := strings.TrimSpace(v[field])
	data, err := k.env.ReadFile(path)
	if err != nil {
		return nil, unreadableAt(field, path, err)
	}
	return data, nil
}

// unreadableFile says why a file could not be read, at the question "file".
func unreadableFile(path string, err error) error { return unreadableAt("file", path, err) }

func unreadableAt(field, path string, err error) error {
	why := err.Error()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = path + " does not exist"
	case errors.Is(err, fs.ErrPermission):
		why = path + " may not be read"
	}
	return &register.Error{Kind: register.Invalid, Field: field, Msg: why, Err: err}
}
