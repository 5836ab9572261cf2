package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// packDesk builds what answers a request for data.
type packDesk interface {
	Request(ref string) (register.RequestPage, error)
	Pack(ctx context.Context, ref string, in register.PackInput) (register.Disclosure, error)
}

// newPack asks where the pack of a case goes and how it is protected.
func newPack(k *kit, page *register.RequestPage, approved bool) Screen {
	desk, ref := packDesk(k.desk), page.Ref
	intro := "Everything taken in, as a page, a PDF, data and tables. The ending of the name decides: .zip holds all of it, .pdf is one" +
		" file with the rest attached."
	if page.Right == calendar.Portability {
		intro = "What the person gave themselves and a computer keeps, as CSV and JSON for another office to read, in a .zip."
	}
	if !approved {
		intro += " No release is approved yet: this one is marked a DRAFT and must not leave the office."
	}
	documents := enclosable(page)
	return newForm(k, formSpec{
		id: "case:" + ref + ":pack-built", title: "Build the pack", intro: intro, subject: page.Delegate,
		doing: "Building the pack, and reading it back",
		load:  asked(packFields(packFile(k.exports(), page, approved), page.Right, documents)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := packInput(v, documents)
			if err != nil {
				return formDone{}, err
			}
			defer clear(in.Password)
			d, err := desk.Pack(ctx, ref, in)
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: packed(d, in.File())}, nil
		},
	})
}

// packFields are the questions; what a machine reads has no password and no documents.
func packFields(to string, right calendar.Right, documents []register.Document) []widget.Field {
	endings, ways := "Ends in .zip or .pdf.", []widget.Option{
		{Value: sealNone, Label: "None"},
		{Value: sealPassword, Label: "A password, typed below (AES-256)"},
		{Value: sealKeys, Label: "The key of whoever receives it (age)"},
	}
	secrets := []widget.Field{
		{
			ID: "password", Label: "Password", Kind: widget.Secret,
			Note: "10 characters or more. It is kept nowhere; tell it to the person by another way.",
		},
		{ID: "again", Label: "Password again", Kind: widget.Secret},
	}
	if right == calendar.Portability {
		endings, ways, secrets = "Ends in .zip.", append(ways[:1:1], ways[2]), nil
	}
	fields := []widget.Field{
		{
			ID: "to", Label: "File", File: true, Required: true, Value: to, Validate: packName,
			Note: endings + " A file that exists is never written over.",
		},
		{ID: "protection", Label: "Protection", Kind: widget.Choice, Required: true, Value: sealNone, Options: ways},
	}
	fields = append(append(fields, secrets...), widget.Field{
		ID: "recipient", Label: "Keys of the recipients",
		Note: "Each begins with age1 or ssh-; put a comma between them. .age is added to the name of the file.",
	})
	for _, d := range documents {
		fields = append(fields,
			widget.Field{
				ID: "with:" + string(d.ID), Label: "Put a copy in: " + d.Title, Kind: widget.YesNo,
				Note: "The reply lists it either way. Held in: " + d.Where,
			},
			widget.Field{ID: "file:" + string(d.ID), Label: "Its file", File: true, Note: "It has to be as it was when it was attached."},
		)
	}
	return fields
}

// enclosable are the documents a copy of which may go in.
func enclosable(page *register.RequestPage) []register.Document {
	var in []register.Document
	for _, d := range page.Documents {
		if d.Include && page.Right != calendar.Portability {
			in = append(in, d)
		}
	}
	return in
}

func packName(name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".zip", ".pdf", ".age":
		return nil
	}
	return fmt.Errorf("the name has to end in .zip or .pdf")
}

// packInput reads the answers.
func packInput(v widget.Values, documents []register.Document) (in register.PackInput, err error) {
	in.To = strings.TrimSpace(v["to"])
	if in.Password, in.Recipients, err = sealedWith(v, "the pack"); err != nil {
		return in, err
	}
	for _, d := range documents {
		file := strings.TrimSpace(v["file:"+string(d.ID)])
		switch with := v["with:"+string(d.ID)] == widget.Yes; {
		case with && file == "":
			return in, register.Errorf(register.Invalid, "file:"+string(d.ID), "say which file the copy is")
		case with:
			in.With = append(in.With, file)
		}
	}
	return in, nil
}

// packed says what was built and where it is, the name of the file first, since a line may be cut.
func packed(d register.Disclosure, to string) string {
	what := "The pack"
	if d.Draft {
		what = "A DRAFT of the pack"
	}
	return fmt.Sprintf("%s is %s, %s bytes%s", what, filepath.Base(to), widget.Count(int(d.Bytes)), inFolder(to))
}

// packFile is a name for the next pack that no earlier one has.
func packFile(folder string, page *register.RequestPage, approved bool) string {
	name := page.Ref
	if !approved {
		name += "-draft"
	}
	built := 1
	for _, e := range page.Events {
		if e.Kind == register.Packed {
			built++
		}
	}
	if built > 1 {
		name += fmt.Sprintf("-%d", built)
	}
	return filepath.Join(folder, name+".zip")
}
