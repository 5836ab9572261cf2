package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// editLine changes a line of a letter's words: "3: words" puts words in its place, "add 3: words" puts a line after it,
// "drop 3" takes it away, "heading: words" is the heading. It reports whether the line was one of these.
func (a *aloud) editLine(t *templateEditor, text string) (tea.Cmd, bool) {
	if text == "?" {
		a.sayLines("3: and words puts them in the place of line 3; add 3: and words puts a line after it; drop 3 takes it away; " +
			"heading: and words is the heading.")
		return nil, false
	}
	command, words, _ := strings.Cut(text, ":")
	verb, number, two := strings.Cut(strings.TrimSpace(command), " ")
	words = strings.TrimSpace(words)
	lines := splitLines(t.body.Value())
	if !two {
		verb, number = "", verb
	}
	if command == "heading" && strings.Contains(text, ":") {
		return t.write(words, t.body.Value()), true
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil, false
	}
	switch {
	case verb == "add" && n >= 0 && n <= len(lines):
		lines = slices.Insert(lines, n, words)
	case verb == "drop" && n >= 1 && n <= len(lines):
		lines = slices.Delete(lines, n-1, n)
	case verb == "" && strings.Contains(text, ":") && n >= 1 && n <= len(lines):
		lines[n-1] = words
	default:
		a.sayLines("There is no such line. ? says how lines are changed.")
		return nil, true
	}
	return t.write(t.heading.Value(), strings.Join(lines, "\n")), true
}

// write puts other words in, as if they had been typed.
func (t *templateEditor) write(subject, body string) tea.Cmd {
	t.fill(subject, body)
	return t.changed()
}
