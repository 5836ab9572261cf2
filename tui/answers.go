package tui

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// answersDesk tells how several questions stand for several people.
type answersDesk interface {
	Delegates(q register.Query) (register.Rows[register.DelegateRow], error)
	Matrix(ids []register.ID, keys []register.ConsentKey) ([]register.MatrixRow, error)
}

// answers lists the people who stand alike to one question.
type answers struct {
	finder
	desk  answersDesk
	row   register.PurposeCount
	state int // index in register.VisibleStates
	all   []register.MatrixRow
	shown []register.MatrixRow
	err   error
	ready bool
	job   *job // the people being looked through; nil when they have been
	stale bool // something was committed meanwhile
}

func newAnswers(k *kit, row register.PurposeCount) Screen {
	a := &answers{desk: k.desk, row: row, finder: newFinder(k,
		widget.Column{Title: "Name", Min: 20, Weight: 2},
		widget.Column{Title: "Exactly", Min: 12},
		widget.Column{Title: "Today", Min: 20, Weight: 1},
	)}
	a.table.Markable = true
	a.table.Empty = "Nobody stands like that: v shows the others."
	return a
}

type answersMsg struct {
	rows []register.MatrixRow
	err  error
}

func (a *answers) question() register.ConsentKey { return rowKey(&a.row) }

func (a *answers) Init() tea.Cmd {
	if a.job != nil {
		a.stale = true
		return nil
	}
	a.job, a.stale = newReadingJob(a.kit, "Looking through the people"), false
	desk, keys := a.desk, []register.ConsentKey{a.question()}
	return a.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		rows, err := standings(ctx, desk, keys, tell)
		return answersMsg{rows, err}
	})
}

// standings asks about everybody whose record is in use, some at a time.
func standings(ctx context.Context, desk answersDesk, keys []register.ConsentKey, tell Tell) ([]register.MatrixRow, error) {
	const each = 1000
	people, err := desk.Delegates(register.Query{Status: register.Active})
	if err != nil {
		return nil, err
	}
	all := make([]register.MatrixRow, 0, people.Len())
	for from := 0; from < people.Len(); from += each {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ids := make([]register.ID, 0, each)
		for i := from; i < min(from+each, people.Len()); i++ {
			ids = append(ids, people.Row(i).ID)
		}
		rows, err := desk.Matrix(ids, keys)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		tell("", len(all), people.Len())
	}
	return all, nil
}

// Refresh looks through the people again after a commit that may change how somebody stands.
func (a *answers) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "consents", "suppressions", "settings", "delegates", "memberships") {
		return nil
	}
	return a.Init()
}

func (a *answers) Title() string { return rowName(&a.row) }

// Selection is the id of the person selected.
func (a *answers) Selection() (word, text string) { return "id", a.table.SelectedID() }

func (a *answers) At() widget.Where {
	return widget.Where{Scope: scopeAnswers, Typing: a.filter.Typing(), Off: func(x widget.Action) bool {
		switch x {
		case widget.Open, consentWhy, consentWithdraw, copyIt, manyOpen:
			return a.table.Len() == 0
		case consentSheet, consentGrid:
			return a.table.Len() == 0 || !gathers(x)
		default:
			return false
		}
	}}
}

func (a *answers) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case answersMsg:
		return a, a.read(msg)
	case stepMsg:
		if a.job != nil {
			return a, a.job.Update(msg)
		}
	case tea.KeyMsg:
		if a.key(msg, a.At()) {
			a.show()
		}
	case actMsg:
		return a, a.act(msg)
	}
	return a, nil
}

func (a *answers) read(msg answersMsg) tea.Cmd {
	a.job = nil
	if errors.Is(msg.err, context.Canceled) {
		return nil
	}
	a.err, a.ready = msg.err, true
	if msg.err == nil {
		a.all = msg.rows
		a.show()
	}
	if a.stale {
		return a.Init()
	}
	return nil
}

// show picks out the state that is looked at and what the filter says.
func (a *answers) show() {
	want, words := register.VisibleStates()[a.state], a.words()
	a.shown = a.shown[:0:0]
	for _, r := range a.all {
		if r.States[0].Visible() == want && holds(strings.ToLower(r.Name), words) {
			a.shown = append(a.shown, r)
		}
	}
	a.table.SetRows(answerRows{a.row.Use, a.shown})
}

func (a *answers) act(msg actMsg) tea.Cmd {
	if taken, changed := a.finder.act(msg.action); taken {
		if changed {
			a.show()
		}
		return nil
	}
	id := register.ID(a.table.SelectedID())
	switch msg.action {
	case widget.Back:
		if a.job != nil {
			a.job.stop()
		}
		return pop()
	case viewNext:
		a.state = (a.state + 1) % len(register.VisibleStates())
		a.table.SetCursor(0)
		a.show()
	case widget.Open:
		return a.kit.show(thePerson, string(id))
	case manyOpen:
		return offerMany(a.kit, a.marked(), false)
	case consentWhy:
		return push(newWhy(a.kit, id, a.shown[a.table.Cursor()].Name, a.question()))
	case consentWithdraw:
		return withdraw(a.kit, id, a.line())
	default:
		return a.kit.gather(msg.action, a.marked())
	}
	return nil
}

// line is how the question stands for the person selected.
func (a *answers) line() register.ConsentLine {
	row := &a.row
	return register.ConsentLine{
		Purpose: row.Purpose, Title: row.Title, Channel: row.Channel, Brand: row.Brand, Use: row.Use,
		State: a.shown[a.table.Cursor()].States[0],
	}
}

func (a *answers) View(width, height int) string {
	th := a.kit.theme
	words := consentAct(register.VisibleStates()[a.state])
	head := th.Muted.Render(th.Cut(strings.ToUpper(words[:1])+words[1:]+": "+a.table.Position()+".  v shows the other states.", width))
	switch {
	case a.err != nil:
		head = th.Bad.Render(th.Cell(problem(a.err), width))
	case a.job != nil && !a.ready:
		head = a.job.progress().View(th, width)
	}
	return fit(th, append([]string{head}, a.view(width, height-1)...), width, height)
}

// answerRows shows how people stand to one question.
type answerRows struct {
	use bool
	all []register.MatrixRow
}

func (r answerRows) Len() int        { return len(r.all) }
func (r answerRows) ID(i int) string { return string(r.all[i].Delegate) }

func (r answerRows) Row(i int) []string {
	x := &r.all[i]
	return []string{x.Name, consentAct(x.States[0]), mayWord(r.use, x.Allowed[0])}
}

func (r answerRows) Tone(row, column int) theme.Tone {
	if column != 2 {
		return theme.Plain
	}
	return mayTone(r.all[row].Allowed[0])
}

// mayWord says whether somebody may be contacted or something used, a no in capitals, because colour alone is never
// enough.
func mayWord(use, may bool) string {
	return strings.Replace(register.MayWords(use, may), "may not", "MAY NOT", 1)
}

func mayTone(may bool) theme.Tone {
	if may {
		return theme.Good
	}
	return theme.Bad
}
