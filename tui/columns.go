package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// gridded is a Screen with a table whose columns can be chosen.
type gridded interface{ grid() *widget.Table }

func (f *finder) grid() *widget.Table       { return f.table }
func (b *backups) grid() *widget.Table      { return b.table }
func (l *letters) grid() *widget.Table      { return l.table }
func (h *history) grid() *widget.Table      { return h.table }
func (q *questions) grid() *widget.Table    { return q.table }
func (o *organisation) grid() *widget.Table { return o.people }
func (a *alikeCases) grid() *widget.Table   { return a.table }

// columnMsg shows a column of a list, or leaves it out.
type columnMsg struct{ list, title string }

func (columnMsg) toModel() {}

// dress leaves the columns of a screen out that its operator does not want to see.
func (m *Model) dress(s Screen) {
	if g, ok := s.(gridded); ok {
		g.grid().Hide(m.kit.prefs.Hidden[string(s.At().Scope)]...)
	}
}

// dressAll does so for every open screen.
func (m *Model) dressAll() {
	for _, f := range m.stack {
		m.dress(f.screen)
	}
}

// offerColumns lists the columns of the table with a tick for those that are shown. Choosing one turns it, and the list
// stays open for the next.
func (m *Model) offerColumns(at string) tea.Cmd {
	g, ok := m.top().screen.(gridded)
	if !ok {
		return nil
	}
	table, list := g.grid(), string(m.top().screen.At().Scope)
	var all []widget.Option
	for i, c := range table.Columns() {
		if i == 0 || c.Title == "" {
			continue
		}
		mark := m.kit.theme.Glyphs.Marked
		if table.Hidden(c.Title) {
			mark = m.kit.theme.Glyphs.Unmarked
		}
		all = append(all, widget.Option{Value: c.Title, Label: mark + " " + c.Title})
	}
	if len(all) == 0 {
		return nil
	}
	p := widget.NewPicker(m.kit.theme, "Columns of "+list+": Enter shows one or leaves it out, Esc goes back", all, at)
	return address(m.top().id, choose(p, func(o widget.Option) tea.Cmd { return send(columnMsg{list, o.Value}) }))
}

// turnColumn shows a column again, or leaves it out.
func (m *Model) turnColumn(msg columnMsg) tea.Cmd {
	hide := !slices.Contains(m.kit.prefs.Hidden[msg.list], msg.title)
	kept := m.kit.setPrefs(func(p *register.Preferences) { p.HideColumn(msg.list, msg.title, hide) })
	m.dressAll()
	return tea.Batch(kept, m.offerColumns(msg.title))
}
