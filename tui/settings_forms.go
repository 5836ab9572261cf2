package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
			widget.Field{ID: "file", Label: "File", Note: "With its path; not needed for the built-in table."},
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
			return formDone{said: "The office's own bank holidays are used."}, atFile(desk.SetHolidays(ctx, string(data), was))
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

// newOperator is the form that adds a member of staff.
func newOperator(k *kit) Screen {
	desk := officeDesk(k.desk)
	return newForm(k, formSpec{
		id: "operator:new", title: "New operator", load: asked(operatorFields()...),
		remark: func(v widget.Values) string { return strength(k, v) },
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			if v["passphrase"] != v["again"] {
				return formDone{}, register.Errorf(register.Invalid, "again", "this is not the same passphrase")
			}
			op := register.Operator{Name: strings.TrimSpace(v["operator"])}
			for _, r := range roleOffers() {
				if v[string(r.role)] == widget.Yes {
					op.Roles = append(op.Roles, r.role)
				}
			}
			pass := []byte(v["passphrase"])
			defer clear(pass)
			if err := desk.AddOperator(ctx, op, pass); err != nil {
				return formDone{}, atRole(err)
			}
			return formDone{said: op.Name + " may open the store now."}, nil
		},
	})
}

// roleOffer is a role as the form words it.
type roleOffer struct {
	role  register.Role
	label string
}

func roleOffers() []roleOffer {
	return []roleOffer{
		{register.Viewer, "Viewer: reads, without special category data"},
		{register.Officer, "Officer: does the day's work and prepares decisions"},
		{register.DPO, "Data protection officer: decides, approves, sees everything"},
		{register.Admin, "Admin: operators and settings, no special category data"},
	}
}

func operatorFields() []widget.Field {
	fields := []widget.Field{{ID: "operator", Label: "Login name", Required: true, Validate: loginName}}
	for _, r := range roleOffers() {
		fields = append(fields, widget.Field{ID: string(r.role), Label: r.label, Kind: widget.YesNo})
	}
	return append(fields,
		widget.Field{
			ID: "passphrase", Label: "Passphrase", Kind: widget.Secret, Required: true,
			Note: "Several words are best. They type it themselves; nobody else should know it.",
		},
		widget.Field{ID: "again", Label: "Passphrase again", Kind: widget.Secret, Required: true},
	)
}

// atRole leads an error about the roles to the first question for one.
func atRole(err error) error {
	var e *register.Error
	if !errors.As(err, &e) || e.Field != "role" {
		return err
	}
	return register.Errorf(e.Kind, string(register.Viewer), "say yes to one role at least")
}

// strength words how good a passphrase is.
func strength(k *kit, v widget.Values) string {
	if k.env.Strength == nil || v["passphrase"] == "" {
		return ""
	}
	score, words := k.env.Strength([]byte(v["passphrase"]), k.desk.Settings().Office, v["operator"])
	return fmt.Sprintf("Strength of the passphrase: %s (%d of 4)", words, score)
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
