package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// breachDesk keeps the personal data breaches.
type breachDesk interface {
	Breaches() ([]register.BreachRow, error)
	Breach(id register.ID) (register.BreachRow, error)
	AddBreach(ctx context.Context, in register.BreachInput) (register.BreachRow, error)
	ChangeBreach(ctx context.Context, id register.ID, in register.BreachInput) (register.BreachRow, error)
	DecideBreach(ctx context.Context, id register.ID, in register.BreachDecision) (register.BreachRow, error)
}

// breachList lists the breaches, what presses most first.
type breachList struct {
	finder
	desk  breachDesk
	all   breachRows
	shown breachRows
	err   error
}

func newBreaches(k *kit) Screen {
	b := &breachList{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "State", Min: 28},
		widget.Column{Title: "Report by", Min: 17, Priority: 1},
		widget.Column{Title: "Risk", Min: 6, Priority: 2},
		widget.Column{Title: "What happened", Min: 16, Weight: 1},
		widget.Column{Title: "Aware", Min: 17, Priority: 3},
		widget.Column{Title: "Number", Min: 14, Priority: 4},
	)}
	b.table.Empty = "Reading ..."
	return b
}

type breachesMsg struct {
	rows []register.BreachRow
	err  error
}

func (b *breachList) Init() tea.Cmd {
	desk := b.desk
	return func() tea.Msg {
		rows, err := desk.Breaches()
		return breachesMsg{rows, err}
	}
}

// Refresh reads them anew after a commit that may have changed one.
func (b *breachList) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "breaches") {
		return nil
	}
	return b.Init()
}

func (b *breachList) Title() string { return "Breaches" }

// Selection is the number of the breach selected.
func (b *breachList) Selection() (word, text string) { return "breach", b.table.SelectedID() }

func (b *breachList) At() widget.Where {
	return widget.Where{Scope: scopeBreaches, Typing: b.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, copyIt:
			return b.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (b *breachList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case breachesMsg:
		b.all, b.err = msg.rows, msg.err
		b.show()
	case tea.KeyMsg:
		if b.key(msg, b.At()) {
			b.show()
		}
	case actMsg:
		return b, b.act(msg.action)
	}
	return b, nil
}

func (b *breachList) show() {
	b.table.Empty = "No breach is on record: n records one."
	if len(b.all) > 0 {
		b.table.Empty = "No breach is like that."
	}
	words := b.words()
	b.shown = nil
	for i := range b.all {
		if holds(strings.ToLower(strings.Join(b.all.Row(i), " ")), words) {
			b.shown = append(b.shown, b.all[i])
		}
	}
	b.table.SetRows(b.shown)
}

func (b *breachList) act(a widget.Action) tea.Cmd {
	taken, changed := b.finder.act(a)
	switch {
	case changed:
		b.show()
	case taken:
	case a == widget.Back:
		return pop()
	case a == widget.Open:
		return b.kit.show(theBreach, b.table.SelectedID())
	case a == breachAdd:
		return push(newBreachForm(b.kit, ""))
	}
	return nil
}

func (b *breachList) View(width, height int) string {
	th := b.kit.theme
	if b.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(b.err), width))}, width, height)
	}
	head := th.Muted.Render(th.Cut("All breaches are on record, those that need not be reported too: "+b.table.Position()+".", width))
	return fit(th, append([]string{head}, b.view(width, height-1)...), width, height)
}

// breachRows shows breaches in a table.
type breachRows []register.BreachRow

func (r breachRows) Len() int        { return len(r) }
func (r breachRows) ID(i int) string { return string(r[i].ID) }

func (r breachRows) Row(i int) []string {
	b := &r[i]
	return []string{b.Words, when(b.Due), string(b.Risk), b.What, when(b.Aware), string(b.ID)}
}

func (r breachRows) Tone(row, column int) theme.Tone {
	if column > 1 {
		return theme.Plain
	}
	return pressing(r[row].Pressure)
}
