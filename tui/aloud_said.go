package tui

import (
	"slices"
	"strings"

	"custos/tui/widget"
)

const (
	spokenWidth  = 96   // columns of a line that is said
	spokenHeight = 4000 // lines a screen is given: nothing of it is out of sight
	spokenLines  = 30   // lines, each of as many columns as it takes, that are said before "more"
)

// heard is what was said last, so that only what is new is said.
type heard struct {
	frame   int              // the screen
	screens map[int][]string // by screen: its text
	row     string           // the selected row, with its number
	toast   string
	over    overlay
	prompt  *widget.Prompt
	problem string
}

// sayLines says text: cleaned, in lines that fit the terminal, where there is one.
func (a *aloud) sayLines(texts ...string) {
	var all []string
	for _, t := range texts {
		all = append(all, plainLines(a.m.kit.theme, t)...)
	}
	a.utter(all)
}

// utter says lines that are plain already, in as many as they need.
func (a *aloud) utter(all []string) {
	var out []string
	for _, l := range all {
		out = append(out, wrapped(l, a.width)...)
	}
	if len(out) > 0 {
		a.spoke = true
		a.says.Say(out)
	}
}

// text is everything the screen on top shows.
func (a *aloud) text() []string {
	body := append(a.m.beside(spokenWidth), a.m.top().screen.View(spokenWidth, spokenHeight))
	return plainLines(a.m.kit.theme, strings.Join(body, "\n"))
}

// hear says what is new since something was last said.
func (a *aloud) hear() {
	defer func() {
		if a.caused && !a.spoke && (a.inquiry == nil || !a.inquiry.writing) {
			a.sayLines("Nothing came of that.")
		}
		a.caused, a.spoke = false, false
	}()
	if a.m.over != nil || a.form() == nil {
		a.says.Secret(false)
	}
	if t := a.m.toast.Text(); t != a.heard.toast {
		a.heard.toast = t
		if t != "" {
			a.m.toast.SetWidth(spokenWidth)
			a.sayLines(a.m.toast.View())
		}
	}
	if a.m.over != nil {
		a.hearOver()
		return
	}
	left := a.heard.over != nil
	a.talk, a.heard.over = nil, nil
	a.hearScreen()
	a.hearForm()
	a.hearPrompt()
	if left && !a.spoke {
		a.sayLines("Left. " + a.name())
	}
}

// hearPrompt says how a line that is asked for is answered.
func (a *aloud) hearPrompt() {
	p := a.asked()
	if p != nil && p != a.heard.prompt {
		a.sayLines("Type it. Enter alone keeps what stands there, - takes it away, back leaves it.")
	}
	a.heard.prompt = p
}

// hearScreen says the screen on top where it is another one, and what has changed on it where it is the same.
func (a *aloud) hearScreen() {
	top, text := a.m.top(), a.text()
	before, known := a.heard.screens[top.id]
	if a.heard.frame != top.id {
		a.heard.frame = top.id
		a.arrive(text, before, known)
	} else {
		a.changed(text, before)
	}
	a.heard.screens[top.id] = text
	_, a.heard.row = a.selected()
	for id := range a.heard.screens {
		if _, there := a.m.find(id); !there {
			delete(a.heard.screens, id)
		}
	}
}

// arrive says a screen: its name, then all of it; of one that was heard before only what is new and what is selected.
func (a *aloud) arrive(text, before []string, known bool) {
	a.sayLines(a.name())
	if known {
		row, _ := a.selected()
		a.sayPart(slices.DeleteFunc(newLines(text, before), func(l string) bool {
			_, words, numbered := strings.Cut(l, ". ")
			return numbered && strings.HasSuffix(row, ". "+words)
		}))
		a.sayLines(row)
	} else {
		a.sayPart(text)
	}
	a.next()
}

// changed says what is new on the screen: in one line where nobody here did anything.
func (a *aloud) changed(text, before []string) {
	fresh := newLines(text, before)
	if t := a.table(); t != nil && rowsIn(fresh) > 0 && rowsIn(fresh) < rowsIn(text) && slices.ContainsFunc(fresh, t.Counts) {
		fresh = text // another list: rows that were in the one before are said too
	}
	row, is := a.selected()
	switch {
	case len(fresh) == 0 && is == a.heard.row:
	case !a.caused && len(fresh) > 0 && slices.Contains(a.m.beside(spokenWidth), fresh[0]):
		a.sayLines(fresh[0]) // who came to the record
	case !a.caused && len(fresh) > 0:
		a.sayLines("Changed meanwhile: " + fresh[0])
	case !a.caused:
	case is != a.heard.row && len(fresh) <= 3:
		a.sayLines(row)
		a.sayPart(slices.DeleteFunc(fresh, func(l string) bool {
			return strings.Contains(l, "is selected") || strings.Contains(row, l)
		}))
	default:
		a.sayPart(fresh)
	}
}

// rowsIn counts the lines that are rows.
func rowsIn(lines []string) int {
	n := 0
	for _, l := range lines {
		if number, _, ok := strings.Cut(l, ". "); ok && strings.Trim(number, "0123456789") == "" {
			n++
		}
	}
	return n
}

// newLines are the lines that were not there before.
func newLines(now, before []string) []string {
	was := map[string]int{}
	for _, l := range before {
		was[l]++
	}
	var fresh []string
	for _, l := range now {
		if was[l]--; was[l] < 0 {
			fresh = append(fresh, l)
		}
	}
	return fresh
}

// sayPart says as many lines as one listens to at once; the rest comes with "more".
func (a *aloud) sayPart(lines []string) {
	n := min(len(lines), spokenLines)
	if len(lines)-n <= 3 {
		n = len(lines) // not worth another word
	}
	a.utter(lines[:n])
	a.rest = lines[n:]
	if len(a.rest) > 0 {
		a.sayLines(count(len(a.rest), "line") + " are left; more goes on.")
	}
}

// name is the screen with where it belongs, the last first.
func (a *aloud) name() string {
	var parts []string
	for i, f := range slices.Backward(a.m.stack) {
		if i > 0 || len(a.m.stack) == 1 {
			parts = append(parts, f.screen.Title())
		}
	}
	parts = append(parts, "Custos")
	if a.m.kit.looking && len(a.m.stack) == 1 {
		parts = append(parts, "read only")
	}
	return strings.Join(parts, ", ") + "."
}

// next says what may be done now, the most useful first.
func (a *aloud) next() {
	if a.form() != nil {
		return
	}
	var names []string
	if n := a.choices(); n > 0 {
		names = append(names, "a number")
	}
	if a.more() {
		names = append(names, "more")
	}
	for _, e := range a.m.kit.keys.Ranked(a.m.where()) {
		switch e.Action {
		case widget.OpenHelp, widget.OpenAll, leave:
		case widget.OpenFilter:
			names = append(names, "/ and a word")
		default:
			names = append(names, e.Label)
		}
		if len(names) == 6 {
			break
		}
	}
	a.sayLines("What next? " + strings.Join(names, ", ") + ". ? lists all.")
}
