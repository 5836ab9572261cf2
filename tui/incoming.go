package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// incomingDesk reads requests that came by machine.
type incomingDesk interface {
	ReadIncoming(ctx context.Context, name string, data []byte, dry bool) (register.IncomingPlan, error)
}

// newIncomingFile asks which file of requests is to be read.
func newIncomingFile(k *kit) Screen {
	return newForm(k, formSpec{
		id: "import:requests", title: "Requests by machine", doing: "Reading the file",
		intro: "Requests in the Data Rights Protocol or in OpenDSR. Nothing is written before you have seen what becomes of each." +
			" Identity is asked for, whatever a sender calls verified.",
		load: asked(widget.Field{
			ID: "file", Label: "File", File: true, Required: true,
			Note: "With its path. One read before is not opened again.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			path := strings.TrimSpace(v["file"])
			if k.env.ReadFile == nil {
				return formDone{}, register.Errorf(register.Refused, "file", "files cannot be read from here")
			}
			data, err := k.env.ReadFile(path)
			if err != nil {
				return formDone{}, unreadableFile(path, err)
			}
			name := filepath.Base(path)
			plan, err := incomingDesk(k.desk).ReadIncoming(ctx, name, data, true)
			if err != nil {
				return formDone{}, atFile(err)
			}
			return formDone{next: newIncomingPlan(k, name, data, plan), keep: true}, nil
		},
	})
}

// incomingPlan shows what becomes of every request of a file, and opens the cases.
type incomingPlan struct {
	finder
	desk incomingDesk
	name string
	data []byte
	plan register.IncomingPlan
	job  *job
}

func newIncomingPlan(k *kit, name string, data []byte, plan register.IncomingPlan) Screen {
	p := &incomingPlan{desk: k.desk, name: name, data: data, plan: plan, finder: newFinder(k,
		widget.Column{Title: "Line", Min: 5, Right: true},
		widget.Column{Title: "Becomes", Min: 9},
		widget.Column{Title: "Kind", Min: 13, Priority: 2},
		widget.Column{Title: "Person", Min: 14, Weight: 1, Priority: 1},
		widget.Column{Title: "Received", Min: 11, Priority: 3},
		widget.Column{Title: "Case, or why not", Min: 24, Weight: 2},
	)}
	p.show()
	return p
}

type (
	incomingAnewMsg struct{ plan register.IncomingPlan }
	incomingDoneMsg struct {
		plan register.IncomingPlan
		err  error
	}
)

// Refresh reads the file anew after a commit that may have changed what becomes of it, until the cases are opened.
func (p *incomingPlan) Refresh(note register.Note) tea.Cmd {
	if p.job != nil || !p.plan.Dry || !touches(note, "requests", "delegates", "settings") {
		return nil
	}
	desk, name, data := p.desk, p.name, p.data
	return func() tea.Msg {
		plan, err := desk.ReadIncoming(context.Background(), name, data, true)
		if err != nil {
			return fail(err)()
		}
		return incomingAnewMsg{plan}
	}
}

func (p *incomingPlan) Init() tea.Cmd { return nil }

func (p *incomingPlan) Title() string { return "Plan" }

func (p *incomingPlan) At() widget.Where {
	return widget.Where{Scope: scopeIncoming, Typing: p.filter.Typing() || p.job != nil, Off: func(a widget.Action) bool {
		switch a {
		case incomingApply:
			return p.job != nil || !p.plan.Dry || p.plan.New == 0
		case widget.Open:
			return p.selected().Ref == ""
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll, widget.Quit:
			return true
		default:
			return false
		}
	}}
}

func (p *incomingPlan) selected() register.IncomingRow {
	if p.table.Len() == 0 {
		return register.IncomingRow{}
	}
	i, _ := strconv.Atoi(p.table.SelectedID())
	return p.plan.Rows[i]
}

func (p *incomingPlan) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case incomingAnewMsg:
		if p.job == nil && p.plan.Dry {
			p.plan = msg.plan
			p.show()
		}
	case incomingDoneMsg:
		p.job, p.plan = nil, msg.plan
		p.show()
		if msg.err != nil {
			return p, fail(msg.err)
		}
		return p, tea.Batch(p.kit.drafts.drop("import:requests"), say(theme.Good, p.tally()))
	case stepMsg:
		if p.job != nil {
			return p, p.job.Update(msg)
		}
	case applyMsg:
		return p, p.apply()
	case tea.KeyMsg:
		if p.job == nil && p.key(msg, p.At()) {
			p.show()
		}
		if p.job != nil && msg.Type == tea.KeyEsc {
			p.job.stop()
		}
	case actMsg:
		return p, p.act(msg)
	}
	return p, nil
}

