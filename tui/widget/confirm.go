package widget

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// settleTime is how long a dialog that opened by itself ignores keys meant for what was there before.
const settleTime = 425 * time.Millisecond

// Question is what a Confirm asks.
type Question struct {
	Title   string
	Text    string // what will happen and to how many; may have several lines
	Yes     string // what agreeing is called, such as "Erase 3 records"
	Word    string // must be typed to agree, such as a case number; empty for a plain question
	AskedBy string // the key that asked, as bubbletea names it; it never agrees
	Unasked bool   // the dialog opens by itself
}

// Confirm asks before something that cannot be taken back. No is the default, no single letter agrees, and neither
// does the key that asked.
type Confirm struct {
	theme   *theme.Theme
	ask     Question
	now     func() time.Time
	opened  time.Time
	yes     bool
	line    line
	problem string
	width   int
	height  int
}

// NewConfirm opens the question; now is the clock of the program.
func NewConfirm(th *theme.Theme, ask Question, now func() time.Time) *Confirm {
	return &Confirm{theme: th, ask: ask, now: now, opened: now(), line: newLine(th, "> ")}
}

// SetSize sets the columns and lines the dialog fills.
func (c *Confirm) SetSize(width, height int) { c.width, c.height = width, height }

// Update takes a key press: Answered means yes, Dismissed no.
func (c *Confirm) Update(msg tea.KeyMsg) Outcome {
	switch {
	case c.ask.Unasked && c.now().Sub(c.opened) < settleTime:
		return Asking
	case msg.Type == tea.KeyEsc:
		return Dismissed
	case c.ask.Word != "":
		return c.typed(msg)
	}
	return c.chosen(msg)
}

// typed waits for the word; the word itself agrees, so Enter only sends it.
func (c *Confirm) typed(msg tea.KeyMsg) Outcome {
	if msg.Type != tea.KeyEnter {
		if c.line.update(msg) {
			c.problem = ""
		}
		return Asking
	}
	switch strings.TrimSpace(c.line.value()) {
	case "":
		return Dismissed
	case c.ask.Word:
		return Answered
	}
	c.problem = "That is not " + c.ask.Word + ". Nothing has been done."
	return Asking
}

func (c *Confirm) chosen(msg tea.KeyMsg) Outcome {
	name := msg.String()
	switch {
	case name == c.ask.AskedBy && name != "enter":
		return Asking
	case name == "left", name == "right", name == "tab", name == "shift+tab":
		c.yes = !c.yes
	case name == "n":
		return Dismissed
	case name == "enter" && !c.yes:
		return Dismissed
	case name == c.agreeKey() && c.yes:
		return Answered
	}
	return Asking
}

// agreeKey agrees once Yes is selected: Enter, unless Enter asked.
func (c *Confirm) agreeKey() string {
	if c.ask.AskedBy == "enter" {
		return " "
	}
	return "enter"
}

// View is the dialog in a box of exactly the size set. The answer keeps its lines; the text gives way.
func (c *Confirm) View() string {
	inner, room := c.width-4, c.height-2
	foot := c.answer(inner)
	var text []string
	for _, l := range c.theme.CleanLines(c.ask.Text) {
		text = append(text, theme.Wrap(l, inner)...)
	}
	if most := max(0, room-len(foot)); len(text) > most {
		text = text[:most]
		if most > 0 {
			text[most-1] = c.theme.Glyphs.Ellipsis
		}
	}
	return Box(c.theme, c.ask.Title, append(text, foot...), c.width, c.height)
}

func (c *Confirm) answer(width int) []string {
	if c.ask.Word != "" {
		ask := "Type " + c.theme.Clean(c.ask.Word) + " and press Enter to agree; Esc leaves."
		return []string{"", c.theme.Cut(ask, width), c.line.view(width), c.theme.Bad.Render(c.theme.Cell(c.problem, width))}
	}
	no, yes := c.theme.Selected.Render("> No  "), "  "+c.theme.Clean(c.ask.Yes)
	hint := "Left and Right choose, Enter takes No, Esc leaves."
	if c.yes {
		no, yes = "  No  ", c.theme.Selected.Render("> "+c.theme.Clean(c.ask.Yes)+"  ")
		hint = "Left and Right choose, " + KeyName(c.agreeKey()) + " agrees, Esc leaves."
	}
	return []string{"", no + " " + yes, c.theme.Muted.Render(c.theme.Cut(hint, width))}
}
