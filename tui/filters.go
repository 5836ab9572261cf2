package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// narrowable is a Screen whose list is narrowed down: what it shows can be kept under a name and shown again. Every
// list with a filter is one.
type narrowable interface {
	kept() register.SavedFilter // what is shown, without list and name
	put(register.SavedFilter)   // as filterTaken then has it listed
}

// kept is the words of the filter.
func (f *finder) kept() register.SavedFilter { return register.SavedFilter{Words: f.filter.Value()} }

func (f *finder) put(s register.SavedFilter) { f.filter.Set(s.Words) }

// kept is also the part of the register and the order.
func (r *roll[T]) kept() register.SavedFilter {
	return register.SavedFilter{
		Words: r.filter.Value(), Narrow: []string{r.parts[r.part].label}, Sort: r.query.Sort, Desc: r.query.Desc,
	}
}

func (r *roll[T]) put(s register.SavedFilter) {
	r.finder.put(s)
	r.part = max(0, slices.IndexFunc(r.parts, func(p part) bool { return slices.Contains(s.Narrow, p.label) }))
	if slices.Contains(r.sorts, s.Sort) {
		r.query.Sort, r.query.Desc = s.Sort, s.Desc
	}
}

// kept is also the order.
func (t *trail) kept() register.SavedFilter {
	return register.SavedFilter{Words: t.filter.Value(), Desc: !t.oldest}
}

func (t *trail) put(s register.SavedFilter) {
	t.finder.put(s)
	t.oldest = !s.Desc
}

// savedFilters are those of lists that can be gone to from anywhere, by name.
func savedFilters(k *kit) []register.SavedFilter {
	all := slices.DeleteFunc(slices.Clone(k.prefs.Filters), func(f register.SavedFilter) bool {
		a, ok := areaOf(func(a area) bool { return string(a.scope) == f.List })
		return !ok || !k.may(needs[a.action])
	})
	slices.SortStableFunc(all, func(a, b register.SavedFilter) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// filterMsg shows a list as it was kept under a name, or as a heading of home counts it.
type filterMsg struct{ filter register.SavedFilter }

func (filterMsg) toModel() {}

// showFilter goes to the list of a filter and narrows it down.
func (m *Model) showFilter(f register.SavedFilter) tea.Cmd {
	var begun tea.Cmd
	if string(m.top().screen.At().Scope) != f.List {
		a, ok := areaOf(func(a area) bool { return string(a.scope) == f.List })
		if !ok || m.off(a.action) {
			return say(theme.Muted, "That list cannot be opened from here.")
		}
		begun = m.jump(a.action)
	}
	n, ok := m.top().screen.(narrowable)
	if !ok {
		return begun
	}
	n.put(f)
	begun = tea.Batch(begun, m.give(len(m.stack)-1, actMsg{action: filterTaken}))
	if f.Name == "" {
		return begun
	}
	return tea.Batch(begun, say(theme.Muted, "Showing what is kept as "+f.Name+"."))
}

// The choices beside the filters themselves; a name cannot begin with a space.
const (
	filterKeep   = " keep"
	filterForget = " forget:"
)

// offerFilters lists what is kept of a list, and offers to keep what it shows or to forget something.
func (m *Model) offerFilters() tea.Cmd {
	n, ok := m.top().screen.(narrowable)
	if !ok {
		return nil
	}
	list := string(m.top().screen.At().Scope)
	var all, forget []widget.Option
	for _, f := range m.kit.prefs.Filters {
		if f.List == list {
			all = append(all, widget.Option{Value: f.Name, Label: f.Name + filterWords(f)})
			forget = append(forget, widget.Option{Value: filterForget + f.Name, Label: "Forget " + f.Name})
		}
	}
	now := n.kept()
	now.List = list
	keep := widget.Option{Value: filterKeep, Label: "Keep what is shown now under a name" + filterWords(now)}
	p := widget.NewPicker(m.kit.theme, "Saved filters of "+list, slices.Concat(all, []widget.Option{keep}, forget), "")
	return address(m.top().id, choose(p, func(o widget.Option) tea.Cmd { return m.kit.choseFilter(now, o.Value) }))
}

func (k *kit) choseFilter(now register.SavedFilter, value string) tea.Cmd {
	is := func(name string) func(register.SavedFilter) bool {
		return func(f register.SavedFilter) bool { return f.List == now.List && f.Name == name }
	}
	if value == filterKeep {
		return push(newFilterName(k, now))
	}
	if name, ok := strings.CutPrefix(value, filterForget); ok {
		forgotten := send(prefsChangeMsg{func(p *register.Preferences) {
			p.Filters = slices.DeleteFunc(slices.Clone(p.Filters), is(name))
		}})
		return tea.Batch(forgotten, say(theme.Good, name+" is forgotten. The list stays as it is."))
	}
	if i := slices.IndexFunc(k.prefs.Filters, is(value)); i >= 0 {
		return send(filterMsg{k.prefs.Filters[i]})
	}
	return nil
}

// filterWords are what a filter shows, in brackets.
func filterWords(f register.SavedFilter) string {
	parts := slices.Clone(f.Narrow)
	if f.Words != "" {
		parts = append(parts, "\""+f.Words+"\"")
	}
	if f.Sort != "" {
		parts = append(parts, "by "+f.Sort)
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// prefsChangeMsg changes how the operator has the console.
type prefsChangeMsg struct{ change func(*register.Preferences) }

func (prefsChangeMsg) toModel() {}
