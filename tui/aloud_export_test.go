package tui

import (
	"context"
	"slices"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Talk works a console by typed lines. Commands run at once, one after the other.
type Talk struct {
	a       *aloud
	said    []string
	Hidden  bool // what is typed is not shown
	Left    bool // the program has ended
	Gone    bool // and nobody left it
	waiting []tea.Msg
}

// Say takes what is said.
func (t *Talk) Say(lines []string) { t.said = append(t.said, lines...) }

// Secret notes whether what is typed is shown.
func (t *Talk) Secret(on bool) { t.Hidden = on }

// NewTalk starts a console in lines.
func NewTalk(env Env) *Talk {
	env.Accessible = true
	t := &Talk{}
	t.a = newAloud(New(env), t)
	t.a.m.aside = func(tea.Cmd) {}
	var mu sync.Mutex // commands that run together send together
	t.a.send = func(msg tea.Msg) {
		mu.Lock()
		defer mu.Unlock()
		t.waiting = append(t.waiting, msg)
	}
	t.work(t.a.Init())
	return t
}

func (t *Talk) work(cmd tea.Cmd) {
	t.run(cmd)
	for len(t.waiting) > 0 {
		msg := t.waiting[0]
		t.waiting = t.waiting[1:]
		t.take(msg)
	}
}

func (t *Talk) take(msg tea.Msg) {
	if _, quit := msg.(tea.QuitMsg); quit {
		t.Left, t.Gone = true, t.a.gone
		return
	}
	_, cmd := t.a.Update(msg)
	t.run(cmd)
}

func (t *Talk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			t.run(c)
		}
	default:
		t.waiting = append(t.waiting, msg)
	}
}

// Type types lines and gives what is said to them.
func (t *Talk) Type(lines ...string) []string {
	from := len(t.said)
	for _, l := range lines {
		t.work(send(lineMsg{l}))
	}
	return t.said[from:]
}

// Said is everything said so far.
func (t *Talk) Said() []string { return t.said }

// End ends the input.
func (t *Talk) End() { t.work(send(endMsg{})) }

// Commit tells of a commit, as the store does.
func (t *Talk) Commit(msg tea.Msg) []string {
	from := len(t.said)
	t.work(send(msg))
	return t.said[from:]
}

// Close closes the console.
func (t *Talk) Close() error { return t.a.m.Close() }

// Aloud is everything the console would say of where it is.
func (m *Model) Aloud() []string {
	was := *m.kit.theme
	defer func() { *m.kit.theme = was }()
	*m.kit.theme = *theme.Spoken(m.kit.env.Getenv)
	t := &Talk{}
	t.a = newAloud(m, t)
	t.a.send = func(tea.Msg) {}
	t.a.hear()
	for range 5000 {
		n := len(t.said)
		switch {
		case m.over != nil && t.a.talk != nil:
			if t.a.talk.first == 0 {
				return t.said
			}
			t.a.offer("")
		case t.a.form() != nil:
			q := t.a.inquiry
			if q.at++; q.at >= len(q.form.Fields()) {
				t.a.readBack()
				return t.said
			}
			q.anew()
			t.a.hearForm()
		case t.a.more():
			t.a.goOn()
			t.a.caused = true
			t.a.hear()
		default:
			return t.said
		}
		if len(t.said) == n {
			return t.said
		}
	}
	return t.said
}

// Heads are the titles of the columns of the list on the screen: what is empty is not said, nor is its title.
func (m *Model) Heads() string {
	if l, ok := m.top().screen.(lister); ok && l.spokenTable() != nil {
		return l.spokenTable().Titles()
	}
	return ""
}

// Rows are the values of every row of the list on the screen.
func (m *Model) Rows() (values []string) {
	l, ok := m.top().screen.(lister)
	if !ok || m.over != nil || l.spokenTable() == nil {
		return nil
	}
	return slices.Clone(l.spokenTable().Values())
}

// During is what is said once work has been under way for long, and then to Enter.
func (t *Talk) During(label string, done, total int) []string {
	from := len(t.said)
	j := newJob(t.a.m.kit, label)
	work := j.alone(func(context.Context, Tell) tea.Msg { return nil })
	j.Update(stepMsg{label, done, total})
	t.a.flying++
	t.a.take(slowMsg{})
	t.a.take(lineMsg{""})
	stopped := j.stopped
	t.a.flying--
	t.run(work)
	if stopped {
		t.said = append(t.said, "stopped")
	}
	return t.said[from:]
}
