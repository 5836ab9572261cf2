package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
)

// paperwork leads to what packs and letters are made with.
func (s *settings) paperwork() []setting {
	var all []setting
	if s.kit.may(register.RequestRead) {
		settings := s.kit.desk.Settings()
		all = append(all,
			setting{
				id: "exemptions", label: "Exemptions", value: count(len(settings.ExemptionList()), "reason") + " to take words out of a pack",
				does: "lists them", open: func() tea.Cmd { return push(newExemptions(s.kit)) },
			},
			setting{
				id: "templates", label: "Letter templates", value: count(len(register.LetterKinds()), "letter"),
				does: "lists them", open: func() tea.Cmd { return push(newTemplates(s.kit)) },
			},
		)
	}
	return all
}
