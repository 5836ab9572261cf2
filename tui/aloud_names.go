package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// here are the actions that work where the person is, the screen's own first.
func (a *aloud) here() []widget.Entry {
	at := a.m.where()
	at.Typing = false
	var all []widget.Entry
	for _, s := range a.m.kit.keys.Here(at) {
		all = append(all, s.Entries...)
	}
	return all
}

// named does the action that a key, a name or the beginning of a name stands for. What is dangerous has to be named
// in full.
func (a *aloud) named(text string) tea.Cmd {
	found := matching(a.here(), text)
	action, keyed := a.keyed(text)
	switch letter := len([]rune(text)) == 1; {
	case keyed && (letter || len(found) == 0 || !strings.EqualFold(found[0].Label, text)):
		return a.do(action)
	case letter:
		a.sayLines("No action here has that key. ? lists them.")
		return nil
	}
	switch {
	case len(found) == 1:
		return a.do(found[0].Action)
	case len(found) > 1:
		names := make([]string, len(found))
		for i, e := range found {
			names[i] = e.Label
		}
		a.sayLines("Which one: " + strings.Join(names, ", ") + "?")
		return nil
	}
	return a.unknown(text)
}

// keyed is the action of a key, by the name it has in the help.
func (a *aloud) keyed(text string) (widget.Action, bool) {
	msg, ok := keyNamed(text)
	if !ok {
		return "", false
	}
	at := a.m.where()
	at.Typing = at.Typing && len(msg.Runes) > 0
	return a.m.kit.keys.Match(msg, at)
}

// matching are the actions of a name, or else those it is the beginning of.
func matching(all []widget.Entry, text string) []widget.Entry {
	want := strings.ToLower(text)
	for _, e := range all { // the screen's own come first
		if strings.ToLower(e.Label) == want || string(e.Action) == want {
			return []widget.Entry{e}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(e widget.Entry) bool {
		return e.Danger || !strings.HasPrefix(strings.ToLower(e.Label), want)
	})
}

// unknown says why an action does nothing here, or what can be said.
func (a *aloud) unknown(text string) tea.Cmd {
	if p, ok := a.m.top().screen.(parted); ok {
		for i, name := range p.parts() {
			if strings.HasPrefix(strings.ToLower(name), strings.ToLower(text)) {
				p.part(i)
				return nil
			}
		}
	}
	for _, e := range a.m.kit.keys.All() {
		if strings.EqualFold(e.Label, text) && slices.Contains(e.Scopes, a.m.where().Scope) {
			return a.do(e.Action)
		}
	}
	a.sayLines("Nothing here is called that. Type the name of an action, a number, back, go and an area, : and a word, " +
		"or ? for what can be done here.")
	return nil
}

// do does an action, or says why it does nothing now.
func (a *aloud) do(action widget.Action) tea.Cmd {
	m := a.m
	b, known := m.kit.keys.Find(action)
	switch {
	case !known:
		return nil
	case m.where().Off(action):
		if why := m.explain(action); why != nil {
			return why
		}
		if action == widget.Back {
			a.sayLines("This is the first screen; quit leaves.")
			return nil
		}
		return say(theme.Muted, "\""+b.Label+"\" does not apply here now.")
	}
	switch action {
	case widget.OpenHelp:
		a.list()
	case widget.OpenAll:
		a.sayLines("Type : and a word of what you want to do.")
	case widget.OpenFilter:
		a.sayLines("Type / and a word; / alone takes it away.")
	default:
		if key := sharpKey(&b); m.where().Typing && key != "" {
			msg, _ := keyNamed(key)
			return m.key(msg)
		}
		return m.act(action, "")
	}
	return nil
}

// sharpKey is a key of a binding that no text is typed with, empty for none.
func sharpKey(b *widget.Binding) string {
	for _, k := range b.Keys {
		if len([]rune(k)) > 1 {
			return k
		}
	}
	return ""
}

// keyNamed is the key of a name, as bubbletea and the help write it.
func keyNamed(name string) (tea.KeyMsg, bool) {
	if r := []rune(name); len(r) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: r}, true
	}
	want := strings.ToLower(name)
	switch want {
	case "space":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	case "pgdn":
		want = "pgdown"
	}
	for t := tea.KeyF20; t <= tea.KeyType(127); t++ {
		if msg := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && msg.String() == want && len(want) > 1 {
			return msg, true
		}
	}
	return tea.KeyMsg{}, false
}

// list says every action that works here, with what it does.
func (a *aloud) list() {
	lines := []string{a.name() + " What can be done here:"}
	if a.choices() > 0 {
		lines = append(lines, "a number: chooses and opens; s and a number only selects")
	}
	if !a.m.where().Off(widget.MarkOne) && a.table() != nil && a.table().Markable {
		lines = append(lines, "m and numbers: marks or unmarks, such as m 3 5 or m 3-7")
	}
	if h, ok := a.m.top().screen.(hunter); ok && h.spokenFilter() != nil && !a.m.where().Off(widget.OpenFilter) {
		lines = append(lines, "/ and a word: shows only what contains it")
	}
	for _, e := range a.here() {
		if a.listed(e.Action) {
			lines = append(lines, e.Label+": "+e.Help)
		}
	}
	lines = append(lines, ": and a word: finds any action", "go and an area: "+strings.Join(a.areaNames(), ", "),
		"more, again, back, quit: goes on, says the screen again, goes back, leaves")
	a.sayPart(plainLines(a.m.kit.theme, strings.Join(lines, "\n")))
}

// listed leaves out what is said in another way: moving in a list, areas, and what the last lines of the list name.
func (a *aloud) listed(action widget.Action) bool {
	_, isArea := areaOf(func(x area) bool { return x.action == action })
	switch action {
	case widget.Up, widget.Down, widget.PageUp, widget.PageDown, widget.First, widget.Last:
		return a.m.where().Scope == scopeMonth
	case widget.Left, widget.Right, widget.NextField, widget.PrevField:
		return a.table() == nil || a.m.where().Scope == scopeMatrix
	case widget.OpenHelp, widget.OpenAll, widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.Quit, leave:
		return false
	default:
		return !isArea
	}
}

func (a *aloud) areaNames() []string {
	var names []string
	for _, x := range areas() {
		if b, ok := a.m.kit.keys.Find(x.action); ok && !a.m.off(x.action) {
			names = append(names, b.Label)
		}
	}
	return names
}
