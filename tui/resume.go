package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Place is where an operator was when their line was dropped: names, numbers and keys, never what was shown or typed.
// It is for that operator alone, and kept in memory alone.
type Place struct{ way *wayBack }

// depart tells where the operator was who leaves, or is cut off, and keeps what they typed last.
func (m *Model) depart(cutOff bool) {
	for _, f := range m.stack {
		if form, ok := f.screen.(*formScreen); ok {
			form.hold()
		}
	}
	if tell := m.kit.env.Leaving; tell != nil {
		var place *Place
		if way := m.wayHere(); cutOff && way != nil {
			place = &Place{way}
		}
		tell(place)
	}
}

// wayHere is the way back to where the operator is, with what was still to go of one they had not come to the end of;
// nil: nobody is at work.
func (m *Model) wayHere() *wayBack {
	if m.kit.desk == nil {
		if locked, ok := m.top().screen.(*unlock); ok {
			return locked.back
		}
		return nil
	}
	way := m.wayBack()
	if m.back != nil {
		way.places = append(way.places, m.back.places...)
	}
	return way
}

// resume has the operator who sits down led where they were, when it was they who were there.
func (m *Model) resume(way *wayBack) {
	if way == nil || way.operator != m.kit.desk.Operator().Name || m.kit.desk.MustChange() {
		return
	}
	m.back = &wayBack{operator: way.operator, places: slices.Clone(way.places), lost: way.lost}
}

// goBack starts the first screen and goes on from it.
func (m *Model) goBack() tea.Cmd {
	var said tea.Cmd
	if m.back.lost != "" {
		said = say(theme.Late, m.back.lost)
	}
	return tea.Sequence(m.learn(), tea.Batch(m.attend(), then(m.begin(0), goOnMsg{}), said))
}
