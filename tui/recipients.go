package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// recipients lists who outside had data of the person of a case, and whether they were told of what it did.
type recipients struct {
	finder
	desk  rightsDesk
	ref   string
	who   register.ID
	all   recipientRows
	shown recipientRows
	err   error
	ready bool
}

func newRecipients(k *kit, ref string, who register.ID) Screen {
	r := &recipients{desk: k.desk, ref: ref, who: who, finder: newFinder(k,
		widget.Column{Title: "State", Min: 14},
		widget.Column{Title: "Recipient", Min: 16, Weight: 1},
		widget.Column{Title: "As", Min: 10, Priority: 2},
		widget.Column{Title: "Had last", Min: 11, Priority: 1},
		widget.Column{Title: "What", Min: 18, Weight: 2},
	)}
	r.table.Empty = "Reading ..."
	return r
}

type recipientsMsg struct {
	rows []register.RecipientRow
	err  error
}

func (r *recipients) Init() tea.Cmd {
	desk, ref := r.desk, r.ref
	return func() tea.Msg {
		rows, err := desk.Recipients(ref)
		return recipientsMsg{rows, err}
	}
}

// Refresh reads them anew after a commit that may have changed who had what, or who was told.
func (r *recipients) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "requests", "disclosed", "disclosures") {
		return nil
	}
	return r.Init()
}

func (r *recipients) Title() string { return "Recipients" }

func (r *recipients) At() widget.Where {
	return widget.Where{Scope: scopeRecipients, Typing: r.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case recipientTold, widget.Open:
			x, ok := r.selected()
			return !ok || !x.Told.IsZero() || !r.kit.may(register.RequestProgress)
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (r *recipients) selected() (register.RecipientRow, bool) {
	if r.table.Cursor() >= len(r.shown) {
		return register.RecipientRow{}, false
	}
	return r.shown[r.table.Cursor()], true
}

func (r *recipients) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case recipientsMsg:
		r.all, r.err, r.ready = msg.rows, msg.err, true
		r.show()
	case tea.KeyMsg:
		if r.key(msg, r.At()) {
			r.show()
		}
	case actMsg:
		return r, r.act(msg)
	}
	return r, nil
}

func (r *recipients) show() {
	r.table.Empty = "Nobody outside the office had data that this case is about."
	if len(r.all) > 0 {
		r.table.Empty = "No recipient is like that."
	}
	words := r.words()
	r.shown = nil
	for i := range r.all {
		if holds(strings.ToLower(strings.Join(r.all.Row(i), " ")), words) {
			r.shown = append(r.shown, r.all[i])
		}
	}
	r.table.SetRows(r.shown)
}

func (r *recipients) act(msg actMsg) tea.Cmd {
	taken, changed := r.finder.act(msg.action)
	switch {
	case changed:
		r.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case (msg.action == recipientTold || msg.action == widget.Open) && !r.At().Off(msg.action):
		x, _ := r.selected()
		return push(r.telling(&x))
	}
	return nil
}

// remaining counts those who are still to be told.
func (r *recipients) remaining() int {
	n := 0
	for i := range r.all {
		if !r.all[i].Settled() {
			n++
		}
	}
	return n
}

func (r *recipients) View(width, height int) string {
	th := r.kit.theme
	head := th.Title.Render(th.Cut("Reading ...", width))
	switch n := r.remaining(); {
	case r.err != nil:
		head = th.Bad.Render(th.Cell(problem(r.err), width))
	case !r.ready:
	case n > 0:
		head = th.Soon.Render(th.Cut(fmt.Sprintf("TO BE TOLD: %d of %s (UK GDPR Art 19).", n,
			counted(len(r.all), "recipient", "recipients")), width))
	case len(r.all) > 0:
		head = th.Good.Render(th.Cut("Nobody is left to be told (UK GDPR Art 19).", width))
	default:
		head = th.Muted.Render(th.Cut("Nobody is to be told (UK GDPR Art 19).", width))
	}
	foot := r.detail(width, min(7, max(3, height/4)))
	return fit(th, append(append([]string{head}, r.view(width, height-1-len(foot))...), foot...), width, height)
}

// detail is all that the selected one had, and how they were told.
func (r *recipients) detail(width, height int) []string {
	lines := make([]string, max(0, height))
	if x, ok := r.selected(); ok {
		t := &text{th: r.kit.theme, width: width}
		for _, h := range x.Had {
			t.add("", theme.Plain, "Had on "+day(h.On)+": "+hadWords(&h)+" ("+string(h.Disclosure)+")")
		}
		switch {
		case x.Unable != "":
			t.add("", theme.Muted, "Not told, which is "+x.Unable+": "+x.How)
		case x.Settled():
			t.add("", theme.Muted, "Told on "+day(x.Told)+": "+x.How)
		}
		copy(lines, t.lines)
	}
	return lines
}

func hadWords(h *register.RecipientHad) string {
	if len(h.Fields) == 0 {
		return h.What
	}
	return h.What + ": " + strings.ReplaceAll(strings.Join(h.Fields, ", "), "_", " ")
}

// telling records that a recipient was told, or that they cannot be.
func (r *recipients) telling(x *register.RecipientRow) Screen {
	desk, ref, who := r.desk, r.ref, x.Recipient
	var unable []widget.Option
	for _, u := range register.Unables() {
		label := "telling them is impossible"
		if u == "disproportionate" {
			label = "telling them would take a disproportionate effort"
		}
		unable = append(unable, widget.Option{Value: u, Label: label})
	}
	return newForm(r.kit, formSpec{
		id: "case:" + ref + ":told:" + who, subject: r.who, title: "Tell", intro: x.Name + " is told of what was done to the data they had.",
		load: asked(
			widget.Field{ID: "on", Label: "Told on", Kind: widget.Date, Required: true, Value: r.kit.desk.Today().String()},
			widget.Field{ID: "how", Label: "How they were told, or why they are not", Required: true},
			widget.Field{ID: "unable", Label: "They are not told, because", Kind: widget.Choice, Options: unable, Note: "None: they were told."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			in := register.TellInput{Recipient: who, On: on, How: strings.TrimSpace(v["how"]), Unable: v["unable"]}
			_, err = desk.TellRecipient(ctx, ref, in)
			return formDone{said: "Recorded for " + who + "."}, err
		},
	})
}

// recipientRows shows recipients in a table.
type recipientRows []register.RecipientRow

func (r recipientRows) Len() int        { return len(r) }
func (r recipientRows) ID(i int) string { return r[i].Recipient }

func (r recipientRows) Row(i int) []string {
	x := &r[i]
	had, what := "", ""
	if n := len(x.Had); n > 0 {
		had, what = short(x.Had[n-1].On), x.Had[n-1].What
		if n > 1 {
			what += fmt.Sprintf(", and %s before", counted(n-1, "other", "others"))
		}
	}
	return []string{recipientState(x), x.Name, x.Role, had, what}
}

func recipientState(x *register.RecipientRow) string {
	switch {
	case x.Unable != "":
		return x.Unable
	case x.Settled():
		return "told"
	}
	return "TO BE TOLD"
}

// Tone brings out who is still to be told.
func (r recipientRows) Tone(row, _ int) theme.Tone {
	if r[row].Settled() {
		return theme.Muted
	}
	return theme.Plain
}
