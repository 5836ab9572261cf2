package tui

import (
	"fmt"
	"sort"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// requestDesk lists the cases by what presses most. The list is asked for the rows in sight only.
type requestDesk interface {
	Cases(q register.CaseQuery) (register.CaseList, error)
}

// requests lists the cases, as a table or as a board by state. Whatever goes through the whole list is done outside
// the loop: moving costs the same at a hundred and at ten thousand.
type requests struct {
	finder
	desk   requestDesk
	query  register.CaseQuery // without the words of the filter
	within int                // days the cases shown are due within; 0: any
	got    caseListMsg
	serial int // of the list that is asked for; an older one is dropped
	sortBy int
	turned bool
	board  *board // nil: the table is shown
}

func newRequests(k *kit) Screen {
	r := &requests{desk: k.desk, sortBy: columnPress, finder: newFinder(k,
		widget.Column{Title: "Case", Min: 12},
		widget.Column{Title: "Kind", Min: 13, Priority: 4},
		widget.Column{Title: "Person", Min: 11, Weight: 1, Priority: 1},
		widget.Column{Title: "State", Min: 17, Priority: 3},
		widget.Column{Title: "Owner", Min: 10, Priority: 6},
		widget.Column{Title: "Received", Min: 11, Priority: 5},
		widget.Column{Title: "Due", Min: 11, Priority: 2},
		widget.Column{Title: "Where it stands", Min: 19},
	)}
	r.table.Markable, r.table.Lean = true, true
	return r
}

// caseListMsg is a list as it was read, with how its rows are ordered.
type caseListMsg struct {
	serial int
	rows   requestRows
	at     int // of the case that was selected
	all    int // cases there are
	late   int // of those shown
	board  []register.BoardColumn
	err    error
}

// load reads the list that the filters, the order and the words ask for.
func (r *requests) load() tea.Cmd {
	r.serial++
	desk, serial, q, wants := r.desk, r.serial, r.asked(), r.board != nil
	by, turned, selected := r.sortBy, r.turned, r.selected()
	return func() tea.Msg {
		msg := caseListMsg{serial: serial}
		list, err := desk.Cases(q)
		if err != nil {
			return caseListMsg{serial: serial, err: err}
		}
		msg.all = list.Len()
		if !q.Everything() {
			every, err := desk.Cases(register.CaseQuery{})
			if err != nil {
				return caseListMsg{serial: serial, err: err}
			}
			msg.all = every.Len()
		}
		msg.late = sort.Search(list.Len(), func(i int) bool { return list.Row(i).Pressure != register.Late })
		msg.rows = orderOf(list, by, turned)
		msg.at = msg.rows.find(selected)
		if wants {
			msg.board = register.BoardOf(list)
		}
		return msg
	}
}

// asked is the query with the words of the filter and the day the cases shown are due by.
func (r *requests) asked() register.CaseQuery {
	q := r.query
	q.Text = r.filter.Value()
	if r.within > 0 {
		q.DueBefore = r.kit.desk.Today().AddDays(r.within + 1)
	}
	return q
}

func (r *requests) Init() tea.Cmd { return r.load() }

func (r *requests) Title() string { return "Requests" }

func (r *requests) At() widget.Where {
	return widget.Where{Scope: scopeRequests, Typing: r.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, copyIt, manyOpen:
			return r.selected() == ""
		case sortNext, sortTurn:
			return r.board != nil
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return r.board != nil
		default:
			return false
		}
	}}
}

// Refresh reads the cases anew.
func (r *requests) Refresh(register.Note) tea.Cmd { return r.load() }

// Selection is the number of the selected case.
func (r *requests) Selection() (word, text string) { return "case", r.selected() }

func (r *requests) selected() string {
	if r.board != nil {
		return r.board.selected()
	}
	return r.table.SelectedID()
}

func (r *requests) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case caseListMsg:
		r.take(msg)
	case caseFilterMsg:
		r.narrow(msg.value)
		return r, r.load()
	case tea.KeyMsg:
		if r.key(msg, r.At()) {
			return r, r.load()
		}
	case actMsg:
		return r, r.act(msg)
	}
	return r, nil
}

// take shows a list that was read, unless another is asked for since.
func (r *requests) take(msg caseListMsg) {
	if msg.serial != r.serial {
		return
	}
	r.got = msg
	r.table.Empty = "No case is like that."
	if msg.all == 0 {
		r.table.Empty = "No request has come in yet: o opens a case."
	}
	r.table.SetSort(r.sortBy, !r.turned)
	r.table.SetRowsAt(msg.rows, msg.at)
	if r.board != nil {
		r.board.set(msg.board)
	}
}

func (r *requests) act(msg actMsg) tea.Cmd {
	if r.board != nil && r.board.act(msg.action) {
		return nil
	}
	taken, changed := r.finder.act(msg.action)
	switch {
	case changed:
		return r.load()
	case taken:
		return nil
	}
	switch msg.action {
	case widget.Back:
		return pop()
	case widget.Open:
		return r.kit.show(theCase, r.selected())
	case requestOpen:
		return r.kit.show(theNewCase, "")
	case viewNext:
		return r.turnBoard()
	case sortNext:
		r.sortBy, r.turned = (r.sortBy+1)%requestColumns, false
		return r.load()
	case sortTurn:
		r.turned = !r.turned
		return r.load()
	default:
		return r.more(msg.action)
	}
}

// more does what belongs to the cases and not to the list.
func (r *requests) more(a widget.Action) tea.Cmd {
	switch a {
	case manyOpen:
		return offerMany(r.kit, r.chosen(), true)
	case goBreaches:
		return push(newBreaches(r.kit))
	case casesFilter:
		return r.chooseFilter()
	case casesMine:
		r.narrow(filterMine)
		return r.load()
	case goMonth:
		return push(newMonth(r.kit))
	case goFigures:
		return push(newFigures(r.kit))
	case incomingRead:
		return push(newIncomingFile(r.kit))
	case requestTakeIn:
		return push(newTakeIn(r.kit))
	case requestTakeBack:
		return push(newTakeBack(r.kit))
	default:
		return nil
	}
}

// chosen are the cases an action is about.
func (r *requests) chosen() []register.ID {
	if r.board != nil {
		return registerIDs([]string{r.selected()})
	}
	return r.marked()
}

// turnBoard goes from the table to the board, and back.
func (r *requests) turnBoard() tea.Cmd {
	if r.board != nil {
		r.board = nil
		return r.load()
	}
	r.board = newBoard(r.kit.theme)
	return r.load()
}

func (r *requests) View(width, height int) string {
	th := r.kit.theme
	if r.got.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(r.got.err), width))}, width, height)
	}
	head := []string{th.Cut(r.heading(), width)}
	if r.board == nil {
		return fit(th, append(head, r.view(width, height-1)...), width, height)
	}
	r.filter.SetWidth(width)
	if r.filter.Typing() || r.filter.Value() != "" {
		head = append(head, r.filter.View())
	}
	return fit(th, append(head, r.board.view(width, height-len(head))...), width, height)
}

// heading says which cases are shown and what is overdue among them.
func (r *requests) heading() string {
	text := fmt.Sprintf("Showing %s: %s of %s", r.showing(), widget.Count(r.got.rows.Len()), widget.Count(r.got.all))
	if r.got.late == 0 {
		return text
	}
	return text + ", " + r.kit.theme.Late.Render(widget.Count(r.got.late)+" OVERDUE")
}
