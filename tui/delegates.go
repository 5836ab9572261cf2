package tui

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// delegatesDesk lists people from memory.
type delegatesDesk interface {
	Delegates(q register.Query) (register.Rows[register.DelegateRow], error)
	CountDelegates(ctx context.Context, q register.Query) (int, error)
}

// delegates lists the people.
type delegates struct{ roll[register.DelegateRow] }

func newDelegates(k *kit) Screen {
	d := &delegates{roll[register.DelegateRow]{
		scope: scopeDelegates, noun: "people",
		sorts: []string{"name", "email", "organisation", "kind", "status", "updated"},
		parts: peopleParts(k),
		list:  k.desk.Delegates, count: k.desk.CountDelegates,
		rows:   func(rows register.Rows[register.DelegateRow]) widget.Rows { return personRows{rows, kindTitles(k)} },
		finder: newFinder(k, personColumns()...),
		query:  register.Query{Sort: "name"},
	}}
	d.table.Markable = true
	d.table.Empty = "No person is like that."
	return d
}

func personColumns() []widget.Column {
	return []widget.Column{
		{Title: "Name", Min: 16, Weight: 3},
		{Title: "Email", Min: 18, Weight: 2, Priority: 3},
		{Title: "Organisation", Min: 16, Weight: 2, Priority: 2},
		{Title: "Kind", Min: 10, Weight: 2, Priority: 4},
		{Title: "Status", Min: 13, Priority: 1},
		{Title: "Changed", Min: 11, Priority: 5},
	}
}

// partIncomplete is the part of those whose record lacks something.
const partIncomplete = "Incomplete"

func peopleParts(k *kit) []part {
	of := func(s register.Status) func(*register.Query) { return func(q *register.Query) { q.Status = s } }
	parts := []part{
		{"All", func(*register.Query) {}}, {"Active", of(register.Active)}, {"Deactivated", of(register.Deactivated)},
		{"Restricted", of(register.Restricted)}, {partIncomplete, func(q *register.Query) { q.Incomplete = true }},
	}
	kinds := k.desk.Settings().Profile.Kinds
	if len(kinds) < 2 {
		return parts
	}
	for _, kind := range kinds {
		parts = append(parts, part{kind.Title, func(q *register.Query) { q.Kind = kind.ID }})
	}
	return parts
}

func (d *delegates) Init() tea.Cmd { return d.load() }

func (d *delegates) Title() string { return "Delegates" }

func (d *delegates) At() widget.Where {
	return d.at(func(a widget.Action) bool {
		switch a {
		case widget.Open, delegateEdit, delegateDeactivate, consentRecord, membershipSet, manyOpen, courseBook:
			return d.table.Len() == 0
		case requestOpen:
			return d.table.Len() == 0 || !leads(theNewCase)
		case consentMatrix, consentSheet, consentGrid:
			return d.table.Len() == 0 || !gathers(a)
		default:
			return false
		}
	})
}

// Selection is the id of the person selected.
func (d *delegates) Selection() (word, text string) { return "id", d.table.SelectedID() }

func (d *delegates) Update(msg tea.Msg) (Screen, tea.Cmd) {
	taken, cmd := d.take(msg)
	act, ok := msg.(actMsg)
	if taken || !ok {
		return d, cmd
	}
	id := register.ID(d.table.SelectedID())
	switch act.action {
	case widget.Open:
		return d, d.kit.show(thePerson, string(id))
	case delegateAdd:
		return d, addPerson(d.kit)
	case delegateEdit:
		return d, push(newPersonForm(d.kit, id))
	case consentRecord:
		return d, push(newConsentForm(d.kit, id))
	case manyOpen:
		return d, offerMany(d.kit, d.marked(), false)
	case membershipSet:
		return d, belong(d.kit, d.marked())
	case courseBook:
		return d, pickCourse(d.kit, d.marked())
	case delegateDeactivate:
		return d, deactivate(d.kit, d.marked())
	case requestOpen:
		return d, d.kit.show(theNewCase, string(id))
	default:
		return d, d.kit.gather(act.action, d.crowd())
	}
}

// personRows shows people in the columns of personColumns.
type personRows struct {
	rows  register.Rows[register.DelegateRow]
	kinds map[string]string // titles
}

// kindTitles are the kinds of person as the profile calls them.
func kindTitles(k *kit) map[string]string {
	titles := map[string]string{}
	for _, kind := range k.desk.Settings().Profile.Kinds {
		titles[kind.ID] = kind.Title
	}
	return titles
}

func (p personRows) Len() int        { return p.rows.Len() }
func (p personRows) ID(i int) string { return string(p.rows.Row(i).ID) }

func (p personRows) Row(i int) []string {
	r := p.rows.Row(i)
	return []string{r.Name, r.Email, r.Organisation, cmp.Or(p.kinds[r.Kind], r.Kind), personStanding(r), changed(r)}
}

func (p personRows) Tone(row, column int) theme.Tone {
	r := p.rows.Row(row)
	switch {
	case column != 4:
		return theme.Plain
	case r.Status == register.Restricted:
		return theme.Late
	case r.Status != register.Active:
		return theme.Muted
	case r.Incomplete:
		return theme.Soon
	}
	return theme.Plain
}

// personStanding is the status, or that the record is incomplete, which says more of an active one.
func personStanding(r register.DelegateRow) string {
	switch {
	case r.Status == register.Restricted:
		return "RESTRICTED"
	case r.Status == register.Active && r.Incomplete:
		return "INCOMPLETE"
	}
	return string(r.Status)
}
