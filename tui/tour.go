package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// tour teaches how an access request is answered, on a case of the sample: a strip says what to press next and why, and
// goes on by itself once that is done. It holds no key back.
type tour struct {
	on   bool // the strip is shown
	ref  string
	page register.RequestPage // the case as it was last read
	at   int                  // the step
}

// Keys and things to be typed stand between these in the words of a step.
const (
	keyOpens  = "["
	keyCloses = "]"
)

// tourStep is one thing to do.
type tourStep struct {
	title string
	from  []widget.Scope // where it is done; elsewhere the strip leads back
	do    string         // what to press, in order, each key or text between square brackets
	why   string
	done  func(m *Model, t *tour) bool
}

// tourMsg is the case of the tour as it was read.
type tourMsg struct {
	ref  string
	page register.RequestPage
	ok   bool
}

// offersTour reports whether the people in the store are made up, so that everything can be tried on them, and the
// console is drawn: said aloud it has other ways than keys.
func (m *Model) offersTour() bool {
	return m.kit.env.Sample && m.kit.desk != nil && !m.kit.env.Accessible
}

// turnTour begins the tour, leaves it, or takes it up again.
func (m *Model) turnTour() tea.Cmd {
	if m.kit.env.Accessible {
		return say(theme.Muted, "The tour is of the console that is drawn: it says which keys to press there.")
	}
	if !m.offersTour() {
		return say(theme.Muted, "The tour is taken on made-up people: leave, and type custos demo.")
	}
	if m.tour.on {
		m.tour.on = false
		return tea.Batch(m.toured(), say(theme.Muted, "F3 takes the tour up again."))
	}
	m.tour.on = true
	if m.tour.at >= len(tourSteps()) {
		m.tour = tour{on: true}
	}
	return m.lookAround()
}

// toured keeps that the tour was ended or declined.
func (m *Model) toured() tea.Cmd {
	now := m.kit.env.Now()
	return address(m.top().id, m.kit.setPrefs(func(p *register.Preferences) { p.Toured = now }))
}

// lookAround reads the case of the tour, outside the update loop; the first time it chooses one.
func (m *Model) lookAround() tea.Cmd {
	if !m.tour.on || m.kit.desk == nil {
		return nil
	}
	desk, ref := m.kit.desk, m.tour.ref
	return func() tea.Msg {
		if ref == "" {
			ref = tourCase(desk)
		}
		page, err := desk.Request(ref)
		return tourMsg{ref, page, err == nil}
	}
}

// tourCase is the first open access request about somebody held that nobody has decided yet.
func tourCase(desk Session) string {
	list, err := desk.Cases(register.CaseQuery{})
	if err != nil {
		return ""
	}
	for i := range list.Len() {
		r := list.Row(i)
		if r.State == register.InProgress && r.Right == "access" && r.Delegate != "" {
			return r.Ref
		}
	}
	return ""
}

// guided takes what was read and goes on as far as things are done.
func (m *Model) guided(msg tourMsg) tea.Cmd {
	t := &m.tour
	if !msg.ok {
		t.on = false
		return say(theme.Soon, "The tour needs an access request that is still open; there is none left here.")
	}
	t.ref, t.page = msg.ref, msg.page
	steps := tourSteps()
	for t.at < len(steps) && steps[t.at].done(m, t) {
		t.at++
	}
	if t.at < len(steps) {
		return nil
	}
	t.on = false
	return tea.Batch(m.toured(), say(theme.Good, "That was the whole job. F2 opens the guide, F3 the tour again."))
}

// strip is the tour's lines, none while it is not taken. It is never more than a third of the room.
func (m *Model) strip(width, room int) []string {
	t, steps := &m.tour, tourSteps()
	if !t.on || t.at >= len(steps) || m.kit.desk == nil {
		return nil
	}
	th, step := m.kit.theme, steps[t.at]
	head := th.Title.Render(th.Cut(strings.Repeat(th.Lines.Top, 2)+" Tour, "+widget.Count(t.at+1)+" of "+widget.Count(len(steps))+": "+
		step.title+" "+strings.Repeat(th.Lines.Top, 2)+" F3 leaves it", width))
	text := theme.Wrap(th.Clean(t.says(m, step)), width)
	return append([]string{head}, text[:min(len(text), max(1, room/3))]...)
}

// says is what to do next: the step, or the way back to where it is done.
func (t *tour) says(m *Model, step tourStep) string {
	here := m.top().screen.At().Scope
	for _, s := range step.from {
		if s == here {
			return t.filled(step.do + " " + step.why)
		}
	}
	if m.on(t.ref) {
		return "Press [Esc] to go back: the next step is done from there."
	}
	return t.filled("Press [4], then [/] and type [REF], then [Enter] and [Enter]: the next step is done on this case.")
}

func (t *tour) filled(words string) string {
	return strings.ReplaceAll(words, keyOpens+"REF"+keyCloses, keyOpens+t.ref+keyCloses)
}

// on reports whether a case is open, at the top or beneath it.
func (m *Model) on(ref string) bool {
	for _, f := range m.stack {
		if c, ok := f.screen.(*caseScreen); ok && c.ref == ref {
			return true
		}
	}
	return false
}

// tourOver offers the tour as the console opens on made-up people.
type tourOver struct {
	theme *theme.Theme
	take  tea.Cmd
	leave tea.Cmd
}

func (o *tourOver) Update(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch msg.Type {
	case tea.KeyEnter:
		return true, o.take
	case tea.KeyEsc:
		return true, o.leave
	default:
		return false, nil
	}
}

// tourWords are what is said before the tour.
const tourWords = "Everybody in this store is made up, so you can try everything. A tour of about five minutes answers one access " +
	"request from opening to closing: a strip at the foot of the screen says what to press, and why.\n\n" +
	"Enter takes the tour. Esc goes without; F3 takes it later."

func (o *tourOver) Foot() *widget.Keys {
	return widget.Foot("enter", "take the tour", "esc", "go without")
}

func (o *tourOver) View(width, height int) string {
	var lines []string
	for _, l := range o.theme.CleanLines(tourWords) {
		lines = append(lines, theme.Wrap(l, width-4)...)
	}
	return widget.Box(o.theme, "A tour", lines, width, height)
}

// greet offers the tour on made-up people.
func (m *Model) greet() {
	if m.offersTour() && !m.tour.on && m.tour.ref == "" {
		m.over = &tourOver{m.kit.theme, send(tourTurnMsg{}), send(tourLeftMsg{})}
	}
}

type (
	tourTurnMsg struct{}
	tourLeftMsg struct{}
)

func (tourMsg) toModel()     {}
func (tourTurnMsg) toModel() {}
func (tourLeftMsg) toModel() {}
