package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// presentList lists who is at work and where.
type presentList struct {
	finder
	shown presentRows
}

func newPresent(k *kit) Screen {
	k.look()
	p := &presentList{finder: newFinder(k,
		widget.Column{Title: "Operator", Min: 12, Weight: 1},
		widget.Column{Title: "Where", Min: 24, Weight: 2},
		widget.Column{Title: "Since", Min: 20, Priority: 1},
		widget.Column{Title: "Came in by", Min: 12, Priority: 2},
	)}
	p.table.Empty = "Nobody is like that."
	return p
}

func (p *presentList) Init() tea.Cmd { return nil }

func (p *presentList) Title() string { return "Who is here" }

func (p *presentList) At() widget.Where {
	return widget.Where{Scope: scopePresent, Typing: p.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			x, ok := p.selected()
			return !ok || x.At.ID == ""
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (p *presentList) selected() (register.Presence, bool) {
	if p.table.Cursor() >= len(p.shown) {
		return register.Presence{}, false
	}
	return p.shown[p.table.Cursor()], true
}

func (p *presentList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		p.key(msg, p.At())
	case actMsg:
		if taken, _ := p.finder.act(msg.action); taken {
			return p, nil
		}
		x, some := p.selected()
		switch {
		case msg.action == widget.Back:
			return p, pop()
		case msg.action == widget.Open && some:
			return p, p.kit.show(thing(x.At.Kind), x.At.ID)
		}
	}
	return p, nil
}

// show takes who is here as the console knows it now.
func (p *presentList) show() {
	words := p.words()
	p.shown = nil
	for _, x := range p.kit.present {
		if holds(strings.ToLower(x.Operator+" "+whereabouts(&x)+" "+x.Door), words) {
			p.shown = append(p.shown, x)
		}
	}
	p.table.SetRows(p.shown)
}

func (p *presentList) View(width, height int) string {
	p.show()
	th := p.kit.theme
	head := th.Muted.Render(th.Cut("At work now: "+p.table.Position()+".  Nothing of this is kept.", width))
	return fit(th, append([]string{head}, p.view(width, height-1)...), width, height)
}

// whereabouts is where somebody is, in words.
func whereabouts(p *register.Presence) string {
	switch {
	case p.At.ID == "" && p.Doing == "":
		return "elsewhere"
	case p.At.ID == "":
		return p.Doing
	case p.Doing == register.Changing:
		return p.At.Kind + " " + p.At.ID + ", changing it"
	}
	return p.At.Kind + " " + p.At.ID
}

// presentRows shows who is here in a table.
type presentRows []register.Presence

func (r presentRows) Len() int { return len(r) }
func (r presentRows) ID(i int) string {
	return r[i].Operator + "|" + r[i].Door + "|" + r[i].At.ID + "|" + r[i].Since.String()
}

func (r presentRows) Row(i int) []string {
	x := r[i]
	return []string{x.Operator, whereabouts(&x), moment(x.Since), x.Door}
}

// Tone marks who is changing something.
func (r presentRows) Tone(row, column int) theme.Tone {
	if column == 1 && r[row].Doing == register.Changing {
		return theme.Soon
	}
	return theme.Plain
}
