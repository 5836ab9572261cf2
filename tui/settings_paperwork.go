package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
)

// paperwork leads to what packs and letters are made with.
func (s *settings) paperwork(now *register.Settings) settingRows {
	if !s.kit.may(register.RequestRead) {
		return nil
	}
	return settingRows{
		{
			id: "exemptions", label: "Exemptions", value: count(len(now.ExemptionList()), "reason") + " to take words out of a pack",
			does: "lists them", open: func() tea.Cmd { return push(newExemptions(s.kit)) }, command: "custos exemption list",
		},
		{
			id: "templates", label: "Letter templates", value: count(len(register.LetterKinds()), "letter"),
			does: "lists them", open: func() tea.Cmd { return push(newTemplates(s.kit)) }, command: "custos template list",
		},
	}
}
