package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// asks is a form whose answers are shown as a plan before anything is done.
func (c *crew) asks(title, intro string, load func() ([]widget.Field, error), what func(widget.Values) (register.Many, error)) Screen {
	return newForm(c.kit, formSpec{
		title: title, intro: intro, load: load, doing: "Looking at each of them",
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			m, err := what(v)
			if err == nil {
				err = m.Validate()
			}
			if err == nil {
				_, err = manyDesk(c.kit.desk).PlanMany(ctx, nil, m) // what no record could be done with is told here
			}
			return formDone{next: newManyPlan(c, m)}, err
		},
	})
}

func (c *crew) reasoned(title, intro string, act register.ManyAct) tea.Cmd {
	return push(c.asks(title, intro, asked(reason()), func(v widget.Values) (register.Many, error) {
		return register.Many{Act: act, Reason: v["reason"]}, nil
	}))
}

func (c *crew) deactivating() tea.Cmd {
	return c.reasoned("Deactivate", "The records of "+c.count(len(c.ids))+" go out of use, and their memberships end today. "+
		"What would become of each is shown first.", register.ManyDeactivate)
}

func (c *crew) reactivating() tea.Cmd {
	return c.reasoned("Reactivate", "The records of "+c.count(len(c.ids))+" come back into use. Memberships stay ended.",
		register.ManyReactivate)
}

// choosingField asks which field of the profile is set.
func (c *crew) choosingField() tea.Cmd {
	var offers []widget.Option
	fields := c.fields()
	for _, f := range fields {
		offers = append(offers, widget.Option{Value: f.ID, Label: f.Title})
	}
	p := widget.NewPicker(c.kit.theme, "Which field gets the same value for "+c.count(len(c.ids))+"?", offers, "")
	return choose(p, func(o widget.Option) tea.Cmd {
		i := slices.IndexFunc(fields, func(f register.Field) bool { return f.ID == o.Value })
		return push(c.setting(fields[i]))
	})
}

// fields are those of any kind of person that this operator may read, but a name, an address of one's own and what a
// membership holds.
func (c *crew) fields() []register.Field {
	var all []register.Field
	for _, kind := range c.kit.desk.Settings().Profile.Kinds {
		for _, f := range kind.Fields {
			known := slices.ContainsFunc(all, func(x register.Field) bool { return x.ID == f.ID })
			ofMembership := f.ID == register.FieldOrganisation || f.ID == register.FieldAccess
			if known || ofMembership || isName(f.ID) || f.Special && !c.kit.may(register.SpecialRead) {
				continue
			}
			all = append(all, f)
		}
	}
	return all
}

func (c *crew) setting(f register.Field) Screen {
	load := func() ([]widget.Field, error) {
		form := &personForm{kit: c.kit, desk: c.kit.desk}
		p := c.kit.desk.Settings().Profile
		q, err := form.question(f, &p)
		q.Note = "Empty takes away what is held."
		return []widget.Field{q, sourceField()}, err
	}
	return c.asks("Set: "+f.Title, f.Title+" becomes the same for "+c.count(len(c.ids))+".", load,
		func(v widget.Values) (register.Many, error) {
			return register.Many{
				Act: register.ManySet, Field: f.ID, Value: v[f.ID], Source: register.Provenance{How: v[source]},
			}, nil
		})
}

// organisation asks which one.
func (c *crew) organisation(title string, then func(widget.Option) Screen) tea.Cmd {
	offers, err := organisationOptions(c.kit.desk)
	switch {
	case err != nil:
		return fail(err)
	case len(offers) == 0:
		return say(theme.Muted, "No organisation is held yet: add one first.")
	}
	return choose(widget.NewPicker(c.kit.theme, title, offers, ""), func(o widget.Option) tea.Cmd { return push(then(o)) })
}

func (c *crew) joining() tea.Cmd {
	return c.organisation("Make "+c.count(len(c.ids))+" members of which organisation?", c.member)
}

