package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
)

// ShowFilter is what the list of everything does with a saved filter.
func (m *Model) ShowFilter(name string) tea.Cmd {
	all := savedFilters(m.kit)
	i := slices.IndexFunc(all, func(f register.SavedFilter) bool { return f.Name == name })
	return send(filterMsg{all[i]})
}
