package widget

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"custos/tui/theme"
)

// Entry is one action as it is listed for people.
type Entry struct {
	Action  Action
	Keys    string // "Up, k"; empty when only the palette reaches it
	Label   string
	Help    string
	Command string
	Scopes  []Scope
	Danger  bool
}

// Section is a heading of the help with its entries.
type Section struct {
	Title   string
	Entries []Entry
}

const (
	everywhere = "Everywhere"
	footerMost = 6
)

// All lists every action that is not hidden, in the order of the table: what the palette offers.
func (k *Keys) All() []Entry {
	entries := make([]Entry, 0, len(k.rows))
	for i := range k.rows {
		if b := &k.rows[i]; !b.Hidden {
			entries = append(entries, b.entry(slices.Concat(b.Keys, b.Aliases)))
		}
	}
	return entries
}

// Here lists the actions that work where the person is, the screen's own first: what the help overlay shows.
func (k *Keys) Here(at Where) []Section {
	own, rest := Section{Title: string(at.Scope)}, Section{Title: everywhere}
	for i := range k.rows {
		b := &k.rows[i]
		if b.Hidden || !b.valid(at) {
			continue
		}
		var names []string
		for _, name := range slices.Concat(b.Keys, b.Aliases) {
			if b.worksWith(pressed(name), at) {
				names = append(names, name)
			}
		}
		switch {
		case len(names) == 0 && len(b.Keys) > 0:
		case len(b.Scopes) > 0:
			own.Entries = append(own.Entries, b.entry(names))
		default:
			rest.Entries = append(rest.Entries, b.entry(names))
		}
	}
	return slices.DeleteFunc([]Section{own, rest}, func(s Section) bool { return len(s.Entries) == 0 })
}

// Sections lists the whole table under the heading of each scope: what the manual shows.
func (k *Keys) Sections() []Section {
	sections := []Section{{Title: everywhere}}
	for _, e := range k.All() {
		if len(e.Scopes) == 0 {
			sections[0].Entries = append(sections[0].Entries, e)
		}
		for _, scope := range e.Scopes {
			at := slices.IndexFunc(sections, func(s Section) bool { return s.Title == string(scope) })
			if at < 0 {
				at = len(sections)
				sections = append(sections, Section{Title: string(scope)})
			}
			sections[at].Entries = append(sections[at].Entries, e)
		}
	}
	return slices.DeleteFunc(sections, func(s Section) bool { return len(s.Entries) == 0 })
}

// Markdown is the whole table for the documentation.
func (k *Keys) Markdown() string {
	var b strings.Builder
	for i, s := range k.Sections() {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "## %s\n\n| Key | Action | What it does | Command |\n|---|---|---|---|\n", s.Title)
		for _, e := range s.Entries {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.Keys, e.Label, e.Help, quoteCommand(e.Command))
		}
	}
	return strings.ReplaceAll(b.String(), "|  |", "| |")
}

func quoteCommand(command string) string {
	if command == "" {
		return ""
	}
	return "`" + command + "`"
}

// Text is the whole table for the manual page: one action a line, keys first.
func (k *Keys) Text() string {
	var b strings.Builder
	for i, s := range k.Sections() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(s.Title + "\n")
		for _, e := range s.Entries {
			fmt.Fprintf(&b, "  %-18s %s\n", cmp.Or(e.Keys, "(palette)"), e.Help)
		}
	}
	return b.String()
}

// Footer is one line of exactly width columns with up to six keys that work now, in order of rank; those that do not
// fit are left out from the end.
func (k *Keys) Footer(th *theme.Theme, at Where, width int) string {
	ranked := k.ranked(at)
	line, used := "", 0
	for i, b := range ranked[:min(len(ranked), footerMost)] {
		name := KeyName(b.shown(at))
		gap := min(i, 1) * 2
		wide := gap + theme.Width(name) + 1 + theme.Width(b.Label)
		if used+wide > width {
			break
		}
		line += strings.Repeat(" ", gap) + th.Key.Render(name) + " " + b.Label
		used += wide
	}
	return line + strings.Repeat(" ", max(0, width-used))
}

// ranked are the keys for the footer that work now, in order of rank.
func (k *Keys) ranked(at Where) []*Binding {
	var ranked []*Binding
	for i := range k.rows {
		b := &k.rows[i]
		if b.Rank > 0 && !b.Hidden && b.valid(at) && b.shown(at) != "" {
			ranked = append(ranked, b)
		}
	}
	slices.SortStableFunc(ranked, func(a, b *Binding) int { return cmp.Compare(a.Rank, b.Rank) })
	return ranked
}

func (b *Binding) entry(names []string) Entry {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = KeyName(name)
	}
	return Entry{
		Action: b.Action, Keys: strings.Join(shown, ", "), Label: b.Label, Help: b.Help, Command: b.Command,
		Scopes: b.Scopes, Danger: b.Danger,
	}
}

// KeyName writes a key as keyboards do: "ctrl+p" is Ctrl+P, "pgdown" is PgDn, a lone letter stays as it is.
func KeyName(name string) string {
	if printable(name) && name != " " {
		return name
	}
	parts := strings.Split(name, "+")
	for i, part := range parts {
		switch part {
		case "pgup":
			parts[i] = "PgUp"
		case "pgdown":
			parts[i] = "PgDn"
		case " ":
			parts[i] = "Space"
		default:
			r, size := utf8.DecodeRuneInString(part)
			parts[i] = strings.ToUpper(string(r)) + part[size:]
		}
	}
	return strings.Join(parts, "+")
}
