package tui

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// manyDesk does one thing with many records: planned first, then carried out.
type manyDesk interface {
	PlanMany(ctx context.Context, ids []register.ID, what register.Many) (register.ManyPlan, error)
	ApplyMany(ctx context.Context, plan register.ManyPlan, told func(done, total int)) (register.ManyDone, error)
}

// crew are the records something is done with: people, or cases by their references.
type crew struct {
	kit   *kit
	ids   []register.ID
	cases bool
}

// count says how many they are, in words.
func (c *crew) count(n int) string {
	if c.cases {
		return count(n, "case")
	}
	return howMany(n)
}

// manyLine is one thing that can be done with many records.
type manyLine struct {
	act   register.ManyAct
	title string
	begin func(*crew) tea.Cmd // the question it begins with; the plan follows
}

// pinAll is no act of the register: it changes only how the operator has the console.
const pinAll register.ManyAct = "pin"

func manyMenu(cases bool) []manyLine {
	if cases {
		return []manyLine{
			{register.ManyAssign, "Give to a colleague", (*crew).assigning},
			{register.ManyNote, "Add a note", (*crew).noting},
			{pinAll, "Pin: keep at hand on the home screen", (*crew).pin},
		}
	}
	return []manyLine{
		{register.ManyDeactivate, "Deactivate, with a reason", (*crew).deactivating},
		{register.ManyReactivate, "Reactivate, with a reason", (*crew).reactivating},
		{register.ManySet, "Set one field", (*crew).choosingField},
		{register.ManyJoin, "Make members of an organisation", (*crew).joining},
		{register.ManyLeave, "End the membership of an organisation today", (*crew).leaving},
		{register.ManyTold, "Record that they were told of a notice", (*crew).telling},
		{pinAll, "Pin: keep at hand on the home screen", (*crew).pin},
	}
}

// offerMany lists what can be done with all of them.
func offerMany(k *kit, ids []register.ID, cases bool) tea.Cmd {
	c := &crew{k, ids, cases}
	if len(ids) == 0 {
		return nil
	}
	lines := slices.DeleteFunc(manyMenu(cases), func(l manyLine) bool {
		what := register.Many{Act: l.act}
		return l.act != pinAll && !k.may(what.Verb())
	})
	offers := make([]widget.Option, len(lines))
	for i, l := range lines {
		offers[i] = widget.Option{Value: string(l.act), Label: l.title}
	}
	title := "With " + c.count(len(ids)) + ". Nothing changes before you have seen what would."
	return choose(widget.NewPicker(k.theme, title, offers, ""), func(o widget.Option) tea.Cmd {
		i := slices.IndexFunc(lines, func(l manyLine) bool { return string(l.act) == o.Value })
		return lines[i].begin(c)
	})
}

// deactivate ends the use of one record, or of many after a preview.
func deactivate(k *kit, who []register.ID) tea.Cmd {
	if len(who) == 1 {
		return push(newDeactivation(k, who[0]))
	}
	return (&crew{kit: k, ids: who}).deactivating()
}

// belong makes one person a member of an organisation, or many after a preview.
func belong(k *kit, who []register.ID) tea.Cmd {
	if len(who) == 1 {
		return pickOrganisation(k, who[0])
	}
	return (&crew{kit: k, ids: who}).joining()
}

// pin keeps them at hand, as far as there is room.
func (c *crew) pin() tea.Cmd {
	kind := register.PinPerson
	if c.cases {
		kind = register.PinCase
	}
	ids, trial := c.ids, c.kit.prefs
	if err := pinEach(&trial, kind, ids); err != nil {
		return fail(err)
	}
	pinned := send(prefsChangeMsg{func(p *register.Preferences) { _ = pinEach(p, kind, ids) }}) // tried above
	return tea.Batch(pinned, say(theme.Good, fmt.Sprintf("Pinned: %s.", c.count(len(ids)))))
}

// pinEach pins what is not pinned yet.
func pinEach(p *register.Preferences, kind string, ids []register.ID) error {
	for _, id := range ids {
		at := register.Pin{Kind: kind, ID: string(id)}
		if slices.Contains(p.Pinned, at) {
			continue
		}
		if _, err := p.TogglePin(at); err != nil {
			return err
		}
	}
	return nil
}
