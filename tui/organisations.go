package tui

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// organisationsDesk lists organisations from memory.
type organisationsDesk interface {
	Organisations(q register.Query) (register.Rows[register.OrganisationRow], error)
	CountOrganisations(ctx context.Context, q register.Query) (int, error)
}

// organisations lists the organisations.
type organisations struct{ roll[register.OrganisationRow] }

func newOrganisations(k *kit) Screen {
	of := func(s register.Status) func(*register.Query) { return func(q *register.Query) { q.Status = s } }
	o := &organisations{roll[register.OrganisationRow]{
		scope: scopeOrganisations, noun: "organisations",
		sorts: []string{"name", "urn", "type", "town", "la_name", "status", "people"},
		parts: []part{
			{"All", func(*register.Query) {}}, {"Open", of(register.Open)}, {"Closed", of(register.Closed)},
			{"Proposed", of(register.Proposed)},
		},
		list: k.desk.Organisations, count: k.desk.CountOrganisations,
		rows: func(rows register.Rows[register.OrganisationRow]) widget.Rows { return organisationRows{rows} },
		finder: newFinder(k,
			widget.Column{Title: "Name", Min: 24, Weight: 4},
			widget.Column{Title: "URN", Min: 8, Priority: 2},
			widget.Column{Title: "Type", Min: 14, Weight: 2, Priority: 4},
			widget.Column{Title: "Town", Min: 12, Weight: 1, Priority: 3},
			widget.Column{Title: "Authority", Min: 14, Weight: 1, Priority: 6},
			widget.Column{Title: "Status", Min: 8, Priority: 1},
			widget.Column{Title: "People", Min: 8, Priority: 5, Right: true},
		),
		query: register.Query{Sort: "name"},
	}}
	o.table.Empty = "No organisation is like that."
	return o
}

func (o *organisations) Init() tea.Cmd { return o.load() }

func (o *organisations) Title() string { return "Organisations" }

func (o *organisations) At() widget.Where {
	return o.at(func(a widget.Action) bool {
		switch a {
		case widget.Open, organisationEdit:
			return o.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	})
}

// Selection is the id of the organisation selected.
func (o *organisations) Selection() (word, text string) { return "id", o.table.SelectedID() }

func (o *organisations) Update(msg tea.Msg) (Screen, tea.Cmd) {
	taken, cmd := o.take(msg)
	act, ok := msg.(actMsg)
	if taken || !ok {
		return o, cmd
	}
	id := o.table.SelectedID()
	switch act.action {
	case widget.Open:
		return o, o.kit.show(theOrganisation, id)
	case organisationAdd:
		return o, push(newOrganisationForm(o.kit, ""))
	case organisationEdit:
		return o, push(newOrganisationForm(o.kit, register.ID(id)))
	default:
		return o, nil
	}
}

type organisationRows struct {
	rows register.Rows[register.OrganisationRow]
}

func (o organisationRows) Len() int        { return o.rows.Len() }
func (o organisationRows) ID(i int) string { return string(o.rows.Row(i).ID) }

func (o organisationRows) Row(i int) []string {
	r := o.rows.Row(i)
	return []string{r.Name, r.URN, r.Type, r.Town, r.LAName, string(r.Status), strconv.Itoa(r.People)}
}

func (o organisationRows) Tone(row, _ int) theme.Tone {
	if o.rows.Row(row).Status == register.Closed {
		return theme.Muted
	}
	return theme.Plain
}
