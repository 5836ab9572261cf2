package tui

import (
	"context"

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
	listing[register.LetterTemplate]
	desk templateDesk
}

func newTemplates(k *kit) Screen {
	desk := templateDesk(k.desk)
	return &templates{desk: desk, listing: listing[register.LetterTemplate]{
		finder: newFinder(k,
			widget.Column{Title: "Letter", Min: 26, Weight: 1},
			widget.Column{Title: "Words", Min: 16},
			widget.Column{Title: "Changed", Min: 17, Priority: 1},
			widget.Column{Title: "By", Min: 10, Priority: 2},
		),
		scope: scopeTemplates, unlike: "No letter is like that.",
		read: desk.Templates,
		rows: func(all []register.LetterTemplate) widget.Rows { return templateRows(all) },
		text: func(x *register.LetterTemplate) string { return x.Kind.Title() + " " + x.Subject },
	}}
}

type templateResetMsg struct{ title string }

func (t *templates) Title() string { return "Letter templates" }

func (t *templates) At() widget.Where {
	return t.at(func(a widget.Action) bool {
		x, ok := t.selected()
		switch a {
		case widget.Open:
			return !ok
		case templateReset:
			return !ok || x.Updated.IsZero()
		default:
			return false
		}
	})
}

func (t *templates) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if reset, ok := msg.(templateResetMsg); ok {
		return t, tea.Batch(t.Init(), say(theme.Good, reset.title+" has the words it came with."))
	}
	act, pressed := msg.(actMsg)
	taken := t.take(msg)
	x, some := t.selected()
	switch {
	case taken, !pressed:
	case act.action == widget.Back:
		return t, pop()
	case !some:
	case act.action == widget.Open:
		return t, push(newTemplateEditor(t.kit, x))
	case act.action == templateReset:
		return t, t.askReset(x.Kind, act.key)
	}
	return t, nil
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
	foot := ""
	if x, ok := t.selected(); ok {
		foot = t.kit.theme.Muted.Render(t.kit.theme.Cell("Heading: "+x.Subject, width))
	}
	return t.page(width, height, t.above(width, "Letters", "Enter opens the words of the selected one."), foot)
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
