package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// menuLine is one thing that can be done in a case. The key of its action does it, and so does the list of everything.
type menuLine struct {
	action widget.Action
	title  string                    // in words, as a thing to do
	when   func(*caseScreen) bool    // it makes sense as the case stands; nil: always
	open   func(*caseScreen) tea.Cmd // the form, screen or question it begins with; c.pressed is the key
}

// caseMenu is everything that can be done in a case, in the order it is listed.
func caseMenu() []menuLine {
	return slices.Concat(casework(), packMenu(), dataMenu(), handoverMenu())
}

func menuLineOf(a widget.Action) (menuLine, bool) {
	all := caseMenu()
	i := slices.IndexFunc(all, func(l menuLine) bool { return l.action == a })
	if i < 0 {
		return menuLine{}, false
	}
	return all[i], true
}

// fits reports whether a line of the menu makes sense as the case stands; what is not of the menu always does.
func (c *caseScreen) fits(a widget.Action) bool {
	l, ok := menuLineOf(a)
	return !ok || c.loaded && c.err == nil && (l.when == nil || l.when(c))
}

// begin does what a line of the menu is for.
func (c *caseScreen) begin(msg actMsg) tea.Cmd {
	l, ok := menuLineOf(msg.action)
	if !ok || c.off(msg.action) {
		return nil
	}
	c.pressed = msg.key
	return l.open(c)
}

// offerAll lists everything that can be done now in words, with the keys; what is next stands on top.
func (c *caseScreen) offerAll() tea.Cmd {
	next := c.nextAction()
	var first, rest []widget.Option
	for _, l := range caseMenu() {
		switch {
		case c.off(l.action):
		case l.action == next:
			first = append(first, c.option("NEXT: ", l))
		default:
			rest = append(rest, c.option("", l))
		}
	}
	p := widget.NewPicker(c.kit.theme, "Everything that can be done in "+c.ref, append(first, rest...), string(next))
	return choose(p, func(o widget.Option) tea.Cmd { return send(actMsg{widget.Action(o.Value), "enter"}) })
}

func (c *caseScreen) option(lead string, l menuLine) widget.Option {
	label := lead + l.title
	if b, ok := c.kit.keys.Find(l.action); ok && len(b.Keys) > 0 {
		label += "  [" + b.Keys[0] + "]"
	}
	return widget.Option{Value: string(l.action), Label: label}
}
