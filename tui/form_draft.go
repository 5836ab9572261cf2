package tui

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// keep saves what differs from what is held, so that a form taken up later follows the record in everything else, and
// with it what was held: what somebody changes until then is told. Only what was typed since the last time replaces
// what the operator typed in another place.
func (f *formScreen) keep(values widget.Values) tea.Cmd {
	if !f.keeps() || f.sent {
		return nil
	}
	d := register.Draft{
		Form: f.spec.id, Subject: f.spec.subject, Values: map[string]string{}, Was: map[string]string{}, Fresh: []string{},
	}
	for _, field := range f.base {
		v, ok := values[field.ID]
		if !ok {
			continue
		}
		differs := v != initial(field)
		if differs {
			d.Values[field.ID], d.Was[field.ID] = v, f.was(field)
		}
		if before, wrote := f.written[field.ID]; wrote != differs || before != v && differs {
			d.Fresh = append(d.Fresh, field.ID)
		}
	}
	f.kept, f.written = len(d.Values) > 0, d.Values
	if len(d.Fresh) == 0 {
		return nil
	}
	return f.kit.drafts.save(d)
}

// was is what a field held when what is typed in it was begun.
func (f *formScreen) was(field widget.Field) string {
	for _, c := range f.since.clashes {
		if c.field.ID == field.ID {
			return c.was
		}
	}
	return initial(field)
}

// resume takes a draft up and returns the answers the form begins with. What was changed since it was typed is told,
// and chosen as the form is finished.
func (f *formScreen) resume(d register.Draft) widget.Values {
	if len(d.Values) == 0 {
		return nil
	}
	f.resumed, f.kept, f.written = d.Saved, true, maps.Clone(d.Values)
	base, answers := slices.Clone(f.base), widget.Values{}
	for i, field := range base {
		if was, ok := d.Was[field.ID]; ok && len(f.spec.of) > 0 {
			base[i].Value = was
		}
		answers[field.ID] = initial(field)
		if typed, ok := d.Values[field.ID]; ok {
			answers[field.ID] = typed
		}
	}
	j := mergeFields(base, f.base, answers)
	if len(j.clashes) > 0 {
		j.taken = nil // what was typed is what is held by now
		f.since.clashes, f.since.told = j.clashes, f.tell(&j)
	}
	return j.values
}
