package tui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// breach shows one breach with how its 72 hours are counted.
type breach struct {
	kit   *kit
	desk  breachDesk
	id    register.ID
	row   register.BreachRow
	err   error
	ready bool
	pane  *widget.Pane
}

func newBreach(k *kit, id string) Screen {
	return &breach{kit: k, desk: k.desk, id: register.ID(id), pane: widget.NewPane(k.theme)}
}

type breachMsg struct {
	row register.BreachRow
	err error
}

func (b *breach) Init() tea.Cmd {
	desk, id := b.desk, b.id
	return func() tea.Msg {
		row, err := desk.Breach(id)
		return breachMsg{row, err}
	}
}

// Refresh reads the breach anew after a commit that may have changed it.
func (b *breach) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "breaches") {
		return nil
	}
	return b.Init()
}

func (b *breach) Title() string { return "Breach " + string(b.id) }

// Selection is the number of the breach.
func (b *breach) Selection() (word, text string) { return "breach", string(b.id) }

func (b *breach) door() (thing, string) { return theBreach, string(b.id) }

func (b *breach) At() widget.Where {
	return widget.Where{Scope: scopeBreach, Off: func(a widget.Action) bool {
		switch a {
		case breachChange, breachDecide:
			return !b.ready || b.row.State == register.BreachClosed
		case breachClose:
			return !b.ready || b.row.State != register.BreachToClose
		case widget.Open:
			return true
		default:
			return false
		}
	}}
}

func (b *breach) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case breachMsg:
		b.row, b.err, b.ready = msg.row, msg.err, msg.err == nil
	case actMsg:
		return b, b.act(msg)
	}
	return b, nil
}

func (b *breach) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case breachChange:
		return push(newBreachForm(b.kit, b.id))
	case breachDecide:
		return push(newBreachDecision(b.kit, b.id))
	case breachClose:
		desk, id, revision := b.desk, b.id, b.row.Revision
		return ask(widget.Question{
			Title: "Close " + string(id), Yes: "Close it", AskedBy: msg.key,
			Text: "Nothing more can be written about it then. It stays on record.",
		}, func() tea.Msg {
			row, err := desk.DecideBreach(context.Background(), id, register.BreachDecision{Close: true, Revision: revision})
			if err != nil {
				return fail(err)()
			}
			return breachMsg{row, nil}
		})
	default:
		b.pane.Act(msg.action)
		return nil
	}
}

func (b *breach) View(width, height int) string {
	th := b.kit.theme
	if b.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(b.err), width))}, width, height)
	}
	if !b.ready {
		return fit(th, nil, width, height)
	}
	return fit(th, scrolled(th, b.pane, b.lines(width), width, height), width, height)
}

func (b *breach) lines(width int) []string {
	th, r := b.kit.theme, &b.row
	out := labelled(th, "Where it stands", r.Words, width, pressing(r.Pressure))
	for _, f := range []struct{ label, value string }{
		{"Aware since", moment(r.Aware)}, {"Report by", moment(r.Due)}, {"What happened", r.What}, {"Kinds of data", r.Data},
		{"People", peopleOf(r)}, {"What may come", r.Effects}, {"Done about it", r.Measures},
		{"Risk", by(string(r.Risk), r.JudgedBy)}, {"Reported", moment(r.Reported)}, {"Reference", r.Reference},
		{"Late because", r.LateBecause}, {"Not reported", r.NotReported}, {"People told", moment(r.Told)},
		{"Not told", r.NotTold}, {"Recorded", by(moment(r.Recorded), r.By)}, {"Closed", by(day(r.Closed), r.ClosedBy)},
	} {
		if f.value != "" {
			out = append(out, labelled(th, f.label, f.value, width, theme.Plain)...)
		}
	}
	clock, err := calendar.BreachDue(r.Aware)
	if err != nil {
		return out
	}
	out = append(out, "", heading(th, "How the time is counted", width))
	for _, s := range clock.Steps {
		out = append(out, dated(th, short(s.Date), s.Rule+" ("+s.Source+")", width)...)
	}
	return out
}

func peopleOf(r *register.BreachRow) string {
	if r.People == 0 {
		return "not known"
	}
	return fmt.Sprintf("about %s", widget.Count(r.People))
}

// by says who did something, where it was done.
func by(what, who string) string {
	if what == "" || who == "" {
		return what
	}
	return what + ", by " + who
}
