package tui

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// The two sorts of change of a notice.
const (
	changeMinor    = "minor"
	changeMaterial = "material"
)

func publicationID(notice string) string { return "notice:" + notice }

// newPublication asks for the next version of a notice, beginning with the wording in force, and shows what it would
// mean before anything is published.
func newPublication(k *kit, notice string) Screen {
	desk, profile := noticeDesk(k.desk), k.desk.Settings().Profile
	return newForm(k, formSpec{
		id: publicationID(notice), title: "New version", doing: "Working out whom it concerns",
		intro: "Nothing is published before you have seen whom it concerns. The version in force ends the day before.",
		load: func() ([]widget.Field, error) {
			versions := profile.NoticeVersions(notice)
			if len(versions) == 0 {
				return nil, register.Errorf(register.NotFound, "", "the profile has no notice %q any more", notice)
			}
			return publicationFields(k, &versions[0]), nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := publicationInput(k, notice, v)
			if err != nil {
				return formDone{}, err
			}
			effect, err := desk.PublishNotice(ctx, in, true)
			if err != nil {
				return formDone{}, err
			}
			return formDone{next: newNoticeEffect(k, in, effect), keep: true}, nil
		},
	})
}

func publicationFields(k *kit, last *register.Notice) []widget.Field {
	return []widget.Field{
		{ID: "version", Label: "Name of the version", Required: true, Note: "The last is " + last.Version + "."},
		{ID: "from", Label: "In force from", Kind: widget.Date, Required: true, Value: k.desk.Today().String()},
		{
			ID: "change", Label: "What sort of change", Kind: widget.Choice, Required: true,
			Options: []widget.Option{
				{Value: changeMinor, Label: "Minor: such as a spelling or a new telephone number"},
				{Value: changeMaterial, Label: "Material: people are told, and asked again where they consented"},
			},
		},
		{
			ID: "file", Label: "Take the wording from a file", File: true,
			Note: "A text file, with its path. Empty: the wording below counts.",
		},
		{ID: "text", Label: "The wording", Kind: widget.LongText, Value: last.Text},
		{ID: "title", Label: "Title", Required: true, Value: last.Title},
	}
}

// publicationInput is what the form says. It reads the file, where there is one.
func publicationInput(k *kit, notice string, v widget.Values) (register.NoticeInput, error) {
	in := register.NoticeInput{
		ID: notice, Version: strings.TrimSpace(v["version"]), Title: v["title"], Text: v["text"],
		Material: v["change"] == changeMaterial,
	}
	var err error
	if in.From, err = calendar.ParseDate(v["from"]); err != nil {
		return in, register.Errorf(register.Invalid, "from", "this is not a date")
	}
	path := strings.TrimSpace(v["file"])
	if path == "" {
		return in, nil
	}
	in.Text, err = readText(k, path)
	return in, err
}

// readText reads a file as text, and answers for it at the question "file".
func readText(k *kit, path string) (string, error) {
	if k.env.ReadFile == nil {
		return "", register.Errorf(register.Refused, "file", "files cannot be read from here")
	}
	data, err := k.env.ReadFile(path)
	if err != nil {
		return "", unreadableFile(path, err)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.ToValidUTF8(text, "") != text || strings.ContainsRune(text, 0) {
		return "", register.Errorf(register.Invalid, "file", "this is no text in UTF-8")
	}
	return strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), nil
}
