package widget

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// helpKeys is how wide the keys are in the help.
const helpKeys = 16

// Help is the overlay that "?" opens: every key that works where the person is.
type Help struct {
	theme    *theme.Theme
	keys     *Keys
	sections []Section
	about    string // what the screen is for; empty: nothing is said
	page     string // the page of the guide that Enter opens; empty: none
	pane     *Pane
	width    int
	height   int
}

// NewHelp makes the overlay from the sections of Keys.Here.
func NewHelp(th *theme.Theme, sections []Section) *Help {
	h := &Help{theme: th, keys: NewKeys(Navigation()...), sections: sections, pane: NewPane(th)}
	h.pane.SetLines(h.lines())
	return h
}

// Tell puts words over the keys, and the title of the page of the guide that Enter and g then open.
func (h *Help) Tell(about, page string) { h.about, h.page = about, page }

func (h *Help) lines() []string {
	lines := h.head()
	for _, s := range h.sections {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, h.theme.Title.Render(h.theme.Clean(s.Title)))
		for _, e := range s.Entries {
			keys := h.theme.Key.Render(h.theme.Cell(cmp.Or(e.Keys, "(palette)"), helpKeys))
			for _, help := range theme.Wrap(h.theme.Clean(e.Help), max(20, h.width-helpKeys-7)) {
				lines = append(lines, "  "+keys+" "+help)
				keys = strings.Repeat(" ", helpKeys)
			}
		}
	}
	return lines
}

// head is what the screen is for, and where more is said of it.
func (h *Help) head() []string {
	if h.about == "" {
		return nil
	}
	lines := theme.Wrap(h.theme.Clean(h.about), max(20, h.width-4))
	if h.page != "" {
		lines = append(lines, h.theme.Cut(h.theme.Key.Render("Enter")+" reads on in the guide: "+h.theme.Clean(h.page), h.width-4))
	}
	return lines
}

// SetSize sets the columns and lines the overlay fills, its border included.
func (h *Help) SetSize(width, height int) {
	h.width, h.height = width, height
	h.pane.SetLines(h.lines())
	h.pane.SetSize(width-4, height-2)
}

// Update takes a key press: scrolling, or leaving with Esc, "?", F1 or Enter. Answered wants the page of the guide.
func (h *Help) Update(msg tea.KeyMsg) Outcome {
	action, _ := h.keys.Match(msg, Where{})
	if h.page != "" && (action == Open || msg.String() == "g") {
		return Answered
	}
	switch action {
	case Back, OpenHelp, Open:
		return Dismissed
	default:
		h.pane.Act(action)
	}
	return Asking
}

// View is exactly the size set.
func (h *Help) View() string {
	title := "Keys"
	if at := h.pane.Position(); at != "" {
		title += " (" + at + ")"
	}
	var lines []string
	if h.height > 2 {
		lines = append(lines, splitLines(h.pane.View())...)
	}
	return Box(h.theme, title, lines, h.width, h.height)
}
