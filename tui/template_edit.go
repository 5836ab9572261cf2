package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// templateEditor is the words of one kind of letter, with what is wrong with them below as they are typed.
type templateEditor struct {
	kit      *kit
	desk     templateDesk
	was      register.LetterTemplate // as it is in use
	heading  *widget.Prompt
	body     *widget.Editor
	above    bool // the heading is typed into
	problems []register.Problem
	checking bool
	stale    bool // something was typed while the words were checked
	resumed  bool // taken up from a draft
	ready    bool
	saving   bool
}

func newTemplateEditor(k *kit, was register.LetterTemplate) Screen {
	t := &templateEditor{kit: k, desk: k.desk, was: was}
	t.fill(was.Subject, was.Body)
	return t
}

type (
	templateDraftMsg struct {
		draft register.Draft
		err   error
	}
	checkedMsg      struct{ problems []register.Problem }
	fieldPickedMsg  struct{ name string }
	templateKeptMsg struct{ err error }
)

func (t *templateEditor) draft() string { return "template:" + string(t.was.Kind) }

func (t *templateEditor) fill(subject, body string) {
	t.heading, t.body = widget.NewPrompt(t.kit.theme, "Heading", subject), widget.NewEditor(t.kit.theme, body)
	t.body.Focus(!t.above)
}

// Init takes up what was typed and not saved.
func (t *templateEditor) Init() tea.Cmd {
	desk, id := t.desk, t.draft()
	return func() tea.Msg {
		d, _, err := desk.Draft(id)
		return templateDraftMsg{d, err}
	}
}

func (t *templateEditor) Title() string { return t.was.Kind.Title() }

func (t *templateEditor) waits() bool { return !t.ready || t.saving }

func (t *templateEditor) At() widget.Where {
	return widget.Where{Scope: scopeTemplate, Typing: true, Off: func(a widget.Action) bool {
		switch a {
		case templateSave, templateField:
			return !t.kit.may(register.TemplateSave)
		default:
			return a == widget.Open
		}
	}}
}

// now is the template as it is typed.
func (t *templateEditor) now() register.LetterTemplate {
	return register.LetterTemplate{Kind: t.was.Kind, Subject: t.heading.Value(), Body: t.body.Value()}
}

func (t *templateEditor) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case templateDraftMsg:
		t.ready = true
		if len(msg.draft.Values) > 0 {
			t.fill(msg.draft.Values["subject"], msg.draft.Values["body"])
			t.resumed = true
		}
		if msg.err != nil {
			return t, fail(msg.err)
		}
		return t, t.check()
	case checkedMsg:
		t.problems, t.checking = msg.problems, false
		if t.stale {
			return t, t.check()
		}
	case fieldPickedMsg:
		return t, t.insert("{" + msg.name + "}")
	case templateKeptMsg:
		return t, t.kept(msg.err)
	case templateHeldMsg:
		return t, t.held(msg)
	case formFreshMsg:
		t.fill(t.was.Subject, t.was.Body)
		t.resumed = false
		return t, tea.Batch(t.kit.drafts.drop(t.draft()), t.check())
	case actMsg:
		return t, t.fresh(msg)
	case tea.KeyMsg:
		return t, t.press(msg)
	}
	return t, nil
}

// check looks the words over outside the update loop: once for all that is typed while it looks.
func (t *templateEditor) check() tea.Cmd {
	if t.checking {
		t.stale = true
		return nil
	}
	t.checking, t.stale = true, false
	desk, now := t.desk, t.now()
	return func() tea.Msg { return checkedMsg{desk.CheckTemplate(now)} }
}

func (t *templateEditor) fresh(msg actMsg) tea.Cmd {
	if msg.action != formFresh {
		return nil
	}
	return ask(widget.Question{
		Title: "Start afresh", Text: "What you typed is forgotten. The words in use stay as they are.",
		Yes: "Forget what I typed", AskedBy: msg.key,
	}, send(formFreshMsg{}))
}

func (t *templateEditor) press(msg tea.KeyMsg) tea.Cmd {
	switch t.kit.action(msg, t.At()) {
	case widget.Back:
		return t.leave()
	case widget.NextField, widget.PrevField:
		t.above = !t.above
		t.body.Focus(!t.above)
	case templateSave:
		return t.save()
	case templateField:
		return t.pick()
	case templateLook:
		return t.look()
	default:
		return t.typed(msg)
	}
	return nil
}

// typed keeps what is typed and has it checked.
func (t *templateEditor) typed(msg tea.KeyMsg) tea.Cmd {
	switch before := t.heading.Value(); {
	case !t.above && !t.body.Update(msg):
		return nil
	case t.above && t.heading.Update(msg) == widget.Answered:
		t.above = false
		t.body.Focus(true)
		return nil
	case t.above && t.heading.Value() == before:
		return nil
	}
	return t.changed()
}

func (t *templateEditor) changed() tea.Cmd {
	now := t.now()
	if now.Subject == t.was.Subject && now.Body == t.was.Body {
		return tea.Batch(t.kit.drafts.drop(t.draft()), t.check())
	}
	kept := t.kit.drafts.save(register.Draft{
		Form: t.draft(), Values: map[string]string{"subject": now.Subject, "body": now.Body},
	})
	return tea.Batch(kept, t.check())
}

func (t *templateEditor) insert(words string) tea.Cmd {
	if t.above {
		t.heading = widget.NewPrompt(t.kit.theme, "Heading", t.heading.Value()+words)
	} else {
		t.body.Insert(words)
	}
	return t.changed()
}

// pick offers the fields of the letter, those it must say first.
func (t *templateEditor) pick() tea.Cmd {
	var needed, rest []widget.Option
	for _, f := range register.LetterFields(t.was.Kind) {
		o := widget.Option{Value: f.Name, Label: "{" + f.Name + "} " + f.About}
		if f.Needed {
			o.Label += " (NEEDED)"
			needed = append(needed, o)
		} else {
			rest = append(rest, o)
		}
	}
	return choose(widget.NewPicker(t.kit.theme, "Which field?", append(needed, rest...), ""), func(o widget.Option) tea.Cmd {
		return send(fieldPickedMsg{o.Value})
	})
}

// look shows the letter as it would read.
func (t *templateEditor) look() tea.Cmd {
	kit, desk, now := t.kit, t.desk, t.now()
	return func() tea.Msg {
		text, err := desk.SampleLetter(now)
		if err != nil {
			return fail(err)()
		}
		return push(newReading(kit, "Sample", text))()
	}
}

func (t *templateEditor) kept(err error) tea.Cmd {
	t.saving = false
	if register.KindOf(err) == register.Conflict {
		return tea.Batch(fail(err), t.reread())
	}
	if err != nil {
		return tea.Batch(fail(err), t.check())
	}
	return tea.Batch(t.kit.drafts.drop(t.draft()), pop(), say(theme.Good, "Letters of this kind have these words from now on."))
}

func (t *templateEditor) leave() tea.Cmd {
	now := t.now()
	if now.Subject == t.was.Subject && now.Body == t.was.Body {
		return pop()
	}
	return tea.Batch(pop(), say(theme.Muted, "What you typed is kept, and not in use yet; open it again to go on."))
}
