package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// paperCell is one answer on its way into the ledger.
type paperCell struct{ row, col int }

func (p *paper) askSave(key string) tea.Cmd {
	if p.typed() == 0 {
		return nil
	}
	answers := count(p.typed(), "answer")
	text := fmt.Sprintf("%s of %s, given on paper on %s.", answers, howMany(p.answered()), day(p.head.on))
	if p.head.evidence == "" {
		text += " Nothing is said about where the paper lies: d says it."
	}
	return ask(widget.Question{Title: "Record the answers", Yes: "Record " + answers, AskedBy: key, Text: text}, send(paperSaveMsg{}))
}

// save hands every answer over in one go.
func (p *paper) save() tea.Cmd {
	var cells []paperCell
	var all []register.ConsentInput
	for i, r := range p.rows {
		for c, act := range r.answers {
			if act == "" {
				continue
			}
			cells = append(cells, paperCell{i, c})
			all = append(all, register.ConsentInput{
				Delegate: r.Delegate, Purpose: p.keys[c].Purpose, Channel: p.keys[c].Channel, Brand: p.keys[c].Brand, Act: act,
				On: p.head.on, Method: "paper", Evidence: strings.TrimSpace(p.head.evidence),
				GivenBy: strings.TrimSpace(r.givenBy), Authority: strings.TrimSpace(r.authority),
			})
		}
	}
	p.busy = true
	desk := p.desk
	return func() tea.Msg {
		done := paperSavedMsg{cells: cells}
		for from := 0; from < len(all) && done.err == nil; from += atOnce {
			events, problems, err := desk.RecordConsents(context.Background(), all[from:min(from+atOnce, len(all))])
			if err != nil {
				done.cells, done.err = cells[:from], err
				break
			}
			done.events += len(events)
			for _, x := range problems {
				x.Line += from
				done.problems = append(done.problems, x)
			}
		}
		return done
	}
}

// saved lets go of the people whose answers are recorded; the others stay, with the reason.
func (p *paper) saved(msg paperSavedMsg) tea.Cmd {
	p.busy = false
	refused := map[paperCell]string{}
	for _, x := range msg.problems {
		why := x.Reason
		if x.Field != "" {
			why = x.Field + ": " + why
		}
		refused[msg.cells[x.Line-1]] = why
	}
	done := map[*paperRow]bool{}
	for _, c := range msg.cells {
		r, why := p.rows[c.row], refused[c]
		if r.reasons[c.col] = why; why == "" {
			r.answers[c.col] = ""
		}
		done[r] = true
	}
	cmds := p.letGo(done)
	said := "Recorded: " + count(msg.events, "answer") + "."
	switch {
	case msg.err != nil:
		return tea.Batch(append(cmds, fail(msg.err))...)
	case len(refused) > 0:
		cmds = append(cmds, say(theme.Bad, fmt.Sprintf("%s Could not stand: %d, the reason is beside each.", said, len(refused))))
	case len(p.rows) == 0:
		cmds = append(cmds, pop(), say(theme.Good, said))
	default:
		cmds = append(cmds, say(theme.Good, said))
	}
	return tea.Batch(cmds...)
}

// letGo takes the rows away of which nothing is left, and keeps what is left of the others.
func (p *paper) letGo(done map[*paperRow]bool) []tea.Cmd {
	var cmds []tea.Cmd
	for r := range done {
		if r.typed() == 0 {
			cmds = append(cmds, p.kit.drafts.drop(paperDraft(r.Delegate)))
		} else {
			cmds = append(cmds, p.keep(r))
		}
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *paperRow) bool { return done[r] && r.typed() == 0 })
	p.row, p.col = max(0, slices.IndexFunc(p.rows, func(r *paperRow) bool { return r.mark() == "!" })), -1
	p.forward()
	return cmds
}
