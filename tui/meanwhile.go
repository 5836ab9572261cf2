package tui

import (
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// meanwhile is what others did to the record while a form on it was open.
type meanwhile struct {
	by      string // who was heard of last; empty: nobody
	told    string // what is said over the questions
	looking bool   // the record is being read again
	finish  widget.Values
	refused error // what sending the form came back with
	clashes []clash
	chooser *widget.Form // of what both changed; nil: nothing is being chosen
	takes   int          // how often something was taken over into the form
}

// formLookedMsg is the record as it is now.
type formLookedMsg struct {
	fields []widget.Field
	gone   bool // the person's record is no more
	erased bool
	err    error
}

// Refresh reads the record again after a commit that may have changed it, so that whoever types is told at once.
func (f *formScreen) Refresh(note register.Note) tea.Cmd {
	if note.Verb == "" || f.form == nil || f.sent || !f.concerns(note) {
		return nil
	}
	f.since.by = note.Operator
	if f.sending || f.since.looking {
		return nil // what comes of it is looked at then
	}
	return f.look()
}

func (f *formScreen) holdsTyped() {}

// concerns reports whether a commit may have changed what the form was filled from, or the person it is about.
func (f *formScreen) concerns(note register.Note) bool {
	many := len(note.IDs) == 0 && len(note.Collections) > 0
	if f.spec.subject != "" && (many || slices.Contains(note.IDs, f.spec.subject)) {
		return true
	}
	return slices.ContainsFunc(f.spec.of, func(of string) bool {
		return slices.Contains(note.Collections, of) || slices.Contains(note.IDs, register.ID(of))
	})
}

// look reads the record again.
func (f *formScreen) look() tea.Cmd {
	f.since.looking = true
	desk, spec := f.kit.desk, f.spec
	return func() tea.Msg {
		if spec.subject != "" {
			page, err := desk.Person(spec.subject)
			erased := err == nil && page.Delegate.Status == register.Erased
			if erased || register.KindOf(err) == register.NotFound {
				return formLookedMsg{gone: true, erased: erased}
			}
		}
		if len(spec.of) == 0 {
			return formLookedMsg{}
		}
		fields, err := spec.load()
		return formLookedMsg{fields: fields, err: err}
	}
}

// looked takes what somebody else did into the form. What was to be sent meanwhile is sent then, where nothing changed.
func (f *formScreen) looked(msg formLookedMsg) tea.Cmd {
	finish, refused := f.since.finish, f.since.refused
	f.since.looking, f.since.finish, f.since.refused = false, nil, nil
	switch {
	case f.sent:
		return nil
	case msg.gone:
		return f.forget(msg.erased)
	case msg.err != nil:
		f.since.told = problem(msg.err) + " What you typed is kept."
		return f.reopen(refused)
	case msg.fields != nil && f.take(msg.fields):
		kept := f.keep(f.form.Draft())
		asked := refused != nil || f.since.chooser != nil
		if f.since.chooser = nil; asked && len(f.unsettled()) > 0 {
			f.choose()
		}
		return kept
	case finish != nil:
		return f.finish(finish)
	case msg.fields != nil && refused != nil:
		f.refill(f.form.Values()) // what stands beside the questions may have changed
	}
	return f.reopen(refused)
}

// refused goes back to the questions. Where somebody else may have been the reason, the record is read again first.
func (f *formScreen) refused(err error) tea.Cmd {
	switch register.KindOf(err) {
	case register.Conflict, register.Refused, register.NotFound:
		if len(f.spec.of) > 0 || f.spec.subject != "" {
			f.since.refused = err
			return f.look()
		}
	default:
	}
	return f.reopen(err)
}

// agreed sends what was agreed to, unless something was taken over into the form since it was asked.
func (f *formScreen) agreed(msg formAgreedMsg) tea.Cmd {
	switch {
	case msg.takes != f.since.takes:
		return nil
	case f.since.looking:
		f.since.finish = msg.values
		return nil
	}
	return f.send(msg.values)
}

// fieldOf is the question that an error is about; empty for none.
func fieldOf(err error) string {
	var e *register.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// problem says what is wrong, with the question it is about by its label.
func (f *formScreen) problem(err error) string {
	id := fieldOf(err)
	i := slices.IndexFunc(f.base, func(x widget.Field) bool { return x.ID == id })
	if i < 0 {
		return problem(err)
	}
	return f.base[i].Label + ": " + strings.TrimPrefix(problem(err), id+": ")
}

// reopen goes on with a form that was refused, or asked for to be sent, for the reason it was.
func (f *formScreen) reopen(refused error) tea.Cmd {
	if refused != nil {
		f.form.Reopen(fieldOf(refused), f.problem(refused))
	} else if f.form.Closed() {
		f.form.Reopen("", "")
	}
	return nil
}

// forget drops everything typed about somebody whose record is no more.
func (f *formScreen) forget(erased bool) tea.Cmd {
	said := "The record is no longer held: what you typed on it is forgotten."
	if erased {
		said = "The person was erased meanwhile: what you typed about them is forgotten."
	}
	f.sent, f.kept, f.since = true, false, meanwhile{}
	f.form = widget.NewForm(f.kit.theme, f.spec.id, f.base, nil)
	cmds := []tea.Cmd{pop(), say(theme.Late, said)}
	if f.keeps() {
		cmds = append(cmds, f.kit.drafts.drop(f.spec.id))
	}
	return tea.Batch(cmds...)
}

// take joins what is held now with what is typed, and says so. It reports whether anything was changed.
func (f *formScreen) take(now []widget.Field) bool {
	now = f.kit.filed(now)
	j, same := mergeFields(f.base, now, f.form.Values()), sameQuestions(f.base, now)
	f.base = now
	if len(j.taken)+len(j.clashes) == 0 {
		if !same {
			f.refill(f.form.Values())
		}
		return false
	}
	for _, c := range j.clashes {
		f.since.clashes = slices.DeleteFunc(f.since.clashes, func(x clash) bool { return x.field.ID == c.field.ID })
	}
	f.since.clashes = append(f.since.clashes, j.clashes...)
	f.since.takes++
	f.refill(j.values)
	f.since.told = f.tell(&j) + f.ahead()
	return true
}

// sameQuestions reports whether the questions read alike, with what stands beside them.
func sameQuestions(one, other []widget.Field) bool {
	return slices.EqualFunc(one, other, func(a, b widget.Field) bool {
		return a.ID == b.ID && a.Label == b.Label && a.Note == b.Note && slices.Equal(a.Options, b.Options)
	})
}

// refill asks the questions as they are now, with answers, where the operator was.
func (f *formScreen) refill(answers widget.Values) {
	at := ""
	if f.form != nil {
		at = f.form.Focused()
	}
	f.form = widget.NewForm(f.kit.theme, f.spec.id, f.base, answers)
	f.form.Reopen(at, "")
	f.comment()
}

// tell says what was changed by whom.
func (f *formScreen) tell(j *joined) string {
	who := f.since.by
	switch {
	case who == "":
		who = "Somebody"
	case who == f.kit.desk.Operator().Name:
		who = "You, in another place,"
	}
	var said []string
	if len(j.taken) > 0 {
		said = append(said, who+" changed "+strings.Join(j.taken, ", ")+" meanwhile; it is kept.")
	}
	if len(j.clashes) > 0 {
		var labels []string
		for _, c := range j.clashes {
			labels = append(labels, c.field.Label)
		}
		said = append(said, who+" changed "+strings.Join(labels, ", ")+" meanwhile, and so did you: you choose as you finish.")
	}
	return strings.Join(said, " ")
}

// ahead is what is left to do.
func (f *formScreen) ahead() string {
	for id, v := range f.form.Values() {
		if i := slices.IndexFunc(f.base, func(x widget.Field) bool { return x.ID == id }); i >= 0 && v != initial(f.base[i]) {
			return " Check and finish again."
		}
	}
	return " Nothing else is left to change: Esc leaves."
}

// unsettled are the clashes that still are some, with what is typed by now.
func (f *formScreen) unsettled() []clash {
	var all []clash
	now := f.form.Values()
	for _, c := range f.since.clashes {
		if typed := now[c.field.ID]; c.field.Final(typed) != c.field.Final(initial(c.field)) {
			all = append(all, newClash(c.field, c.was, typed))
		}
	}
	return all
}
