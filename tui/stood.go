package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// stoodDesk tells how every question stood for a person on a day, as known on another.
type stoodDesk interface {
	ConsentsAsOf(who register.ID, on, known calendar.Date) ([]register.ConsentLine, error)
}

// stood shows how every question stood for a person on a day.
type stood struct {
	kit   *kit
	desk  stoodDesk
	who   register.ID
	days  asOf
	all   []register.ConsentLine
	err   error
	ready bool
	pane  *widget.Pane
}

func newStood(k *kit, who register.ID, days asOf) Screen {
	return &stood{kit: k, desk: k.desk, who: who, days: days, pane: widget.NewPane(k.theme)}
}

type stoodMsg struct {
	lines []register.ConsentLine
	err   error
}

func (s *stood) Init() tea.Cmd {
	desk, who, days := s.desk, s.who, s.days
	return func() tea.Msg {
		lines, err := desk.ConsentsAsOf(who, days.on, days.known)
		return stoodMsg{lines, err}
	}
}

// Refresh reads the ledger anew: what was typed in late may be about a day long gone.
func (s *stood) Refresh(register.Note) tea.Cmd { return s.Init() }

func (s *stood) Title() string { return "As it stood" }

func (s *stood) At() widget.Where {
	return widget.Where{Scope: scopeText, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (s *stood) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case stoodMsg:
		s.all, s.err, s.ready = msg.lines, msg.err, true
	case actMsg:
		if msg.action == widget.Back {
			return s, pop()
		}
		s.pane.Act(msg.action)
	}
	return s, nil
}

func (s *stood) View(width, height int) string {
	th := s.kit.theme
	switch {
	case s.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(s.err), width))}, width, height)
	case !s.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	t := &text{th: th, width: width}
	t.head("As it stood " + s.days.words())
	t.consents(s.all)
	return fit(th, scrolled(th, s.pane, t.lines, width, height), width, height)
}
