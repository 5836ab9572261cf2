package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/guide"
	"custos/internal/register"
	"custos/tui/widget"
)

// findDesk finds records from memory.
type findDesk interface {
	Find(words string, each int) []register.HomeLine
}

// foundEach is how many records of a kind the palette shows at most.
const foundEach = 8

// chosenHitMsg opens what the palette has found.
type chosenHitMsg struct{ open func(m *Model) tea.Cmd }

func (chosenHitMsg) toModel() {}

// palette offers every action this operator may use, and finds records, settings, saved filters and pages of the guide.
func (m *Model) palette() *paletteOver {
	here := m.top().screen.At().Scope
	entries := slices.DeleteFunc(m.kit.keys.All(), func(e widget.Entry) bool {
		elsewhere := len(e.Scopes) > 0 && !slices.Contains(e.Scopes, here)
		return m.off(e.Action) || m.kit.desk == nil && elsewhere // nobody is in yet who could go there
	})
	slices.SortStableFunc(entries, func(a, b widget.Entry) int { return moving(a.Action) - moving(b.Action) })
	p := widget.NewPalette(m.kit.theme, entries)
	if m.kit.desk != nil {
		p.Beside(m.kit.finding())
	}
	return &paletteOver{p}
}

// moving puts last what only moves about the screen: nobody looks for it by name.
func moving(a widget.Action) int {
	switch a {
	case widget.Up, widget.Down, widget.PageUp, widget.PageDown, widget.First, widget.Last, widget.Left, widget.Right,
		widget.Open, widget.Back, widget.NextField, widget.PrevField:
		return 1
	default:
		return 0
	}
}

// finding finds whatever is no action. What does not depend on the words is gathered once.
func (k *kit) finding() func(words string) []widget.Hit {
	near, fixed := k.near(), k.fixed()
	return func(words string) []widget.Hit {
		if words == "" {
			return near
		}
		var hits []widget.Hit
		for _, line := range k.desk.Find(words, foundEach) {
			hits = append(hits, k.recordHit("", line))
		}
		low := strings.Fields(strings.ToLower(words))
		for i := range fixed {
			if holds(strings.ToLower(fixed[i].Kind+" "+fixed[i].Label+" "+fixed[i].Help), low) {
				hits = append(hits, fixed[i])
			}
		}
		return hits
	}
}

// near are the records pinned and those somebody was at last.
func (k *kit) near() []widget.Hit {
	var hits []widget.Hit
	for _, line := range k.desk.Recall(k.prefs.Pinned) {
		hits = append(hits, k.recordHit("pinned", line))
	}
	for _, line := range k.desk.Recall(unpinned(&k.prefs, register.MostRecent)) {
		hits = append(hits, k.recordHit("recent", line))
	}
	return hits
}

// unpinned are the last records somebody was at that are not pinned, so many at most.
func unpinned(p *register.Preferences, most int) []register.Pin {
	var pins []register.Pin
	for _, at := range p.Recent {
		if len(pins) < most && !slices.Contains(p.Pinned, at) {
			pins = append(pins, at)
		}
	}
	return pins
}

// recordHit is a record as a line of the palette. A state that keeps it from ordinary use stands before all else.
func (k *kit) recordHit(kind string, l register.HomeLine) widget.Hit {
	label, help := l.Name, strings.TrimSpace(l.Words+"  "+l.Kind)
	if l.Opens == register.OpensCase {
		label = l.What + "  " + l.Name
	}
	hit := widget.Hit{Kind: strings.ToLower(string(l.Opens)), Label: label, Help: help}
	if kind != "" {
		hit.Kind, hit.Help = kind, strings.TrimSpace(string(l.Opens)+"  "+help)
	}
	if open := k.opening(&l); open != nil {
		hit.Open = send(chosenHitMsg{func(m *Model) tea.Cmd { return address(m.top().id, open()) }})
	}
	return hit
}

// fixed are the settings, the saved filters and the pages of the guide.
func (k *kit) fixed() []widget.Hit {
	var hits []widget.Hit
	if s, ok := newSettings(k).(*settings); ok && k.may(register.SettingsRead) {
		for _, row := range s.rows {
			id := row.id
			hits = append(hits, widget.Hit{
				Kind: "setting", Label: row.label, Help: row.value,
				Open: send(chosenHitMsg{func(m *Model) tea.Cmd { return m.toSetting(id) }}),
			})
		}
	}
	for _, f := range savedFilters(k) {
		hits = append(hits, widget.Hit{Kind: "filter", Label: f.Name, Help: f.List + filterWords(f), Open: send(filterMsg{f})})
	}
	for _, page := range guide.Pages() {
		name := page.Name
		hits = append(hits, widget.Hit{
			Kind: "guide", Label: page.Title,
			Open: send(chosenHitMsg{func(m *Model) tea.Cmd { return address(m.top().id, push(m.kit.openGuide(name))) }}),
		})
	}
	return hits
}

// toSetting goes to a line of the settings.
func (m *Model) toSetting(id string) tea.Cmd {
	begun := m.jump(goSettings)
	if s, ok := m.top().screen.(*settings); ok {
		s.table.Select(id)
	}
	return begun
}
