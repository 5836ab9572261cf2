package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// homeDesk tells what must be done today, from memory.
type homeDesk interface {
	Home() (register.Home, error)
}

// home shows the open cases by what presses most, and how the register stands.
type home struct {
	kit   *kit
	desk  homeDesk
	data  register.Home
	err   error
	table *widget.Table
}

func newHome(k *kit) Screen {
	h := &home{kit: k, desk: k.desk, table: widget.NewTable(k.theme,
		widget.Column{Title: "Case", Min: 12},
		widget.Column{Title: "Right", Min: 13, Priority: 2},
		widget.Column{Title: "Person", Min: 12, Weight: 1, Priority: 1},
		widget.Column{Title: "Due", Min: 16, Priority: 3},
		widget.Column{Title: "Where it stands", Min: 19},
	)}
	h.table.Empty = "No case is open."
	h.load()
	return h
}

func (h *home) load() {
	h.data, h.err = h.desk.Home()
	h.table.SetRows(caseRows(append(append([]register.RequestRow(nil), h.data.Due...), h.data.Waiting...)))
}

func (h *home) Init() tea.Cmd { return nil }

func (h *home) Title() string { return "Home" }

func (h *home) At() widget.Where {
	return widget.Where{Scope: scopeHome, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return h.table.Len() == 0 || !leads(theCase)
		case requestOpen:
			return !leads(theNewCase)
		case widget.Back, widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the day's work anew.
func (h *home) Refresh(register.Note) tea.Cmd {
	h.load()
	return nil
}

func (h *home) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	switch {
	case !ok:
		return h, nil
	case act.action == widget.Open:
		return h, h.kit.show(theCase, h.table.SelectedID())
	case act.action == requestOpen:
		return h, h.kit.show(theNewCase, "")
	case act.action == goMonth:
		return h, push(newMonth(h.kit))
	}
	h.table.Act(act.action)
	return h, nil
}

func (h *home) View(width, height int) string {
	th := h.kit.theme
	if h.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(h.err), width))}, width, height)
	}
	out := []string{
		th.Cut(th.Title.Render(th.Clean(h.data.Office))+"  "+th.Muted.Render(th.Clean(h.data.Profile)+", "+day(h.data.Today)), width),
		th.Cut(h.standing(), width), th.Cut(h.safe(), width), "",
	}
	chart := h.chart(width, height)
	h.table.SetSize(width, max(1, height-len(out)-len(chart)))
	out = append(out, splitLines(h.table.View())...)
	return fit(th, append(out, chart...), width, height)
}

// standing counts what is held and what is open.
func (h *home) standing() string {
	d, th := h.data, h.kit.theme
	late := 0
	for _, r := range d.Due {
		if r.Pressure == register.Late {
			late++
		}
	}
	cases := fmt.Sprintf("%d open, %d waiting. ", len(d.Due), len(d.Waiting))
	if late > 0 {
		cases = th.Late.Render(fmt.Sprintf("%d OVERDUE", late)) + ", " + cases
	}
	return cases + fmt.Sprintf("%s (%s incomplete), %s.", counted(d.People, "person", "people"),
		widget.Count(d.Incomplete), counted(d.Organisations, "organisation", "organisations"))
}

// counted says a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return widget.Count(n) + " " + many
}

// chart draws the requests received by week under the list, where there is room.
func (h *home) chart(width, height int) []string {
	const tall = 6
	if height < 20 || len(h.data.ByWeek) == 0 {
		return nil
	}
	bars := make([]widget.Bar, len(h.data.ByWeek))
	for i, w := range h.data.ByWeek {
		bars[i] = widget.Bar{Label: fmt.Sprintf("%d/%d", w.From.Day(), w.From.Month()), Value: w.Count}
	}
	th := h.kit.theme
	title := th.Title.Render(th.Cut("Requests received, by week beginning", width))
	return append([]string{"", title}, splitLines(widget.BarsUp(th, bars, width, tall-2))...)
}

// caseRows shows cases in a table of five columns.
type caseRows []register.RequestRow

func (r caseRows) Len() int        { return len(r) }
func (r caseRows) ID(i int) string { return r[i].Ref }

func (r caseRows) Row(i int) []string {
	x := r[i]
	return []string{x.Ref, string(x.Right), x.Name, day(x.Due), pressure(x)}
}

func (r caseRows) Tone(row, column int) theme.Tone {
	if column < 3 {
		return theme.Plain
	}
	return pressing(r[row].Pressure)
}
