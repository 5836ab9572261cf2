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

// noticeEffect shows whom a version would concern, and publishes it.
type noticeEffect struct {
	finder
	desk   noticeDesk
	in     register.NoticeInput
	effect register.NoticeEffect
	all    effectRows
	busy   bool
	done   bool
}

func newNoticeEffect(k *kit, in register.NoticeInput, effect register.NoticeEffect) Screen {
	e := &noticeEffect{desk: k.desk, in: in, finder: newFinder(k,
		widget.Column{Title: "What to do", Min: 10},
		widget.Column{Title: "Name", Min: 16, Weight: 2},
		widget.Column{Title: "Question", Min: 14, Weight: 2, Priority: 1},
		widget.Column{Title: "Organisation", Min: 14, Weight: 1, Priority: 2},
	)}
	e.take(effect)
	return e
}

// take lists whom the version would concern.
func (e *noticeEffect) take(effect register.NoticeEffect) {
	e.effect, e.all = effect, nil
	for _, r := range effect.AskAgain {
		e.all = append(e.all, effectRow{"ASK AGAIN", r.Delegate, r.Name, r.Title + " by " + byWords(r.Channel, r.Brand), ""})
	}
	for _, r := range effect.Tell {
		e.all = append(e.all, effectRow{"tell", r.ID, r.Name, "", r.Organisation})
	}
	e.show()
}

// Refresh works out anew whom it would concern, after a commit that may have changed it and until it is published.
func (e *noticeEffect) Refresh(note register.Note) tea.Cmd {
	if e.busy || e.done || !touches(note, "consents", "delegates", "memberships", "settings") {
		return nil
	}
	desk, in := e.desk, e.in
	return func() tea.Msg {
		effect, err := desk.PublishNotice(context.Background(), in, true)
		return effectMsg{effect, err}
	}
}

type (
	publishMsg struct{} // agreed to
	effectMsg  struct {
		effect register.NoticeEffect
		err    error
	}
	publishedMsg struct {
		effect register.NoticeEffect
		err    error
	}
)

func (e *noticeEffect) Init() tea.Cmd { return nil }

func (e *noticeEffect) Title() string { return "What it means" }

func (e *noticeEffect) At() widget.Where {
	return widget.Where{Scope: scopeEffect, Typing: e.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case noticeIssue:
			return e.busy || e.done
		case widget.Open:
			return e.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (e *noticeEffect) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case effectMsg:
		switch {
		case e.busy || e.done:
		case msg.err != nil:
			return e, fail(msg.err)
		default:
			e.take(msg.effect)
		}
	case publishMsg:
		return e, e.publish()
	case publishedMsg:
		return e, e.published(msg)
	case tea.KeyMsg:
		if e.key(msg, e.At()) {
			e.show()
		}
	case actMsg:
		return e, e.act(msg)
	}
	return e, nil
}

func (e *noticeEffect) show() {
	e.table.Empty = "Nobody has to be told or asked again."
	if len(e.all) > 0 {
		e.table.Empty = "Nobody is like that."
	}
	words, shown := e.words(), effectRows{}
	for i, r := range e.all {
		if holds(strings.ToLower(strings.Join(e.all.Row(i), " ")), words) {
			shown = append(shown, r)
		}
	}
	e.table.SetRows(shown)
}

func (e *noticeEffect) act(msg actMsg) tea.Cmd {
	taken, changed := e.finder.act(msg.action)
	switch {
	case changed:
		e.show()
	case taken:
	case msg.action == widget.Back && e.done:
		return pop()
	case msg.action == widget.Back:
		return swap(newPublication(e.kit, e.in.ID))
	case msg.action == widget.Open && e.table.Len() > 0:
		id, _, _ := strings.Cut(e.table.SelectedID(), "|")
		return e.kit.show(thePerson, id)
	case msg.action == noticeIssue && !e.busy && !e.done:
		return ask(widget.Question{
			Title: "Publish " + e.in.ID + ", version " + e.in.Version, Yes: "Publish it", AskedBy: msg.key,
			Text: "It is in force from " + day(e.in.From) + " and can never be changed again, only followed by another. " +
				e.counted() + " Nothing is sent by this.",
		}, send(publishMsg{}))
	}
	return nil
}

// counted is whom it concerns in a sentence.
func (e *noticeEffect) counted() string {
	return fmt.Sprintf("To be asked again: %s. To be told: %s.", count(len(e.effect.AskAgain), "answer"), howMany(len(e.effect.Tell)))
}

func (e *noticeEffect) publish() tea.Cmd {
	e.busy = true
	desk, in := e.desk, e.in
	return func() tea.Msg {
		effect, err := desk.PublishNotice(context.Background(), in, false)
		return publishedMsg{effect, err}
	}
}

func (e *noticeEffect) published(msg publishedMsg) tea.Cmd {
	e.busy = false
	if msg.err != nil {
		return fail(msg.err)
	}
	e.done = true
	return tea.Batch(e.kit.drafts.drop(publicationID(e.in.ID)),
		say(theme.Good, fmt.Sprintf("Published: %s, version %s.", e.in.ID, e.in.Version)))
}

func (e *noticeEffect) View(width, height int) string {
	th := e.kit.theme
	state := "NOT PUBLISHED YET: ctrl+s publishes it, Esc goes back to the wording."
	switch {
	case e.busy:
		state = "Publishing ..."
	case e.done:
		state = "PUBLISHED. f in the Consents area lists whom to ask again; t under Notices records who was told."
	}
	head := []string{
		th.Title.Render(th.Cell(fmt.Sprintf("%s, version %s, from %s: %s change", e.in.ID, e.in.Version, day(e.in.From),
			changeWord(e.in.Material)), width)),
		th.Cut(e.counted(), width), th.Soon.Render(th.Cut(state, width)),
		th.Muted.Render(th.Cut(e.table.Position(), width)),
	}
	return fit(th, append(head, e.view(width, height-len(head))...), width, height)
}

// effectRow is one person a version concerns.
type effectRow struct {
	what     string
	who      register.ID
	name     string
	question string
	at       string
}

type effectRows []effectRow

func (r effectRows) Len() int        { return len(r) }
func (r effectRows) ID(i int) string { return string(r[i].who) + "|" + r[i].what + "|" + r[i].question }
func (r effectRows) Row(i int) []string {
	return []string{r[i].what, r[i].name, r[i].question, r[i].at}
}
func (r effectRows) Tone(row, column int) theme.Tone {
	if column == 0 && r[row].question != "" {
		return theme.Soon
	}
	return theme.Plain
}
