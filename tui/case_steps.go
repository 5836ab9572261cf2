package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// stepForm words the form that records one kind of event.
type stepForm struct {
	title string
	intro string
	on    string // the question for the day
	text  string // the question for the words; empty: none are asked
	id    string // of that question, as the rules name it
	must  bool   // words are needed: they are asked for first
	said  string
}

var stepForms = map[register.RequestEventKind]stepForm{
	register.IdentityAsked: {
		title: "Ask for identity", on: "Asked on", text: "Why it is asked for", id: "text",
		said:  "The clock waits for proof of identity.",
		intro: "Only where there is real doubt who asks. The clock starts when the proof has come.",
	},
	register.Acknowledged: {
		title: "Acknowledge", on: "The person was told on", text: "How they were told", id: "text",
		said: "The request is acknowledged.",
	},
	register.ProgressTold: {
		title: "Told how it goes", on: "The person was told on", text: "What they were told", id: "text",
		said: "It is recorded that the person was told.",
	},
	register.Found: {
		title: "Finding", on: "On", text: "What the enquiry found", id: "text", must: true, said: "The finding is kept.",
	},
	register.IdentitySeen: {
		title: "Identity", on: "Proof of identity came on",
		said: "Proof of identity is recorded.",
	},
	register.AuthorityAsked: {
		title: "Ask for authority", on: "Asked on", text: "What is asked for, and why", id: "text",
		said: "The clock waits for proof of authority.",
	},
	register.AuthoritySeen: {
		title: "Authority", on: "Proof of authority came on",
		said: "Proof of authority is recorded.",
	},
	register.FeeAsked: {
		title: "Ask for a fee", on: "Asked on", text: "How much, and what for", id: "text",
		said:  "The clock waits for the fee.",
		intro: "A fee may be asked only where a request is excessive or manifestly unfounded, or for further copies.",
	},
	register.FeePaid: {title: "Fee", on: "Paid on", said: "The fee is recorded."},
	register.ClarifyAsked: {
		title: "Ask what is wanted", on: "Asked on", text: "What was asked", id: "text",
		said: "The clock is stopped until the answer comes.",
		intro: "The clock stops until the answer comes. " +
			"It is for cases where a great deal is held and the request does not say what is wanted.",
	},
	register.Clarified: {
		title: "The answer", on: "Answered on", text: "What was answered", id: "text", said: "The clock runs again.",
	},
	register.Extended: {
		title: "Extend", on: "The person was told on", text: "Reason the person was told", id: "reason", must: true,
		said: "The case is extended by two months.",
		intro: "Two further months, where the request is complex or one of several. " +
			"The person is told why within the first month.",
	},
	register.Noted: {title: "Note", on: "On", text: "Note", id: "text", must: true, said: "The note is kept."},
	register.Replied: {
		title: "Reply", on: "The reply went out on", text: "How it was sent", id: "text",
		said: "The reply is recorded: the clock is settled.",
	},
}

// record opens the form for one event.
func (c *caseScreen) record(kind register.RequestEventKind) tea.Cmd {
	f, ok := stepForms[kind]
	if !ok {
		return nil
	}
	desk, ref := c.desk, c.ref
	fields := []widget.Field{{ID: "on", Label: f.on, Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()}}
	words := widget.Field{ID: f.id, Label: f.text, Kind: widget.LongText, Required: f.must}
	switch {
	case f.must:
		fields = append([]widget.Field{words}, fields...)
	case f.text != "":
		fields = append(fields, words)
	}
	return push(newForm(c.kit, formSpec{
		id: "case:" + ref + ":" + string(kind), subject: c.page.Delegate,
		title: f.title, intro: f.intro, load: asked(fields...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			e := register.RequestEvent{Kind: kind, On: on, Text: strings.TrimSpace(v[f.id])}
			_, err = desk.Progress(ctx, ref, e)
			return formDone{said: f.said}, err
		},
	}))
}

func onDay(v widget.Values) (calendar.Date, error) {
	on, err := calendar.ParseDate(v["on"])
	if err != nil {
		return on, register.Errorf(register.Invalid, "on", "%w", err)
	}
	return on, nil
}
