package widget

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// Action names one thing a person can do, such as "request.extend". Every key leads to an action and the palette,
// help, footer and manual are made from the same table.
type Action string

// Scope is a screen or a kind of screen, named as its heading in the help. The empty scope is everywhere.
type Scope string

// Binding is one row of the table of keys.
type Binding struct {
	Action  Action
	Keys    []string // as bubbletea names them ("enter", "ctrl+p", "space"); the first is the one shown
	Aliases []string // further keys, off while text is typed
	Label   string   // one or two words for the footer
	Help    string   // one sentence
	Command string   // the same act on the command line; empty where there is none
	Scopes  []Scope  // where it works; none means everywhere
	Rank    int      // place in the footer, 1 first; 0 never
	Hidden  bool     // matches, but is listed nowhere
	Danger  bool     // must never hang on a single letter
}

// Where says what the person is looking at.
type Where struct {
	Scope  Scope
	Typing bool              // a text field has the focus: letters are text, aliases are off
	Off    func(Action) bool // actions that make no sense at this moment; nil means none
}

// Keys is the table of bindings, with a lookup by key. It is never changed after NewKeys.
type Keys struct {
	rows  []Binding
	byKey map[string][]int
}

// NewKeys makes a table of the rows in the order they are to be listed. Check it with Validate.
func NewKeys(rows ...Binding) *Keys {
	k := &Keys{rows: rows, byKey: make(map[string][]int)}
	for i, b := range rows {
		for _, name := range slices.Concat(b.Keys, b.Aliases) {
			name = pressed(name)
			k.byKey[name] = append(k.byKey[name], i)
		}
	}
	return k
}

// Match finds the action of a key press. What is bound in the scope wins over what is bound everywhere.
func (k *Keys) Match(msg tea.KeyMsg, at Where) (Action, bool) {
	name, found := msg.String(), -1
	for _, i := range k.byKey[name] {
		b := &k.rows[i]
		if !b.worksWith(name, at) {
			continue
		}
		if len(b.Scopes) > 0 {
			return b.Action, true
		}
		if found < 0 {
			found = i
		}
	}
	if found < 0 {
		return "", false
	}
	return k.rows[found].Action, true
}

// Find returns the binding of an action.
func (k *Keys) Find(a Action) (Binding, bool) {
	for _, b := range k.rows {
		if b.Action == a {
			return b, true
		}
	}
	return Binding{}, false
}

// Validate reports everything wrong with the table: an action twice, a key that would mean two things at once, a row
// without words, and a dangerous act on a single letter.
func (k *Keys) Validate() error {
	var errs []error
	seen := make(map[Action]bool)
	for _, b := range k.rows {
		switch {
		case b.Action == "":
			errs = append(errs, fmt.Errorf("a binding of %v has no action", b.Keys))
		case seen[b.Action]:
			errs = append(errs, fmt.Errorf("action %s is listed twice", b.Action))
		case !b.Hidden && (b.Label == "" || b.Help == ""):
			errs = append(errs, fmt.Errorf("action %s has no label or no help", b.Action))
		}
		seen[b.Action] = true
		for _, name := range slices.Concat(b.Keys, b.Aliases) {
			if b.Danger && printable(pressed(name)) {
				errs = append(errs, fmt.Errorf("dangerous action %s hangs on the single key %q", b.Action, name))
			}
		}
	}
	return errors.Join(append(errs, k.collisions()...)...)
}

func (k *Keys) collisions() []error {
	var errs []error
	for _, name := range sortedKeys(k.byKey) {
		rows := k.byKey[name]
		for n, i := range rows {
			for _, j := range rows[n+1:] {
				if overlap(k.rows[i].Scopes, k.rows[j].Scopes) {
					errs = append(errs, fmt.Errorf("key %q means both %s and %s", name, k.rows[i].Action, k.rows[j].Action))
				}
			}
		}
	}
	return errs
}

func overlap(a, b []Scope) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(s Scope) bool { return slices.Contains(b, s) })
}

func sortedKeys(m map[string][]int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// valid reports whether the binding can be used at all where the person is.
func (b *Binding) valid(at Where) bool {
	here := len(b.Scopes) == 0 || slices.Contains(b.Scopes, at.Scope)
	return here && (at.Off == nil || !at.Off(b.Action))
}

func (b *Binding) worksWith(name string, at Where) bool {
	if !b.valid(at) {
		return false
	}
	if !at.Typing {
		return true
	}
	isKey := slices.ContainsFunc(b.Keys, func(k string) bool { return pressed(k) == name })
	return isKey && !printable(name)
}

// shown is the key to name on screen, empty when no key works here.
func (b *Binding) shown(at Where) string {
	for _, name := range b.Keys {
		if b.worksWith(pressed(name), at) {
			return name
		}
	}
	return ""
}

// pressed is the name bubbletea gives a key.
func pressed(name string) string {
	if name == "space" {
		return " "
	}
	return name
}

func printable(name string) bool { return utf8.RuneCountInString(name) == 1 }
