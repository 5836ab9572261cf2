package tui

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// place is how one screen of the stack is found again after a lock: by names, numbers and keys, never by what it showed.
type place struct {
	scope widget.Scope
	door  thing // what opens it by id; empty: an area, or a key on the screen beneath
	id    string
	by    widget.Action // the key on the screen beneath
	form  string        // the id of its draft, where it is a form
	view  view
}

// view is how a screen stood, without anything typed: a filter may be a name.
type view struct {
	tab  int
	sort string
	desc bool
	row  string // the id of the selected row
}

// placed is a screen that a door opens by an id.
type placed interface {
	door() (thing, string)
}

// recalling is a screen that stands as it stood after a lock.
type recalling interface {
	standing() view
	recall(v view) tea.Cmd // once the screen has begun
}

func (p *person) door() (thing, string)       { return thePerson, string(p.id) }
func (o *organisation) door() (thing, string) { return theOrganisation, string(o.id) }
func (c *caseScreen) door() (thing, string)   { return theCase, c.ref }

func (c *caseScreen) standing() view { return view{tab: int(c.at), desc: c.oldest} }

func (c *caseScreen) recall(v view) tea.Cmd {
	c.at, c.oldest = caseTab(v.tab), v.desc
	if !c.at.besideItself() {
		c.last = c.at
	}
	return nil
}

func (r *roll[T]) standing() view {
	return view{tab: r.part, sort: r.query.Sort, desc: r.query.Desc, row: r.table.SelectedID()}
}

func (r *roll[T]) recall(v view) tea.Cmd {
	r.part, r.query.Sort, r.query.Desc = v.tab, v.sort, v.desc
	cmd := r.load()
	r.table.Select(v.row)
	return cmd
}

func (r *requests) standing() view {
	v := view{tab: r.sortBy, desc: r.turned}
	if r.board != nil {
		v.sort = "board"
	}
	return v
}

func (r *requests) recall(v view) tea.Cmd {
	r.sortBy, r.turned = v.tab, v.desc
	if v.sort == "board" {
		return r.turnBoard()
	}
	return r.load()
}

func (s *settings) standing() view { return view{row: s.table.SelectedID()} }

func (s *settings) recall(v view) tea.Cmd {
	s.table.Select(v.row)
	return nil
}

// wayBack is where an operator was when the console locked.
type wayBack struct {
	operator string
	places   []place // the screens over the first, from below
	lost     string  // what was shown once and cannot be shown again, as a sentence; empty: nothing
	pending  bool    // the key of the first of places has been pressed
	steps    int     // that were taken
}

// wayBack says how the screens over the first are found again, up to one that nothing leads to.
func (m *Model) wayBack() *wayBack {
	back := &wayBack{operator: m.kit.desk.Operator().Name}
	for _, f := range m.stack {
		if s, ok := f.screen.(showsOnce); ok {
			back.lost = cmp.Or(back.lost, s.lost())
		}
	}
	for _, f := range m.stack[1:] {
		p, ok := placeOf(f)
		if !ok {
			break
		}
		back.places = append(back.places, p)
	}
	return back
}

func placeOf(f frame) (place, bool) {
	p := place{scope: f.screen.At().Scope, by: f.opener}
	if r, ok := f.screen.(recalling); ok {
		p.view = r.standing()
	}
	if d, ok := f.screen.(placed); ok {
		p.door, p.id = d.door()
		return p, true
	}
	if form, ok := f.screen.(*formScreen); ok {
		p.form = form.spec.id
		return p, p.by != "" && form.keeps() && !form.sending && !form.sent
	}
	_, isArea := areaOf(func(a area) bool { return a.scope == p.scope })
	return p, isArea || p.by != ""
}

// goOnMsg takes the next step of the way back, after so many.
type goOnMsg struct{ steps int }

func (goOnMsg) toModel() {}

// goOn opens the next screen of the way back, over those that are open again. The way ends where a step does not lead
// where it led before.
func (m *Model) goOn(msg goOnMsg) tea.Cmd {
	switch {
	case m.back == nil || msg.steps != m.back.steps:
		return nil
	case m.back.pending || len(m.back.places) == 0:
		m.back = nil
		return nil
	}
	p := m.back.places[0]
	if p.door != "" {
		open, ok := doors()[p.door]
		if !ok {
			m.back = nil
			return nil
		}
		return m.step(open(m.kit, p.id))
	}
	a, isArea := areaOf(func(a area) bool { return a.scope == p.scope })
	if isArea && len(m.stack) == 1 && !m.off(a.action) {
		return m.step(a.open(m.kit))
	}
	if p.by == "" || m.where().Off(p.by) {
		m.back = nil
		return nil
	}
	m.back.pending = true
	return then(m.give(len(m.stack)-1, actMsg{action: p.by}), goOnMsg{m.back.steps})
}

// step opens the screen of the first place and goes on from it.
func (m *Model) step(s Screen) tea.Cmd {
	p := m.back.places[0]
	m.back.places, m.back.pending = m.back.places[1:], false
	m.back.steps++
	m.stack = append(m.stack, m.frame(s))
	at := len(m.stack) - 1
	m.stack[at].opener = p.by
	begun := m.begin(at)
	if r, ok := s.(recalling); ok {
		begun = tea.Batch(begun, address(m.stack[at].id, r.recall(p.view)))
	}
	return then(begun, goOnMsg{m.back.steps})
}

// onTheWay takes what comes of a key of the way back: the screen it led to before, and nothing else.
func (m *Model) onTheWay(msg toModel) tea.Cmd {
	if push, ok := msg.(pushMsg); ok && m.back.found(push.screen) {
		return m.step(push.screen)
	}
	m.back = nil
	return nil
}

// found reports whether a screen that a key has opened is the one the way back leads to.
func (w *wayBack) found(s Screen) bool {
	p := w.places[0]
	if form, ok := s.(*formScreen); ok && form.spec.id != p.form {
		return false
	}
	return s.At().Scope == p.scope
}

// then sends a message once a command has come to its end, or at once where there is none.
func then(cmd tea.Cmd, msg tea.Msg) tea.Cmd {
	if cmd == nil {
		return send(msg)
	}
	return tea.Sequence(cmd, send(msg))
}
