package widget

import (
	"maps"

	"github.com/charmbracelet/bubbles/cursor"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"

	"custos/tui/theme"
)

// DraftMsg carries the answers after every change, for whoever keeps drafts. Secrets are never in it.
type DraftMsg struct {
	FormID string
	Values Values
}

// FormLeftMsg says that the form was left with Esc; the answers so far come with it, secrets excepted.
type FormLeftMsg struct {
	FormID string
	Values Values
}

// FormDoneMsg says that the form was completed; every answer has passed its check.
type FormDoneMsg struct {
	FormID string
	Values Values
}

// Form asks the questions of its fields. The screen passes it every message it does not take itself.
type Form struct {
	ID   string
	Bare bool // nothing of it is kept when it is left, and the hint promises nothing

	theme   *theme.Theme
	fields  []Field
	answers []*answerOf
	huh     *huh.Form
	last    Values
	problem string
	closed  bool
	width   int
	height  int
}

// NewForm opens a form. Answers in draft, by field ID, replace the values of the fields.
func NewForm(th *theme.Theme, id string, fields []Field, draft Values) *Form {
	f := &Form{ID: id, theme: th, fields: append([]Field(nil), fields...), width: MinWidth, height: MinHeight}
	for i := range f.fields {
		if kept, ok := draft[f.fields[i].ID]; ok && f.fields[i].Kind != Secret {
			f.fields[i].Value = kept
		}
		f.answers = append(f.answers, newAnswer(&f.fields[i]))
	}
	f.build(0)
	f.last = f.Values()
	return f
}

// build makes the form anew from the answers, with a field in focus.
func (f *Form) build(focus int) {
	var parts []huh.Field
	for i := range f.fields {
		parts = append(parts, f.part(i))
		if f.fields[i].Below != nil {
			parts = append(parts, &told{form: f, field: &f.fields[i], above: parts[len(parts)-1], width: f.width})
		}
	}
	f.huh = huh.NewForm(huh.NewGroup(parts...)).
		WithTheme(f.theme.HuhTheme()).WithKeyMap(formKeys()).WithShowHelp(false).WithShowErrors(false)
	f.settle(f.huh.Init())
	for range focus {
		f.huh.NextField()
	}
	f.resize()
}

// settle does at once what a key sets off inside the form, such as going to the next field, so that a key typed ahead
// finds the field it is meant for. Nothing in there takes time but the timers that still leaves out.
func (f *Form) settle(cmd tea.Cmd) {
	if cmd = still(cmd); cmd == nil {
		return
	}
	msg := cmd()
	if Each(msg, func(c tea.Cmd) tea.Cmd { f.settle(c); return nil }) {
		return
	}
	_, next := f.huh.Update(msg)
	f.settle(next)
}

// Closed reports whether the form was completed or left; it takes no more keys then.
func (f *Form) Closed() bool { return f.closed }

// SetSize sets the columns and lines the form fills.
func (f *Form) SetSize(width, height int) {
	if f.width == width && f.height == height {
		return
	}
	f.width, f.height = width, height
	f.resize()
}

func (f *Form) resize() {
	for _, a := range f.answers {
		a.stretch()
	}
	f.huh.WithWidth(max(1, f.width-1)).WithHeight(max(1, f.height-1))
	f.huh.Update(nil) // scrolls to the field in focus
}

// Fields are the questions as they are now, for a line dialog.
func (f *Form) Fields() []Field { return append([]Field(nil), f.fields...) }

// Values are the answers as typed. A value given at the start and not touched comes back exactly as it was, even where
// an input line could not hold it.
func (f *Form) Values() Values {
	values := make(Values, len(f.fields))
	for i, a := range f.answers {
		values[f.fields[i].ID] = a.value()
	}
	return values
}

// Draft is Values without secrets.
func (f *Form) Draft() Values {
	values := f.Values()
	for _, field := range f.fields {
		if field.Kind == Secret {
			delete(values, field.ID)
		}
	}
	return values
}

