package tui

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// organisationFormDesk adds and changes organisations.
type organisationFormDesk interface {
	organisationDesk
	AddOrganisation(ctx context.Context, in register.OrganisationInput) (register.ID, error)
	ChangeOrganisation(ctx context.Context, id register.ID, in register.OrganisationInput) error
}

// organisationForm adds an organisation, or changes one.
type organisationForm struct {
	kit  *kit
	desk organisationFormDesk
	id   register.ID // empty: adding
	held register.Organisation
}

func newOrganisationForm(k *kit, id register.ID) Screen {
	f := &organisationForm{kit: k, desk: k.desk, id: id}
	spec := formSpec{id: "organisation:new", title: "New organisation", load: f.load, submit: f.submit}
	if id != "" {
		spec.id, spec.title, spec.of = "organisation:"+string(id), "Change", []string{string(id)}
	}
	return newForm(k, spec)
}

func (f *organisationForm) load() ([]widget.Field, error) {
	if f.id != "" {
		page, err := f.desk.OrganisationPage(f.id)
		if err != nil {
			return nil, err
		}
		f.held = page.Organisation
	}
	var fields []widget.Field
	for _, id := range register.OrganisationFields() {
		fields = append(fields, widget.Field{ID: id, Label: label(id), Value: f.held.Value(id), Required: id == "name"})
	}
	return fields, nil
}

func (f *organisationForm) submit(ctx context.Context, v widget.Values) (formDone, error) {
	in := register.OrganisationInput{Values: map[string]string{}, Revision: f.held.Revision}
	for _, id := range register.OrganisationFields() {
		if typed := strings.TrimSpace(v[id]); typed != f.held.Value(id) {
			in.Values[id] = typed
		}
	}
	if f.id != "" {
		return formDone{said: "Changed " + string(f.id) + "."}, f.desk.ChangeOrganisation(ctx, f.id, in)
	}
	id, err := f.desk.AddOrganisation(ctx, in)
	if err != nil {
		return formDone{}, err
	}
	return formDone{said: "Added " + string(id) + ".", next: newOrganisation(f.kit, string(id))}, nil
}

// label makes the words of a field's id: "la_code" reads "LA code".
func label(id string) string {
	switch id {
	case "urn", "ukprn":
		return strings.ToUpper(id)
	case "la_code":
		return "LA code"
	case "la_name":
		return "Local authority"
	case "":
		return ""
	}
	words := strings.ReplaceAll(id, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
