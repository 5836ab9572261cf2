package widget

import (
	"io"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"

	"custos/tui/theme"
)

// told is text under a field, made from the answers so far. It takes no focus and no keys.
type told struct {
	form  *Form
	field *Field
	above huh.Field
	width int
}

// answers are those so far. While an option is looked for, the text is about the one that Enter would choose.
func (p *told) answers() Values {
	v := p.form.Values()
	if list, ok := p.above.(*pick); ok && list.focused {
		if o, ok := list.picker.Choice(); ok {
			v[p.field.ID] = o.Value
		}
	}
	return v
}

func (p *told) text() string {
	var lines []string
	inner := max(4, p.width-3)
	for _, paragraph := range p.field.Below(p.answers()) {
		for _, clean := range p.form.theme.CleanLines(paragraph) {
			lines = append(lines, theme.Wrap(clean, inner)...)
		}
	}
	return strings.Join(lines, "\n")
}

// View is the text, wrapped.
func (p *told) View() string {
	style := &p.form.theme.HuhTheme().Blurred
	return style.Base.Render(style.Description.Render(p.text()))
}

// Init has nothing to start.
func (p *told) Init() tea.Cmd { return nil }

// Update changes nothing.
func (p *told) Update(tea.Msg) (tea.Model, tea.Cmd) { return p, nil }

// Focus never comes: see Skip.
func (p *told) Focus() tea.Cmd { return nil }

// Blur never comes either.
func (p *told) Blur() tea.Cmd { return nil }

// Error is never anything: there is no answer.
func (p *told) Error() error { return nil }

// Run is for a field on its own, which this one never is.
func (p *told) Run() error { return nil }

// RunAccessible tells the text.
func (p *told) RunAccessible(w io.Writer, _ io.Reader) error {
	_, err := io.WriteString(w, p.text()+"\n")
	return err
}

// Skip is true: nothing is answered here.
func (p *told) Skip() bool { return true }

// Zoom is false: the other fields stay in sight.
func (p *told) Zoom() bool { return false }

// KeyBinds are none.
func (p *told) KeyBinds() []key.Binding { return nil }

// WithTheme changes nothing: the text has the theme of its form.
func (p *told) WithTheme(*huh.Theme) huh.Field { return p }

// WithAccessible changes nothing: see RunAccessible.
func (p *told) WithAccessible(bool) huh.Field { return p }

// WithKeyMap changes nothing: there are no keys.
func (p *told) WithKeyMap(*huh.KeyMap) huh.Field { return p }

// WithWidth sets the columns.
func (p *told) WithWidth(width int) huh.Field {
	p.width = width
	return p
}

// WithHeight changes nothing: the form scrolls.
func (p *told) WithHeight(int) huh.Field { return p }

// WithPosition changes nothing: nothing moves on from here.
func (p *told) WithPosition(huh.FieldPosition) huh.Field { return p }

// GetKey is empty: no answer is kept under it.
func (p *told) GetKey() string { return "" }

// GetValue is nil for the same reason.
func (p *told) GetValue() any { return nil }
