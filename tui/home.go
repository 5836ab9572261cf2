package tui

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// homeDesk tells what must be done today, from memory.
type homeDesk interface {
	Home() (register.Home, error)
	Recall(pins []register.Pin) []register.HomeLine
	Recount(ctx context.Context) (changed bool, err error)
}

// recentAtHome is how many records somebody was at last the day's work ends with.
const recentAtHome = 5

// home shows the day's work in sections, by what presses most, and how the register stands.
type home struct {
	kit      *kit
	desk     homeDesk
	data     register.Home
	err      error
	rows     homeRows
	table    *widget.Table
	fresh    bool // no row was ever selected
	counting bool // what is told of everybody is being counted
}

func newHome(k *kit) Screen {
	h := &home{kit: k, desk: k.desk, table: widget.NewTable(k.theme,
		widget.Column{Title: "What", Min: 15},
		widget.Column{Title: "Kind", Min: 13, Priority: 3},
		widget.Column{Title: "Whom or what", Min: 12, Weight: 1, Priority: 1},
		widget.Column{Title: "Due", Min: 11, Priority: 2},
		widget.Column{Title: "Where it stands", Min: 27, Weight: 1},
	)}
	h.table.Empty = "Nothing is to be done today."
	h.load()
	return h
}

func (h *home) load() {
	h.fresh = h.fresh || h.table.Len() == 0
	h.data, h.err = h.desk.Home()
	sections := slices.Clone(h.data.Sections)
	for _, own := range []struct {
		part register.HomePart
		pins []register.Pin
	}{{register.HomePinned, h.kit.prefs.Pinned}, {register.HomeRecent, unpinned(&h.kit.prefs, recentAtHome)}} {
		if lines := h.desk.Recall(own.pins); len(lines) > 0 {
			sections = append(sections, register.HomeSection{Part: own.part, Count: len(lines), Lines: lines})
		}
	}
	h.rows = homeRowsOf(sections)
	h.table.SetRows(h.rows)
}

// recountMsg says that what is told of everybody was counted.
type recountMsg struct{ changed bool }

// Init counts what is told of everybody, beside whatever is done meanwhile.
func (h *home) Init() tea.Cmd { return h.recount() }

func (h *home) recount() tea.Cmd {
	if h.counting || !h.kit.may(register.DelegateRead) {
		return nil
	}
	h.counting = true
	desk := h.desk
	return func() tea.Msg {
		changed, err := desk.Recount(context.Background())
		return recountMsg{changed && err == nil}
	}
}

func (h *home) Title() string { return "Home" }

func (h *home) At() widget.Where {
	return widget.Where{Scope: scopeHome, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return h.opens(h.table.Cursor()) == nil
		case requestOpen:
			return !leads(theNewCase)
		case widget.Back, widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the day's work anew; after a commit that may change what is told of everybody, that is counted again.
func (h *home) Refresh(note register.Note) tea.Cmd {
	h.load()
	if note.Verb == register.PresenceMoved {
		return nil
	}
	return h.recount()
}

func (h *home) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case recountMsg:
		h.counting = false
		if msg.changed {
			h.load()
		}
	case actMsg:
		return h, h.act(msg.action)
	}
	return h, nil
}

func (h *home) act(a widget.Action) tea.Cmd {
	switch a {
	case widget.Open:
		if open := h.opens(h.table.Cursor()); open != nil {
			return open()
		}
		return nil
	case requestOpen:
		return h.kit.show(theNewCase, "")
	case goMonth:
		return push(newMonth(h.kit))
	case goBreaches:
		return push(newBreaches(h.kit))
	default:
		h.table.Act(a)
		return nil
	}
}

// standing counts what is held and what is open.
func (h *home) standing() string {
	d, th := h.data, h.kit.theme
	var cases string
	if h.kit.may(register.RequestRead) {
		late := 0
		for _, r := range d.Due {
			if r.Pressure == register.Late {
				late++
			}
		}
		cases = fmt.Sprintf("%s open, %s waiting. ", widget.Count(len(d.Due)), widget.Count(len(d.Waiting)))
		if len(d.Due)+len(d.Waiting) == 0 {
			cases = "No case is open. "
		}
		if late > 0 {
			cases = th.Late.Render(widget.Count(late)+" OVERDUE") + ", " + cases
		}
	}
	if h.kit.may(register.DelegateRead) {
		cases += fmt.Sprintf("%s (%s incomplete), ", counted(d.People, "person", "people"), widget.Count(d.Incomplete))
	}
	return cases + counted(d.Organisations, "organisation", "organisations") + "."
}

// counted says a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return widget.Count(n) + " " + many
}
