package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// organisationDesk reads one organisation.
type organisationDesk interface {
	OrganisationPage(id register.ID) (register.OrganisationPage, error)
}

// organisation shows what is held on an organisation above its people.
type organisation struct {
	kit    *kit
	desk   organisationDesk
	id     register.ID
	page   register.OrganisationPage
	ready  bool
	pane   *widget.Pane
	people *widget.Table
	above  bool // the details are being scrolled, not the people
}

func newOrganisation(k *kit, id string) Screen {
	o := &organisation{kit: k, desk: k.desk, id: register.ID(id), pane: widget.NewPane(k.theme)}
	o.people = widget.NewTable(k.theme, personColumns()...)
	o.people.Empty = "Nobody here is held as a current member."
	return o
}

type organisationMsg struct {
	page register.OrganisationPage
	err  error
}

func (o *organisation) Init() tea.Cmd {
	desk, id := o.desk, o.id
	return func() tea.Msg {
		page, err := desk.OrganisationPage(id)
		return organisationMsg{page, err}
	}
}

// Refresh reads the organisation anew after a commit.
func (o *organisation) Refresh(register.Note) tea.Cmd { return o.Init() }

func (o *organisation) Title() string {
	if !o.ready {
		return string(o.id)
	}
	return o.page.Organisation.Name
}

// Selection is the id of the organisation.
func (o *organisation) Selection() (word, text string) { return "id", string(o.id) }

func (o *organisation) At() widget.Where {
	return widget.Where{Scope: scopeOrganisation, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return o.people.Len() == 0
		case consentMatrix, consentSheet, consentGrid:
			return o.people.Len() == 0 || !gathers(a)
		default:
			return a == organisationEdit && !o.ready
		}
	}}
}

func (o *organisation) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case organisationMsg:
		if msg.err != nil {
			return o, tea.Batch(pop(), fail(msg.err))
		}
		o.page, o.ready = msg.page, true
		o.pane.SetLines(o.details())
		o.people.SetRows(personRows{listed[register.DelegateRow](msg.page.People), kindTitles(o.kit)})
	case actMsg:
		return o, o.act(msg)
	}
	return o, nil
}

func (o *organisation) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case widget.NextField, widget.PrevField:
		o.above = !o.above
	case widget.Open:
		return o.kit.show(thePerson, o.people.SelectedID())
	case organisationEdit:
		return push(newOrganisationForm(o.kit, o.id))
	case consentMatrix, consentSheet, consentGrid:
		return o.kit.gather(msg.action, registerIDs(o.people.IDs(crowded)))
	default:
		if o.above {
			o.pane.Act(msg.action)
		} else {
			o.people.Act(msg.action)
		}
	}
	return nil
}

// details is the organisation in lines.
func (o *organisation) details() []string {
	th, x := o.kit.theme, o.page.Organisation
	out := []string{th.Title.Render(th.Clean(x.Name)) + "  " + th.Muted.Render(th.Clean(string(x.Status)))}
	line := func(label, value string) {
		if value != "" {
			out = append(out, th.Muted.Render(th.Cell(label, 22))+th.Clean(value))
		}
	}
	for _, f := range register.OrganisationFields()[1:] {
		line(label(f), x.Value(f))
	}
	line("Opened", day(x.Opened))
	line("Closed", day(x.Closed))
	for _, l := range x.Links {
		line(l.Type, strings.TrimSpace(l.Name+" (URN "+l.URN+") "+day(l.On)))
	}
	for _, s := range x.Sources {
		line("Source", strings.TrimSuffix(s.String()+": "+strings.Join(s.Fields, ", "), ": "))
	}
	return out
}

func (o *organisation) View(width, height int) string {
	th := o.kit.theme
	if !o.ready {
		return fit(th, []string{th.Muted.Render("Reading ...")}, width, height)
	}
	above := min(len(o.details()), max(3, height/2))
	o.pane.SetSize(width, above)
	o.people.SetSize(width, max(1, height-above-1))
	rule := "People here: " + o.people.Position() + "   "
	if at := o.pane.Position(); at != "" {
		rule += "Details: " + at + "   "
	}
	rule = th.Title.Render(th.Cut(rule, width)) + th.Muted.Render(th.Cut("Tab changes which list moves", max(0, width-theme.Width(rule))))
	return fit(th, append(append(splitLines(o.pane.View()), rule), splitLines(o.people.View())...), width, height)
}

// listed is a list in hand as rows.
type listed[T any] []T

func (l listed[T]) Len() int    { return len(l) }
func (l listed[T]) Row(i int) T { return l[i] }
func (l listed[T]) More() bool  { return false }
