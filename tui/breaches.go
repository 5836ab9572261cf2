package tui

import (
	"context"

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
	listing[register.BreachRow]
}

func newBreaches(k *kit) Screen {
	return &breachList{listing[register.BreachRow]{
		finder: newFinder(k,
			widget.Column{Title: "State", Min: 28},
			widget.Column{Title: "Report by", Min: 17, Priority: 1},
			widget.Column{Title: "Risk", Min: 6, Priority: 2},
			widget.Column{Title: "What happened", Min: 16, Weight: 1},
			widget.Column{Title: "Aware", Min: 17, Priority: 3},
			widget.Column{Title: "Number", Min: 14, Priority: 4},
		),
		scope: scopeBreaches, touched: []string{"breaches"},
		none: "No breach is on record: n records one.", unlike: "No breach is like that.",
		read: breachDesk(k.desk).Breaches,
		rows: func(all []register.BreachRow) widget.Rows { return breachRows(all) },
	}}
}

func (b *breachList) Title() string { return "Breaches" }

// Selection is the number of the breach selected.
func (b *breachList) Selection() (word, text string) { return "breach", b.table.SelectedID() }

func (b *breachList) At() widget.Where {
	return b.at(func(a widget.Action) bool { return a == widget.Open && b.table.Len() == 0 })
}

func (b *breachList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case b.take(msg), !pressed:
	case act.action == widget.Back:
		return b, pop()
	case act.action == widget.Open:
		return b, b.kit.show(theBreach, b.table.SelectedID())
	case act.action == breachAdd:
		return b, push(newBreachForm(b.kit, ""))
	}
	return b, nil
}

func (b *breachList) View(width, height int) string {
	th := b.kit.theme
	head := "All breaches are on record, those that need not be reported too: " + b.table.Position() + "."
	return b.page(width, height, th.Muted.Render(th.Cut(head, width)))
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
