package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// requestDesk lists the cases by what presses most, from memory.
type requestDesk interface {
	Requests(state register.RequestState, asOf calendar.Date) ([]register.RequestRow, error)
}

// unfinished is the part of the list that still wants work.
const unfinished register.RequestState = "unfinished"

// requests lists the cases.
type requests struct {
	finder
	desk   requestDesk
	all    []register.RequestRow
	err    error
	part   register.RequestState // empty: every case
	sortBy int
	turned bool
}

func newRequests(k *kit) Screen {
	r := &requests{desk: k.desk, sortBy: columnPress, finder: newFinder(k,
		widget.Column{Title: "Case", Min: 12},
		widget.Column{Title: "Right", Min: 13, Priority: 4},
		widget.Column{Title: "Person", Min: 11, Weight: 1, Priority: 1},
		widget.Column{Title: "State", Min: 17, Priority: 3},
		widget.Column{Title: "Received", Min: 11, Priority: 5},
		widget.Column{Title: "Due", Min: 11, Priority: 2},
		widget.Column{Title: "Where it stands", Min: 19},
	)}
	r.load()
	return r
}

func (r *requests) load() {
	r.all, r.err = r.desk.Requests("", calendar.Date{})
	r.show()
}

// show lists what the part and the filter leave, in order.
func (r *requests) show() {
	words := r.words()
	var rows requestRows
	for _, x := range r.all {
		if r.shows(r.part, x) && holds(strings.ToLower(strings.Join(requestCells(x), " ")), words) {
			rows = append(rows, x)
		}
	}
	rows.sort(r.sortBy, r.turned)
	r.table.Empty = "No case is like that."
	if len(r.all) == 0 {
		r.table.Empty = "No request has come in yet: o opens a case."
	}
	r.table.SetSort(r.sortBy, !r.turned)
	r.table.SetRows(rows)
}

func (r *requests) shows(part register.RequestState, x register.RequestRow) bool {
	switch part {
	case "":
		return true
	case unfinished:
		return x.Pressure != register.Settled
	default:
		return x.State == part
	}
}

// turnPart goes to the next part of the list that has a case in it.
func (r *requests) turnPart() {
	parts := append([]register.RequestState{"", unfinished}, register.RequestStates()...)
	at := slices.Index(parts, r.part)
	for i := 1; i <= len(parts); i++ {
		part := parts[(at+i)%len(parts)]
		if part == "" || slices.ContainsFunc(r.all, func(x register.RequestRow) bool { return r.shows(part, x) }) {
			r.part = part
			return
		}
	}
}

func (r *requests) Init() tea.Cmd { return nil }

func (r *requests) Title() string { return "Requests" }

func (r *requests) At() widget.Where {
	return widget.Where{Scope: scopeRequests, Typing: r.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, copyIt:
			return r.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the cases anew.
func (r *requests) Refresh(register.Note) tea.Cmd {
	r.load()
	return nil
}

// Selection is the number of the selected case.
func (r *requests) Selection() (word, text string) { return "case", r.table.SelectedID() }

func (r *requests) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if r.key(msg, r.At()) {
			r.show()
		}
	case actMsg:
		return r, r.act(msg)
	}
	return r, nil
}

func (r *requests) act(msg actMsg) tea.Cmd {
	taken, changed := r.finder.act(msg.action)
	switch {
	case changed:
		r.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open:
		return r.kit.show(theCase, r.table.SelectedID())
	case msg.action == requestOpen:
		return r.kit.show(theNewCase, "")
	case msg.action == viewNext:
		r.turnPart()
		r.show()
	case msg.action == sortNext:
		r.sortBy, r.turned = (r.sortBy+1)%requestColumns, false
		r.show()
	case msg.action == sortTurn:
		r.turned = !r.turned
		r.show()
	}
	return nil
}

func (r *requests) View(width, height int) string {
	th := r.kit.theme
	if r.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(r.err), width))}, width, height)
	}
	head := th.Cut(r.heading(), width)
	return fit(th, append([]string{head}, r.view(width, height-1)...), width, height)
}

// heading says which part of the list is shown and what is overdue in all of it.
func (r *requests) heading() string {
	part := "every case"
	if r.part != "" {
		part = stateWords(r.part)
	}
	text := fmt.Sprintf("Showing %s: %s of %s", part, widget.Count(r.table.Len()), widget.Count(len(r.all)))
	late := 0
	for _, x := range r.all {
		if x.Pressure == register.Late {
			late++
		}
	}
	if late == 0 {
		return text
	}
	return text + ", " + r.kit.theme.Late.Render(fmt.Sprintf("%d OVERDUE", late))
}
