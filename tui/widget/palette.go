package widget

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"custos/tui/theme"
)

// Palette finds any action by a few letters of its name and shows the key that does the same.
type Palette struct {
	theme   *theme.Theme
	keys    *Keys
	entries entries
	hits    []int
	line    line
	list    list
	width   int
	height  int
}

// entries are searched by label and action name.
type entries []Entry

func (e entries) Len() int            { return len(e) }
func (e entries) String(i int) string { return e[i].Label + " " + string(e[i].Action) }

// NewPalette makes a palette of the entries, usually Keys.All.
func NewPalette(th *theme.Theme, all []Entry) *Palette {
	p := &Palette{theme: th, keys: NewKeys(Navigation()...), entries: all, line: newLine(th, ": ")}
	p.find()
	return p
}

// SetSize sets the columns and lines the palette fills, its border included.
func (p *Palette) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.resize(height - 3)
}

func (p *Palette) find() {
	p.hits = p.hits[:0]
	if query := p.line.value(); query != "" {
		for _, m := range fuzzy.FindFrom(query, p.entries) {
			p.hits = append(p.hits, m.Index)
		}
	} else {
		for i := range p.entries {
			p.hits = append(p.hits, i)
		}
	}
	p.list.reset(len(p.hits))
}

// Update takes a key press. After Answered, Action gives what was chosen.
func (p *Palette) Update(msg tea.KeyMsg) Outcome {
	action, _ := p.keys.Match(msg, Where{Typing: true})
	switch {
	case action == Open && len(p.hits) > 0:
		return Answered
	case action == Back:
		return Dismissed
	case p.list.act(action):
	case p.line.update(msg):
		p.find()
	}
	return Asking
}

// Action is the selected action, empty when nothing matches.
func (p *Palette) Action() Action {
	if len(p.hits) == 0 {
		return ""
	}
	return p.entries[p.hits[p.list.cursor]].Action
}

// View is exactly the size set: label, key, and what the action does.
func (p *Palette) View() string {
	inner := p.width - 4
	lines := []string{p.line.view(inner)}
	if len(p.hits) == 0 {
		lines = append(lines, p.theme.Muted.Render("  No action is called that."))
	}
	lines = append(lines, p.list.lines(p.theme, inner, func(i int) string {
		e := p.entries[p.hits[i]]
		return p.theme.Cell(e.Label, 20) + " " + p.theme.Fit(e.Keys, 14) + " " + p.theme.Clean(e.Help)
	})...)
	return Box(p.theme, "All actions", lines, p.width, p.height)
}
