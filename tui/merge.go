package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// mergeDesk joins two records of the same person.
type mergeDesk interface {
	personDesk
	Merge(ctx context.Context, in register.MergeInput, dry bool) (register.Merge, error)
}

// merging shows what becomes of two records of the same person, and joins them. It stands in the place of the person's
// page, which may be gone afterwards.
type merging struct {
	finder
	desk       mergeDesk
	here       register.ID // whose page it was opened from
	in         register.MergeInput
	from, into register.PersonPage
	means      register.Merge
	rows       mergeRows
	err        error
	ready      bool
	busy       bool
	stale      bool // something was committed meanwhile
}

// pickMerging asks which other record is of the same person.
func pickMerging(k *kit, here register.ID) tea.Cmd {
	people, err := personOptions(k.desk)
	if err != nil {
		return fail(err)
	}
	others := slices.DeleteFunc(people, func(o widget.Option) bool { return o.Value == string(here) })
	if len(others) == 0 {
		return say(theme.Muted, "Nobody else is held.")
	}
	title := "Which other record is of the same person? Nothing changes yet."
	return choose(widget.NewPicker(k.theme, title, others, ""), func(o widget.Option) tea.Cmd {
		return swap(newMerging(k, here, register.ID(o.Value)))
	})
}

// newMerging shows first what it means that the other record goes into the one it is opened from.
func newMerging(k *kit, here, other register.ID) Screen {
	return &merging{
		desk: k.desk, here: here, in: register.MergeInput{From: other, Into: here}, busy: true, finder: newFinder(k,
			widget.Column{Title: "What", Min: 11},
			widget.Column{Title: "Which", Min: 14, Weight: 1},
			widget.Column{Title: "What becomes of it", Min: 24, Weight: 2},
		),
	}
}

type (
	mergeReadMsg struct {
		from, into register.PersonPage
		means      register.Merge
		err        error
	}
	mergeMsg  struct{} // agreed to
	mergedMsg struct{ err error }
)

func (m *merging) Init() tea.Cmd {
	m.busy, m.stale = true, false
	desk, in := m.desk, m.in
	return func() tea.Msg {
		var msg mergeReadMsg
		if msg.from, msg.err = desk.Person(in.From); msg.err != nil {
			return msg
		}
		if msg.into, msg.err = desk.Person(in.Into); msg.err != nil {
			return msg
		}
		msg.means, msg.err = desk.Merge(context.Background(), in, true)
		return msg
	}
}

// Refresh looks again after a commit that may change what it means.
func (m *merging) Refresh(note register.Note) tea.Cmd {
	of := func(id register.ID) bool { return id == m.in.From || id == m.in.Into }
	if len(note.IDs) > 0 && !slices.ContainsFunc(note.IDs, of) && !touches(note, "suppressions", "settings") {
		return nil
	}
	if m.busy {
		m.stale = true
		return nil
	}
	return m.Init()
}

func (m *merging) waits() bool { return m.busy }

func (m *merging) Title() string { return "Merge" }

