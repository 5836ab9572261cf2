package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// markings lists the names of other people that stand in a pack, and what is marked in it already.
type markings struct {
	finder
	desk   redactionDesk
	ref    string
	marked bool // the marks are shown, not the names
	hints  []register.RedactionHint
	marks  []register.Redaction
	codes  []register.Exemption
	texts  []register.Passage
	shown  markRows
	err    error
	ready  bool
}

func newMarks(k *kit, ref string) Screen {
	return &markings{desk: k.desk, ref: ref, finder: newFinder(k,
		widget.Column{Title: "Words", Min: 22, Weight: 1},
		widget.Column{Title: "Exemption", Min: 12},
		widget.Column{Title: "Texts", Min: 5, Right: true, Priority: 1},
		widget.Column{Title: "Why", Min: 24, Weight: 2},
	)}
}

type marksReadMsg struct {
	text  packTextMsg
	hints []register.RedactionHint
}

func (m *markings) Init() tea.Cmd {
	desk, ref := m.desk, m.ref
	return func() tea.Msg {
		var msg marksReadMsg
		page, err := desk.Request(ref)
		if err == nil {
			msg.text.marks = page.Redactions
			msg.text.codes, err = desk.Exemptions()
		}
		if err == nil {
			msg.text.passages, err = desk.PackText(ref)
		}
		if err == nil {
			msg.hints, err = desk.RedactionHints(ref)
		}
		msg.text.err = err
		return msg
	}
}

// Refresh looks again.
func (m *markings) Refresh(register.Note) tea.Cmd { return m.Init() }

func (m *markings) Title() string { return "Names and marks" }

func (m *markings) waits() bool { return !m.ready }

func (m *markings) At() widget.Where {
	return widget.Where{Scope: scopeMarks, Typing: m.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return len(m.shown) == 0 || !m.kit.may(register.RequestSelect)
		case redactOff:
			return len(m.shown) == 0 || !m.marked
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (m *markings) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case marksReadMsg:
		if m.err, m.ready = msg.text.err, true; m.err == nil {
			m.hints, m.marks, m.codes, m.texts = msg.hints, msg.text.marks, msg.text.codes, msg.text.passages
		}
		m.show()
	case tea.KeyMsg:
		if m.key(msg, m.At()) {
			m.show()
		}
	case actMsg:
		return m, m.act(msg.action)
	}
	return m, nil
}

// show lists the part that is looked at, as far as it has the words sought.
func (m *markings) show() {
	var all markRows
	m.table.Empty = "Nobody else on record, and nobody of the office, is named in the pack in full."
	if m.marked {
		m.table.Empty = "Nothing is marked yet."
		for _, x := range m.marks {
			all = append(all, markRow{id: string(x.ID), words: x.Words, code: x.Code, why: x.Reason + " (" + x.By + ")", mark: &x})
		}
	} else {
		for _, h := range m.hints {
			all = append(all, markRow{id: h.Words, words: h.Words, code: h.Code, why: h.Why, texts: h.Count, staff: h.Staff})
		}
	}
	words := m.words()
	m.shown = slices.DeleteFunc(all, func(r markRow) bool {
		return !holds(strings.ToLower(r.words+" "+r.code+" "+r.why), words)
	})
	m.table.SetRows(m.shown)
}

func (m *markings) act(a widget.Action) tea.Cmd {
	taken, changed := m.finder.act(a)
	switch {
	case changed:
		m.show()
	case taken:
	case a == widget.Back:
		return pop()
	case a == viewNext, a == widget.NextField, a == widget.PrevField:
		m.marked = !m.marked
		m.show()
	case a == goExemptions:
		return push(newExemptions(m.kit))
	case a == redactType:
		return push(newMarking(m.kit, m.ref, register.RedactionInput{}, m.codes, m.texts))
	case len(m.shown) == 0:
	case a == widget.Open, a == redactOff:
		return m.open(m.shown[m.table.Cursor()])
	}
	return nil
}

// open takes a mark off, or proposes one for a name.
func (m *markings) open(r markRow) tea.Cmd {
	if r.mark != nil {
		return push(newUnmarking(m.kit, m.ref, *r.mark))
	}
	in := register.RedactionInput{Words: r.words, Code: r.code}
	if !r.staff {
		in.Reason = "It names somebody else."
	}
	return push(newMarking(m.kit, m.ref, in, m.codes, m.texts))
}

func (m *markings) View(width, height int) string {
	th := m.kit.theme
	head := "Names of other people in the pack: " + m.table.Position() + ".  Tab shows the marks."
	note := "Enter proposes a mark. Staff at their work may be named, as a rule."
	if m.marked {
		head = "Marks in the pack: " + m.table.Position() + ".  Tab shows the names."
		note = "Enter takes a mark off, with the reason."
	}
	out := []string{th.Title.Render(th.Cut(head, width)), th.Muted.Render(th.Cut(note, width))}
	switch {
	case m.err != nil:
		return fit(th, append(out, th.Bad.Render(th.Cell(problem(m.err), width))), width, height)
	case !m.ready:
		return fit(th, append(out, th.Muted.Render(th.Cut("Reading ...", width))), width, height)
	}
	const foot = 3
	out = append(out, m.view(width, height-len(out)-foot)...)
	return fit(th, append(out, m.selected(width, foot)...), width, height)
}

// selected is the selected row in full, as far as there is room.
func (m *markings) selected(width, height int) []string {
	t := &text{th: m.kit.theme, width: width}
	if i := m.table.Cursor(); i < len(m.shown) {
		t.add("", theme.Plain, m.shown[i].words)
		t.add("", theme.Muted, m.shown[i].why)
	}
	return t.lines[:min(len(t.lines), height)]
}

// markRow is a name, or a mark.
type markRow struct {
	id, words, code, why string
	texts                int
	staff                bool
	mark                 *register.Redaction // nil for a name
}

// markRows shows names or marks in a table.
type markRows []markRow

func (r markRows) Len() int        { return len(r) }
func (r markRows) ID(i int) string { return r[i].id }

func (r markRows) Row(i int) []string {
	x, texts := &r[i], ""
	if x.texts > 0 {
		texts = widget.Count(x.texts)
	}
	code := x.code
	if x.staff {
		code = "(staff)"
	}
	return []string{x.words, code, texts, x.why}
}

// Tone sets back names that are presumed to stand.
func (r markRows) Tone(row, _ int) theme.Tone {
	if r[row].staff {
		return theme.Muted
	}
	return theme.Plain
}