func (p *incomingPlan) act(msg actMsg) tea.Cmd {
	taken, changed := p.finder.act(msg.action)
	switch {
	case changed:
		p.show()
	case taken:
	case msg.action == widget.Back && p.plan.Dry:
		return swap(newIncomingFile(p.kit))
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open && p.selected().Ref != "":
		return p.kit.show(theCase, p.selected().Ref)
	case msg.action == incomingApply:
		return ask(widget.Question{
			Title: "Open the cases of " + p.name, AskedBy: msg.key, Yes: "Open " + count(p.plan.New, "case"),
			Text: "A case is opened for each. What was read before is not opened again.",
		}, send(applyMsg{}))
	}
	return nil
}

func (p *incomingPlan) apply() tea.Cmd {
	if p.job != nil || !p.plan.Dry {
		return nil
	}
	p.job = newJob(p.kit, "Opening cases")
	desk, name, data := p.desk, p.name, p.data
	return p.job.start(func(ctx context.Context, _ Tell) tea.Msg {
		plan, err := desk.ReadIncoming(ctx, name, data, false)
		return incomingDoneMsg{plan, err}
	})
}

func (p *incomingPlan) show() {
	words := p.words()
	rows := incomingRows{plan: &p.plan}
	for i := range p.plan.Rows {
		if len(words) == 0 || holds(strings.ToLower(strings.Join(incomingCells(&p.plan.Rows[i]), " ")), words) {
			rows.lines = append(rows.lines, i)
		}
	}
	p.table.Empty = "No request is like that."
	p.table.SetRows(rows)
}

func (p *incomingPlan) tally() string {
	words := "to open"
	if !p.plan.Dry {
		words = "opened"
	}
	return fmt.Sprintf("%s: %s %s, %d read before, %d refused.", p.name, count(p.plan.New, "case"), words, p.plan.Read, p.plan.Refused)
}

func (p *incomingPlan) View(width, height int) string {
	th := p.kit.theme
	head := []string{th.Title.Render(th.Cell(p.tally(), width))}
	if p.job != nil {
		return fit(th, append(head, "", p.job.progress().View(th, width)), width, height)
	}
	if p.plan.Dry {
		head = append(head, th.Muted.Render(th.Cut("Nothing is written yet. Ctrl+S opens the cases, after asking.", width)))
	}
	foot := theme.Wrap(th.Clean(incomingCells(rowOf(p))[5]), width)
	foot = foot[:min(len(foot), 2)]
	return fit(th, append(append(head, p.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

func rowOf(p *incomingPlan) *register.IncomingRow {
	row := p.selected()
	return &row
}

// incomingRows shows the requests of a file in a table.
type incomingRows struct {
	plan  *register.IncomingPlan
	lines []int
}

// Len is the number of requests shown.
func (r incomingRows) Len() int { return len(r.lines) }

// ID is the place of a request in the plan.
func (r incomingRows) ID(i int) string { return strconv.Itoa(r.lines[i]) }

// Row is a request as the table shows it.
func (r incomingRows) Row(i int) []string { return incomingCells(&r.plan.Rows[r.lines[i]]) }

// Tone is what becomes of it.
func (r incomingRows) Tone(row, column int) theme.Tone {
	if column != 1 {
		return theme.Plain
	}
	switch r.plan.Rows[r.lines[row]].Fate {
	case register.IncomingNew:
		return theme.Good
	case register.IncomingRefused:
		return theme.Bad
	case register.IncomingRead:
		return theme.Muted
	}
	return theme.Plain
}

func incomingCells(r *register.IncomingRow) []string {
	fate, last := string(r.Fate), r.Ref
	switch {
	case r.Fate == register.IncomingRefused:
		last = r.Reason
	case r.Fate == register.IncomingNew && r.Ref == "" && r.Delegate == "":
		last = "under the name: nobody held has that email"
	case r.Fate == register.IncomingNew && r.Ref == "":
		last = "matched to " + string(r.Delegate)
	}
	return []string{strconv.Itoa(r.Line), fate, string(r.Right), r.Name, short(r.Received), last}
}