func (m *merging) At() widget.Where {
	return widget.Where{Scope: scopeMerge, Off: func(a widget.Action) bool {
		switch a {
		case mergeRecords:
			return m.busy || !m.ready || m.err != nil
		case mergeTurn:
			return m.busy
		case widget.Open:
			return m.choice() == ""
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (m *merging) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case mergeReadMsg:
		return m, m.read(msg)
	case mergeMsg:
		return m, m.carryOut()
	case mergedMsg:
		return m, m.merged(msg)
	case actMsg:
		return m, m.act(msg)
	}
	return m, nil
}

func (m *merging) read(msg mergeReadMsg) tea.Cmd {
	m.busy, m.err = false, msg.err
	if msg.from.Delegate.ID != "" && msg.into.Delegate.ID != "" {
		m.from, m.into, m.ready = msg.from, msg.into, true
	}
	m.means = msg.means
	m.rows = nil
	if msg.err == nil {
		m.rows = m.list()
	}
	m.table.Empty = "The record holds nothing that the other lacks."
	m.table.SetRows(m.rows)
	if m.stale {
		return m.Init()
	}
	return nil
}

// choice is the selected field of which both records say something; empty: another row is selected.
func (m *merging) choice() string {
	if i := m.table.Cursor(); i < len(m.rows) {
		return m.rows[i].field
	}
	return ""
}

func (m *merging) act(msg actMsg) tea.Cmd {
	switch {
	case msg.action == widget.Back:
		return swap(newPerson(m.kit, string(m.here)))
	case msg.action == mergeTurn:
		m.in = register.MergeInput{From: m.in.Into, Into: m.in.From}
		m.table.SetCursor(0)
		return m.Init()
	case msg.action == widget.Open && m.choice() != "":
		m.take(m.choice())
		return m.Init()
	case msg.action == mergeRecords && m.ready && m.err == nil:
		return ask(widget.Question{
			Title: "Merge two records", Yes: "Merge them for good", AskedBy: msg.key,
			Text: "Everything of " + named(&m.from) + " goes into " + named(&m.into) + ".\n" + string(m.in.From) +
				" is then gone with its key, and this cannot be taken back. " + m.counted(),
		}, send(mergeMsg{}))
	}
	m.table.Act(msg.action)
	return nil
}

// take turns round which record a field is taken from.
func (m *merging) take(field string) {
	if i := slices.Index(m.in.Take, field); i >= 0 {
		m.in.Take = slices.Delete(slices.Clone(m.in.Take), i, i+1)
		return
	}
	m.in.Take = append(slices.Clone(m.in.Take), field)
}

func (m *merging) carryOut() tea.Cmd {
	m.busy = true
	desk, in := m.desk, m.in
	in.Seen = m.means.Seen
	return func() tea.Msg {
		_, err := desk.Merge(context.Background(), in, false)
		return mergedMsg{err}
	}
}

// merged goes on with the one record there is now.
func (m *merging) merged(msg mergedMsg) tea.Cmd {
	m.busy = false
	if msg.err != nil {
		return tea.Batch(fail(msg.err), m.Init())
	}
	return tea.Batch(swap(newPerson(m.kit, string(m.in.Into))),
		say(theme.Good, string(m.in.From)+" is one with "+string(m.in.Into)+"."))
}

// told names a record, and says of which the page was.
func (m *merging) told(p *register.PersonPage) string {
	if p.Delegate.ID == m.here {
		return named(p) + ", whose page this was"
	}
	return named(p)
}

// counted is what is lost, in a sentence.
func (m *merging) counted() string {
	if n := len(m.means.Differ); n > 0 {
		return "Lost with it: what it says in " + count(n, "field") + "."
	}
	return "Nothing it says is lost."
}

func (m *merging) View(width, height int) string {
	th := m.kit.theme
	switch {
	case !m.ready && m.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(m.err), width))}, width, height)
	case !m.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	t := &text{th: th, width: width}
	t.add("", theme.Plain, "GOES:  "+m.told(&m.from))
	t.add("", theme.Plain, "STAYS: "+m.told(&m.into))
	switch {
	case m.err != nil:
		t.add("", theme.Bad, problem(m.err))
	case m.busy:
		t.add("", theme.Muted, "Looking ...")
	default:
		t.add("", theme.Soon, "NOT MERGED YET: t turns it round, ctrl+s merges, Esc leaves both as they are.")
		t.add("", theme.Muted, m.counted()+" Enter on LOST takes the other value.")
	}
	foot := m.selected(width)
	return fit(th, append(append(t.lines, m.view(width, height-len(t.lines)-len(foot))...), foot...), width, height)
}

// selected is the selected row in full, in the same few lines whatever it is.
func (m *merging) selected(width int) []string {
	const room = 3
	lines := make([]string, room)
	if i := m.table.Cursor(); i < len(m.rows) {
		t := &text{th: m.kit.theme, width: width}
		r := &m.rows[i]
		t.add("", theme.Plain, strings.TrimSpace(r.which+": "+r.becomes))
		copy(lines, t.lines)
	}
	return lines
}
