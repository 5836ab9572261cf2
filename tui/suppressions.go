package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// suppressions lists the addresses that are never to be used, of which only a keyed hash is held.
type suppressions struct {
	listing[register.Suppression]
}

func newSuppressions(k *kit, _ string) Screen {
	return &suppressions{listing[register.Suppression]{
		finder: newFinder(k,
			widget.Column{Title: "Since", Min: 11},
			widget.Column{Title: "What", Min: 5},
			widget.Column{Title: "Channel", Min: 7, Priority: 2},
			widget.Column{Title: "Keeps out", Min: 12, Weight: 1},
			widget.Column{Title: "From", Min: 10, Priority: 3},
			widget.Column{Title: "State", Min: 6},
			widget.Column{Title: "Reason", Min: 18, Weight: 2, Priority: 1},
			widget.Column{Title: "Number", Min: 14, Priority: 4},
		),
		scope: scopeSuppressions, touched: []string{"suppressions"},
		none: "No address is suppressed: n adds one.", unlike: "No suppression is like that.",
		read: suppressionDesk(k.desk).Suppressions,
		rows: func(all []register.Suppression) widget.Rows { return suppressionRows(all) },
	}}
}

func (s *suppressions) Title() string { return "Suppressions" }

// Selection is the number of the entry selected.
func (s *suppressions) Selection() (word, text string) { return "suppression", s.table.SelectedID() }

func (s *suppressions) At() widget.Where {
	return s.at(func(a widget.Action) bool {
		switch a {
		case suppressionLift:
			x, ok := s.selected()
			return !ok || !x.Lifted.IsZero()
		case widget.Open:
			return true
		default:
			return false
		}
	})
}

func (s *suppressions) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case s.take(msg), !pressed:
	case act.action == widget.Back:
		return s, pop()
	case s.At().Off(act.action):
	case act.action == suppressionAdd:
		return s, push(newSuppression(s.kit))
	case act.action == suppressionLift:
		x, _ := s.selected()
		return s, push(newLifting(s.kit, x.ID))
	}
	return s, nil
}

func (s *suppressions) View(width, height int) string {
	head := s.above(width, "Suppressed", "Only a hash of each address is held.")
	return s.page(width, height, head, s.told(width)...)
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
