package widget

import (
	"io"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"

	"custos/tui/theme"
)

const pickLines = 6

// pick is a form field around a Picker, for more options than a select should hold: huh draws all of them for every
// key. The answer changes only with Enter.
type pick struct {
	theme   *theme.Theme
	field   *Field
	answer  *string
	picker  *Picker
	err     error
	focused bool
	width   int
}

func newPick(th *theme.Theme, field *Field, answer *string) *pick {
	p := &pick{theme: th, field: field, answer: answer, width: MinWidth}
	p.picker = NewPicker(th, "", offer(field), *answer)
	return p
}

func (p *pick) height() int { return pickLines + 2 }

// label is what is shown for the answer.
func (p *pick) label() string {
	for _, o := range p.picker.options {
		if o.Value == *p.answer {
			return o.Label
		}
	}
	return *p.answer
}

// Update takes keys while the field has the focus.
func (p *pick) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
		return p, nil
	case press.Type == tea.KeyTab:
		return p, p.next()
	case p.picker.Update(press) == Answered:
		if choice, ok := p.picker.Choice(); ok {
			*p.answer = choice.Value
		}
		return p, p.next()
	}
	p.err = nil
	return p, nil
}

func (p *pick) next() tea.Cmd {
	if p.err = p.field.Check(*p.answer); p.err != nil {
		return nil
	}
	return huh.NextField
}

// View is the label and the answer; in focus, the filter and the options around the selected one as well.
func (p *pick) View() string {
	style := &p.theme.HuhTheme().Blurred
	if p.focused {
		style = &p.theme.HuhTheme().Focused
	}
	inner := max(4, p.width-3)
	head := p.theme.Cut(p.theme.Clean(p.field.Heading()), inner)
	lines := []string{style.Title.Render(head), p.theme.Cut(": "+p.theme.Clean(p.label()), inner)}
	if note := p.theme.Clean(p.field.Note); note != "" {
		lines = append(lines[:1], style.Description.Render(p.theme.Cut(note, inner)), lines[1])
	}
	if p.focused {
		p.picker.SetSize(inner, pickLines+1)
		lines = append(lines, splitLines(p.picker.View())[1:]...)
	}
	return style.Base.Render(strings.Join(lines, "\n"))
}

// Init has nothing to start.
func (p *pick) Init() tea.Cmd { return nil }

// Focus opens the options.
func (p *pick) Focus() tea.Cmd {
	p.focused = true
	return nil
}

// Blur closes the options and checks the answer.
func (p *pick) Blur() tea.Cmd {
	p.focused, p.err = false, p.field.Check(*p.answer)
	return nil
}

// Error is what is wrong with the answer.
func (p *pick) Error() error { return p.err }

// Run is for a field on its own, which this one never is.
func (p *pick) Run() error { return huh.Run(p) }

// RunAccessible asks nothing: line dialogs are built from the Field itself.
func (p *pick) RunAccessible(io.Writer, io.Reader) error { return huh.ErrUserAborted }

// Skip is false: the field takes the focus.
func (p *pick) Skip() bool { return false }

// Zoom is false: the other fields stay in sight.
func (p *pick) Zoom() bool { return false }

// KeyBinds are named in the form's own last line.
func (p *pick) KeyBinds() []key.Binding { return nil }

// WithTheme changes nothing: the field has its theme.
func (p *pick) WithTheme(*huh.Theme) huh.Field { return p }

// WithAccessible changes nothing: see RunAccessible.
func (p *pick) WithAccessible(bool) huh.Field { return p }

// WithKeyMap changes nothing: the picker has its keys.
func (p *pick) WithKeyMap(*huh.KeyMap) huh.Field { return p }

// WithWidth sets the columns.
func (p *pick) WithWidth(width int) huh.Field {
	p.width = width
	return p
}

// WithHeight changes nothing: the form scrolls.
func (p *pick) WithHeight(int) huh.Field { return p }

// WithPosition changes nothing: the field moves on in the same way wherever it stands.
func (p *pick) WithPosition(huh.FieldPosition) huh.Field { return p }

// GetKey is the ID of the field.
func (p *pick) GetKey() string { return p.field.ID }

// GetValue is the answer.
func (p *pick) GetValue() any { return *p.answer }
