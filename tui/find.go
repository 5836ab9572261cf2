package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// finder is a table with the filter line that "/" opens over it.
type finder struct {
	kit    *kit
	table  *widget.Table
	filter *widget.Filter
}

func newFinder(k *kit, columns ...widget.Column) finder {
	return finder{k, widget.NewTable(k.theme, columns...), widget.NewFilter(k.theme)}
}

// key takes a key press while the filter is typed into; the arrows move in the list meanwhile. It reports whether
// another part of the list is wanted.
func (f *finder) key(msg tea.KeyMsg, at widget.Where) (changed bool) {
	if f.table.Act(f.kit.action(msg, at)) {
		return false
	}
	return f.filter.Update(msg)
}

// act does what every list does: moving, marking, filtering. Esc takes the filter away before anything else.
func (f *finder) act(a widget.Action) (taken, changed bool) {
	switch {
	case a == filterTaken:
		f.table.SetCursor(0)
		return true, true
	case a == widget.OpenFilter:
		f.filter.Open()
		return true, false
	case a == widget.Back && f.filter.Value() != "":
		f.filter.Clear()
		return true, true
	}
	return f.table.Act(a), false
}

// marked are the rows an action is about: the marked ones, or the selected one.
func (f *finder) marked() []register.ID {
	ids := f.table.MarkedIDs()
	if len(ids) == 0 && f.table.Len() > 0 {
		ids = []string{f.table.SelectedID()}
	}
	return registerIDs(ids)
}

// registerIDs are the ids of rows as the register has them.
func registerIDs(rows []string) []register.ID {
	ids := make([]register.ID, len(rows))
	for i, id := range rows {
		ids[i] = register.ID(id)
	}
	return ids
}

// crowded is how many people are looked at together at most.
const crowded = 500

// crowd are the rows marked, or else all that the list shows, up to 500.
func (f *finder) crowd() []register.ID {
	if f.table.MarkCount() > 0 {
		return registerIDs(f.table.MarkedInOrder())
	}
	return registerIDs(f.table.IDs(crowded))
}

// words are what every row shown has to hold, in lower case.
func (f *finder) words() []string { return strings.Fields(strings.ToLower(f.filter.Value())) }

// view is the filter, where there is one, and the table, as the lines of a room.
func (f *finder) view(width, height int) []string {
	var out []string
	f.filter.SetWidth(width)
	if f.filter.Typing() || f.filter.Value() != "" {
		out = append(out, f.filter.View())
	}
	f.table.SetSize(width, max(1, height-len(out)))
	return append(out, splitLines(f.table.View())...)
}

// holds reports whether a text in lower case has every word in it.
func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
