package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// refreshDesk knows whom to ask again, and records that they were asked.
type refreshDesk interface {
	RefreshQueue(ctx context.Context) ([]register.RefreshRow, error)
	RecordConsents(ctx context.Context, all []register.ConsentInput) ([]register.ConsentEvent, []register.Problem, error)
}

// refresh lists whom to ask again, those whose consent ends first on top.
type refresh struct {
	finder
	desk  refreshDesk
	all   []register.RefreshRow
	shown refreshRows
	err   error
	ready bool
	busy  string // what goes on; empty for nothing
}

func newRefresh(k *kit) Screen {
	const narrow = 9 // shown in 80 columns
	by, more := 6, 0
	for _, key := range k.desk.ConsentKeys() {
		if by = max(by, len(byWords(key.Channel, key.Brand))); by > narrow {
			by, more = narrow, 2
		}
	}
	r := &refresh{desk: k.desk, busy: "Looking through the people ...", finder: newFinder(k,
		widget.Column{Title: "Ends", Min: 11, Priority: 2},
		widget.Column{Title: "Name", Min: 14, Weight: 2},
		widget.Column{Title: "Question", Min: 14, Weight: 2, Priority: 1},
		widget.Column{Title: "By", Min: by, Weight: more, Priority: 3},
		widget.Column{Title: "Why", Min: 18},
	)}
	r.table.Markable = true
	r.table.Empty = "Nobody has to be asked again."
	return r
}

type (
	refreshMsg struct {
		rows []register.RefreshRow
		err  error
	}
	askAgainMsg struct {
		rows   []register.RefreshRow
		method string
	}
	askedAgainMsg struct {
		events   int
		problems []register.Problem
		err      error
	}
)

func (r *refresh) Init() tea.Cmd {
	desk := r.desk
	return func() tea.Msg {
		rows, err := desk.RefreshQueue(context.Background())
		return refreshMsg{rows, err}
	}
}

// Refresh looks again after a commit that may change who is to be asked.
func (r *refresh) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "consents", "settings", "delegates") {
		return nil
	}
	return r.Init()
}

func (r *refresh) Title() string { return "Ask again" }

// Selection is the id of the person selected.
func (r *refresh) Selection() (word, text string) {
	if row, ok := r.selected(); ok {
		return "id", string(row.Delegate)
	}
	return "id", ""
}

func (r *refresh) At() widget.Where {
	return widget.Where{Scope: scopeRefresh, Typing: r.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, consentWhy, copyIt, consentAskAgain:
			return r.table.Len() == 0
		default:
			return false
		}
	}}
}

func (r *refresh) selected() (register.RefreshRow, bool) {
	if r.table.Cursor() >= len(r.shown) {
		return register.RefreshRow{}, false
	}
	return r.shown[r.table.Cursor()], true
}

func (r *refresh) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case refreshMsg:
		r.busy, r.ready = "", true
		if r.err = msg.err; msg.err == nil {
			r.all = msg.rows
			r.show()
		}
	case askAgainMsg:
		r.busy = "Recording ..."
		return r, r.record(msg)
	case askedAgainMsg:
		r.busy = ""
		r.table.ClearMarks()
		return r, tea.Batch(r.Init(), askedAgain(msg))
	case tea.KeyMsg:
		if r.key(msg, r.At()) {
			r.show()
		}
	case actMsg:
		return r, r.act(msg)
	}
	return r, nil
}

func (r *refresh) show() {
	words := r.words()
	r.shown = r.shown[:0:0]
	for _, row := range r.all {
		if holds(strings.ToLower(row.Name+" "+row.Title+" "+row.Channel+" "+string(row.Reason)), words) {
			r.shown = append(r.shown, row)
		}
	}
	r.table.SetRows(r.shown)
}

func (r *refresh) act(msg actMsg) tea.Cmd {
	if taken, changed := r.finder.act(msg.action); taken {
		if changed {
			r.show()
		}
		return nil
	}
	row, some := r.selected()
	switch {
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open && some:
		return r.kit.show(thePerson, string(row.Delegate))
	case msg.action == consentWhy && some:
		return push(newWhy(r.kit, row.Delegate, row.Name, refreshKey(&row)))
	case msg.action == consentAskAgain && some:
		return r.askHow()
	}
	return nil
}

