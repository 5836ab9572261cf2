package tui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// inSettings is what a form about the office's settings is filled from.
var inSettings = []string{"settings"}

func newOfficeName(k *kit) Screen {
	desk, was := officeDesk(k.desk), ""
	return newForm(k, formSpec{
		id: "settings:office", title: "Office", of: inSettings,
		load: func() ([]widget.Field, error) {
			was = k.desk.Settings().Office
			return []widget.Field{{
				ID: "name", Label: "Name of the office", Required: true, Value: was, Note: "Stands at the head of letters.",
			}}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "The office has a new name."}, desk.RenameOffice(ctx, strings.TrimSpace(v["name"]), was)
		},
	})
}

// The two ways to change the office's own bank holidays.
const (
	holidaysRead = "read"
	holidaysDrop = "drop"
)

func newHolidays(k *kit) Screen {
	desk, read, was := officeDesk(k.desk), k.env.ReadFile, ""
	return newForm(k, formSpec{
		id: "settings:holidays", title: "Bank holidays",
		intro: "A file with lines such as scotland,2030-12-26,Boxing Day. A line that begins with - takes a day away. " +
			"Cases keep the dates they have.",
		of: inSettings,
		load: askedAnew(func() { was = k.desk.Settings().Holidays },
			widget.Field{
				ID: "do", Label: "What to do", Kind: widget.Choice, Required: true, Value: holidaysRead,
				Options: []widget.Option{
					{Value: holidaysRead, Label: "Read them from a file"},
					{Value: holidaysDrop, Label: "Go back to the built-in table"},
				},
			},
			widget.Field{ID: "file", Label: "File", File: true, Note: "With its path; not needed for the built-in table."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			if v["do"] == holidaysDrop {
				return formDone{said: "The built-in bank holidays are used."}, desk.SetHolidays(ctx, "", was)
			}
			path := strings.TrimSpace(v["file"])
			if read == nil || path == "" {
				return formDone{}, register.Errorf(register.Invalid, "file", "say which file to read")
			}
			data, err := read(path)
			if err != nil {
				return formDone{}, unreadableFile(path, err)
			}
			return formDone{said: "The office's own bank holidays are used."}, inFile(desk.SetHolidays(ctx, string(data), was), path)
		},
	})
}

// atFile leads an error about the contents of a file to the question for it.
func atFile(err error) error {
	if err == nil {
		return nil
	}
	return &register.Error{Kind: register.KindOf(err), Field: "file", Msg: problem(err), Err: err}
}

// inFile leads an error about a line of a file to the question for it, under the name the file has.
func inFile(err error, path string) error {
	var wrong *calendar.FileError
	if !errors.As(err, &wrong) {
		return atFile(err)
	}
	named := *wrong
	named.File = filepath.Base(path)
	return &register.Error{Kind: register.KindOf(err), Field: "file", Msg: named.Error(), Err: err}
}

// profile is the profile in words.
func (s *settings) profile() Screen {
	p := s.kit.desk.Settings().Profile
	text := p.Title + "\n\n" + p.Summary
	if s.kit.env.Describe != nil {
		text = s.kit.env.Describe(p)
	}
	return newReading(s.kit, "Profile", text)
}
