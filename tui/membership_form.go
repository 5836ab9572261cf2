package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// membershipDesk ties people to organisations.
type membershipDesk interface {
	personDesk
	Join(ctx context.Context, in register.MembershipInput) (register.ID, error)
	Leave(ctx context.Context, who, org register.ID) error
}

// organisationOptions are the organisations somebody can belong to.
func organisationOptions(desk organisationsDesk) ([]widget.Option, error) {
	rows, err := desk.Organisations(register.Query{Sort: "name"})
	if err != nil {
		return nil, err
	}
	options := make([]widget.Option, 0, rows.Len())
	for i := range rows.Len() {
		r := rows.Row(i)
		if r.Status == register.Closed {
			continue
		}
		options = append(options, widget.Option{Value: string(r.ID), Label: organisationLabel(r)})
	}
	return options, nil
}

func organisationLabel(r register.OrganisationRow) string {
	words := r.Name
	if r.Town != "" {
		words += ", " + r.Town
	}
	if r.URN != "" {
		words += "  URN " + r.URN
	}
	return words
}

// pickOrganisation asks which organisation, then how the person belongs to it.
func pickOrganisation(k *kit, who register.ID) tea.Cmd {
	options, err := organisationOptions(k.desk)
	switch {
	case err != nil:
		return fail(err)
	case len(options) == 0:
		return say(theme.Muted, "No organisation is held yet: add one first.")
	}
	return choose(widget.NewPicker(k.theme, "Member of which organisation?", options, ""), func(o widget.Option) tea.Cmd {
		return push(newMembershipForm(k, who, o))
	})
}

// membershipForm makes somebody a member of an organisation, or changes how they are.
type membershipForm struct {
	kit  *kit
	desk membershipDesk
	who  register.ID
	org  register.ID
	held *register.Membership // the one there is of one person; as it was read
}

func newMembershipForm(k *kit, who register.ID, org widget.Option) Screen {
	f := &membershipForm{kit: k, desk: k.desk, who: who, org: register.ID(org.Value)}
	return newForm(k, formSpec{
		id: "membership:" + string(who) + ":" + org.Value, subject: who, title: "Membership", intro: "Member of " + org.Label,
		load: f.load, submit: f.submit, of: []string{string(who)},
	})
}

func (f *membershipForm) load() ([]widget.Field, error) {
	var held register.Membership
	page, err := f.desk.Person(f.who)
	if err != nil {
		return nil, err
	}
	for _, m := range page.Memberships {
		if m.Organisation == f.org && m.Current(f.kit.desk.Today()) {
			held = m.Membership
		}
	}
	f.held = &held
	profile := f.kit.desk.Settings().Profile
	from := f.kit.desk.Today()
	if held.ID != "" {
		from = held.From
	}
	fields := []widget.Field{
		{ID: "role", Label: "Role there", Value: held.Role},
		{ID: "access", Label: "Access level", Kind: widget.Choice, Options: accessOptions(&profile), Value: held.Access},
	}
	if held.ID == "" {
		fields = append(fields, widget.Field{ID: "from", Label: "From", Kind: widget.Date, Value: from.String(), Required: true})
	}
	return append(fields, sourceField()), nil
}

func (f *membershipForm) submit(ctx context.Context, v widget.Values) (formDone, error) {
	var from calendar.Date
	if v["from"] != "" {
		d, err := calendar.ParseDate(v["from"])
		if err != nil {
			return formDone{}, register.Errorf(register.Invalid, "from", "this is not a date")
		}
		from = d
	}
	_, err := f.desk.Join(ctx, register.MembershipInput{
		Delegate: f.who, Organisation: f.org, Role: v["role"], Access: v["access"], From: from,
		Source: register.Provenance{How: v[source]}, Was: f.held,
	})
	return formDone{said: "Membership recorded for " + howMany(1) + "."}, err
}

// endMembership ends a membership today, asking which where several run.
func (p *person) endMembership(key string) tea.Cmd {
	current := p.current()
	if len(current) == 1 {
		return p.askLeave(current[0], key)
	}
	options := make([]widget.Option, len(current))
	for i, m := range current {
		options[i] = widget.Option{Value: string(m.Organisation), Label: membershipWords(m)}
	}
	return choose(widget.NewPicker(p.kit.theme, "Which membership ends today?", options, ""), func(o widget.Option) tea.Cmd {
		for _, m := range current {
			if string(m.Organisation) == o.Value {
				return p.askLeave(m, "enter")
			}
		}
		return nil
	})
}

func (p *person) askLeave(m register.MembershipEntry, key string) tea.Cmd {
	var desk membershipDesk = p.kit.desk
	who, org := p.id, m.Organisation
	return ask(widget.Question{
		Title: "End membership", Yes: "End it today", AskedBy: key, Text: "This membership ends today: " + membershipWords(m),
	}, func() tea.Msg {
		if err := desk.Leave(context.Background(), who, org); err != nil {
			return fail(err)()
		}
		return sayMsg{theme.Good, "The membership ends today. u takes it back."}
	})
}
