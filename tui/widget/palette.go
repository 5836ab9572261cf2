package widget

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"custos/tui/theme"
)

// Palette finds any action by a few letters of its name and shows the key that does the same. Beside it finds whatever
// else it is told to look for.
type Palette struct {
	theme   *theme.Theme
	keys    *Keys
	entries entries
	beside  func(words string) []Hit // nil: actions alone
	hits    []Hit
	line    line
	list    list
	width   int
	height  int
}

// Hit is a line of the palette: an action, or something else that is opened.
type Hit struct {
	Kind   string // what it is, in a word
	Label  string
	Keys   string // that lead to it, as text; may be empty
	Help   string
	Action Action  // of an action
	Open   tea.Cmd // of anything else
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

// Beside has other things found too: those that come back for the words typed so far, with no words whatever is close
// at hand. It is called at every key and must not wait for a disk.
func (p *Palette) Beside(find func(words string) []Hit) {
	p.beside = find
	p.find()
}

// SetSize sets the columns and lines the palette fills, its border included.
func (p *Palette) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.resize(height - 3)
}

// find puts the actions first that hold the words as they are typed, then other things, then actions that only have
// their letters. Without words the other things come first.
func (p *Palette) find() {
	p.hits = p.hits[:0]
	words := strings.TrimSpace(p.line.value())
	if words == "" {
		p.others(words)
		for i := range p.entries {
			p.hits = append(p.hits, actionHit(&p.entries[i]))
		}
		p.list.reset(len(p.hits))
		return
	}
	matches := fuzzy.FindFrom(words, p.entries)
	low := strings.ToLower(words)
	plain := func(i int) bool { return strings.Contains(strings.ToLower(p.entries.String(i)), low) }
	p.actions(matches, plain)
	p.others(words)
	p.actions(matches, func(i int) bool { return !plain(i) })
	p.list.reset(len(p.hits))
}

func (p *Palette) actions(matches fuzzy.Matches, take func(i int) bool) {
	for _, m := range matches {
		if take(m.Index) {
			p.hits = append(p.hits, actionHit(&p.entries[m.Index]))
		}
	}
}

func (p *Palette) others(words string) {
	if p.beside != nil {
		p.hits = append(p.hits, p.beside(words)...)
	}
}

func actionHit(e *Entry) Hit {
	return Hit{Kind: "action", Label: e.Label, Keys: e.Keys, Help: e.Help, Action: e.Action}
}

// Update takes a key press. After Answered, Choice gives what was chosen.
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

// Choice is what is selected; false when nothing is found.
func (p *Palette) Choice() (Hit, bool) {
	if len(p.hits) == 0 {
		return Hit{}, false
	}
	return p.hits[p.list.cursor], true
}

// Action is the selected action, empty when nothing matches or something else is selected.
func (p *Palette) Action() Action {
	hit, _ := p.Choice()
	return hit.Action
}

// View is exactly the size set: what each is, its name, its key, and what it does.
func (p *Palette) View() string {
	inner := p.width - 4
	lines := []string{p.line.view(inner)}
	title, none := "All actions", "  No action is called that."
	if p.beside != nil {
		title, none = "Find anything", "  Nothing is called that."
	}
	if len(p.hits) == 0 {
		lines = append(lines, p.theme.Muted.Render(none))
	}
	label := p.labels(inner)
	lines = append(lines, p.list.lines(p.theme, inner, func(i int) string { return p.row(&p.hits[i], label) })...)
	return Box(p.theme, title, lines, p.width, p.height)
}

const (
	kindWide  = 12
	keysWide  = 10 // of all keys, or of the first where they are wider
	labelWide = 20 // at least
	helpWide  = 24 // what the names leave to what is said of them, where there are long ones
)

// labels is how wide the names are: a third, or more where the longest asks for it and there is room.
func (p *Palette) labels(width int) int {
	usual := max(labelWide, min(36, width/3))
	longest := usual
	for i := range p.hits {
		if p.hits[i].Help != "" {
			longest = max(longest, theme.Width(p.theme.Clean(p.hits[i].Label)))
		}
	}
	return max(usual, min(longest, width-kindWide-helpWide-4))
}

func (p *Palette) row(h *Hit, label int) string {
	th := p.theme
	kind := th.Fit(h.Kind, kindWide) + " "
	switch {
	case p.beside == nil:
		return th.Cell(h.Label, labelWide) + " " + th.Fit(h.Keys, 14) + " " + th.Clean(h.Help)
	case h.Help == "":
		return kind + th.Clean(h.Label)
	case h.Action == "":
		return kind + th.Cell(h.Label, label) + " " + th.Clean(h.Help)
	}
	keys := h.Keys
	if theme.Width(keys) > keysWide {
		keys, _, _ = strings.Cut(keys, ", ")
	}
	return kind + th.Cell(h.Label, label) + " " + th.Fit(keys, keysWide) + " " + th.Clean(h.Help)
}
