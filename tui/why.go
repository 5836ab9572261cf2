package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// whyDesk answers whether a person may be contacted, and why.
type whyDesk interface {
	MayContact(who register.ID, key register.ConsentKey, on calendar.Date) (register.ContactAnswer, error)
}

// why shows whether a person may be contacted today for a purpose by a channel, or it may be used: the verdict, then every event and
// every rule it rests on, with its day and where the law has it.
type why struct {
	kit    *kit
	desk   whyDesk
	who    register.ID
	name   string
	key    register.ConsentKey
	answer register.ContactAnswer
	err    error
	ready  bool
	pane   *widget.Pane
}

func newWhy(k *kit, who register.ID, name string, key register.ConsentKey) Screen {
	return &why{kit: k, desk: k.desk, who: who, name: name, key: key, pane: widget.NewPane(k.theme)}
}

type whyMsg struct {
	answer register.ContactAnswer
	err    error
}

func (w *why) Init() tea.Cmd {
	desk, who, key := w.desk, w.who, w.key
	return func() tea.Msg {
		answer, err := desk.MayContact(who, key, calendar.Date{})
		return whyMsg{answer, err}
	}
}

// Refresh asks again after a commit about the person, or about many.
func (w *why) Refresh(note register.Note) tea.Cmd {
	if len(note.IDs) > 0 && !slices.Contains(note.IDs, w.who) && !touches(note, "suppressions", "settings") {
		return nil
	}
	return w.Init()
}

func (w *why) Title() string { return "Why" }

// Selection is the id of the person.
func (w *why) Selection() (word, text string) { return "id", string(w.who) }

func (w *why) At() widget.Where {
	return widget.Where{Scope: scopeWhy, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (w *why) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case whyMsg:
		w.answer, w.err, w.ready = msg.answer, msg.err, true
	case actMsg:
		if msg.action == widget.Back {
			return w, pop()
		}
		w.pane.Act(msg.action)
	}
	return w, nil
}

func (w *why) View(width, height int) string {
	th := w.kit.theme
	switch {
	case w.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(w.err), width))}, width, height)
	case !w.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	return fit(th, scrolled(th, w.pane, w.lines(width), width, height), width, height)
}

// lines are the verdict, what decided it, and then all that speaks to the question in its order.
func (w *why) lines(width int) []string {
	a, profile := &w.answer, w.kit.desk.Settings().Profile
	t := &text{th: w.kit.theme, width: width}
	verdict := strings.Replace(mayWord(a.Use, a.Allowed), "may ", "MAY ", 1)
	if a.Use {
		t.add("", mayTone(a.Allowed), "Of "+w.name+", this "+verdict+": "+keyName(&profile, w.key)+".")
	} else {
		t.add("", mayTone(a.Allowed), w.name+" "+verdict+": "+keyName(&profile, w.key)+".")
	}
	if n := len(a.Because); n > 0 {
		last := a.Because[n-1]
		t.add("", theme.Plain, "Because "+last.What+" ("+last.Rule+").")
	}
	stands := "The answer stands at: " + consentAct(a.State) + "."
	if a.Basis != "" {
		stands = "Basis: " + a.Basis.Title() + ". " + stands
	}
	t.add("", theme.Muted, stands)
	t.head("What it rests on, in order; the last decides")
	for _, b := range a.Because {
		w.because(t, &b)
	}
	return t.lines
}

func (w *why) because(t *text, b *register.Because) {
	date := ""
	if b.At != nil {
		date = short(calendar.LondonDate(*b.At))
	}
	lead := "  " + t.th.Fit(date, 12)
	t.add(lead, theme.Plain, b.What)
	below := b.Rule
	if b.Event != "" {
		if below != "" {
			below += ", "
		}
		below += "event " + string(b.Event)
	}
	if below != "" {
		t.add("  "+t.th.Fit("", 12), theme.Muted, below)
	}
}
