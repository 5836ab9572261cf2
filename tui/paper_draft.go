package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
)

// paperDraft names what is typed about one person: a draft of their own, so that an erasure takes it along.
func paperDraft(who register.ID) string { return "paper:" + string(who) }

// keep saves what is typed about one person, or forgets the draft where nothing is left.
func (p *paper) keep(r *paperRow) tea.Cmd {
	if !p.kit.may(register.DraftSave) {
		return nil
	}
	values := map[string]string{}
	for i, act := range r.answers {
		if act != "" {
			values[keyText(p.keys[i])] = string(act)
		}
	}
	if len(values) == 0 && r.givenBy == "" && r.authority == "" {
		return p.kit.drafts.drop(paperDraft(r.Delegate))
	}
	values["on"], values["evidence"], values["given_by"], values["authority"] = p.head.on.String(), p.head.evidence, r.givenBy, r.authority
	return p.kit.drafts.save(register.Draft{Form: paperDraft(r.Delegate), Subject: r.Delegate, Values: values})
}

// keepAll saves everything anew after the head has changed.
func (p *paper) keepAll() tea.Cmd {
	var cmds []tea.Cmd
	for _, r := range p.rows {
		if r.typed() > 0 || r.givenBy != "" {
			cmds = append(cmds, p.keep(r))
		}
	}
	return tea.Batch(cmds...)
}

// takeUp takes up what was typed earlier and not recorded, as far as it was of the same paper: the first row found says
// which, unless the paper is known by its code.
func (p *paper) takeUp(drafts map[register.ID]register.Draft) {
	known := p.head.evidence != ""
	found := false
	for at, r := range p.rows {
		d, ok := drafts[r.Delegate]
		if !ok {
			continue
		}
		on, err := calendar.ParseDate(d.Values["on"])
		head := paperHead{on, d.Values["evidence"]}
		switch {
		case err != nil || known && head.evidence != p.head.evidence || found && head != p.head:
			continue
		case !found:
			p.head, found = head, true
		}
		r.givenBy, r.authority = d.Values["given_by"], d.Values["authority"]
		for i, key := range p.keys {
			if r.answers[i] = register.ConsentAct(d.Values[keyText(key)]); r.answers[i] != "" {
				p.row, p.col = at, i // goes on after the last that was typed
			}
		}
		p.resumed += r.typed()
	}
}

// typed is how many answers of the row are typed and not recorded.
func (r *paperRow) typed() int {
	n := 0
	for _, act := range r.answers {
		if act != "" {
			n++
		}
	}
	return n
}

// typed is how many answers of the grid are.
func (p *paper) typed() int {
	n := 0
	for _, r := range p.rows {
		n += r.typed()
	}
	return n
}

// answered is how many people have one.
func (p *paper) answered() int {
	n := 0
	for _, r := range p.rows {
		if r.typed() > 0 {
			n++
		}
	}
	return n
}

func answerWord(act register.ConsentAct) string {
	switch act {
	case register.Given:
		return "YES"
	case register.RefusedIt:
		return "NO"
	default:
		return ""
	}
}

// mark says a row's number and whether something of it could not stand.
func (r *paperRow) mark() string {
	for _, why := range r.reasons {
		if why != "" {
			return "!"
		}
	}
	return " "
}
