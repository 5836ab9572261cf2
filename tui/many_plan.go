package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// manyPlan shows what would become of every marked record, and carries it out.
type manyPlan struct {
	finder
	crew     *crew
	desk     manyDesk
	what     register.Many
	plan     register.ManyPlan
	part     register.ManyOutcome // looked at; empty: every row
	err      error
	ready    bool
	job      *job
	applying bool // the job writes
}

func newManyPlan(c *crew, what register.Many) Screen {
	m := &manyPlan{crew: c, desk: c.kit.desk, what: what, finder: newFinder(c.kit,
		widget.Column{Title: "Who", Min: 14, Weight: 2},
		widget.Column{Title: "Fate", Min: 8},
		widget.Column{Title: "Is", Min: 11, Weight: 1, Priority: 1},
		widget.Column{Title: "Becomes, or why not", Min: 20, Weight: 3},
	)}
	m.table.Empty = "No row is like that."
	return m
}

type (
	manyPlannedMsg struct {
		plan register.ManyPlan
		err  error
	}
	manyAnewMsg struct {
		plan register.ManyPlan
		err  error
	}
	manyGoMsg   struct{ plan register.ManyPlan } // agreed to
	manyStopMsg struct{}                         // agreed to
	manyDoneMsg struct {
		done register.ManyDone
		err  error
	}
)

// Init makes the plan outside the update loop.
func (m *manyPlan) Init() tea.Cmd {
	m.job, m.ready = newReadingJob(m.kit, "Looking at each of them"), false
	desk, ids, what := m.desk, m.crew.ids, m.what
	return m.job.start(func(ctx context.Context, _ Tell) tea.Msg {
		p, err := desk.PlanMany(ctx, ids, what)
		return manyPlannedMsg{p, err}
	})
}

// Refresh makes the plan anew after a commit that may have changed it, until it is carried out.
func (m *manyPlan) Refresh(note register.Note) tea.Cmd {
	if m.job != nil || !m.ready || !touches(note, "delegates", "memberships", "organisations", "requests", "consents", "holds", "settings") {
		return nil
	}
	desk, ids, what := m.desk, m.crew.ids, m.what
	return func() tea.Msg {
		p, err := desk.PlanMany(context.Background(), ids, what)
		return manyAnewMsg{p, err}
	}
}

func (m *manyPlan) Title() string { return "With " + m.crew.count(len(m.crew.ids)) }

func (m *manyPlan) waits() bool { return !m.ready && !m.applying }

func (m *manyPlan) At() widget.Where {
	return widget.Where{Scope: scopeMany, Typing: m.filter.Typing() || m.applying, Off: func(a widget.Action) bool {
		switch a {
		case manyApply:
			return !m.ready || m.plan.Counts.Changes == 0
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll, widget.Quit:
			return true
		default:
			return false
		}
	}}
}

func (m *manyPlan) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case manyPlannedMsg:
		m.job, m.ready, m.plan, m.err = nil, true, msg.plan, msg.err
		m.show()
	case manyAnewMsg:
		if m.job == nil {
			m.plan, m.err = msg.plan, msg.err
			m.show()
		}
	case manyGoMsg:
		return m, m.apply(msg.plan)
	case manyStopMsg:
		if m.job != nil {
			m.job.stop()
		}
	case manyDoneMsg:
		return m, m.applied(msg)
	case stepMsg:
		if m.job != nil {
			return m, m.job.Update(msg)
		}
	case tea.KeyMsg:
		return m, m.press(msg)
	case actMsg:
		return m, m.act(msg)
	}
	return m, nil
}

// press takes a key while something is typed or runs. Esc asks before it stops writing.
func (m *manyPlan) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case m.job == nil:
		if m.key(msg, m.At()) {
			m.show()
		}
	case msg.Type == tea.KeyEsc:
		return ask(widget.Question{
			Title: "Stop", Yes: "Stop it", AskedBy: "esc", Text: "What is done so far stays. " + m.undoWords(),
		}, send(manyStopMsg{}))
	}
	return nil
}

func (m *manyPlan) act(msg actMsg) tea.Cmd {
	taken, changed := m.finder.act(msg.action)
	switch {
	case changed:
		m.show()
	case taken:
	case msg.action == widget.Back:
		if m.job != nil {
			m.job.stop()
		}
		return pop()
	case msg.action == viewNext:
		m.turnPart()
	case msg.action == manyApply && m.ready:
		return m.askApply(msg.key)
	}
	return nil
}

