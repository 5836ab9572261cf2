package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// formLine takes a line as the answer to the question that was asked.
func (a *aloud) formLine(typed string) tea.Cmd {
	q := a.inquiry
	if q == nil {
		return nil
	}
	fields := q.form.Fields()
	text := strings.TrimSpace(typed)
	if q.writing {
		return a.writeLine(&fields[q.at], typed)
	}
	if cmd, taken := a.formWord(text); taken {
		return cmd
	}
	if q.at >= len(fields) {
		return a.reviewed(text)
	}
	x := &fields[q.at]
	switch {
	case text == "":
		return a.keep(x)
	case text == "-" && x.Kind != widget.YesNo:
		return a.give(x, "")
	}
	return a.answerLine(x, typed)
}

// formWord does what a word means in every form. A word that is to be an answer is typed with = before it.
func (a *aloud) formWord(text string) (tea.Cmd, bool) {
	q, top := a.inquiry, len(a.m.stack)-1
	switch text {
	case "back":
		switch {
		case q.back:
			q.at, q.back = len(q.form.Fields()), false
		case q.at == 0:
			return a.m.give(top, tea.KeyMsg{Type: tea.KeyEsc}), true
		default:
			q.at--
		}
		q.anew()
	case "leave":
		return a.m.give(top, tea.KeyMsg{Type: tea.KeyEsc}), true
	case "again":
		q.anew()
	case "quit":
		return tea.Quit, true
	case "start afresh":
		return a.do(formFresh), true
	case "?", "help":
		a.sayLines("Answer the question. Enter alone keeps what stands there, - takes it away, back goes to the question " +
			"before, again says it again, finish reads the answers back, start afresh forgets what was typed, leave leaves " +
			"the form and keeps what is typed, quit leaves the program. To answer with one of these words, type = before it.")
	case "finish":
		q.at, q.back = len(q.form.Fields()), false
		q.anew()
	default:
		return nil, false
	}
	return nil, true
}

// anew has the question said again from its beginning.
func (q *inquiry) anew() {
	q.asked, q.writing, q.lines, q.first, q.sought = false, false, nil, 0, ""
}

// reviewed takes the word about the answers that were read back.
func (a *aloud) reviewed(text string) tea.Cmd {
	q := a.inquiry
	n, err := strconv.Atoi(text)
	switch {
	case strings.EqualFold(text, "yes"):
		q.anew()
		a.heard.problem = "" // the same one is said again
		return a.m.give(len(a.m.stack)-1, tea.KeyMsg{Type: tea.KeyCtrlS})
	case err == nil && n >= 1 && n <= len(q.form.Fields()):
		q.at, q.back = n-1, true
		q.anew()
	case strings.EqualFold(text, "no"):
		a.sayLines("Nothing has been done. A number changes an answer; leave leaves the form and keeps what is typed.")
	default:
		a.sayLines("Type yes to finish, the number of an answer to change it, or leave.")
	}
	return nil
}

// answerLine reads a line as an answer of its kind.
func (a *aloud) answerLine(x *widget.Field, typed string) tea.Cmd {
	text := strings.TrimSpace(typed)
	if rest, ok := strings.CutPrefix(text, "="); ok && x.Kind == widget.Text {
		return a.give(x, strings.TrimSpace(rest))
	}
	switch x.Kind {
	case widget.YesNo:
		switch strings.ToLower(text) {
		case widget.Yes, widget.No:
			return a.give(x, strings.ToLower(text))
		}
		a.sayLines("Type yes or no.")
		return nil
	case widget.Choice:
		return a.pickLine(x, text)
	case widget.Several:
		return a.severalLine(x, text)
	case widget.LongText:
		return a.writeLine(x, typed)
	case widget.Secret:
		return a.give(x, typed)
	case widget.Text, widget.Date:
	}
	return a.give(x, text)
}

// pickLine takes the option of a number or a word; a word of several of them says those.
func (a *aloud) pickLine(x *widget.Field, text string) tea.Cmd {
	q := a.inquiry
	offered := q.form.Offered(q.at)
	if text == "more" {
		a.options(x)
		return nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(offered) {
		return a.give(x, offered[n-1].Value)
	}
	want := strings.ToLower(text)
	var hits []int
	for i, o := range offered {
		if strings.EqualFold(o.Label, text) || strings.EqualFold(o.Value, text) {
			return a.give(x, o.Value)
		}
		if strings.Contains(strings.ToLower(o.Label), want) {
			hits = append(hits, i)
		}
	}
	switch len(hits) {
	case 0:
		a.sayLines("Nothing that is offered is called that; again says what is.")
	case 1:
		return a.give(x, offered[hits[0]].Value)
	default:
		q.sought, q.first = want, 0
		a.options(x)
		q.sought = ""
		a.sayLines("Give the number of one of these.")
	}
	return nil
}

// severalLine takes the options of several numbers.
func (a *aloud) severalLine(x *widget.Field, text string) tea.Cmd {
	if text == "more" {
		a.options(x)
		return nil
	}
	numbers, ok := stretches(text, len(x.Options))
	if !ok {
		a.sayLines("Give numbers from 1 to " + widget.Count(len(x.Options)) + " with commas between, or - for none.")
		return nil
	}
	var values []string
	for i, o := range x.Options {
		if slices.Contains(numbers, i+1) {
			values = append(values, o.Value)
		}
	}
	return a.give(x, strings.Join(values, ","))
}

// writeLine takes a line of a long text, up to a full stop alone.
func (a *aloud) writeLine(x *widget.Field, typed string) tea.Cmd {
	q := a.inquiry
	if strings.TrimSpace(typed) != "." {
		q.writing = true
		q.lines = append(q.lines, typed)
		return nil
	}
	text := strings.Join(q.lines, "\n")
	q.writing, q.lines = false, nil
	return a.give(x, text)
}

// keep goes on with the answer as it stands, where it can stand.
func (a *aloud) keep(x *widget.Field) tea.Cmd {
	if err := x.Check(a.inquiry.form.Answer(a.inquiry.at)); err != nil {
		a.sayLines("PROBLEM: " + err.Error())
		return nil
	}
	return a.onwards()
}

// give answers the question, or says what is wrong with the answer and waits for another.
func (a *aloud) give(x *widget.Field, answer string) tea.Cmd {
	q := a.inquiry
	if err := x.Check(answer); err != nil {
		a.sayLines("PROBLEM: " + err.Error())
		return nil
	}
	before := q.below(x)
	told, changed := q.form.Set(q.at, answer)
	if after := q.below(x); after != before {
		a.sayLines(after)
	}
	var kept tea.Cmd
	if changed {
		top := a.m.top()
		kept = a.m.give(len(a.m.stack)-1, told)
		if f, ok := top.screen.(interviewer); ok {
			f.onAnswer()
		}
	}
	return tea.Batch(kept, a.onwards())
}

// onwards goes to the next question; what is unlocked with is sent at once.
func (a *aloud) onwards() tea.Cmd {
	q := a.inquiry
	if q.back {
		q.at, q.back = len(q.form.Fields()), false
	} else {
		q.at++
	}
	q.anew()
	_, brief := a.m.top().screen.(*unlock)
	if brief && q.at >= len(q.form.Fields()) {
		return a.m.give(len(a.m.stack)-1, tea.KeyMsg{Type: tea.KeyCtrlS})
	}
	return nil
}
