package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// press takes what is typed: into the entry, or the digits of a row's number.
func (p *paper) press(msg tea.KeyMsg) tea.Cmd {
	if p.entry != nil {
		return p.enter(msg)
	}
	if len(msg.Runes) == 1 && msg.Runes[0] >= '0' && msg.Runes[0] <= '9' {
		p.digit(int(msg.Runes[0] - '0'))
	}
	return nil
}

// digit goes to the row whose number has been typed so far.
func (p *paper) digit(d int) {
	p.number = p.number*10 + d
	if p.number > p.last() {
		p.number = d
	}
	for i, r := range p.rows {
		if r.number == p.number {
			p.row, p.col = i, -1
			p.forward()
			return
		}
	}
}

// last is the highest number of a row.
func (p *paper) last() int {
	if len(p.rows) == 0 {
		return 0
	}
	return p.rows[len(p.rows)-1].number
}

func (p *paper) act(msg actMsg) tea.Cmd {
	p.number = 0
	switch msg.action {
	case widget.Back:
		if p.typed() > 0 {
			return tea.Batch(pop(), say(theme.Muted, "Not recorded yet: what you typed is kept for when you open these people again."))
		}
		return pop()
	case gridHead:
		return p.askHead()
	case gridSave:
		return p.askSave(msg.key)
	default:
	}
	if len(p.rows) == 0 {
		return nil
	}
	switch msg.action {
	case gridYes:
		return p.answer(register.Given)
	case gridNo:
		return p.answer(register.RefusedIt)
	case gridSkip, widget.Right:
		p.forward()
	case gridBack:
		p.backward()
		return p.put("")
	case widget.Left:
		p.backward()
	case gridGiven:
		return p.askGiven()
	default:
		p.move(msg.action)
	}
	return nil
}

// answer answers the selected cell and goes on to the next.
func (p *paper) answer(act register.ConsentAct) tea.Cmd {
	kept := p.put(act)
	p.forward()
	return kept
}

// put answers the selected cell; "" takes the answer away.
func (p *paper) put(act register.ConsentAct) tea.Cmd {
	r := p.rows[p.row]
	if p.col < 0 || p.col >= len(p.keys) || !r.Asks[p.col] || r.answers[p.col] == act {
		return nil
	}
	r.answers[p.col], r.reasons[p.col] = act, ""
	return p.keep(r)
}

// forward goes to the next cell that is asked, into the next row after the last.
func (p *paper) forward() { p.step(1) }

// backward goes to the cell before.
func (p *paper) backward() { p.step(-1) }

func (p *paper) step(by int) {
	row, col := p.row, p.col
	for {
		col += by
		switch {
		case col >= len(p.keys):
			row, col = row+1, -1
		case col < 0:
			row, col = row-1, len(p.keys)
		}
		if row < 0 || row >= len(p.rows) {
			return // there is none: stay
		}
		if col >= 0 && col < len(p.keys) && p.rows[row].Asks[col] {
			p.row, p.col = row, col
			return
		}
	}
}

// move goes to another row, to the same question where it is put there.
func (p *paper) move(a widget.Action) {
	const page = 10
	to := p.row
	switch a {
	case widget.Up:
		to--
	case widget.Down:
		to++
	case widget.PageUp:
		to -= page
	case widget.PageDown:
		to += page
	case widget.First:
		to = 0
	case widget.Last:
		to = len(p.rows) - 1
	default:
		return
	}
	p.row = max(0, min(to, len(p.rows)-1))
	if !p.rows[p.row].Asks[p.col] {
		p.col = -1
		p.forward()
	}
}

// ask opens an entry; then takes the answer, given with Enter or left with Esc.
func (p *paper) ask(label, value string, then func(answer string, given bool) tea.Cmd) {
	p.entry, p.then, p.wrong = widget.NewPrompt(p.kit.theme, label, value), then, ""
}

func (p *paper) enter(msg tea.KeyMsg) tea.Cmd {
	p.wrong = ""
	outcome := p.entry.Update(msg)
	if outcome == widget.Asking {
		return nil
	}
	text, then := p.entry.Value(), p.then
	p.entry, p.then = nil, nil
	return then(text, outcome == widget.Answered)
}

// askHead asks for the day on the paper and where it lies, for all the answers of the grid.
func (p *paper) askHead() tea.Cmd {
	p.ask("Day on the paper", widget.Field{Kind: widget.Date}.Shown(p.head.on.String()), p.setDay)
	return nil
}

func (p *paper) setDay(text string, given bool) tea.Cmd {
	on, err := calendar.ParseDate(widget.Field{Kind: widget.Date}.Final(text))
	switch {
	case err == nil && on.After(p.kit.desk.Today()):
		err = register.Errorf(register.Invalid, "", "that day has not come yet")
	case err == nil:
		p.head.on = on
	}
	switch {
	case err != nil && given:
		p.ask("Day on the paper", text, p.setDay)
		p.wrong = "write a day that has been, as DD/MM/YYYY"
		return nil
	case given:
		p.ask("Where the paper lies, or its code", p.head.evidence, p.setEvidence)
	}
	return p.keepAll()
}

func (p *paper) setEvidence(text string, _ bool) tea.Cmd {
	p.head.evidence = text
	return p.keepAll()
}

// askGiven asks who answered for the person of the row, and on whose authority.
func (p *paper) askGiven() tea.Cmd {
	r := p.rows[p.row]
	p.ask("Who answered for "+r.Name, r.givenBy, func(text string, given bool) tea.Cmd {
		r.givenBy = text
		if given && text != "" {
			p.ask("On whose authority", r.authority, func(text string, _ bool) tea.Cmd {
				r.authority = text
				return p.keep(r)
			})
		}
		return p.keep(r)
	})
	return nil
}
