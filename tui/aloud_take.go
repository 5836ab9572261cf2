package tui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// line does what a line says. A dialog over the screen takes it first, then a form, then what asks for a line.
func (a *aloud) line(typed string) tea.Cmd {
	a.caused = true
	m := a.m
	if m.asleep() {
		return m.lock()
	}
	m.toast.Clear()
	m.back, a.heard.toast = nil, ""
	text := strings.TrimSpace(typed)
	switch {
	case m.over != nil:
		return a.overLine(text)
	case a.form() != nil:
		return a.formLine(typed)
	case a.asked() != nil:
		return a.promptLine(text)
	}
	if e, ok := m.top().screen.(*templateEditor); ok {
		if cmd, taken := a.editLine(e, text); taken {
			return cmd
		}
	}
	return a.screenLine(text)
}

// screenLine does what a line says on a screen that waits for no text.
func (a *aloud) screenLine(text string) tea.Cmd {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case text == "":
		a.where()
		return nil
	case text == "?" || text == "help":
		a.list()
		return nil
	case text == "again":
		a.again()
		return nil
	case text == "more":
		return a.goOn()
	case text == "back":
		return a.do(widget.Back)
	case text == "quit":
		return tea.Quit
	case text[0] == ':':
		return a.find(strings.TrimSpace(text[1:]))
	case text[0] == '/':
		return a.filter(strings.TrimSpace(text[1:]))
	case word == "go" && rest != "":
		return a.area(rest)
	case (word == "s" || word == "select") && rest != "":
		return a.choose(rest, false)
	case (word == "m" || word == "mark") && rest != "" && rest != "all":
		return a.mark(rest)
	}
	if _, err := strconv.Atoi(text); err == nil {
		return a.choose(text, true)
	}
	return a.named(text)
}

// where says what is selected, or where one is.
func (a *aloud) where() {
	if row, _ := a.selected(); row != "" {
		a.sayLines(row)
		return
	}
	a.sayLines(a.name() + " ? lists what can be done.")
}

// again says the whole screen.
func (a *aloud) again() {
	text := a.text()
	a.heard.screens[a.m.top().id] = text
	a.sayLines(a.name())
	a.sayPart(text)
	a.next()
}

// more reports whether there is more to hear.
func (a *aloud) more() bool {
	if len(a.rest) > 0 {
		return true
	}
	t := a.table()
	return t != nil && t.Len()-(t.Cursor()-t.Cursor()%widget.SpokenRows) > widget.SpokenRows
}

// goOn says what is left of the screen, or goes on to the next rows.
func (a *aloud) goOn() tea.Cmd {
	switch t := a.table(); {
	case len(a.rest) > 0:
		a.sayPart(a.rest)
	case t == nil || !t.More():
		a.sayLines("There is no more. again says it from the beginning.")
	}
	return nil
}

// table is the table of the screen on top, nil for none.
func (a *aloud) table() *widget.Table {
	if l, ok := a.m.top().screen.(lister); ok {
		return l.spokenTable()
	}
	return nil
}

// choices is how many things can be chosen by a number.
func (a *aloud) choices() int {
	if t := a.table(); t != nil {
		return t.Len()
	}
	if p, ok := a.m.top().screen.(pointed); ok {
		return p.points()
	}
	return 0
}

// selected is what is selected in words, and a text that is another one where something else is.
func (a *aloud) selected() (words, is string) {
	if t := a.table(); t != nil {
		if t.Len() == 0 {
			return "", ""
		}
		return t.Spot(), strconv.Itoa(t.Cursor()) + t.SelectedID()
	}
	if p, ok := a.m.top().screen.(pointed); ok {
		words = p.spot()
	}
	return words, words
}

// choose selects a row by its number, and opens it.
func (a *aloud) choose(number string, open bool) tea.Cmd {
	n, err := strconv.Atoi(number)
	most := a.choices()
	switch {
	case most == 0:
		a.sayLines("There is nothing here to choose by a number. ? lists what can be done.")
		return nil
	case err != nil || n < 1 || n > most:
		a.sayLines("Give a number from 1 to " + widget.Count(most) + ".")
		return nil
	}
	a.point(n)
	row, is := a.selected()
	a.heard.row = is
	a.sayLines(row)
	a.heard.screens[a.m.top().id] = a.text()
	if !open || a.m.where().Off(widget.Open) {
		return nil
	}
	return a.m.act(widget.Open, "enter")
}

