package tui

import (
	"cmp"
	"context"
	"maps"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// formSpec is what a form screen asks and what becomes of the answers.
type formSpec struct {
	id      string // of the draft, such as "delegate:D7K3M2PQX9TF0B"; empty: nothing is kept
	title   string
	intro   string      // a sentence above the questions; may be empty
	subject register.ID // the person it is about, so that an erasure takes the draft along
	// load gives the questions with what is held now. It may read the disk.
	load func() ([]widget.Field, error)
	// submit carries the answers out. An error about a field goes back to that field.
	submit func(ctx context.Context, answers widget.Values) (formDone, error)
	// confirm is asked before the answers are carried out, where that cannot be taken back; nil: nothing is asked.
	confirm func(answers widget.Values) widget.Question
	doing   string // while it is carried out; empty: writing
	// remark says something about the answers so far, over the questions; nil: nothing.
	remark func(answers widget.Values) string
	back   func() Screen // where Esc leads; nil: back to where it was opened
	// of are the ids and collections that load reads what is changed from: what others do to them is joined with what
	// is typed. None: the form replaces nothing that is held.
	of   []string
	once bool // what comes of it is shown one time only: no lock comes in between
}

// formDone is how a form ended well.
type formDone struct {
	said string
	next Screen  // in place of the form; nil: back to where it was opened
	then tea.Cmd // what follows once the form is closed; nil: nothing
	keep bool    // what was typed stays kept: the next screen may still lead back to it
}

// asked is a load for questions that are known already.
func asked(fields ...widget.Field) func() ([]widget.Field, error) {
	return func() ([]widget.Field, error) { return fields, nil }
}

// askedAnew is asked for a form that only has to know what is held as it opens, and whenever somebody changes it.
func askedAnew(what func(), fields ...widget.Field) func() ([]widget.Field, error) {
	return func() ([]widget.Field, error) {
		what()
		return fields, nil
	}
}

// formScreen asks the questions of a spec, keeps what is typed at every change, and takes an unfinished form up again.
type formScreen struct {
	kit     *kit
	spec    formSpec
	form    *widget.Form // nil until loaded
	base    []widget.Field
	resumed time.Time // when the draft was saved that the form was taken up from
	kept    bool      // something typed is kept as a draft
	sending bool
	sent    bool
	asking  bool          // the question before carrying out is on its way
	seen    widget.Values // the answers the remark is about
	remark  string
	since   meanwhile     // what others did while it was open
	written widget.Values // what of the draft was written last
}

func newForm(k *kit, spec formSpec) *formScreen { return &formScreen{kit: k, spec: spec} }

type (
	formReadyMsg struct {
		fields []widget.Field
		draft  register.Draft
		err    error
	}
	formSentMsg struct {
		done formDone
		err  error
	}
	formFreshMsg  struct{}
	formAskedMsg  struct{}
	formAgreedMsg struct {
		values widget.Values
		takes  int // into the form before it was asked
	}
)

// keeps reports whether what is typed is kept.
func (f *formScreen) keeps() bool { return f.spec.id != "" && f.kit.may(register.DraftSave) }

func (f *formScreen) Init() tea.Cmd {
	desk, spec, keeps := f.kit.desk, f.spec, f.keeps()
	return func() tea.Msg {
		fields, err := spec.load()
		if err != nil || !keeps {
			return formReadyMsg{fields: fields, err: err}
		}
		draft, _, err := desk.Draft(spec.id)
		return formReadyMsg{fields, draft, err}
	}
}

func (f *formScreen) Title() string { return f.spec.title }

func (f *formScreen) At() widget.Where {
	return widget.Where{Scope: scopeForm, Typing: true, Off: func(a widget.Action) bool {
		return a == widget.Open || a == formFresh && !f.keeps()
	}}
}

func (f *formScreen) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if f.since.chooser != nil {
		if taken, cmd := f.choices(msg); taken {
			return f, cmd
		}
	}
	switch msg := msg.(type) {
	case formReadyMsg:
		return f, f.ready(msg)
	case formSentMsg:
		return f, f.answered(msg)
	case formFreshMsg:
		f.kept, f.resumed, f.written, f.since = false, time.Time{}, nil, meanwhile{}
		f.form = widget.NewForm(f.kit.theme, f.spec.id, f.base, nil)
		return f, f.kit.drafts.drop(f.spec.id)
	case formLookedMsg:
		return f, f.looked(msg)
	case widget.DraftMsg:
		return f, f.keep(msg.Values)
	case widget.FormLeftMsg:
		return f, f.left(msg.Values)
	case widget.FormDoneMsg:
		return f, f.finish(msg.Values)
	case formAskedMsg:
		f.asking = false
		return f, nil
	case formAgreedMsg:
		return f, f.agreed(msg)
	case actMsg:
		return f, f.act(msg)
	}
	if f.waits() {
		return f, nil
	}
	cmd := f.form.Update(msg)
	f.comment()
	return f, cmd
}

