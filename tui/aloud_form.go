package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/tui/widget"
)

// inquiry is how far a form has been answered by lines.
type inquiry struct {
	form    *widget.Form
	at      int  // the question; as many as there are: the answers are read back
	back    bool // one answer is being changed: then back to reading
	writing bool // lines of a long text are being typed
	lines   []string
	asked   bool // the question has been said
	first   int  // option that is said first
	sought  string
}

// form is the form the screen on top asks, nil for none or while it cannot be answered.
func (a *aloud) form() *widget.Form {
	f, ok := a.m.top().screen.(interviewer)
	if !ok || f.spokenForm() == nil || f.spokenForm().Closed() || a.m.waits() {
		return nil
	}
	return f.spokenForm()
}

// hearForm asks the next question, or says what was refused.
func (a *aloud) hearForm() {
	f := a.form()
	if f == nil {
		a.inquiry = nil
		return
	}
	if a.inquiry == nil || a.inquiry.form != f {
		a.inquiry = &inquiry{form: f, at: focused(f)}
		a.sayLines(a.beginning(len(f.Fields())))
	}
	if p := f.Problem(); p != "" && p != a.heard.problem {
		a.sayLines("PROBLEM: " + p)
		a.inquiry.back = a.inquiry.at >= len(f.Fields())
		a.inquiry.at, a.inquiry.asked = focused(f), false
	}
	a.heard.problem = f.Problem()
	q := a.inquiry
	a.says.Secret(q.at < len(f.Fields()) && f.Fields()[q.at].Kind == widget.Secret)
	if !q.asked {
		q.asked = true
		a.ask()
	}
}

// beginning says what a form is, and the first time how it is answered.
func (a *aloud) beginning(questions int) string {
	if questions <= 2 {
		return ""
	}
	text := fmt.Sprintf("A form of %d questions.", questions)
	if !a.taught {
		a.taught = true
		text += " back goes to the question before, leave leaves the form and keeps what is typed, ? says more."
	}
	return text
}

func focused(f *widget.Form) int {
	return max(0, slices.IndexFunc(f.Fields(), func(x widget.Field) bool { return x.ID == f.Focused() }))
}

// ask says the question that is to be answered, or reads the answers back.
func (a *aloud) ask() {
	q := a.inquiry
	fields := q.form.Fields()
	if q.at >= len(fields) && !a.lacks() {
		a.readBack()
		return
	}
	x := &fields[q.at]
	a.sayLines(fmt.Sprintf("%d of %d. %s.", q.at+1, len(fields), x.Heading()), x.Note, q.below(x))
	a.options(x)
	now := q.form.Answer(q.at)
	words := a.answer(x, now)
	switch {
	case x.Kind == widget.Secret && now != "":
		a.sayLines("It is given already: Enter keeps it.")
	case now == "" && x.Required:
		a.sayLines(manner(x))
	case now == "":
		a.sayLines(manner(x) + " Enter leaves it out.")
	case x.Required || x.Kind == widget.YesNo:
		a.sayLines("Now: "+words, manner(x)+" Enter keeps it.")
	default:
		a.sayLines("Now: "+words, manner(x)+" Enter keeps it, - takes it away.")
	}
}

// lacks reports whether there is an answer that cannot stand, says which, and goes to its question; the answers are
// read back after it.
func (a *aloud) lacks() bool {
	q := a.inquiry
	for i, x := range q.form.Fields() {
		if err := x.Check(q.form.Answer(i)); err != nil {
			a.sayLines("PROBLEM: " + err.Error())
			q.at, q.back = i, true
			return true
		}
	}
	return false
}

// below is the text to read under a question, as the answers are.
func (q *inquiry) below(x *widget.Field) string {
	if x.Below == nil {
		return ""
	}
	return strings.Join(x.Below(q.form.Values()), "\n")
}

// manner is how a question is answered.
func manner(x *widget.Field) string {
	switch x.Kind {
	case widget.Choice:
		return "Give a number or a word of it."
	case widget.Several:
		return "Give numbers with commas between."
	case widget.Date:
		return "A date as DD/MM/YYYY."
	case widget.YesNo:
		return "yes or no."
	case widget.LongText:
		return "Type lines; a line with a full stop alone ends it."
	case widget.Secret:
		return "What you type is not shown."
	case widget.Text:
	}
	return "Type it."
}

// options says what a question offers, twenty at a time.
func (a *aloud) options(x *widget.Field) {
	q := a.inquiry
	if x.Kind != widget.Choice && x.Kind != widget.Several {
		return
	}
	chosen := widget.Chosen(q.form.Answer(q.at))
	var lines []string
	for i, o := range q.form.Offered(q.at) {
		if !strings.Contains(strings.ToLower(o.Label), q.sought) {
			continue
		}
		mark := ""
		if x.Kind == widget.Several && slices.Contains(chosen, o.Value) {
			mark = ", chosen"
		}
		lines = append(lines, strconv.Itoa(i+1)+mark+". "+o.Label)
	}
	last := min(len(lines), q.first+widget.SpokenRows)
	q.first = min(q.first, last)
	a.sayLines(strings.Join(lines[q.first:last], "\n"))
	if last < len(lines) {
		a.sayLines(fmt.Sprintf("%d to %d of %d; more goes on, a word looks among them.", q.first+1, last, len(lines)))
	}
	q.first = last
	if last >= len(lines) {
		q.first = 0
	}
}

// answer is an answer as it is read out.
func (a *aloud) answer(x *widget.Field, value string) string {
	labels := map[string]string{}
	for _, o := range x.Options {
		labels[o.Value] = o.Label
	}
	switch {
	case x.Kind == widget.Secret && value != "":
		return "given"
	case value == "":
		return "nothing"
	case x.Kind == widget.Several:
		all := widget.Chosen(value)
		for i, v := range all {
			if labels[v] != "" {
				all[i] = labels[v]
			}
		}
		return strings.Join(all, "; ")
	case labels[value] != "":
		return labels[value]
	case x.Kind == widget.Date:
		if on, err := calendar.ParseDate(x.Final(value)); err == nil {
			return day(on)
		}
	}
	return value
}

// readBack says all the answers before they are carried out.
func (a *aloud) readBack() {
	lines := []string{"Your answers:"}
	for i, x := range a.inquiry.form.Fields() {
		lines = append(lines, fmt.Sprintf("%d. %s: %s", i+1, x.Label, a.answer(&x, a.inquiry.form.Answer(i))))
	}
	a.sayLines(strings.Join(lines, "\n"))
	a.sayLines("Finish? yes, no, or the number of an answer to change.")
}
