package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// talk is what is said about a dialog that offers a choice.
type talk struct {
	offers []string // with their numbers, from 1
	sought string
	first  int // of those that were said last
}

// hearOver says a dialog when it opens.
func (a *aloud) hearOver() {
	if a.heard.over == a.m.over {
		return
	}
	a.heard.over, a.talk = a.m.over, nil
	switch o := a.m.over.(type) {
	case *confirmOver:
		q := o.dialog.Asks()
		a.sayLines(q.Title+"?", q.Text)
		a.sayLines(agreeing(&q))
	case *pickOver:
		all, now := o.picker.Offers()
		a.talk = &talk{}
		for i, p := range all {
			label := p.Label
			if i == now && i > 0 {
				label += " (as it is now)"
			}
			a.talk.offers = append(a.talk.offers, label)
		}
		a.sayLines(o.picker.Title)
		a.offer("")
	case *paletteOver:
		if a.talk = (&talk{offers: paletteLines(a.m.kit.theme, o)}); !o.finds() {
			a.sayLines(strings.Join(a.talk.offers, " "))
			a.m.over, a.heard.over, a.talk = nil, nil, nil
			return
		}
		a.sayLines("Find anything:")
		a.offer("")
	default:
		a.sayLines(a.m.over.View(spokenWidth, spokenHeight))
		a.sayLines("back leaves this; a key is typed by its name.")
	}
}

// agreeing is how a question is agreed to: by a whole word, never by a letter.
func agreeing(q *widget.Question) string {
	if q.Word != "" {
		return "To agree, type " + q.Word + ". Anything else is no."
	}
	return "To agree (" + q.Yes + "), type yes. Anything else is no."
}

// paletteLines are what the palette finds.
func paletteLines(th *theme.Theme, o *paletteOver) []string {
	all := splitLines(o.View(spokenWidth, spokenHeight))
	var out []string
	for _, l := range all[min(2, len(all)):] {
		if l = strings.Join(plainLines(th, l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// find looks an action up by words and offers what is found, by numbers.
func (a *aloud) find(words string) tea.Cmd {
	over := a.m.palette()
	if words != "" {
		over.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(words), Paste: true})
	}
	a.m.over = over
	return nil
}

// offer says the options from where it stopped, those alone that hold some words.
func (a *aloud) offer(words string) {
	t := a.talk
	if words != "" {
		t.sought, t.first = strings.ToLower(words), 0
	}
	var lines []string
	for i, o := range t.offers {
		if strings.Contains(strings.ToLower(o), t.sought) {
			lines = append(lines, strconv.Itoa(i+1)+". "+o)
		}
	}
	if len(lines) == 0 {
		a.sayLines("Nothing here is called that.")
		t.sought = ""
		return
	}
	last := min(len(lines), t.first+widget.SpokenRows)
	a.sayLines(strings.Join(lines[t.first:last], "\n"))
	hint := "A number chooses, a word looks among them, back leaves."
	if last < len(lines) {
		hint = fmt.Sprintf("%d to %d of %d; more goes on. ", t.first+1, last, len(lines)) + hint
	}
	t.first = last
	if last == len(lines) {
		t.first = 0
	}
	a.sayLines(hint)
}

// overLine answers a dialog.
func (a *aloud) overLine(text string) tea.Cmd {
	if o, ok := a.m.over.(*confirmOver); ok {
		return a.confirmLine(o, text)
	}
	n, err := strconv.Atoi(text)
	switch {
	case text == "quit":
		return tea.Quit
	case text == "back":
		return a.m.overKey(tea.KeyMsg{Type: tea.KeyEsc})
	case a.talk == nil:
		if msg, ok := keyNamed(text); ok {
			return a.m.overKey(msg)
		}
		a.heard.over = nil
		return nil
	case text == "again":
		a.heard.over = nil
		return nil
	case text == "more", text == "", text == "?":
		a.offer("")
		return nil
	case err != nil:
		return a.chosenByName(text)
	case n < 1 || n > len(a.talk.offers):
		a.sayLines("Give a number from 1 to " + widget.Count(len(a.talk.offers)) + ".")
		return nil
	}
	return a.chosen(n - 1)
}

// chosenByName takes the option that has all of a name, and otherwise looks among them.
func (a *aloud) chosenByName(text string) tea.Cmd {
	for i, o := range a.talk.offers {
		if strings.EqualFold(o, text) {
			return a.chosen(i)
		}
	}
	a.offer(text)
	return nil
}

func (a *aloud) chosen(i int) tea.Cmd {
	if o, ok := a.m.over.(*pickOver); ok {
		all, _ := o.picker.Offers()
		a.m.over = nil
		return o.chosen(all[i])
	}
	for range i {
		a.m.overKey(tea.KeyMsg{Type: tea.KeyDown})
	}
	return a.m.overKey(tea.KeyMsg{Type: tea.KeyEnter})
}

// confirmLine agrees to a question where the whole word was typed.
func (a *aloud) confirmLine(o *confirmOver, text string) tea.Cmd {
	q := o.dialog.Asks()
	want := "yes"
	if q.Word != "" {
		want = q.Word
	}
	switch text {
	case "again", "?":
		a.heard.over = nil
		return nil
	case want:
		a.m.over = nil
		return o.yes
	}
	a.m.over = nil
	a.sayLines("No. Nothing has been done.")
	return nil
}
