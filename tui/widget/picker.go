package widget

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Outcome is what a key press did to a widget that asks something.
type Outcome int

// The outcomes: still asking; answered, so the answer can be read; left without an answer.
const (
	Asking Outcome = iota
	Answered
	Dismissed
)

// Option is one thing to choose: the value that is kept and the label that is shown.
type Option struct{ Value, Label string }

// Picker chooses one of many options by typing part of a label. It is for lists too long for a form's own select.
type Picker struct {
	Title string

	theme   *theme.Theme
	keys    *Keys
	options []Option
	lower   []string
	hits    []int
	line    line
	list    list
	width   int
	height  int
}

// NewPicker makes a picker over the options with the current value selected.
func NewPicker(th *theme.Theme, title string, options []Option, current string) *Picker {
	p := &Picker{Title: title, theme: th, keys: NewKeys(Navigation()...), options: options, line: newLine(th, "/ ")}
	p.lower = make([]string, len(options))
	for i, o := range options {
		p.lower[i] = strings.ToLower(o.Label)
	}
	p.filter()
	for i, o := range options {
		if o.Value == current {
			p.list.move(i)
			break
		}
	}
	return p
}

// SetSize sets the columns and lines the picker fills: title, filter, options, count.
func (p *Picker) SetSize(width, height int) {
	p.width, p.height = width, height
	p.list.resize(height - 3)
}

func (p *Picker) filter() {
	want := strings.ToLower(strings.TrimSpace(p.line.value()))
	p.hits = p.hits[:0]
	for i, label := range p.lower {
		if strings.Contains(label, want) {
			p.hits = append(p.hits, i)
		}
	}
	p.list.reset(len(p.hits))
}

// Update takes a key press. After Answered, Choice gives the option.
func (p *Picker) Update(msg tea.KeyMsg) Outcome {
	action, _ := p.keys.Match(msg, Where{Typing: true})
	switch {
	case action == Open:
		if len(p.hits) == 0 {
			return Asking
		}
		return Answered
	case action == Back:
		return Dismissed
	case p.list.act(action):
	case p.line.update(msg):
		p.filter()
	}
	return Asking
}

// Choice is the selected option; false when nothing matches the filter.
func (p *Picker) Choice() (Option, bool) {
	if len(p.hits) == 0 {
		return Option{}, false
	}
	return p.options[p.hits[p.list.cursor]], true
}

// View is exactly the size set.
func (p *Picker) View() string {
	lines := []string{p.theme.Title.Render(p.theme.Cell(p.Title, p.width)), p.line.view(p.width)}
	lines = append(lines, p.list.lines(p.theme, p.width, func(i int) string {
		return p.theme.Clean(p.options[p.hits[i]].Label)
	})...)
	for len(lines) < p.height-1 {
		lines = append(lines, "")
	}
	count := fmt.Sprintf("%d of %d", len(p.hits), len(p.options))
	return block(p.theme, append(lines, p.theme.Muted.Render(count)), p.width, p.height)
}
