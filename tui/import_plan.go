package tui

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// plan shows what an import would do, row by row, and carries it out.
type plan struct {
	finder
	desk     importDesk
	file     *incomingFile
	plan     *register.Plan // nil while it is being made
	err      error
	rows     planRows
	part     planPart
	job      *job
	applying bool     // the job writes
	columns  *columns // shown over the plan; nil for not
}

func newPlan(k *kit, f *incomingFile) Screen {
	return &plan{desk: k.desk, file: f, finder: newFinder(k,
		widget.Column{Title: "Line", Min: 6, Right: true},
		widget.Column{Title: "Fate", Min: 9},
		widget.Column{Title: "Who", Min: 12, Weight: 1, Priority: 1},
		widget.Column{Title: "Field", Min: 10, Weight: 1, Priority: 2},
		widget.Column{Title: "Why", Min: 30, Weight: 2},
	)}
}

type (
	plannedMsg struct {
		plan *register.Plan
		err  error
	}
	applyMsg     struct{} // agreed to
	stopApplyMsg struct{} // agreed to
	appliedMsg   struct {
		batch register.Batch
		err   error
	}
)

func (p *plan) Init() tea.Cmd { return p.compare() }

// compare makes the plan outside the update loop.
func (p *plan) compare() tea.Cmd {
	p.plan, p.err = nil, nil
	p.show()
	p.job = newReadingJob(p.kit, "Comparing with what is held")
	desk, file := p.desk, *p.file
	return p.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		made, err := desk.Plan(ctx, file.incoming(func(done, total int) { tell("", done, total) }))
		return plannedMsg{made, err}
	})
}

func (p *plan) Title() string {
	if p.columns != nil {
		return "Columns"
	}
	return "Plan"
}

func (p *plan) At() widget.Where {
	if p.columns != nil {
		return widget.Where{Scope: scopeColumns}
	}
	return widget.Where{Scope: scopePlan, Typing: p.filter.Typing() || p.job != nil, Off: func(a widget.Action) bool {
		switch a {
		case importApply:
			return !p.ready()
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll, widget.Quit:
			return true
		case importMapping, viewNext, widget.OpenFilter:
			return p.job != nil
		default:
			return false
		}
	}}
}

// ready reports whether there is something to carry out.
func (p *plan) ready() bool {
	return p.plan != nil && p.job == nil && p.plan.Counts.New+p.plan.Counts.Changed > 0
}

func (p *plan) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case plannedMsg:
		p.job, p.plan, p.err = nil, msg.plan, msg.err
		p.part = startPart(p.plan)
		p.show()
	case columnSetMsg:
		if p.columns != nil {
			p.columns.set(msg)
		}
	case applyMsg:
		return p, p.apply()
	case stopApplyMsg:
		if p.job != nil {
			p.job.stop()
		}
	case appliedMsg:
		return p, p.applied(msg)
	case stepMsg:
		if p.job != nil {
			return p, p.job.Update(msg)
		}
	case tea.KeyMsg:
		return p, p.press(msg)
	case actMsg:
		return p, p.act(msg)
	}
	return p, nil
}

// press takes a key while something is typed or runs. Esc stops a comparison at once; it asks before it stops writing.
func (p *plan) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case p.job == nil:
		if p.key(msg, p.At()) {
			p.show()
		}
	case msg.Type != tea.KeyEsc:
	case !p.applying:
		p.job.stop()
		return pop()
	default:
		return ask(widget.Question{
			Title: "Stop the import", Yes: "Stop it", AskedBy: "esc",
			Text: "Rows written so far stay, as one batch that can be undone or completed by importing the file again.",
		}, send(stopApplyMsg{}))
	}
	return nil
}

// actColumns does what a key means while the columns are shown.
func (p *plan) actColumns(a widget.Action) tea.Cmd {
	switch a {
	case widget.Open:
		return p.columns.choose()
	case widget.Back:
		changed := p.columns.changed
		p.columns = nil
		if changed {
			return p.compare()
		}
	default:
		p.columns.table.Act(a)
	}
	return nil
}

func (p *plan) act(msg actMsg) tea.Cmd {
	if p.columns != nil {
		return p.actColumns(msg.action)
	}
	taken, changed := p.finder.act(msg.action)
	switch {
	case changed:
		p.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == viewNext:
		p.part = p.part.next(p.plan)
		p.show()
	case msg.action == importMapping:
		p.columns = newColumns(p.kit, p.file)
	case msg.action == importApply && p.ready():
		return p.askApply(msg.key)
	}
	return nil
}

