package tui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
)

// templateHeldMsg is the template in use, after somebody else has worded it anew.
type templateHeldMsg struct {
	now register.LetterTemplate
	err error
}

// Refresh reads the words in use again after a commit that may have changed them.
func (t *templateEditor) Refresh(note register.Note) tea.Cmd {
	if note.Verb != register.TemplateSave || t.saving {
		return nil
	}
	return t.reread()
}

func (t *templateEditor) holdsTyped() {}

func (t *templateEditor) reread() tea.Cmd {
	desk, kind := t.desk, t.was.Kind
	return func() tea.Msg {
		all, err := desk.Templates()
		i := slices.IndexFunc(all, func(x register.LetterTemplate) bool { return x.Kind == kind })
		if err != nil || i < 0 {
			return templateHeldMsg{t.was, err}
		}
		return templateHeldMsg{now: all[i]}
	}
}

// held joins what is typed with what is in use now: paragraphs that only one has worded anew are taken, of those that
// both have both stand, one after the other.
func (t *templateEditor) held(msg templateHeldMsg) tea.Cmd {
	was, typed := t.was, t.now()
	switch {
	case msg.err != nil:
		return fail(msg.err)
	case msg.now.Subject == was.Subject && msg.now.Body == was.Body:
		return nil
	}
	both := 0
	join := func(was, theirs, mine string) string {
		return settle(mergeTexts(was, theirs, mine), func(_ int, p *piece) []string {
			both++
			return append(slices.Clone(p.theirs), p.mine...)
		})
	}
	subject := typed.Subject
	if subject == was.Subject {
		subject = msg.now.Subject
	}
	t.was = msg.now
	t.fill(subject, join(was.Body, msg.now.Body, typed.Body))
	said := "Somebody worded this letter anew meanwhile; it is kept. Check and save again."
	if both > 0 {
		said = "Somebody worded the same paragraphs anew: theirs stand before yours. Take out what should go, and save again."
	}
	return tea.Batch(t.changed(), say(theme.Soon, said))
}

// save puts the words in use, unless others are by now than those they were written over.
func (t *templateEditor) save() tea.Cmd {
	t.saving = true
	desk, now, was := t.desk, t.now(), t.was
	return func() tea.Msg { return templateKeptMsg{desk.SaveTemplate(context.Background(), now, was)} }
}