func (m *manyPlan) askApply(key string) tea.Cmd {
	c := m.plan.Counts
	return ask(widget.Question{
		Title: manyWords(m.what.Act), AskedBy: key, Yes: "Do it with " + m.crew.count(c.Changes),
		Text: fmt.Sprintf("To be changed: %s. As they should be already: %s. Refused: %s. %s", widget.Count(c.Changes),
			widget.Count(c.Same), widget.Count(c.Refused), m.undoWords()),
	}, send(manyGoMsg{m.plan}))
}

func (m *manyPlan) undoWords() string {
	if m.what.Undoable() {
		return "u takes all of it back at once."
	}
	return "It stays on record; another entry puts it right."
}

// apply carries out the plan that was agreed to: what changed since is refused row by row.
func (m *manyPlan) apply(plan register.ManyPlan) tea.Cmd {
	m.job, m.applying = newJob(m.kit, "Writing"), true
	desk := m.desk
	return m.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		done, err := desk.ApplyMany(ctx, plan, func(n, total int) { tell("", n, total) })
		return manyDoneMsg{done, err}
	})
}

// applied says what came of it. Where something was refused meanwhile or is left, the plan is made again, so that the
// rows that are not done stay in sight.
func (m *manyPlan) applied(msg manyDoneMsg) tea.Cmd {
	m.job, m.applying = nil, false
	d := msg.done
	said := "Done with " + m.crew.count(d.Counts.Changes) + "."
	if n := d.Counts.Refused; n > 0 {
		said += " " + widget.Count(n) + " REFUSED: changed meanwhile."
	}
	if d.Left > 0 {
		said += " " + widget.Count(d.Left) + " not come to."
	}
	if d.Counts.Changes > 0 {
		said += " " + m.undoWords()
	}
	stopped := errors.Is(msg.err, context.Canceled)
	switch {
	case msg.err != nil && !stopped:
		return tea.Batch(say(theme.Bad, said+" "+problem(msg.err)), m.Init())
	case stopped || d.Counts.Refused > 0:
		return tea.Batch(say(theme.Soon, said), m.Init())
	}
	return tea.Batch(pop(), say(theme.Good, said))
}

// turnPart goes on to the next outcome that any row has.
func (m *manyPlan) turnPart() {
	parts := []register.ManyOutcome{"", register.ManyChanges, register.ManySame, register.ManyRefused}
	at := slices.Index(parts, m.part)
	for i := 1; i <= len(parts); i++ {
		if next := parts[(at+i)%len(parts)]; next == "" || m.has(next) {
			m.part = next
			break
		}
	}
	m.table.SetCursor(0)
	m.show()
}

func (m *manyPlan) has(o register.ManyOutcome) bool {
	return slices.ContainsFunc(m.plan.Rows, func(r register.ManyRow) bool { return r.Outcome == o })
}

// show lists the part that is looked at, as far as it has the words sought.
func (m *manyPlan) show() {
	words := m.words()
	var rows manyRows
	for i := range m.plan.Rows {
		r := &m.plan.Rows[i]
		if m.part != "" && r.Outcome != m.part {
			continue
		}
		if len(words) == 0 || holds(strings.ToLower(strings.Join(manyCells(r), " ")), words) {
			rows = append(rows, r)
		}
	}
	m.table.SetRows(rows)
}

func (m *manyPlan) View(width, height int) string {
	th := m.kit.theme
	head := []string{th.Title.Render(th.Cell(manyWords(m.what.Act)+": "+m.counted(), width))}
	switch {
	case m.job != nil:
		return fit(th, append(head, "", m.job.progress().View(th, width)), width, height)
	case m.err != nil:
		return fit(th, append(head, th.Bad.Render(th.Cell(problem(m.err), width))), width, height)
	}
	showing := "every row"
	if m.part != "" {
		showing = manyFate(m.part)
	}
	head = append(head, th.Muted.Render(th.Cut("Showing "+showing+": "+m.table.Position()+".  v: others", width)))
	t := &text{th: th, width: width}
	if r, ok := m.selected(); ok {
		t.add("", theme.Muted, manyWhole(r))
	}
	foot := t.lines[:min(len(t.lines), 2)]
	out := append(head, m.view(width, height-len(head)-len(foot))...)
	return fit(th, append(out, foot...), width, height)
}

func (m *manyPlan) selected() (*register.ManyRow, bool) {
	for i := range m.plan.Rows {
		if string(m.plan.Rows[i].ID) == m.table.SelectedID() {
			return &m.plan.Rows[i], true
		}
	}
	return nil, false
}

func (m *manyPlan) counted() string {
	if !m.ready {
		return m.crew.count(len(m.crew.ids))
	}
	c := m.plan.Counts
	return fmt.Sprintf("%s, %s would change, %s the same, %s REFUSED", m.crew.count(c.Rows), widget.Count(c.Changes),
		widget.Count(c.Same), widget.Count(c.Refused))
}
