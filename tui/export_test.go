package tui

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// Note is the message a commit makes.
func Note(n register.Note) tea.Msg { return noteMsg{n} }

// Keys is the table of keys.
var Keys = bindings

// Idle is the message of the timer that is out, as when it rings.
func Idle(m *Model) tea.Msg { return idleMsg{m.watch.timer} }

// LastBackup is what the home screen says of the newest backup, and whether in the tone of what is late.
func LastBackup(k register.Safekeeping) (words string, isLate bool) {
	words, tone := lastBackup(&k)
	return words, tone == theme.Late
}

// Undoable are the verbs whose undoing has words of its own.
func Undoable() []register.Verb { return slices.Collect(maps.Keys(changeWords)) }

// UndoneSaid is what is said of an undo, and PutBack what it counts.
var (
	UndoneSaid = undone
	PutBack    = putBack
)

// Colours names the theme in use.
func (m *Model) Colours() string { return m.kit.theme.Name }

// Prefs are the preferences as the console knows them.
func (m *Model) Prefs() register.Preferences { return m.kit.prefs }

// SetPrefs changes them as a screen would.
func (m *Model) SetPrefs(change func(*register.Preferences)) tea.Cmd {
	return address(m.top().id, m.kit.setPrefs(change))
}

// Scope names the screen on top.
func (m *Model) Scope() widget.Scope { return m.top().screen.At().Scope }

// About is what the help says a screen is for, and the page of the guide it leads to.
func About(s widget.Scope) (words, page string) { return abouts()[s].words, abouts()[s].page }

// Follows reports whether the screen on top looks again after a commit.
func (m *Model) Follows() bool {
	_, ok := m.top().screen.(refresher)
	return ok
}
