package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// key takes a key press: a dialog first, then what works everywhere, then the screen.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	m.toast.Clear()
	m.back = nil // whoever presses a key knows where to go
	at := m.where()
	action, known := m.kit.keys.Match(msg, at)
	switch {
	case action == leave:
		return tea.Quit
	case action == lockNow:
		return m.lock()
	case m.over != nil:
		return m.overKey(msg)
	case at.Typing && !whileTyping(action):
		return m.give(len(m.stack)-1, msg)
	case !known && m.counts():
		return m.give(len(m.stack)-1, msg)
	case !known:
		return m.explainKey(msg)
	}
	return m.act(action, msg.String())
}

// whileTyping reports whether an action is done while something is typed: no key of its that then works is text.
func whileTyping(a widget.Action) bool {
	switch a {
	case widget.OpenHelp, widget.OpenAll, formFresh, goGuide, goTour:
		return true
	default:
		return false
	}
}

// typed takes a key press in its turn: behind those that wait, but leaving never waits.
func (m *Model) typed(msg tea.KeyMsg) tea.Cmd {
	if m.asleep() {
		return m.lock()
	}
	if len(msg.Runes) > 1 && !msg.Paste {
		if !m.where().Typing {
			m.ahead = append(m.ahead, each(msg)...)
			return m.replay()
		}
		msg.Paste = true // letters in one burst are text, even where together they spell the name of a key
	}
	action, _ := m.kit.keys.Match(msg, m.where())
	if action != leave && action != lockNow && (m.waits() || len(m.ahead) > 0) {
		m.ahead = append(m.ahead, msg)
		return nil
	}
	return m.key(msg)
}

// each are the keys of letters that were typed so fast that they came as one.
func each(msg tea.KeyMsg) []tea.KeyMsg {
	keys := make([]tea.KeyMsg, len(msg.Runes))
	for i, r := range msg.Runes {
		keys[i] = tea.KeyMsg{Type: msg.Type, Runes: []rune{r}, Alt: msg.Alt}
	}
	return keys
}

// counts reports whether the screen takes digits itself.
func (m *Model) counts() bool {
	_, ok := m.top().screen.(numbered)
	return ok
}

func (m *Model) waits() bool {
	w, ok := m.top().screen.(waiter)
	return ok && m.over == nil && w.waits()
}

// replay presses the keys that were typed ahead, as far as they can be taken now: what one of them sets off comes
// before the next.
func (m *Model) replay() tea.Cmd {
	for len(m.ahead) > 0 && !m.waits() && m.back == nil {
		next := m.ahead[0]
		m.ahead = m.ahead[1:]
		if cmd := m.key(next); cmd != nil {
			return tea.Batch(cmd, send(resumeMsg{}))
		}
	}
	return nil
}

func (m *Model) overKey(msg tea.KeyMsg) tea.Cmd {
	done, cmd := m.over.Update(msg)
	if done {
		m.over = nil
	}
	return cmd
}

// act does what the model does itself and leaves the rest to the screen.
func (m *Model) act(a widget.Action, key string) tea.Cmd {
	switch a {
	case leave, widget.Quit:
		return tea.Quit
	case lockNow:
		return m.lock()
	case widget.OpenHelp:
		m.over = m.help()
	case goTour:
		return m.turnTour()
	case goGuide:
		return address(m.top().id, push(m.kit.openGuide("")))
	case widget.OpenAll:
		m.over = m.palette()
	case goHome, goDelegates, goOrganisations, goRequests, goConsents, goImports, goAudit, goSettings, goCourses:
		return m.jump(a)
	case undo:
		return m.askUndo(key)
	case export:
		return m.export()
	case whoIsHere:
		return m.open(newPresent(m.kit))
	case copyIt:
		return m.copy()
	case pinIt:
		return m.turnPin()
	case filtersOpen:
		return m.offerFilters()
	case columnsOpen:
		return m.offerColumns("")
	default:
		return m.give(len(m.stack)-1, actMsg{a, key})
	}
	return nil
}

// chosen does an action of the palette here, or goes first to the area it belongs to.
func (m *Model) chosen(a widget.Action) tea.Cmd {
	b, ok := m.kit.keys.Find(a)
	here := m.where()
	switch {
	case !ok:
		return nil
	case len(b.Scopes) == 0 || slices.Contains(b.Scopes, here.Scope):
		if here.Off(a) {
			if why := m.explain(a); why != nil {
				return why
			}
			return say(theme.Muted, fmt.Sprintf("%q does not apply here now.", b.Label))
		}
		return m.act(a, "")
	}
	there, ok := areaOf(func(x area) bool { return slices.Contains(b.Scopes, x.scope) && !m.off(x.action) })
	if !ok || m.kit.desk == nil {
		return say(theme.Muted, fmt.Sprintf("%q works on the screen %s: open one first.", b.Label, b.Scopes[0]))
	}
	begun := m.jump(there.action)
	return tea.Batch(begun, m.act(a, ""))
}
