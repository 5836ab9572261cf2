package tui

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// found is how many rows a filtered list shows; how many there are is counted meanwhile.
const found = 200

// part is a part of a register that "v" leads to.
type part struct {
	label  string
	narrow func(*register.Query)
}

// roll is a list of a register, straight from memory: of any length, filtered while typing, sorted by any column.
type roll[T any] struct {
	finder
	scope   widget.Scope
	noun    string   // what it lists, for the line above it
	sorts   []string // what each column is sorted by
	parts   []part
	part    int
	query   register.Query
	list    func(register.Query) (register.Rows[T], error)
	count   func(context.Context, register.Query) (int, error)
	rows    func(register.Rows[T]) widget.Rows
	more    bool // the list is cut short
	total   int  // of the whole, where it is cut short; -1 until counted
	asking  int  // number of the latest count
	counted context.CancelFunc
	err     error
}

// countMsg is how many rows a query finds.
type countMsg struct{ number, total int }

// load lists anew; a list cut short is counted outside the update loop.
func (r *roll[T]) load() tea.Cmd {
	if r.counted != nil {
		r.counted()
		r.counted = nil
	}
	q := r.Query()
	if q.Filter != "" {
		q.Limit = found
	}
	rows, err := r.list(q)
	if r.err = err; err != nil {
		return nil
	}
	r.table.SetSort(slices.Index(r.sorts, q.Sort), !q.Desc)
	r.table.SetRows(r.rows(rows))
	r.more, r.total = rows.More(), -1
	if !r.more {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.asking++
	number, count := r.asking, r.count
	r.counted = cancel
	return func() tea.Msg {
		total, err := count(ctx, q)
		if err != nil {
			return nil // another filter has been typed meanwhile, or the list is no longer allowed
		}
		return countMsg{number, total}
	}
}

// take does what every such list does and reports whether it was one of those.
func (r *roll[T]) take(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case countMsg:
		if msg.number == r.asking {
			r.total = msg.total
		}
		return true, nil
	case tea.KeyMsg:
		if r.key(msg, r.at(nil)) {
			r.table.SetCursor(0)
			return true, r.load()
		}
		return true, nil
	case actMsg:
		return r.listed(msg.action)
	}
	return true, nil
}

func (r *roll[T]) listed(a widget.Action) (bool, tea.Cmd) {
	switch a {
	case sortNext:
		at := slices.Index(r.sorts, r.query.Sort)
		r.query.Sort, r.query.Desc = r.sorts[(at+1)%len(r.sorts)], false
		return true, r.load()
	case sortTurn:
		r.query.Desc = !r.query.Desc
		return true, r.load()
	case viewNext:
		r.part = (r.part + 1) % len(r.parts)
		return true, r.load()
	default:
		return r.moved(a)
	}
}

// moved does what every list does: moving, marking, filtering, leaving.
func (r *roll[T]) moved(a widget.Action) (bool, tea.Cmd) {
	taken, changed := r.act(a)
	switch {
	case changed:
		return true, r.load()
	case taken:
		return true, nil
	case a == widget.Back:
		return true, pop()
	}
	return false, nil
}

// Refresh lists anew after a commit; the cursor and the marks stay with their rows.
func (r *roll[T]) Refresh(register.Note) tea.Cmd { return r.load() }

// at says which keys work.
func (r *roll[T]) at(off func(widget.Action) bool) widget.Where {
	return widget.Where{Scope: r.scope, Typing: r.filter.Typing(), Off: off}
}

// heading says what the list shows and how much of what there is.
func (r *roll[T]) heading() string {
	text := r.parts[r.part].label + " " + r.noun + ": " + r.table.Position()
	switch {
	case r.more && r.total >= 0:
		text += fmt.Sprintf(", the first of %s found", widget.Count(r.total))
	case r.more:
		text += ", counting the rest"
	}
	return text
}

// View is the heading, the filter and the rows.
func (r *roll[T]) View(width, height int) string {
	th := r.kit.theme
	if r.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(r.err), width))}, width, height)
	}
	head := th.Muted.Render(th.Cell(r.heading(), width))
	return fit(th, append([]string{head}, r.view(width, height-1)...), width, height)
}
