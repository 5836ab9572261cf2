package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// advice shows what advice on a case would bring and what happened here since; Enter takes it in where nothing
// contradicts it. The file and what opens it stay in memory until the screen is left.
type advice struct {
	kit  *kit
	desk handoverDesk
	data []byte
	key  sealed.Key
	plan register.AdvicePlan
	page register.RequestPage // the case it is on
	pane *widget.Pane
	busy bool
}

// adviceMsg is the plan made anew, or carried out.
type adviceMsg struct {
	plan register.AdvicePlan
	err  error
}

func (a *advice) Init() tea.Cmd { return nil }

func (a *advice) Title() string { return "Advice on " + a.plan.Ref }

func (a *advice) waits() bool { return a.busy }

func (a *advice) At() widget.Where {
	return widget.Where{Scope: scopeAdvice, Off: func(x widget.Action) bool { return x == widget.Open && !a.fits() }}
}

// fits reports whether it can be taken in.
func (a *advice) fits() bool { return len(a.plan.Conflicts) == 0 && !a.busy }

func (a *advice) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case adviceMsg:
		return a, a.taken(msg)
	case actMsg:
		return a, a.act(msg.action)
	}
	return a, nil
}

func (a *advice) act(x widget.Action) tea.Cmd {
	switch {
	case x == widget.Back:
		forget(a.key)
		return pop()
	case x == widget.Open && a.fits():
		a.busy = true
		desk, data, key := a.desk, a.data, a.key
		return func() tea.Msg {
			plan, err := desk.TakeBack(context.Background(), data, key, false)
			return adviceMsg{plan, err}
		}
	}
	a.pane.Act(x)
	return nil
}

// taken leads to the case, or shows what contradicts the advice by now.
func (a *advice) taken(msg adviceMsg) tea.Cmd {
	a.busy = false
	if msg.err != nil {
		if len(msg.plan.Conflicts) > 0 {
			a.plan = msg.plan
		}
		return fail(msg.err)
	}
	forget(a.key)
	said := "The advice is taken in."
	if brings(msg.plan.Events, register.Decided) {
		said += " Its decision counts once it is approved here."
	}
	return tea.Batch(swap(newCase(a.kit, msg.plan.Ref)), say(theme.Good, said))
}

func brings(events []register.RequestEvent, kind register.RequestEventKind) bool {
	for _, e := range events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

func (a *advice) View(width, height int) string {
	th := a.kit.theme
	head := theme.Wrap(th.Clean(a.verdict()), width)
	tone := theme.Good
	if len(a.plan.Conflicts) > 0 {
		tone = theme.Bad
	}
	for i, l := range head {
		head[i] = th.Paint(tone, l)
	}
	room := max(0, height-len(head))
	return fit(th, append(head, scrolled(th, a.pane, a.lines(width), width, room)...), width, height)
}

// verdict says first whether it can be taken in.
func (a *advice) verdict() string {
	switch {
	case a.busy:
		return "Taking it in ..."
	case len(a.plan.Conflicts) > 0:
		return "It CANNOT be taken in. Nothing was changed."
	case brings(a.plan.Events, register.Decided):
		return "Nothing contradicts it. Enter takes it in; its decision then waits for approval here."
	}
	return "Nothing contradicts it. Enter takes it in."
}

// lines are the plan in words.
func (a *advice) lines(width int) []string {
	t := &text{th: a.kit.theme, width: width}
	if len(a.plan.Conflicts) > 0 {
		t.head("What contradicts it")
		for _, c := range a.plan.Conflicts {
			t.add("  ! ", theme.Bad, c)
		}
	}
	t.head("The advice")
	t.lines = append(t.lines, labelled(t.th, "On", a.plan.Ref+", "+a.page.Kind.Title+", "+a.page.Name, width, theme.Plain)...)
	t.lines = append(t.lines, labelled(t.th, "From", a.plan.By+", "+a.plan.From, width, theme.Plain)...)
	t.head("What it brings")
	a.events(t, a.plan.Events)
	t.head("What happened here since, and stays")
	a.events(t, a.plan.Since)
	return t.lines
}

func (a *advice) events(t *text, events []register.RequestEvent) {
	if len(events) == 0 {
		t.add("  ", theme.Muted, "Nothing.")
	}
	for _, e := range events {
		t.lines = append(t.lines, dated(t.th, short(e.On), eventWords(&e)+", by "+e.By, t.width)...)
		for _, said := range a.saidIn(&e) {
			t.lines = append(t.lines, dated(t.th, "", said, t.width)...)
		}
	}
}

// saidIn are the words of an entry as the timeline of the case would show them.
func (a *advice) saidIn(e *register.RequestEvent) []string {
	c := caseScreen{page: a.page}
	return c.saidIn(e)
}
