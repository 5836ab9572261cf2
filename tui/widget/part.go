package widget

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	"github.com/charmbracelet/bubbles/textinput"
	"github.com/charmbracelet/huh"
)

const (
	mostInline = 10 // options a form shows at once; more are picked by typing
	textLines  = 4
)

// answerOf holds what a field was given and what it is now.
type answerOf struct {
	given string // as handed in
	shown string // the same as an input line can hold it
	text  string
	yes   bool
	kind  Kind
	part  huh.Field
	lines int // the height the field would like
	list  []huh.Option[string]
}

// stretch gives the field all the room it would like; the form takes back what there is not. A list of huh's that was
// once too tall, or given a height at all, hides what is above its choice: it is filled anew, from the first option.
func (a *answerOf) stretch() {
	s, ok := a.part.(*huh.Select[string])
	if !ok {
		a.part.WithHeight(a.lines)
		return
	}
	var none string
	s.Height(0).Value(&none).Options(a.list...).Value(&a.text)
}

func newAnswer(f *Field) *answerOf {
	text := f.Shown(f.Value)
	a := &answerOf{given: f.Value, shown: text, text: text, kind: f.Kind, yes: f.Value == Yes}
	switch f.Kind {
	case Text, Date, Secret:
		in := textinput.New()
		in.SetValue(text)
		a.shown = in.Value()
	case LongText:
		in := textarea.New()
		in.SetValue(text)
		a.shown = in.Value()
	case Choice, YesNo, Several:
	}
	return a
}

func (a *answerOf) value() string {
	switch {
	case a.kind == YesNo && a.yes:
		return Yes
	case a.kind == YesNo:
		return No
	case a.text == a.shown:
		return a.given
	}
	return a.text
}

// part builds the drawn field of question i, bound to its answer.
func (f *Form) part(i int) huh.Field {
	field, a := &f.fields[i], f.answers[i]
	title, note := f.theme.Clean(field.Heading()), f.theme.Clean(field.Note)
	head := 1
	if note != "" {
		head = 2
	}
	a.lines = head + 1
	switch field.Kind {
	case LongText:
		a.lines = head + textLines
		a.part = huh.NewText().Key(field.ID).Title(title).Description(note).Value(&a.text).
			CharLimit(0).ExternalEditor(false).Validate(field.Check)
	case YesNo:
		a.lines = head + 2
		a.part = huh.NewConfirm().Key(field.ID).Title(title).Description(note).Value(&a.yes).
			Affirmative("Yes").Negative("No").Validate(func(bool) error { return field.Check(a.value()) })
	case Choice:
		a.part = f.choice(field, a)
	case Several:
		p := newSeveral(f.theme, field, &a.text)
		a.lines, a.part = p.height(), p
	case Text, Date, Secret:
		a.part = f.input(field, a).Title(title).Description(note)
	}
	return a.part
}

func (f *Form) input(field *Field, a *answerOf) *huh.Input {
	in := huh.NewInput().Key(field.ID).Prompt(": ").Value(&a.text).Validate(field.Check)
	if field.Kind == Date {
		in.Placeholder("DD/MM/YYYY")
	}
	if field.Kind == Secret {
		in.EchoMode(huh.EchoModePassword)
	}
	return in
}

// choice offers the options. huh takes the first option for an answer nobody gave, so an empty one comes first, and a
// value that is no longer offered stays on offer.
func (f *Form) choice(field *Field, a *answerOf) huh.Field {
	title, note := f.theme.Clean(field.Heading()), f.theme.Clean(field.Note)
	offered := offer(field)
	if len(offered) > mostInline {
		p := newPick(f.theme, field, &a.text)
		a.lines = p.height()
		return p
	}
	opts := make([]huh.Option[string], len(offered))
	for i, o := range offered {
		opts[i] = huh.NewOption(f.theme.Clean(o.Label), o.Value)
	}
	a.list = opts
	return huh.NewSelect[string]().Key(field.ID).Title(title).Description(note).Value(&a.text).
		Options(opts...).Validate(field.Check)
}

func offer(field *Field) []Option {
	known := field.Value == ""
	for _, o := range field.Options {
		known = known || o.Value == field.Value
	}
	offered := field.Options
	if !known {
		offered = append([]Option{{field.Value, field.Value + " (no longer offered)"}}, offered...)
	}
	if !field.Required {
		return append([]Option{{"", "(none)"}}, offered...)
	}
	return append([]Option{{"", "(choose)"}}, offered...)
}

// formKeys is huh's own table without what would leave the form, start an editor that writes the text to a file in
// the clear, or answer with a single letter.
func formKeys() *huh.KeyMap {
	none := key.NewBinding()
	k := huh.NewDefaultKeyMap()
	k.Quit = none
	k.Text.Editor = none
	k.Select.Filter, k.Select.SetFilter, k.Select.ClearFilter = none, none, none
	k.Confirm.Accept, k.Confirm.Reject = none, none
	return k
}
