package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
)

// packMenu is what makes that which leaves in a case: findings, the words taken out, the pack, letters.
func packMenu() []menuLine {
	return []menuLine{
		{requestFindings, "Judge what is found on the person", mayFind, func(c *caseScreen) tea.Cmd {
			return push(newFindings(c.kit, c.ref))
		}},
		{requestRedact, "Take other people's words out of the pack", mayRedact, func(c *caseScreen) tea.Cmd {
			return push(newRedaction(c.kit, c.ref))
		}},
		{requestPack, "Build the pack that answers the request", mayPack, func(c *caseScreen) tea.Cmd {
			return push(newPack(c.kit, &c.page, c.released()))
		}},
		{requestLetters, "Read and write the letters of the case", nil, func(c *caseScreen) tea.Cmd {
			return push(newLetters(c.kit, c.ref))
		}},
	}
}

// packs reports whether the case is answered with the data itself.
func (c *caseScreen) packs() bool {
	return c.page.Right == calendar.Access || c.page.Right == calendar.Portability
}

func mayFind(c *caseScreen) bool {
	gathers := c.packs() || c.page.Right == calendar.EducationalRecord || c.page.Right == calendar.Complaint
	return c.page.Delegate != "" && gathers
}

func mayRedact(c *caseScreen) bool {
	return c.page.Delegate != "" && c.page.Right == calendar.Access && c.open()
}

func mayPack(c *caseScreen) bool { return c.page.Delegate != "" && c.packs() && c.open() }
