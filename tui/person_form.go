package tui

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// personFormDesk adds and changes people.
type personFormDesk interface {
	personDesk
	organisationsDesk
	AddDelegate(ctx context.Context, in register.DelegateInput) (register.ID, error)
	ChangeDelegate(ctx context.Context, id register.ID, in register.DelegateInput) error
}

// source is the field that says where the answers of a form come from.
const source = "source"

// personForm adds a person, or changes one, with the fields the profile has for the kind.
type personForm struct {
	kit    *kit
	desk   personFormDesk
	id     register.ID // empty: adding
	kind   string
	held   register.Delegate
	fields []register.Field // those asked
}

// addPerson asks which kind of person to add where there are several.
func addPerson(k *kit) tea.Cmd {
	kinds := k.desk.Settings().Profile.Kinds
	if len(kinds) == 1 {
		return push(newAddition(k, kinds[0].ID))
	}
	options := make([]widget.Option, len(kinds))
	for i, kind := range kinds {
		options[i] = widget.Option{Value: kind.ID, Label: kind.Title}
	}
	return choose(widget.NewPicker(k.theme, "What kind of person?", options, ""), func(o widget.Option) tea.Cmd {
		return push(newAddition(k, o.Value))
	})
}

func newAddition(k *kit, kind string) Screen {
	f := &personForm{kit: k, desk: k.desk, kind: kind}
	p := k.desk.Settings().Profile
	title := kind
	if known, ok := p.Kind(kind); ok {
		title = known.Title
	}
	return newForm(k, formSpec{
		id: "delegate:new:" + kind, title: "New: " + title, intro: p.Withhold, load: f.load, submit: f.add,
	})
}

func newPersonForm(k *kit, id register.ID) Screen {
	f := &personForm{kit: k, desk: k.desk, id: id}
	return newForm(k, formSpec{
		id: "delegate:" + string(id), title: "Change", subject: id, load: f.load, submit: f.change, of: []string{string(id)},
		intro: "Organisation and access level belong to a membership: m on the person's page changes them.",
	})
}

func (f *personForm) load() ([]widget.Field, error) {
	if f.id != "" {
		page, err := f.desk.Person(f.id)
		if err != nil {
			return nil, err
		}
		f.held, f.kind = page.Delegate, page.Delegate.Kind
	}
	profile := f.kit.desk.Settings().Profile
	f.fields = f.asked(&profile)
	fields := make([]widget.Field, 0, len(f.fields)+1)
	for _, x := range f.fields {
		field, err := f.question(x, &profile)
		if err != nil {
			return nil, err
		}
		fields = append(fields, field)
	}
	return append(fields, sourceField()), nil
}

// asked are the fields of the kind, less what this operator may not read and what a membership holds. A kind without a
// name is given one, since a person needs a name.
func (f *personForm) asked(p *register.Profile) []register.Field {
	kind, _ := p.Kind(f.kind)
	var fields []register.Field
	named := false
	for _, x := range kind.Fields {
		inMembership := x.ID == register.FieldOrganisation || x.ID == register.FieldAccess
		if x.Special && !f.kit.may(register.SpecialRead) || inMembership && f.id != "" {
			continue
		}
		named = named || isName(x.ID)
		fields = append(fields, x)
	}
	if !named {
		fields = append([]register.Field{{ID: register.FieldName, Title: "Name", Mandatory: true}}, fields...)
	}
	return fields
}

func isName(field string) bool {
	return field == register.FieldName || field == register.FieldGiven || field == register.FieldFamily
}

// question is a field of the profile as a form asks it. Only the name is required: anything else mandatory that is left
// out makes the record incomplete, and the consequence is said beside the field.
func (f *personForm) question(x register.Field, p *register.Profile) (widget.Field, error) {
	q := widget.Field{
		ID: x.ID, Label: x.Title, Value: f.held.Value(x.ID), Mark: widget.Voluntary, Note: x.Consequence,
		Required: x.ID == register.FieldName, Validate: checkField(x),
	}
	switch {
	case x.Special:
		q.Mark = widget.SpecialCategory
	case x.Mandatory:
		q.Mark = widget.Mandatory
	}
	switch x.Type {
	case "long":
		q.Kind = widget.LongText
	case "date":
		q.Kind = widget.Date
	case "choice":
		q.Kind = widget.Choice
		for _, o := range x.Options {
			q.Options = append(q.Options, widget.Option{Value: o, Label: o})
		}
	}
	var err error
	switch x.ID {
	case register.FieldAccess:
		q.Kind, q.Options = widget.Choice, accessOptions(p)
	case register.FieldOrganisation:
		q.Kind = widget.Choice
		q.Options, err = organisationOptions(f.desk)
	}
	return q, err
}

// checkField checks an answer as the register will, without naming the answer.
func checkField(x register.Field) func(string) error {
	return func(answer string) error {
		err := x.Check(answer)
		if x.ID == register.FieldEmail && err == nil {
			_, err = register.NormalEmail(answer)
		}
		var e *register.Error
		if errors.As(err, &e) {
			return errors.New(e.Msg)
		}
		return err
	}
}

func accessOptions(p *register.Profile) []widget.Option {
	var options []widget.Option
	for _, a := range p.AccessLevels {
		options = append(options, widget.Option{Value: a.ID, Label: strings.TrimSuffix(a.Title+": "+a.Means, ": ")})
	}
	return options
}

func sourceField() widget.Field {
	return widget.Field{
		ID: source, Label: "Where this comes from", Kind: widget.Choice,
		Note: "Kept with every value, and told to the person who asks.",
		Options: []widget.Option{
			{Value: "self", Label: "the person themselves"},
			{Value: "lead administrator", Label: "the lead administrator of their organisation"},
			{Value: "form", Label: "a form they filled in"},
			{Value: "phone", Label: "a telephone call"},
			{Value: "email", Label: "an email"},
		},
	}
}

func (f *personForm) add(ctx context.Context, v widget.Values) (formDone, error) {
	in := register.DelegateInput{
		Kind: f.kind, Values: map[string]string{}, Source: register.Provenance{How: v[source]},
		Organisation: register.ID(v[register.FieldOrganisation]), Access: v[register.FieldAccess],
	}
	for _, x := range f.fields {
		if x.ID != register.FieldOrganisation && x.ID != register.FieldAccess && v[x.ID] != "" {
			in.Values[x.ID] = v[x.ID]
		}
	}
	if in.Organisation == "" && in.Access != "" {
		return formDone{}, register.Errorf(register.Invalid, register.FieldOrganisation,
			"an access level is held at an organisation: choose one, or leave the access level out")
	}
	id, err := f.desk.AddDelegate(ctx, in)
	if err != nil {
		return formDone{}, err
	}
	return formDone{said: "Added " + string(id) + ".", next: newPerson(f.kit, string(id))}, nil
}

func (f *personForm) change(ctx context.Context, v widget.Values) (formDone, error) {
	in := register.DelegateInput{
		Values: map[string]string{}, Source: register.Provenance{How: v[source]}, Revision: f.held.Revision,
	}
	for _, x := range f.fields {
		if typed := strings.TrimSpace(v[x.ID]); typed != f.held.Value(x.ID) {
			in.Values[x.ID] = typed
		}
	}
	return formDone{said: "Changed " + string(f.id) + "."}, f.desk.ChangeDelegate(ctx, f.id, in)
}