// picked are the rows marked, or the selected one.
func (r *refresh) picked() []register.RefreshRow {
	ids := r.table.MarkedIDs()
	if len(ids) == 0 {
		ids = []string{r.table.SelectedID()}
	}
	var rows []register.RefreshRow
	for i, row := range r.shown {
		if slices.Contains(ids, r.shown.ID(i)) {
			rows = append(rows, row)
		}
	}
	return rows
}

// askHow asks how they were asked, then whether to record it for so many.
func (r *refresh) askHow() tea.Cmd {
	rows := r.picked()
	title := "How was the question asked again, for " + count(len(rows), "answer") + "?"
	return choose(widget.NewPicker(r.kit.theme, title, options(register.ConsentMethods()), "email"), func(o widget.Option) tea.Cmd {
		return ask(widget.Question{
			Title: "Ask again", Yes: "Record " + count(len(rows), "request"), AskedBy: "enter",
			Text: "It is recorded that " + count(len(rows), "question") + " went out again today (" + o.Label + "). " +
				"Nothing is sent by this. A request never replaces an answer.",
		}, send(askAgainMsg{rows, o.Value}))
	})
}

// atOnce is how many answers the desk takes in one change.
const atOnce = 2000

func (r *refresh) record(msg askAgainMsg) tea.Cmd {
	desk := r.desk
	return func() tea.Msg {
		all := make([]register.ConsentInput, len(msg.rows))
		for i, row := range msg.rows {
			all[i] = register.ConsentInput{
				Delegate: row.Delegate, Purpose: row.Purpose, Channel: row.Channel, Brand: row.Brand,
				Act: register.Asked, Method: msg.method,
			}
		}
		var done askedAgainMsg
		for some := range slices.Chunk(all, atOnce) {
			events, problems, err := desk.RecordConsents(context.Background(), some)
			done.events += len(events)
			done.problems = append(done.problems, problems...)
			if done.err = err; err != nil {
				break
			}
		}
		return done
	}
}

func askedAgain(msg askedAgainMsg) tea.Cmd {
	said := "Recorded as asked: " + count(msg.events, "question") + "."
	switch {
	case msg.err != nil:
		return fail(msg.err)
	case len(msg.problems) > 0:
		return say(theme.Bad, fmt.Sprintf("%s Refused: %d, the first because %s", said, len(msg.problems), msg.problems[0].Reason))
	}
	return say(theme.Good, said)
}

func (r *refresh) View(width, height int) string {
	th := r.kit.theme
	head := th.Muted.Render(th.Cut("To be asked again: "+r.table.Position()+".  Somebody who said no is never in this list.", width))
	switch {
	case r.err != nil:
		head = th.Bad.Render(th.Cell(problem(r.err), width))
	case r.busy != "":
		head = th.Muted.Render(th.Cut(r.busy, width))
	}
	return fit(th, append([]string{head}, r.view(width, height-1)...), width, height)
}

func refreshKey(r *register.RefreshRow) register.ConsentKey {
	return register.ConsentKey{Purpose: r.Purpose, Channel: r.Channel, Brand: r.Brand}
}

// refreshRows shows whom to ask again in a table.
type refreshRows []register.RefreshRow

func (r refreshRows) Len() int { return len(r) }
func (r refreshRows) ID(i int) string {
	return string(r[i].Delegate) + "|" + keyText(refreshKey(&r[i]))
}

func (r refreshRows) Row(i int) []string {
	x := r[i]
	return []string{short(x.Due), x.Name, x.Title, byOrUse(x.Use, x.Channel, x.Brand), refreshWord(x.Reason)}
}

func (r refreshRows) Tone(row, column int) theme.Tone {
	switch {
	case column != 4:
		return theme.Plain
	case counts(r[row].Reason):
		return theme.Soon
	}
	return theme.Late
}

// counts reports whether the consent still counts until it is asked for again.
func counts(why register.RefreshReason) bool {
	return why != register.RefreshEnded && why != register.RefreshWording
}

// refreshWord is the reason, in capitals where the consent no longer counts.
func refreshWord(why register.RefreshReason) string {
	if counts(why) {
		return string(why)
	}
	return strings.ToUpper(string(why))
}
