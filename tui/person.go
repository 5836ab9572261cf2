package tui

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// personDesk reads everything held on one person.
type personDesk interface {
	Person(id register.ID) (register.PersonPage, error)
}

// person shows everything held on one person, with where it came from.
type person struct {
	kit   *kit
	desk  personDesk
	id    register.ID
	page  register.PersonPage
	ready bool
	main  *widget.Pane // what is held
	side  *widget.Pane // where the person stands; under main on a narrow screen
	aside bool         // the side pane scrolls
	drawn int          // the width the lines are made for; 0: make them anew
	lower int          // lines of the side pane
	upper int          // lines of the main pane
}

func newPerson(k *kit, id string) Screen {
	return &person{
		kit: k, desk: k.desk, id: register.ID(id), main: widget.NewPane(k.theme), side: widget.NewPane(k.theme),
	}
}

type personMsg struct {
	page register.PersonPage
	err  error
}

func (p *person) Init() tea.Cmd {
	desk, id := p.desk, p.id
	return func() tea.Msg {
		page, err := desk.Person(id)
		return personMsg{page, err}
	}
}

// Refresh reads the person anew after a commit about them, or about many.
func (p *person) Refresh(note register.Note) tea.Cmd {
	if len(note.IDs) > 0 && !slices.Contains(note.IDs, p.id) && !slices.ContainsFunc(p.page.Memberships, func(m register.MembershipEntry) bool {
		return slices.Contains(note.IDs, m.Organisation)
	}) {
		return nil
	}
	return p.Init()
}

func (p *person) Title() string {
	if !p.ready {
		return string(p.id)
	}
	return cmp.Or(p.page.Delegate.Name, string(p.id))
}

// Selection is the id of the person.
func (p *person) Selection() (word, text string) { return "id", string(p.id) }

func (p *person) At() widget.Where { return widget.Where{Scope: scopePerson, Off: p.off} }

func (p *person) off(a widget.Action) bool {
	status := p.page.Delegate.Status
	live := p.ready && status != register.Restricted && status != register.Erased
	switch a {
	case widget.Open:
		return len(p.page.Requests) == 0 || !leads(theCase)
	case delegateEdit, delegateMerge, consentRecord, membershipSet, courseBook:
		return !live
	case membershipEnd:
		return !live || len(p.current()) == 0
	case delegateDeactivate:
		return !live || status == register.Deactivated
	case delegateReactivate:
		return status != register.Deactivated
	case consentWithdraw:
		return !p.ready || status == register.Erased
	case goHolds:
		return !p.ready
	case consentWhy:
		return !p.ready || len(p.page.Consents) == 0
	case requestOpen:
		return !p.ready || !leads(theNewCase)
	default:
		return false
	}
}

func (p *person) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case personMsg:
		if msg.err != nil {
			return p, tea.Batch(pop(), fail(msg.err))
		}
		p.page, p.ready, p.drawn = msg.page, true, 0
	case actMsg:
		return p, p.act(msg)
	}
	return p, nil
}

func (p *person) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case widget.NextField, widget.PrevField:
		p.aside = !p.aside
	case widget.Open:
		return p.openCase()
	case delegateEdit:
		return push(newPersonForm(p.kit, p.id))
	case delegateMerge:
		return pickMerging(p.kit, p.id)
	case consentRecord:
		return push(newConsentForm(p.kit, p.id))
	case consentWhy:
		return p.askWhy()
	case consentWithdraw:
		return withdraw(p.kit, p.id, p.page.Consents...)
	case consentHistory:
		return push(newHistory(p.kit, p.id, p.page.Delegate.Name))
	case membershipSet:
		return pickOrganisation(p.kit, p.id)
	case membershipEnd:
		return p.endMembership(msg.key)
	case courseBook:
		return pickCourse(p.kit, []register.ID{p.id})
	case goHolds:
		return push(newHolds(p.kit, string(p.id)))
	case delegateDeactivate:
		return push(newDeactivation(p.kit, p.id))
	case delegateReactivate:
		return push(newReactivation(p.kit, p.id))
	case requestOpen:
		return p.kit.show(theNewCase, string(p.id))
	default:
		if p.aside {
			p.side.Act(msg.action)
		} else {
			p.main.Act(msg.action)
		}
	}
	return nil
}

// openCase goes to the person's case, or asks which.
func (p *person) openCase() tea.Cmd {
	cases := p.page.Requests
	if len(cases) == 1 {
		return p.kit.show(theCase, cases[0].Ref)
	}
	options := make([]widget.Option, len(cases))
	for i, c := range cases {
		options[i] = widget.Option{Value: c.Ref, Label: c.Ref + "  " + string(c.Right) + "  " + pressure(c)}
	}
	return choose(widget.NewPicker(p.kit.theme, "Which case?", options, ""), func(o widget.Option) tea.Cmd {
		return p.kit.show(theCase, o.Value)
	})
}

// askWhy asks about which question, then shows why the person may be contacted, or it may be used, or not.
func (p *person) askWhy() tea.Cmd {
	options := make([]widget.Option, len(p.page.Consents))
	for i, c := range p.page.Consents {
		words := lineName(&c) + ": " + mayWord(c.Use, c.May)
		options[i] = widget.Option{Value: keyText(lineKey(&c)), Label: words}
	}
	title := "Which answer do you want the reasons for?"
	return choose(widget.NewPicker(p.kit.theme, title, options, ""), func(o widget.Option) tea.Cmd {
		return push(newWhy(p.kit, p.id, p.page.Delegate.Name, textKey(o.Value)))
	})
}

// current are the memberships that run today.
func (p *person) current() []register.MembershipEntry {
	var out []register.MembershipEntry
	for _, m := range p.page.Memberships {
		if m.Current(p.kit.desk.Today()) && m.To.IsZero() {
			out = append(out, m)
		}
	}
	return out
}
