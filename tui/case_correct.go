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

// The two ways to put an entry right.
const (
	putRight = "right"
	strike   = "strike"
)

func (c *caseScreen) mayCorrect(e register.RequestEvent) bool {
	_, gone := c.correction(e.Seq)
	return c.open() && !gone && e.Correctable() && c.kit.may(register.RequestCorrect)
}

func mayCorrectAny(c *caseScreen) bool {
	for _, e := range c.page.Events {
		if c.mayCorrect(e) {
			return true
		}
	}
	return false
}

// correcting puts the entry right that the cursor is on, or has one chosen where the timeline is not in sight.
func (c *caseScreen) correcting() tea.Cmd {
	if c.at == tabTimeline {
		return c.correct()
	}
	var entries []widget.Option
	for _, e := range c.shownEvents() {
		if c.mayCorrect(e) {
			label := fmt.Sprintf("%d  %s  %s, by %s", e.Seq, short(e.On), eventWords(&e), e.By)
			entries = append(entries, widget.Option{Value: fmt.Sprint(e.Seq), Label: label})
		}
	}
	return choose(widget.NewPicker(c.kit.theme, "Which entry is wrong?", entries, ""), func(o widget.Option) tea.Cmd {
		for _, e := range c.page.Events {
			if fmt.Sprint(e.Seq) == o.Value {
				return push(c.rightingOf(e))
			}
		}
		return nil
	})
}

// correct puts right the entry the cursor is on.
func (c *caseScreen) correct() tea.Cmd {
	e, ok := c.entry()
	if !ok {
		return nil
	}
	if !c.mayCorrect(e) {
		return say(theme.Muted, fmt.Sprintf("Entry %d (%s) cannot be put right this way.", e.Seq, eventWords(&e)))
	}
	return push(c.rightingOf(e))
}

// rightingOf asks how an entry should have been, or why it never happened.
func (c *caseScreen) rightingOf(e register.RequestEvent) Screen {
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: fmt.Sprintf("case:%s:entry:%d", ref, e.Seq), title: fmt.Sprintf("Entry %d", e.Seq), subject: c.page.Delegate,
		intro: fmt.Sprintf("%s, %s, recorded by %s. It stays in the record with what puts it right; what follows is checked anew and"+
			" the clock is counted anew.", eventWords(&e), day(e.On), e.By),
		load: asked(correctionFields(&e)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			put, err := correctionInput(&e, v)
			if err != nil {
				return formDone{}, err
			}
			page, err := desk.Correct(ctx, ref, put)
			if err != nil {
				return formDone{}, atField(err, "reason", "text")
			}
			said := fmt.Sprintf("Entry %d is put right.", e.Seq)
			if put.Kind == register.StruckOut {
				said = fmt.Sprintf("Entry %d is struck out.", e.Seq)
			}
			if !page.Due.IsZero() {
				said += " Due: " + day(page.Due) + "."
			}
			return formDone{said: said}, nil
		},
	})
}

func correctionFields(e *register.RequestEvent) []widget.Field {
	how := []widget.Option{{Value: putRight, Label: "Put its day or its words right"}}
	if e.Kind == register.Duplicate {
		how = nil
	}
	if e.Kind != register.Received {
		how = append(how, widget.Option{Value: strike, Label: "Strike it out: it never happened"})
	}
	fields := []widget.Field{
		{ID: "how", Label: "What is wrong", Kind: widget.Choice, Required: true, Options: how, Value: how[0].Value},
		{
			ID: "on", Label: "The day it happened", Kind: widget.Date, Value: e.On.String(),
			Note: "Not asked where it never happened.",
		},
		{ID: "text", Label: "Its words, or why it never happened", Kind: widget.LongText, Value: e.Text},
	}
	if kinds := evidenceKinds(e.Kind); kinds != nil {
		fields = append(fields, widget.Field{
			ID: "evidence", Label: "Kind of proof", Kind: widget.Choice, Options: options(kinds), Value: e.Evidence,
		})
	}
	return fields
}

func correctionInput(e *register.RequestEvent, v widget.Values) (register.RequestEvent, error) {
	text := strings.TrimSpace(v["text"])
	if v["how"] == strike {
		if text == strings.TrimSpace(e.Text) {
			text = "" // the words of the entry are no reason
		}
		return register.RequestEvent{Kind: register.StruckOut, Corrects: e.Seq, Text: text}, nil
	}
	on, err := onDay(v)
	put := register.RequestEvent{
		Kind: e.Kind, On: on, Text: text, Evidence: v["evidence"], Corrects: e.Seq, To: e.To, Task: e.Task,
	}
	return put, err
}

// evidenceKinds are the usual proofs an entry may speak of; nil: it speaks of none.
func evidenceKinds(kind register.RequestEventKind) []string {
	switch kind {
	case register.IdentitySeen:
		return register.EvidenceKinds()
	case register.AuthoritySeen, register.AuthorityFailed:
		return register.AuthorityKinds()
	default:
		return nil
	}
}
