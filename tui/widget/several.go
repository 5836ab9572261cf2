package widget

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"

	"custos/tui/theme"
)

const (
	severalLines = 7 // options in sight
	severalWhole = 2 // lines for the whole of the one the cursor is on
)

// several is a form field for the options that are ticked with Space, none or many. The answer is their values with
// commas between, in the order of the options.
type several struct {
	theme   *theme.Theme
	field   *Field
	answer  *string
	keys    *Keys
	list    list
	err     error
	focused bool
	width   int
}

func newSeveral(th *theme.Theme, field *Field, answer *string) *several {
	s := &several{theme: th, field: field, answer: answer, keys: NewKeys(Navigation()...), width: MinWidth}
	s.list.reset(len(field.Options))
	s.list.resize(severalLines)
	return s
}

// Chosen are the values of an answer to a field of kind Several.
func Chosen(answer string) []string {
	return slices.DeleteFunc(strings.Split(answer, ","), func(v string) bool { return v == "" })
}

func (s *several) height() int { return min(severalLines, len(s.field.Options)) + severalWhole + 2 }

func (s *several) ticked(i int) bool {
	return slices.Contains(Chosen(*s.answer), s.field.Options[i].Value)
}

func (s *several) toggle(at int) {
	var now []string
	for i, o := range s.field.Options {
		if s.ticked(i) != (i == at) {
			now = append(now, o.Value)
		}
	}
	*s.answer = strings.Join(now, ",")
}

// Update takes keys while the field has the focus.
func (s *several) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	if !ok {
		return s, nil
	}
	action, _ := s.keys.Match(press, Where{Typing: true})
	switch {
	case press.Type == tea.KeyTab, press.Type == tea.KeyEnter:
		return s, s.next()
	case press.String() == " " && s.list.n > 0:
		s.toggle(s.list.cursor)
	default:
		s.list.act(action)
	}
	s.err = nil
	return s, nil
}

func (s *several) next() tea.Cmd {
	if s.err = s.field.Check(*s.answer); s.err != nil {
		return nil
	}
	return huh.NextField
}

// View is the label and what is ticked; in focus, the options around the cursor, and the one it is on as a whole.
func (s *several) View() string {
	style := &s.theme.HuhTheme().Blurred
	if s.focused {
		style = &s.theme.HuhTheme().Focused
	}
	inner := max(4, s.width-3)
	lines := []string{style.Title.Render(s.theme.Cut(s.theme.Clean(s.field.Heading()), inner))}
	if note := s.theme.Clean(s.field.Note); note != "" {
		lines = append(lines, style.Description.Render(s.theme.Cut(note, inner)))
	}
	if !s.focused {
		return style.Base.Render(strings.Join(append(lines, s.theme.Cut(": "+s.summary(), inner)), "\n"))
	}
	lines = append(lines, s.list.lines(s.theme, inner, func(i int) string {
		mark := s.theme.Glyphs.Unmarked
		if s.ticked(i) {
			mark = s.theme.Glyphs.Marked
		}
		return mark + " " + s.theme.Clean(s.field.Options[i].Label)
	})...)
	return style.Base.Render(strings.Join(append(lines, s.whole(inner)...), "\n"))
}

// whole is the option the cursor is on where its line had to be cut.
func (s *several) whole(width int) []string {
	if s.list.n == 0 {
		return nil
	}
	label := s.theme.Clean(s.field.Options[s.list.cursor].Label)
	if theme.Width(label)+6 <= width {
		return nil
	}
	all := theme.Wrap(label, width)
	all = all[:min(len(all), severalWhole)]
	for i := range all {
		all[i] = s.theme.Muted.Render(s.theme.Cut(all[i], width))
	}
	return all
}

func (s *several) summary() string {
	if *s.answer == "" {
		return "(none)"
	}
	return s.theme.Clean(strings.Join(Chosen(*s.answer), ", "))
}

// Init has nothing to start.
func (s *several) Init() tea.Cmd { return nil }

// Focus opens the options.
func (s *several) Focus() tea.Cmd {
	s.focused = true
	return nil
}

// Blur closes the options and checks the answer.
func (s *several) Blur() tea.Cmd {
	s.focused, s.err = false, s.field.Check(*s.answer)
	return nil
}

// Error is what is wrong with the answer.
func (s *several) Error() error { return s.err }

// Run is for a field on its own, which this one never is.
func (s *several) Run() error { return huh.Run(s) }

// RunAccessible asks nothing: line dialogs are built from the Field itself.
func (s *several) RunAccessible(io.Writer, io.Reader) error { return huh.ErrUserAborted }

// Skip is false: the field takes the focus.
func (s *several) Skip() bool { return false }

// Zoom is false: the other fields stay in sight.
func (s *several) Zoom() bool { return false }

// KeyBinds are named in the form's own last line.
func (s *several) KeyBinds() []key.Binding { return nil }

// WithTheme changes nothing: the field has its theme.
func (s *several) WithTheme(*huh.Theme) huh.Field { return s }

// WithAccessible changes nothing: see RunAccessible.
func (s *several) WithAccessible(bool) huh.Field { return s }

// WithKeyMap changes nothing: the field has its keys.
func (s *several) WithKeyMap(*huh.KeyMap) huh.Field { return s }

// WithWidth sets the columns.
func (s *several) WithWidth(width int) huh.Field {
	s.width = width
	return s
}

// WithHeight changes nothing: the form scrolls.
func (s *several) WithHeight(int) huh.Field { return s }

// WithPosition changes nothing: the field moves on in the same way wherever it stands.
func (s *several) WithPosition(huh.FieldPosition) huh.Field { return s }

// GetKey is the ID of the field.
func (s *several) GetKey() string { return s.field.ID }

// GetValue is the answer.
func (s *several) GetValue() any { return *s.answer }
