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

// imports lists the imports there have been and takes one back.
type imports struct {
	finder
	desk   importDesk
	rows   batchRows
	err    error
	loaded bool
	job    *job // an import being taken back
}

func newImports(k *kit) Screen {
	i := &imports{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "Batch", Min: 14},
		widget.Column{Title: "When", Min: 17, Priority: 2},
		widget.Column{Title: "File", Min: 12, Weight: 1, Priority: 1},
		widget.Column{Title: "What", Min: 13, Priority: 4},
		widget.Column{Title: "State", Min: 12},
		widget.Column{Title: "New", Min: 7, Right: true, Priority: 3},
		widget.Column{Title: "Changed", Min: 7, Right: true, Priority: 3},
		widget.Column{Title: "Refused", Min: 7, Right: true, Priority: 5},
		widget.Column{Title: "By", Min: 8, Priority: 6},
	)}
	i.table.Empty = "Nothing has been imported: n chooses a file."
	return i
}

type (
	batchesReadMsg struct {
		batches []register.Batch
		err     error
	}
	importUndoMsg   struct{ batch register.Batch } // agreed to
	importUndoneMsg struct {
		batch register.ID
		done  register.Undone
		err   error
	}
)

func (i *imports) Init() tea.Cmd {
	desk := i.desk
	return func() tea.Msg {
		all, err := desk.Batches()
		return batchesReadMsg{all, err}
	}
}

func (i *imports) Title() string { return "Imports" }

func (i *imports) At() widget.Where {
	return widget.Where{Scope: scopeImports, Typing: i.job != nil, Off: func(a widget.Action) bool {
		switch a {
		case importUndo:
			b, ok := i.selected()
			return !ok || b.State == register.BatchUndone || i.job != nil
		case importContact:
			return !leads(theContacts)
		case copyIt:
			return i.table.Len() == 0
		case widget.Open, widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the imports anew.
func (i *imports) Refresh(register.Note) tea.Cmd { return i.Init() }

// Selection is the id of the selected import.
func (i *imports) Selection() (word, text string) { return "import", i.table.SelectedID() }

func (i *imports) selected() (register.Batch, bool) {
	if i.table.Len() == 0 {
		return register.Batch{}, false
	}
	return i.rows[i.table.Cursor()], true
}

func (i *imports) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case batchesReadMsg:
		grown := i.loaded && len(msg.batches) > len(i.rows)
		i.rows, i.err, i.loaded = msg.batches, msg.err, true
		if i.table.SetRows(i.rows); grown {
			i.table.SetCursor(0) // on the import just made: u is about that one
		}
	case importUndoMsg:
		return i, i.undo(msg.batch)
	case importUndoneMsg:
		i.job = nil
		return i, tea.Batch(i.Init(), undoneImport(msg))
	case stepMsg:
		if i.job != nil {
			return i, i.job.Update(msg)
		}
	case tea.KeyMsg:
		if msg.Type == tea.KeyEsc && i.job != nil {
			i.job.stop()
		}
	case actMsg:
		return i, i.act(msg)
	}
	return i, nil
}

func (i *imports) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case importFile:
		return push(newImportFile(i.kit))
	case importContact:
		return i.kit.show(theContacts, "")
	case importUndo:
		if b, ok := i.selected(); ok {
			return askImportUndo(b, msg.key)
		}
	default:
		i.table.Act(msg.action)
	}
	return nil
}

func askImportUndo(b register.Batch, key string) tea.Cmd {
	return ask(widget.Question{
		Title: "Undo the import " + string(b.ID), AskedBy: key,
		Yes: "Take " + count(b.Counts.New+b.Counts.Changed, "row") + " back",
		Text: fmt.Sprintf("The %s of %s. Added, and now removed: %s. Changed, and now put back: %s. "+
			"What somebody has worked with since is kept, and you are told how much.",
			b.Noun, b.File, widget.Count(b.Counts.New), widget.Count(b.Counts.Changed)),
	}, send(importUndoMsg{b}))
}

func (i *imports) undo(b register.Batch) tea.Cmd {
	i.job = newJob(i.kit, "Taking the import back")
	desk := i.desk
	return i.job.start(func(ctx context.Context, _ Tell) tea.Msg {
		done, err := desk.UndoImport(ctx, b.ID)
		return importUndoneMsg{b.ID, done, err}
	})
}

func undoneImport(msg importUndoneMsg) tea.Cmd {
	text := string(msg.batch) + ": " + putBack(&msg.done)
	switch {
	case errors.Is(msg.err, context.Canceled):
		return say(theme.Soon, "Stopped part-way. "+text+" Undo it again to finish.")
	case msg.err != nil:
		return fail(msg.err)
	}
	return say(theme.Good, "Undone "+text)
}

func (i *imports) View(width, height int) string {
	th := i.kit.theme
	head := th.Muted.Render(th.Cut("n chooses a file. Nothing is written before you have seen what it would change.", width))
	switch {
	case i.err != nil:
		head = th.Bad.Render(th.Cell(problem(i.err), width))
	case !i.loaded:
		head = th.Muted.Render(th.Cut("Reading ...", width))
	case i.job != nil:
		head = i.job.progress().View(th, width)
	}
	return fit(th, append([]string{head}, i.view(width, height-1)...), width, height)
}

// batchRows shows imports in a table.
type batchRows []register.Batch

func (r batchRows) Len() int        { return len(r) }
func (r batchRows) ID(i int) string { return string(r[i].ID) }

func (r batchRows) Row(i int) []string {
	b := r[i]
	return []string{
		string(b.ID), when(b.At), b.File, b.Noun, batchWord(b.State), widget.Count(b.Counts.New),
		widget.Count(b.Counts.Changed), widget.Count(b.Counts.Refused), b.By,
	}
}

// Tone tells the imports that are not whole.
func (r batchRows) Tone(row, _ int) theme.Tone {
	switch r[row].State {
	case register.BatchStopped, register.BatchRunning:
		return theme.Soon
	case register.BatchUndone:
		return theme.Muted
	case register.BatchDone:
	}
	return theme.Plain
}

func batchWord(s register.BatchState) string {
	switch s {
	case register.BatchDone:
		return "done"
	case register.BatchUndone:
		return "undone"
	case register.BatchStopped:
		return "STOPPED"
	case register.BatchRunning:
		return "NOT FINISHED"
	}
	return string(s)
}
