package tui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// exemptionDesk keeps the office's list of exemptions.
type exemptionDesk interface {
	Exemptions() ([]register.Exemption, error)
	SaveExemption(ctx context.Context, x register.Exemption, was ...register.Exemption) error
	RemoveExemption(ctx context.Context, code string, was ...register.Exemption) error
}

// exemptions lists what words may be taken out of a pack under.
type exemptions struct {
	listing[register.Exemption]
	desk exemptionDesk
}

func newExemptions(k *kit) Screen {
	desk := exemptionDesk(k.desk)
	return &exemptions{desk: desk, listing: listing[register.Exemption]{
		finder: newFinder(k,
			widget.Column{Title: "Code", Min: 12},
			widget.Column{Title: "What it covers", Min: 26, Weight: 2},
			widget.Column{Title: "Law", Min: 20, Weight: 1},
			widget.Column{Title: "Advice", Min: 24, Weight: 2, Priority: 1},
		),
		scope: scopeExemptions, unlike: "No exemption is like that.",
		read: desk.Exemptions,
		rows: func(all []register.Exemption) widget.Rows { return exemptionRows(all) },
	}}
}

type exemptionGoneMsg struct{ code string }

func (e *exemptions) Title() string { return "Exemptions" }

func (e *exemptions) At() widget.Where {
	return e.at(func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return len(e.shown) == 0 || !e.kit.may(register.ExemptionSave)
		case exemptionRemove:
			return len(e.shown) == 0
		default:
			return false
		}
	})
}

func (e *exemptions) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if gone, ok := msg.(exemptionGoneMsg); ok {
		return e, tea.Batch(e.Init(), say(theme.Good, gone.code+" is off the list."))
	}
	act, pressed := msg.(actMsg)
	taken := e.take(msg)
	x, some := e.selected()
	switch {
	case taken, !pressed:
	case act.action == widget.Back:
		return e, pop()
	case act.action == exemptionAdd:
		return e, push(newExemption(e.kit, register.Exemption{}, e.all))
	case !some:
	case act.action == widget.Open:
		return e, push(newExemption(e.kit, x, e.all))
	case act.action == exemptionRemove:
		return e, e.askRemoval(x, act.key)
	}
	return e, nil
}

func (e *exemptions) askRemoval(was register.Exemption, key string) tea.Cmd {
	desk, code := e.desk, was.Code
	return ask(widget.Question{
		Title: "Remove " + code, Yes: "Take it off the list", AskedBy: key,
		Text: "Nothing more can be taken out under it. Packs that have gone out keep their gaps.",
	}, func() tea.Msg {
		if err := desk.RemoveExemption(context.Background(), code, was); err != nil {
			return fail(err)()
		}
		return exemptionGoneMsg{code}
	})
}

// newExemption is the form for an exemption; one with a code is worded anew. A new one has a code that none has yet.
func newExemption(k *kit, x register.Exemption, known []register.Exemption) Screen {
	desk := exemptionDesk(k.desk)
	title, id := "Change "+x.Code, "exemption:"+x.Code
	if x.Code == "" {
		title, id = "New exemption", "exemption:new"
	}
	return newForm(k, formSpec{
		id: id, title: title, of: inSettings,
		load: func() ([]widget.Field, error) {
			now := k.desk.Settings()
			if x.Code == "" {
				known = now.ExemptionList()
				return append([]widget.Field{codeField(known)}, exemptionFields(&x)...), nil
			}
			x, _ = now.Exemption(x.Code)
			return exemptionFields(&x), nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			now := register.Exemption{Code: x.Code, Title: v["title"], Source: v["source"], Note: v["note"]}
			if now.Code == "" {
				now.Code = strings.TrimSpace(v["code"])
			}
			return formDone{said: now.Code + " is on the list."}, desk.SaveExemption(ctx, now, x)
		},
	})
}

func codeField(known []register.Exemption) widget.Field {
	return widget.Field{
		ID: "code", Label: "Code", Required: true, Validate: func(code string) error { return unusedCode(code, known) },
		Note: "1 to 32 of a to z, 0 to 9, the hyphen and the full stop; it stays as it is.",
	}
}

func exemptionFields(x *register.Exemption) []widget.Field {
	return []widget.Field{
		{ID: "title", Label: "What it covers", Required: true, Value: x.Title, Note: "The gaps in a reply print it."},
		{ID: "source", Label: "Law", Required: true, Value: x.Source, Note: "Where it stands, such as DPA 2018 Sch 2 para 16."},
		{ID: "note", Label: "Advice", Kind: widget.LongText, Value: x.Note, Note: "For whoever takes words out; it is never printed."},
	}
}

func unusedCode(code string, known []register.Exemption) error {
	code = strings.TrimSpace(code)
	if slices.ContainsFunc(known, func(x register.Exemption) bool { return x.Code == code }) {
		return errors.New("the list has this code already; Enter on it words it anew")
	}
	return nil
}

func (e *exemptions) View(width, height int) string {
	th, foot := e.kit.theme, make([]string, 2)
	if x, ok := e.selected(); ok {
		foot[0], foot[1] = th.Cell(x.Gap(), width), th.Muted.Render(th.Cell(x.Note, width))
	}
	return e.page(width, height, e.above(width, "Exemptions", "Words are taken out of a pack under one of them."), foot...)
}

// exemptionRows shows exemptions in a table.
type exemptionRows []register.Exemption

func (r exemptionRows) Len() int        { return len(r) }
func (r exemptionRows) ID(i int) string { return r[i].Code }

func (r exemptionRows) Row(i int) []string {
	return []string{r[i].Code, r[i].Title, r[i].Source, r[i].Note}
}
