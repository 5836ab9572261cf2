package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// listing is a list that is read whole and filtered while typing, of the kind most screens are.
type listing[T any] struct {
	finder
	scope   widget.Scope
	touched []string // the collections whose changes may change it; empty: any
	none    string   // said where there is nothing
	unlike  string   // said where nothing answers to the filter
	read    func() ([]T, error)
	rows    func([]T) widget.Rows
	text    func(*T) string // what the filter looks in; nil: the row
	all     []T
	shown   []T
	err     error
	ready   bool
}

// readMsg is what a listing has read.
type readMsg[T any] struct {
	all []T
	err error
}

func (l *listing[T]) Init() tea.Cmd {
	if !l.ready {
		l.table.Empty = "Reading ..."
	}
	read := l.read
	return func() tea.Msg {
		all, err := read()
		return readMsg[T]{all, err}
	}
}

// Refresh reads anew after a commit that may have changed what is listed.
func (l *listing[T]) Refresh(note register.Note) tea.Cmd {
	if len(l.touched) > 0 && !touches(note, l.touched...) {
		return nil
	}
	return l.Init()
}

// selected is what the list stands on, where it stands on anything.
func (l *listing[T]) selected() (T, bool) {
	if at := l.table.Cursor(); at < len(l.shown) {
		return l.shown[at], true
	}
	var none T
	return none, false
}

// at is where keys are pressed; off tells of the list's own actions.
func (l *listing[T]) at(off func(widget.Action) bool) widget.Where {
	return widget.Where{Scope: l.scope, Typing: l.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return !l.table.Markable
		case copyIt:
			return l.table.Len() == 0
		default:
			return off(a)
		}
	}}
}

// take does what every listing does with a message, and reports whether that was all. Its screen leaves by Back.
func (l *listing[T]) take(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case readMsg[T]:
		l.all, l.err, l.ready = msg.all, msg.err, true
		l.show()
		return true
	case tea.KeyMsg:
		if l.key(msg, widget.Where{Scope: l.scope, Typing: l.filter.Typing()}) {
			l.show()
		}
		return true
	case actMsg:
		taken, changed := l.finder.act(msg.action)
		if changed {
			l.show()
		}
		return taken
	}
	return false
}

// show lists the rows that hold every word of the filter somewhere.
func (l *listing[T]) show() {
	l.table.Empty = l.none
	if len(l.all) > 0 {
		l.table.Empty = l.unlike
	}
	words, rows := l.words(), l.rows(l.all)
	l.shown = nil
	for i := range l.all {
		said := strings.Join(rows.Row(i), " ")
		if l.text != nil {
			said = l.text(&l.all[i])
		}
		if holds(strings.ToLower(said), words) {
			l.shown = append(l.shown, l.all[i])
		}
	}
	l.table.SetRows(l.rows(l.shown))
}

// page is the list between a line above it, which gives way to what went wrong, and lines below.
func (l *listing[T]) page(width, height int, head string, foot ...string) string {
	th := l.kit.theme
	if l.err != nil {
		head = th.Bad.Render(th.Cell(problem(l.err), width))
	}
	return fit(th, append(append([]string{head}, l.view(width, height-1-len(foot))...), foot...), width, height)
}

// above is the line over a list: what it lists, how far one is, and what is worth knowing.
func (l *listing[T]) above(width int, noun, advice string) string {
	th := l.kit.theme
	return th.Muted.Render(th.Cut(noun+": "+l.table.Position()+".  "+advice, width))
}

// detail is the selected row in full, in as many lines whatever it is.
func (l *listing[T]) detail(width, room int, tell func(*text, *T)) []string {
	lines := make([]string, max(0, room))
	if x, ok := l.selected(); ok {
		t := &text{th: l.kit.theme, width: width}
		tell(t, &x)
		copy(lines, t.lines)
	}
	return lines
}
