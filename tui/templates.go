package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// templateDesk keeps what letters are made from.
type templateDesk interface {
	Templates() ([]register.LetterTemplate, error)
	CheckTemplate(t register.LetterTemplate) []register.Problem
	SampleLetter(t register.LetterTemplate) (string, error)
	SaveTemplate(ctx context.Context, t register.LetterTemplate, was ...register.LetterTemplate) error
	ResetTemplate(ctx context.Context, k register.LetterKind, was ...register.LetterTemplate) error
	Draft(form string) (register.Draft, bool, error)
}

// templates lists what every kind of letter is made from.
type templates struct {
	finder
	desk  templateDesk
	all   []register.LetterTemplate
	shown templateRows
	err   error
}

func newTemplates(k *kit) Screen {
	return &templates{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "Letter", Min: 26, Weight: 1},
		widget.Column{Title: "Words", Min: 16},
		widget.Column{Title: "Changed", Min: 17, Priority: 1},
		widget.Column{Title: "By", Min: 10, Priority: 2},
	)}
}

type (
	templatesMsg struct {
		all []register.LetterTemplate
		err error
	}
	templateResetMsg struct{ title string }
)

func (t *templates) Init() tea.Cmd {
	desk := t.desk
	return func() tea.Msg {
		all, err := desk.Templates()
		return templatesMsg{all, err}
	}
}

// Refresh reads the templates anew.
func (t *templates) Refresh(register.Note) tea.Cmd { return t.Init() }

func (t *templates) Title() string { return "Letter templates" }

func (t *templates) At() widget.Where {
	return widget.Where{Scope: scopeTemplates, Typing: t.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return len(t.shown) == 0
		case templateReset:
			return len(t.shown) == 0 || t.shown[t.table.Cursor()].Updated.IsZero()
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (t *templates) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case templatesMsg:
		t.all, t.err = msg.all, msg.err
		t.show()
	case templateResetMsg:
		return t, tea.Batch(t.Init(), say(theme.Good, msg.title+" has the words it came with."))
	case tea.KeyMsg:
		if t.key(msg, t.At()) {
			t.show()
		}
	case actMsg:
		return t, t.act(msg)
	}
	return t, nil
}

func (t *templates) show() {
	words := t.words()
	t.shown = nil
	for _, x := range t.all {
		if holds(strings.ToLower(x.Kind.Title()+" "+x.Subject), words) {
			t.shown = append(t.shown, x)
		}
	}
	t.table.SetRows(t.shown)
}

func (t *templates) act(msg actMsg) tea.Cmd {
	taken, changed := t.finder.act(msg.action)
	switch {
	case changed:
		t.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case len(t.shown) == 0:
	case msg.action == widget.Open:
		return push(newTemplateEditor(t.kit, t.shown[t.table.Cursor()]))
	case msg.action == templateReset:
		return t.askReset(t.shown[t.table.Cursor()].Kind, msg.key)
	}
	return nil
}

func (t *templates) askReset(k register.LetterKind, key string) tea.Cmd {
	desk, title := t.desk, k.Title()
	return ask(widget.Question{
		Title: "Reset " + title, Yes: "Take the words it came with", AskedBy: key,
		Text: "The office's own words for this letter are given up. Letters that have gone out stay as they are.",
	}, func() tea.Msg {
		if err := desk.ResetTemplate(context.Background(), k); err != nil {
			return fail(err)()
		}
		return templateResetMsg{title}
	})
}

func (t *templates) View(width, height int) string {
	th := t.kit.theme
	head := th.Muted.Render(th.Cut("Letters: "+t.table.Position()+".  Enter opens the words of the selected one.", width))
	if t.err != nil {
		head = th.Bad.Render(th.Cell(problem(t.err), width))
	}
	foot := ""
	if i := t.table.Cursor(); i < len(t.shown) {
		foot = th.Muted.Render(th.Cell("Heading: "+t.shown[i].Subject, width))
	}
	return fit(th, append(append([]string{head}, t.view(width, height-2)...), foot), width, height)
}

// templateRows shows templates in a table.
type templateRows []register.LetterTemplate

func (r templateRows) Len() int        { return len(r) }
func (r templateRows) ID(i int) string { return string(r[i].Kind) }

func (r templateRows) Row(i int) []string {
	t := &r[i]
	if t.Updated.IsZero() {
		return []string{t.Kind.Title(), "as they came", "", ""}
	}
	return []string{t.Kind.Title(), "the office's own", when(t.Updated), t.By}
}

// Tone brings out the office's own words.
func (r templateRows) Tone(row, _ int) theme.Tone {
	if r[row].Updated.IsZero() {
		return theme.Muted
	}
	return theme.Plain
}