// Update takes a message. Esc leaves and discards nothing; Enter in the last field or Ctrl+S completes.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	if f.closed {
		return nil
	}
	switch msg := msg.(type) {
	case cursor.BlinkMsg:
		return nil // a cursor that blinks would draw on an idle screen
	case tea.KeyMsg:
		return f.key(msg)
	}
	return f.pass(msg)
}

func (f *Form) key(msg tea.KeyMsg) tea.Cmd {
	f.problem = ""
	switch msg.String() {
	case "esc":
		f.closed = true
		return send(FormLeftMsg{f.ID, f.Draft()})
	case "ctrl+s":
		return f.finish()
	case "shift+tab":
		return f.pass(huh.PrevField()) // going back is never held up by an answer that is not right yet
	case "ctrl+v":
		return nil // would paste the clipboard of the machine the program runs on
	}
	return f.pass(msg)
}

// pass hands a message to the fields, then tells of a changed answer and of the end.
func (f *Form) pass(msg tea.Msg) tea.Cmd {
	_, cmd := f.huh.Update(msg)
	f.settle(cmd)
	if f.huh.State == huh.StateCompleted {
		return f.finish()
	}
	if errs := f.huh.Errors(); len(errs) > 0 {
		f.problem = errs[0].Error()
	}
	if now := f.Values(); !maps.Equal(now, f.last) {
		f.last = now
		return send(DraftMsg{f.ID, f.Draft()})
	}
	return nil
}

// finish completes the form, or goes to the first answer that is not right.
func (f *Form) finish() tea.Cmd {
	values := f.Values()
	for i, field := range f.fields {
		if err := field.Check(values[field.ID]); err != nil {
			f.build(i)
			f.problem = err.Error()
			return nil
		}
		values[field.ID] = field.Final(values[field.ID])
	}
	f.closed = true
	return send(FormDoneMsg{f.ID, values})
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Focused is the ID of the field in focus.
func (f *Form) Focused() string { return f.huh.GetFocusedField().GetKey() }

// View is exactly the size set: the fields around the one in focus, and a line with what is wrong or which keys work.
func (f *Form) View() string {
	if f.theme.Spoken {
		return "" // its questions are asked one at a time
	}
	if f.closed || f.height < 1 {
		return block(f.theme, nil, f.width, f.height)
	}
	lines := splitLines(f.huh.View())
	for i := range lines {
		lines[i] = f.theme.Colourless(f.theme.CleanStyled(lines[i]))
	}
	status := f.status()
	body := make([]string, f.height-len(status))
	copy(body, lines)
	return block(f.theme, append(body, status...), f.width, f.height)
}

// status is the last line; a problem that is longer takes more, but never the most of the form.
func (f *Form) status() []string {
	if f.problem == "" {
		return []string{f.hint()}
	}
	all := theme.Wrap(theme.Bad.Word()+": "+f.theme.Clean(f.problem), f.width)
	all = all[:min(len(all), max(1, f.height/3))]
	for i, l := range all {
		all[i] = f.theme.Bad.Render(f.theme.Cut(l, f.width))
	}
	return all
}

func (f *Form) hint() string {
	hint := "Enter next  Shift+Tab previous  Ctrl+S finish"
	if !f.Bare {
		hint += "  Esc leave, keeping what is typed"
	}
	for i := range f.fields {
		switch {
		case f.fields[i].ID != f.Focused():
		case f.fields[i].Kind == LongText:
			hint = "Enter next  Ctrl+J new line  Ctrl+S finish  Esc leave, keeping what is typed"
		case f.fields[i].Kind == Several:
			hint = "Space ticks  Enter next  Ctrl+S finish  Esc leave, keeping what is typed"
		}
	}
	return f.theme.Muted.Render(f.theme.Cut(hint, f.width))
}