func (p *plan) askApply(key string) tea.Cmd {
	c := p.plan.Counts
	return ask(widget.Question{
		Title: "Import " + p.file.table.Name, AskedBy: key, Yes: "Write " + count(c.New+c.Changed, "row"),
		Text: fmt.Sprintf("To be added: %s. To be changed: %s. Refused: %s. Left as they are: %s. "+
			"The whole import can be undone afterwards.", widget.Count(c.New), widget.Count(c.Changed),
			widget.Count(c.Refused), widget.Count(c.Same+c.Duplicate)),
	}, send(applyMsg{}))
}

// apply carries the plan out, and remembers the columns for the next file of this layout.
func (p *plan) apply() tea.Cmd {
	if !p.ready() {
		return nil
	}
	p.job, p.applying = newJob(p.kit, "Writing"), true
	desk, made, layout, columns := p.desk, p.plan, p.file.fingerprint(), p.file.columns()
	return p.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		b, err := desk.Apply(ctx, made, func(done, total int) { tell("", done, total) })
		if err == nil && layout != "" {
			err = desk.RememberMapping(ctx, layout, columns)
		}
		return appliedMsg{b, err}
	})
}

func (p *plan) applied(msg appliedMsg) tea.Cmd {
	p.job, p.applying = nil, false
	c := msg.batch.Counts
	text := fmt.Sprintf("%s: %s new, %s changed, %s refused. u takes it back.", msg.batch.ID, widget.Count(c.New),
		widget.Count(c.Changed), widget.Count(c.Refused))
	switch {
	case errors.Is(msg.err, context.Canceled):
		return tea.Batch(pop(), say(theme.Soon, fmt.Sprintf("Stopped after %s of %s rows. %s", widget.Count(c.Rows),
			widget.Count(p.plan.Counts.Rows), text)))
	case msg.err != nil:
		return tea.Batch(fail(msg.err), p.compare())
	}
	return tea.Batch(pop(), say(theme.Good, "Imported as "+text))
}

func (p *plan) show() {
	p.table.Empty = "No row is like that."
	if p.plan == nil {
		p.table.Empty = ""
		p.table.SetRows(planRows{})
		return
	}
	p.rows = planRows{plan: p.plan, lines: p.part.lines(p.plan, p.words())}
	p.table.SetRows(p.rows)
}

func (p *plan) View(width, height int) string {
	th := p.kit.theme
	if p.columns != nil {
		return fit(th, p.columns.view(width, height), width, height)
	}
	head := theme.Wrap(th.Clean(p.file.reading()), width)
	head = append(head, th.Muted.Render(th.Cell(fmt.Sprintf("%d of %s are read as fields, %s.  m: change",
		len(p.file.mapping.Pairs), count(len(p.file.table.Columns), "column"), p.file.from), width)))
	switch {
	case p.job != nil:
		return fit(th, append(head, "", p.job.progress().View(th, width)), width, height)
	case p.err != nil:
		head = append(head, th.Bad.Render(th.Cell(problem(p.err), width)))
	default:
		head = append(head, th.Title.Render(th.Cell(totals(p.plan.Counts), width)))
	}
	if lack := p.file.lacks(); lack != "" {
		head = append(head, th.Bad.Render(th.Cell(lack, width)))
	}
	if p.plan != nil {
		head = append(head, th.Cut("Showing "+p.part.words(p.plan)+".  v: others", width))
	}
	foot := th.Muted.Render(th.Cell(p.reason(), width))
	return fit(th, append(append(head, p.view(width, height-len(head)-1)...), foot), width, height)
}

// reason is what is said of the selected row, where a column may have cut it.
func (p *plan) reason() string {
	if p.plan == nil || p.table.Len() == 0 {
		return ""
	}
	cells := p.rows.Row(p.table.Cursor())
	if cells[4] == "" {
		return ""
	}
	text := "Line " + cells[0]
	if cells[3] != "" {
		text += ", " + cells[3]
	}
	return text + ": " + cells[4]
}

// totals counts the rows by fate.
func totals(c register.Counts) string {
	return fmt.Sprintf("%s: %s new, %s changed, %s REFUSED, %s the same, %s twice in the file", count(c.Rows, "row"),
		widget.Count(c.New), widget.Count(c.Changed), widget.Count(c.Refused), widget.Count(c.Same),
		widget.Count(c.Duplicate))
}