// comment makes the remark once per change, never per frame.
func (f *formScreen) comment() {
	if f.spec.remark == nil {
		return
	}
	if now := f.form.Values(); !maps.Equal(now, f.seen) {
		f.seen, f.remark = now, f.spec.remark(now)
	}
}

func (f *formScreen) ready(msg formReadyMsg) tea.Cmd {
	if msg.err != nil {
		f.sent = true
		return tea.Batch(pop(), fail(msg.err))
	}
	f.base = f.kit.filed(msg.fields)
	f.form = widget.NewForm(f.kit.theme, f.spec.id, f.base, f.resume(msg.draft))
	f.comment()
	return nil
}

func (f *formScreen) act(msg actMsg) tea.Cmd {
	if msg.action != formFresh {
		return nil
	}
	return ask(widget.Question{
		Title: "Start afresh", Text: "What you typed in this form is forgotten. What is held stays as it is.",
		Yes: "Forget what I typed", AskedBy: msg.key,
	}, send(formFreshMsg{}))
}

func (f *formScreen) left(values widget.Values) tea.Cmd {
	saved, back := f.keep(values), pop()
	if f.spec.back != nil {
		back = swap(f.spec.back())
	}
	if !f.kept {
		return tea.Batch(saved, back)
	}
	return tea.Batch(saved, back, say(theme.Muted, "What you typed is kept; open the form again to go on."))
}

// finish carries the answers out, or asks first: the form stays open behind the question.
func (f *formScreen) finish(values widget.Values) tea.Cmd {
	switch {
	case f.since.looking:
		f.since.finish = values
		return nil
	case len(f.unsettled()) > 0:
		f.choose()
		return nil
	case f.spec.confirm == nil:
		return f.send(values)
	}
	q := f.spec.confirm(values)
	q.AskedBy = "enter"
	f.form.Reopen(f.base[len(f.base)-1].ID, "")
	f.asking = true
	return tea.Sequence(ask(q, send(formAgreedMsg{values, f.since.takes})), send(formAskedMsg{}))
}

// hold keeps what is typed, for a lock that does not wait for the message of the last change.
func (f *formScreen) hold() {
	if f.form != nil && !f.form.Closed() && !f.sending {
		f.keep(f.form.Draft())
	}
}

// waits reports whether the form has been answered and what comes of it is not there yet.
func (f *formScreen) waits() bool {
	return f.form == nil || f.form.Closed() || f.sending || f.asking || f.sent
}

func (f *formScreen) send(values widget.Values) tea.Cmd {
	f.sending = true
	submit, id, kept, drafts := f.spec.submit, f.spec.id, f.keeps(), f.kit.drafts
	return newJob(f.kit, cmp.Or(f.spec.doing, "Writing")).alone(func(context.Context, Tell) tea.Msg {
		done, err := submit(context.Background(), values)
		if err == nil && kept && !done.keep {
			drafts.drop(id) // written with the answer, or by a lock that comes before it
		}
		return formSentMsg{done, err}
	})
}

func (f *formScreen) answered(msg formSentMsg) tea.Cmd {
	f.sending = false
	if msg.err != nil {
		return f.refused(msg.err)
	}
	f.sent = true
	var cmds []tea.Cmd
	if f.keeps() && !msg.done.keep {
		cmds = append(cmds, f.kit.drafts.drop(f.spec.id))
	}
	if msg.done.next != nil {
		cmds = append(cmds, swap(msg.done.next))
	} else {
		cmds = append(cmds, pop())
	}
	cmds = append(cmds, msg.done.then)
	if msg.done.said != "" {
		cmds = append(cmds, say(theme.Good, msg.done.said))
	}
	return tea.Batch(cmds...)
}

func (f *formScreen) View(width, height int) string {
	th := f.kit.theme
	var above []string
	if intro := f.kit.introOf(f.spec.intro, f.base); intro != "" {
		above = theme.Wrap(th.Clean(intro), width)
	}
	if !f.resumed.IsZero() {
		above = append(above, th.Soon.Render(th.Cell(
			"Taken up where it was left on "+moment(f.resumed)+". "+
				f.kit.keyed("Ctrl+R starts afresh.", "start afresh forgets what was typed."), width)))
	}
	if f.spec.remark != nil {
		above = append(above, th.Muted.Render(th.Cell(f.remark, width)))
	}
	if f.since.told != "" {
		for _, l := range theme.Wrap(th.Clean(f.since.told), width) {
			above = append(above, th.Soon.Render(l))
		}
	}
	above = above[:min(len(above), max(0, height-6))]
	switch {
	case f.form == nil:
		return fit(th, append(above, th.Muted.Render("Reading ...")), width, height)
	case f.sending:
		return fit(th, append(above, th.Muted.Render(cmp.Or(f.spec.doing, "Writing")+" ...")), width, height)
	}
	shown := cmp.Or(f.since.chooser, f.form)
	shown.SetSize(width, height-len(above))
	return fit(th, append(above, splitLines(shown.View())...), width, height)
}
