package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// auditDesk reads the trail, walks its chain and writes it to a file.
type auditDesk interface {
	Trail(limit int) ([]register.AuditRow, error)
	VerifyTrail() (register.AuditVerdict, error)
	ExportTrail(ctx context.Context, to string) (register.AuditVerdict, error)
}

// trail lists the audit trail, the newest entry first.
type trail struct {
	finder
	desk    auditDesk
	all     auditLines
	shown   auditLines
	err     error
	loaded  bool
	reading bool // a read is on its way
	stale   bool // something was written since it began
	oldest  bool // first, instead of the newest
	job     *job
	verdict string
	tone    theme.Tone
}

func newTrail(k *kit) Screen {
	return &trail{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "No.", Min: 6, Right: true},
		widget.Column{Title: "When", Min: 17, Priority: 2},
		widget.Column{Title: "Operator", Min: 10, Priority: 1},
		widget.Column{Title: "What", Min: 20},
		widget.Column{Title: "About", Min: 14, Priority: 3},
		widget.Column{Title: "Note", Min: 12, Weight: 1, Priority: 4},
		widget.Column{Title: "Door", Min: 12, Priority: 5},
	)}
}

type (
	trailReadMsg struct {
		lines auditLines
		err   error
	}
	trailWalkedMsg struct {
		verdict register.AuditVerdict
		err     error
	}
)

func (t *trail) Init() tea.Cmd {
	t.reading, t.stale = true, false
	desk := t.desk
	return func() tea.Msg {
		rows, err := desk.Trail(0)
		return trailReadMsg{searchable(rows), err}
	}
}

func (t *trail) Title() string { return "Audit" }

func (t *trail) At() widget.Where {
	return widget.Where{Scope: scopeAudit, Typing: t.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case copyIt:
			return t.table.Len() == 0
		case widget.Open, sortNext, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the trail anew, once however many commits come while it is being read.
func (t *trail) Refresh(register.Note) tea.Cmd {
	if t.reading {
		t.stale = true
		return nil
	}
	return t.Init()
}

// Selection is the operation of the selected entry.
func (t *trail) Selection() (word, text string) {
	if t.table.Len() == 0 {
		return "operation", ""
	}
	return "operation", string(t.shown[t.table.Cursor()].row.Operation)
}

func (t *trail) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case trailReadMsg:
		t.all, t.err, t.loaded, t.reading = msg.lines, msg.err, true, false
		t.show()
		if t.stale {
			return t, t.Init()
		}
	case trailWalkedMsg:
		t.walked(msg)
	case stepMsg:
		if t.job != nil {
			return t, t.job.Update(msg)
		}
	case tea.KeyMsg:
		if t.key(msg, t.At()) {
			t.show()
		}
	case actMsg:
		return t, t.act(msg)
	}
	return t, nil
}

func (t *trail) act(msg actMsg) tea.Cmd {
	taken, changed := t.finder.act(msg.action)
	switch {
	case changed:
		t.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == sortTurn:
		t.oldest = !t.oldest
		t.show()
	case msg.action == auditVerify:
		return t.verify()
	case msg.action == auditExport:
		return push(t.exporting())
	case msg.action == goDisclosures:
		return push(newDisclosures(t.kit))
	case msg.action == goResidue:
		return push(newResidueForm(t.kit, ""))
	}
	return nil
}

// verify walks the chain outside the update loop.
func (t *trail) verify() tea.Cmd {
	if t.job != nil {
		return nil
	}
	t.job = newReadingJob(t.kit, "Walking the chain from its first entry")
	desk := t.desk
	return t.job.start(func(context.Context, Tell) tea.Msg {
		v, err := desk.VerifyTrail()
		return trailWalkedMsg{v, err}
	})
}

func (t *trail) walked(msg trailWalkedMsg) {
	t.job = nil
	if msg.err != nil {
		t.verdict, t.tone = "THE CHAIN IS BROKEN: "+problem(msg.err), theme.Bad
		return
	}
	t.verdict, t.tone = fmt.Sprintf("The chain holds: %s entries, head %s", widget.Count(int(msg.verdict.Entries)),
		msg.verdict.Head), theme.Good
}

func (t *trail) exporting() Screen {
	desk := t.desk
	return newForm(t.kit, formSpec{
		id: "audit:export", title: "Export the trail",
		intro: "The file can be verified without the store: custos audit verify --file FILE. " +
			"It names operators and ids, no data subject.",
		load: asked(widget.Field{
			ID: "to", Label: "File", File: true, Required: true, Note: "A file that exists is never written over.",
			Value: filepath.Join(t.kit.exports(), "audit-"+t.kit.desk.Today().String()+".jsonl"),
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			verdict, err := desk.ExportTrail(ctx, v["to"])
			said := fmt.Sprintf("%s holds %s entries.", filepath.Base(v["to"]), widget.Count(int(verdict.Entries)))
			return formDone{said: said}, err
		},
	})
}

func (t *trail) show() {
	words := t.words()
	rows := make(auditLines, 0, len(t.all))
	for _, l := range t.all {
		if len(words) == 0 || holds(l.text, words) {
			rows = append(rows, l)
		}
	}
	if t.oldest {
		slices.Reverse(rows)
	}
	t.table.Empty = "No entry is like that."
	if t.err != nil {
		t.table.Empty = ""
	}
	t.shown = rows
	t.table.SetSort(0, t.oldest)
	t.table.SetRows(rows)
}

func (t *trail) View(width, height int) string {
	th := t.kit.theme
	head := []string{th.Muted.Render(th.Cut("v walks the chain from its first entry and says whether it holds.", width))}
	switch {
	case t.job != nil:
		head[0] = th.Cell(t.job.label+" ...", width)
	case t.verdict != "":
		head = theme.Wrap(th.Clean(t.verdict), width)
		for i, l := range head {
			head[i] = th.Paint(t.tone, l)
		}
	case t.err != nil:
		head[0] = th.Bad.Render(th.Cell(problem(t.err), width))
	case !t.loaded:
		head[0] = th.Muted.Render(th.Cut("Reading ...", width))
	}
	return fit(th, append(head, t.view(width, height-len(head))...), width, height)
}
