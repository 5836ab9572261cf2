package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// suppressions lists the addresses that are never to be used, of which only a keyed hash is held.
type suppressions struct {
	finder
	desk  suppressionDesk
	all   suppressionRows
	shown suppressionRows
	err   error
	ready bool
}

func newSuppressions(k *kit, _ string) Screen {
	s := &suppressions{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "Since", Min: 11},
		widget.Column{Title: "What", Min: 5},
		widget.Column{Title: "Channel", Min: 7, Priority: 2},
		widget.Column{Title: "Keeps out", Min: 12, Weight: 1},
		widget.Column{Title: "From", Min: 10, Priority: 3},
		widget.Column{Title: "State", Min: 6},
		widget.Column{Title: "Reason", Min: 18, Weight: 2, Priority: 1},
		widget.Column{Title: "Number", Min: 14, Priority: 4},
	)}
	s.table.Empty = "Reading ..."
	return s
}

type suppressionsMsg struct {
	rows []register.Suppression
	err  error
}

func (s *suppressions) Init() tea.Cmd {
	desk := s.desk
	return func() tea.Msg {
		rows, err := desk.Suppressions()
		return suppressionsMsg{rows, err}
	}
}

// Refresh reads them anew after a commit that may have added one.
func (s *suppressions) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "suppressions") {
		return nil
	}
	return s.Init()
}

func (s *suppressions) Title() string { return "Suppressions" }

// Selection is the number of the entry selected.
func (s *suppressions) Selection() (word, text string) { return "suppression", s.table.SelectedID() }

func (s *suppressions) selected() (register.Suppression, bool) {
	if s.table.Cursor() >= len(s.shown) {
		return register.Suppression{}, false
	}
	return s.shown[s.table.Cursor()], true
}

func (s *suppressions) At() widget.Where {
	return widget.Where{Scope: scopeSuppressions, Typing: s.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case suppressionLift:
			x, ok := s.selected()
			return !ok || !x.Lifted.IsZero()
		case copyIt:
			return s.table.Len() == 0
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (s *suppressions) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case suppressionsMsg:
		s.err, s.ready = msg.err, true
		s.all = msg.rows
		s.show()
	case tea.KeyMsg:
		if s.key(msg, s.At()) {
			s.show()
		}
	case actMsg:
		return s, s.act(msg)
	}
	return s, nil
}

func (s *suppressions) show() {
	s.table.Empty = "No address is suppressed: n adds one."
	if len(s.all) > 0 {
		s.table.Empty = "No suppression is like that."
	}
	words := s.words()
	s.shown = s.shown[:0:0]
	for i := range s.all {
		if holds(strings.ToLower(strings.Join(s.all.Row(i), " ")), words) {
			s.shown = append(s.shown, s.all[i])
		}
	}
	s.table.SetRows(s.shown)
}

func (s *suppressions) act(msg actMsg) tea.Cmd {
	taken, changed := s.finder.act(msg.action)
	x, some := s.selected()
	switch {
	case changed:
		s.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == suppressionAdd:
		return push(newSuppression(s.kit))
	case msg.action == suppressionLift && some && x.Lifted.IsZero():
		return push(newLifting(s.kit, x.ID))
	}
	return nil
}

func (s *suppressions) View(width, height int) string {
	th := s.kit.theme
	head := th.Muted.Render(th.Cut("Suppressed: "+s.table.Position()+".  Only a hash of each address is held.", width))
	switch {
	case s.err != nil:
		head = th.Bad.Render(th.Cell(problem(s.err), width))
	case !s.ready:
		head = th.Muted.Render(th.Cut("Reading ...", width))
	}
	foot := s.told(width)
	return fit(th, append(append([]string{head}, s.view(width, height-1-len(foot))...), foot...), width, height)
}

// told is the selected entry in full, which columns may have cut.
func (s *suppressions) told(width int) []string {
	x, ok := s.selected()
	if !ok {
		return nil
	}
	th := s.kit.theme
	said := string(x.ID) + " since " + moment(x.At) + ", " + x.Source + " (" + x.By + "): " + x.Reason
	out := theme.Wrap(th.Clean(said), width)
	if !x.Lifted.IsZero() {
		out = append(out, theme.Wrap(th.Clean("Lifted "+moment(x.Lifted)+", by "+x.LiftedBy+": "+x.LiftedOn), width)...)
	}
	return out[:min(len(out), 4)]
}

// suppressionRows shows suppressions in a table.
type suppressionRows []register.Suppression

func (r suppressionRows) Len() int        { return len(r) }
func (r suppressionRows) ID(i int) string { return string(r[i].ID) }

func (r suppressionRows) Row(i int) []string {
	x := r[i]
	return []string{
		short(calendar.LondonDate(x.At)), x.Kind, allOr(x.Channel), scopeWord(x.Scope), x.Source, suppressionState(&x),
		x.Reason, string(x.ID),
	}
}

// Tone sets the lifted ones back.
func (r suppressionRows) Tone(row, _ int) theme.Tone {
	if r[row].Lifted.IsZero() {
		return theme.Plain
	}
	return theme.Muted
}

func suppressionState(x *register.Suppression) string {
	if x.Lifted.IsZero() {
		return "STANDS"
	}
	return "lifted"
}

func allOr(channel string) string {
	if channel == register.AnyChannel {
		return "all"
	}
	return channel
}

// scopeWord says what a suppression keeps out.
func scopeWord(scope string) string {
	switch scope {
	case register.ScopeAll:
		return "everything"
	case register.ScopeMarketing:
		return "marketing"
	case register.ScopeErased:
		return "everything; erased"
	}
	return scope
}
