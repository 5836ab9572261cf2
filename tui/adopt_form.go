package tui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// adoptDesk goes over to another profile.
type adoptDesk interface {
	Adopt(ctx context.Context, next register.Profile, dry bool) (register.Adoption, error)
}

const (
	adoptDraft = "settings:adopt"
	fromFile   = "file" // in the place of a built-in profile's name, which never has it
)

// adopting is the line that leads to another profile.
func (s *settings) adopting() setting {
	row := setting{
		id: "adopt", label: "Another profile", value: "a built-in one, or a file of your own", does: "not for you",
		command: "custos profile adopt NAME|FILE.toml",
	}
	switch {
	case !s.kit.may(register.ProfileAdopt):
	case s.kit.env.ParseProfile == nil:
		row.does = "not from here"
	default:
		row.does, row.open = "adopts one", func() tea.Cmd { return push(newAdopting(s.kit)) }
	}
	return row
}

// newAdopting asks which profile to go over to, and shows what that would mean before anything is changed.
func newAdopting(k *kit) Screen {
	desk := adoptDesk(k.desk)
	return newForm(k, formSpec{
		id: adoptDraft, title: "Another profile", doing: "Working out what it means",
		intro: "Nothing changes before you have seen what it means for the people held.",
		load:  asked(adoptFields(k)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			next, err := chosenProfile(k, v)
			var wrong *wrongProfile
			switch {
			case errors.As(err, &wrong):
				return formDone{next: newMistakes(k, wrong), keep: true}, nil
			case err != nil:
				return formDone{}, err
			}
			adoption, err := desk.Adopt(ctx, next, true)
			if err != nil {
				return formDone{}, atProfile(err)
			}
			return formDone{next: newAdoption(k, next, adoption), keep: true}, nil
		},
	})
}

func adoptFields(k *kit) []widget.Field {
	file := widget.Field{
		ID: "file", Label: "File", File: true, Note: "Ends in .toml, with its path; not needed for a built-in profile.",
	}
	options := []widget.Option{{Value: fromFile, Label: "A file"}}
	if k.env.LoadProfile != nil {
		for _, p := range k.env.Profiles {
			options = append(options, widget.Option{Value: p.Name, Label: p.Title + " (" + p.Name + ")"})
		}
	}
	return []widget.Field{
		{ID: "profile", Label: "Which profile", Kind: widget.Choice, Required: true, Value: fromFile, Options: options}, file,
	}
}

// chosenProfile is the profile the form names. A file with mistakes in it gives a wrongProfile.
func chosenProfile(k *kit, v widget.Values) (register.Profile, error) {
	if v["profile"] != fromFile {
		return k.env.LoadProfile(v["profile"])
	}
	path := strings.TrimSpace(v["file"])
	switch {
	case k.env.ReadFile == nil:
		return register.Profile{}, register.Errorf(register.Refused, "file", "files cannot be read from here")
	case path == "":
		return register.Profile{}, register.Errorf(register.Invalid, "file", "say which file to read")
	}
	data, err := k.env.ReadFile(path)
	if err != nil {
		return register.Profile{}, unreadableFile(path, err)
	}
	next, err := k.env.ParseProfile(data, filepath.Base(path))
	if err != nil {
		return next, &wrongProfile{err}
	}
	return next, nil
}

// wrongProfile is everything wrong with a file, a line of text for each mistake.
type wrongProfile struct{ error }

// newMistakes lists what is wrong with a file.
func newMistakes(k *kit, wrong *wrongProfile) Screen {
	all := problem(wrong.error)
	head := counted(strings.Count(all, "\n")+1, "mistake", "mistakes") + " in the file, by file, line and field. " +
		"Put them right and read it again; what you typed is kept."
	return newReading(k, "Mistakes in the profile", head+"\n\n"+all)
}

// atProfile leads an error about a part of the profile to the question that named it.
func atProfile(err error) error {
	if register.KindOf(err) == register.Conflict {
		return err
	}
	return &register.Error{Kind: register.KindOf(err), Field: "profile", Msg: err.Error(), Err: err}
}