func (a *aloud) point(n int) {
	if t := a.table(); t != nil {
		t.SetCursor(n - 1)
		return
	}
	if p, ok := a.m.top().screen.(pointed); ok {
		p.point(n)
	}
}

// mark marks or unmarks rows: numbers with spaces or commas between, a stretch as 3-7.
func (a *aloud) mark(numbers string) tea.Cmd {
	t := a.table()
	if t == nil || a.m.where().Off(widget.MarkOne) || !t.Markable {
		a.sayLines("Nothing is marked here.")
		return nil
	}
	rows, ok := stretches(numbers, t.Len())
	if !ok {
		a.sayLines("Give numbers from 1 to " + widget.Count(t.Len()) + ", such as m 3 5 or m 3-7.")
		return nil
	}
	for _, n := range rows {
		t.SetCursor(n - 1)
		a.m.act(widget.MarkOne, "")
	}
	t.SetCursor(rows[len(rows)-1] - 1)
	a.sayLines(count(t.MarkCount(), "row")+" marked.", t.Spot())
	a.heard.screens[a.m.top().id] = a.text()
	_, a.heard.row = a.selected()
	return nil
}

// stretches reads numbers from 1 to most.
func stretches(text string, most int) (numbers []int, ok bool) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		low, high, through := strings.Cut(part, "-")
		from, err := strconv.Atoi(low)
		to := from
		if err == nil && through {
			to, err = strconv.Atoi(high)
		}
		if err != nil || from < 1 || to < from || to > most {
			return nil, false
		}
		for n := from; n <= to; n++ {
			numbers = append(numbers, n)
		}
	}
	return numbers, len(numbers) > 0
}

// filter shows only the rows that hold some words, or all of them again.
func (a *aloud) filter(words string) tea.Cmd {
	h, ok := a.m.top().screen.(hunter)
	if ok && !a.m.where().Off(widget.OpenFilter) {
		var cmds []tea.Cmd
		top := len(a.m.stack) - 1
		if h.spokenFilter().Value() != "" {
			cmds = append(cmds, a.m.give(top, actMsg{action: widget.Back}))
		}
		if words != "" {
			h.spokenFilter().Open()
			cmds = append(cmds, a.m.give(top, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(words), Paste: true}))
			h.spokenFilter().Set(words)
		}
		return tea.Batch(cmds...)
	}
	slash := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'/'}}
	if action, known := a.m.kit.keys.Match(slash, a.m.where()); known && action != widget.OpenFilter {
		cmd := a.m.act(action, "/")
		if a.asked() != nil && words != "" {
			return tea.Batch(cmd, a.promptLine(words))
		}
		return cmd
	}
	a.sayLines("Nothing is filtered here.")
	return nil
}

// area goes to a part of the console by the beginning of its name.
func (a *aloud) area(name string) tea.Cmd {
	var at []widget.Action
	for _, x := range areas() {
		b, ok := a.m.kit.keys.Find(x.action)
		if ok && !a.m.off(x.action) && strings.HasPrefix(b.Label, strings.ToLower(name)) {
			at = append(at, x.action)
		}
	}
	if len(at) != 1 {
		a.sayLines("The areas are " + strings.Join(a.areaNames(), ", ") + ".")
		return nil
	}
	return a.m.jump(at[0])
}

// asked is the line that is asked for, nil for none.
func (a *aloud) asked() *widget.Prompt {
	if p, ok := a.m.top().screen.(prompter); ok {
		return p.spokenPrompt()
	}
	return nil
}

// promptLine answers a line that is asked for: nothing keeps what stands there, a hyphen takes it away.
func (a *aloud) promptLine(text string) tea.Cmd {
	top := len(a.m.stack) - 1
	switch text {
	case "":
	case "-":
		a.asked().Set("")
	case "back":
		return a.m.give(top, tea.KeyMsg{Type: tea.KeyEsc})
	default:
		a.asked().Set(text)
	}
	return a.m.give(top, tea.KeyMsg{Type: tea.KeyEnter})
}