func (c *crew) member(org widget.Option) Screen {
	profile := c.kit.desk.Settings().Profile
	load := asked(
		widget.Field{ID: "role", Label: "Role there"},
		widget.Field{ID: "access", Label: "Access level", Kind: widget.Choice, Options: accessOptions(&profile)},
		widget.Field{ID: "from", Label: "From", Kind: widget.Date, Value: c.kit.desk.Today().String(), Required: true},
		sourceField(),
	)
	return c.asks("Membership", c.count(len(c.ids))+" become members of "+org.Label, load,
		func(v widget.Values) (register.Many, error) {
			from, err := calendar.ParseDate(v["from"])
			if err != nil {
				return register.Many{}, register.Errorf(register.Invalid, "from", "this is not a date")
			}
			return register.Many{
				Act: register.ManyJoin, Organisation: register.ID(org.Value), Role: v["role"], Access: v["access"], From: from,
				Source: register.Provenance{How: v[source]},
			}, nil
		})
}

func (c *crew) leaving() tea.Cmd {
	return c.organisation("End whose membership? Choose the organisation", func(org widget.Option) Screen {
		return newManyPlan(c, register.Many{Act: register.ManyLeave, Organisation: register.ID(org.Value)})
	})
}

// telling asks of which version of a notice they were told, and how.
func (c *crew) telling() tea.Cmd {
	var offers []widget.Option
	notices := c.kit.desk.Settings().Profile.Notices
	for _, n := range notices {
		offers = append(offers, widget.Option{Value: n.ID + " " + n.Version, Label: n.Title + ", version " + n.Version})
	}
	if len(offers) == 0 {
		return say(theme.Muted, "The profile has no notice.")
	}
	p := widget.NewPicker(c.kit.theme, "Of which notice was "+c.count(len(c.ids))+" told?", offers, "")
	return choose(p, func(o widget.Option) tea.Cmd {
		i := slices.IndexFunc(notices, func(n register.Notice) bool { return n.ID+" "+n.Version == o.Value })
		return push(c.told(notices[i]))
	})
}

func (c *crew) told(n register.Notice) Screen {
	load := asked(
		widget.Field{ID: "on", Label: "When", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()},
		widget.Field{ID: "how", Label: "How", Required: true, Note: "Such as: by letter with the autumn programme."},
	)
	return c.asks("Told", "It is recorded that "+c.count(len(c.ids))+" was told of "+n.Title+". Nothing is sent by this.", load,
		func(v widget.Values) (register.Many, error) {
			on, err := calendar.ParseDate(v["on"])
			if err != nil {
				return register.Many{}, register.Errorf(register.Invalid, "on", "this is not a date")
			}
			return register.Many{Act: register.ManyTold, Notice: n.ID, Version: n.Version, How: strings.TrimSpace(v["how"]), On: on}, nil
		})
}

func (c *crew) assigning() tea.Cmd {
	load := func() ([]widget.Field, error) {
		names, err := colleagues(c.kit.desk, "")
		return []widget.Field{
			{ID: "to", Label: "Who takes them over", Kind: widget.Choice, Options: names, Required: true},
			{ID: "note", Label: "What they should know", Kind: widget.LongText},
		}, err
	}
	return push(c.asks("Give to a colleague", "", load, func(v widget.Values) (register.Many, error) {
		return register.Many{Act: register.ManyAssign, To: v["to"], Text: strings.TrimSpace(v["note"])}, nil
	}))
}

func (c *crew) noting() tea.Cmd {
	field := widget.Field{ID: "text", Label: "Note", Kind: widget.LongText, Required: true}
	return push(c.asks("Note", "The same note goes into "+c.count(len(c.ids))+" and stays there.", asked(field),
		func(v widget.Values) (register.Many, error) {
			return register.Many{Act: register.ManyNote, Text: strings.TrimSpace(v["text"])}, nil
		}))
}
