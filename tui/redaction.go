package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// redactionDesk takes words out of a pack and puts them back.
type redactionDesk interface {
	Request(ref string) (register.RequestPage, error)
	PackText(ref string) ([]register.Passage, error)
	RedactionHints(ref string) ([]register.RedactionHint, error)
	Redact(ctx context.Context, ref string, in register.RedactionInput) (register.RequestPage, error)
	Unredact(ctx context.Context, ref string, id register.ID, why string) (register.RequestPage, error)
	exemptionDesk
}

// redaction is the text of a pack as it will stand, with a cursor that goes from word to word and marks what is to be
// taken out. What is marked shows as the gap it leaves.
type redaction struct {
	kit    *kit
	desk   redactionDesk
	ref    string
	text   *packText
	marks  []register.Redaction
	codes  []register.Exemption
	err    error
	ready  bool
	at     int            // the word under the cursor
	anchor int            // the word a mark began at; -1 for none
	first  int            // line that is shown first
	height int            // lines of text shown
	prompt *widget.Prompt // what is sought is typed into it; nil for nothing
	sought string
}

func newRedaction(k *kit, ref string) Screen {
	return &redaction{kit: k, desk: k.desk, ref: ref, text: newPackText(nil, nil), anchor: -1}
}

type packTextMsg struct {
	passages []register.Passage
	marks    []register.Redaction
	codes    []register.Exemption
	err      error
}

func (r *redaction) Init() tea.Cmd {
	desk, ref := r.desk, r.ref
	return func() tea.Msg {
		var msg packTextMsg
		page, err := desk.Request(ref)
		if err == nil {
			msg.marks = page.Redactions
			msg.codes, err = desk.Exemptions()
		}
		if err == nil {
			msg.passages, err = desk.PackText(ref)
		}
		msg.err = err
		return msg
	}
}

// Refresh reads the text anew, unless a mark is being drawn in it.
func (r *redaction) Refresh(note register.Note) tea.Cmd {
	if r.anchor >= 0 || !touches(note, "requests", "settings", "delegates", "memberships", "consents", "bookings") {
		return nil
	}
	return r.Init()
}

func (r *redaction) Title() string { return "Words to take out" }

func (r *redaction) waits() bool { return !r.ready }

func (r *redaction) At() widget.Where {
	return widget.Where{Scope: scopeRedaction, Typing: r.prompt != nil, Off: func(a widget.Action) bool {
		none := len(r.text.words) == 0
		switch a {
		case widget.Open, redactMark, redactFind:
			return none || a == widget.Open && !r.kit.may(register.RequestSelect)
		case redactNext, redactPrev:
			return none || r.sought == ""
		case redactOff:
			return none || !r.text.words[r.at].gap
		case redactType:
			return !r.ready || r.err != nil
		default:
			return false
		}
	}}
}

func (r *redaction) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case packTextMsg:
		r.read(msg)
	case tea.KeyMsg:
		return r, r.seek(msg)
	case actMsg:
		return r, r.act(msg.action)
	}
	return r, nil
}

// read takes the text, with the cursor where it was.
func (r *redaction) read(msg packTextMsg) {
	r.err, r.ready = msg.err, true
	if msg.err != nil {
		return
	}
	var was packWord
	if r.at < len(r.text.words) {
		was = r.text.words[r.at]
	}
	r.marks, r.codes, r.anchor = msg.marks, msg.codes, -1
	r.text = newPackText(msg.passages, gapsOf(msg.codes))
	r.at = 0
	for i, w := range r.text.words {
		if w.passage < was.passage || w.passage == was.passage && w.from <= was.from {
			r.at = i
		}
	}
}

// gapsOf are the gaps that the exemptions of the office leave.
func gapsOf(codes []register.Exemption) []string {
	all := make([]string, len(codes))
	for i := range codes {
		all[i] = codes[i].Gap()
	}
	return all
}

// seek takes a key while words to find are typed.
func (r *redaction) seek(msg tea.KeyMsg) tea.Cmd {
	if r.prompt == nil || r.prompt.Update(msg) == widget.Asking {
		return nil
	}
	r.sought, r.prompt = r.prompt.Value(), nil
	if msg.Type == tea.KeyEsc {
		return nil
	}
	return r.jump(1)
}

// jump goes to where the words sought stand next.
func (r *redaction) jump(step int) tea.Cmd {
	to := r.text.find(r.at, r.sought, step)
	if to < 0 {
		return say(theme.Muted, "These words do not stand in the pack.")
	}
	r.anchor = -1
	r.at = to
	return nil
}

func (r *redaction) act(a widget.Action) tea.Cmd {
	switch a {
	case widget.Back:
		if r.anchor < 0 {
			return pop()
		}
		r.anchor = -1
	case widget.NextField, widget.PrevField:
		return push(newMarks(r.kit, r.ref))
	case goExemptions:
		return push(newExemptions(r.kit))
	case redactType:
		return push(r.marking("", "", ""))
	case redactFind:
		r.prompt = widget.NewPrompt(r.kit.theme, "Find", r.sought)
	case redactNext:
		return r.jump(1)
	case redactPrev:
		return r.jump(-1)
	case redactMark:
		r.extend()
	case redactOff, widget.Open:
		return r.decide()
	default:
		r.move(a)
	}
	return nil
}

// extend begins a mark, or takes the next word into it.
func (r *redaction) extend() {
	switch {
	case r.anchor < 0 && !r.text.words[r.at].gap:
		r.anchor = r.at
	case r.anchor >= 0:
		r.to(r.at + 1)
	}
}

// decide asks about the mark, the word under the cursor, or the gap.
func (r *redaction) decide() tea.Cmd {
	if r.anchor < 0 && r.text.words[r.at].gap {
		return r.takingOff()
	}
	from := r.at
	if r.anchor >= 0 {
		from = r.anchor
	}
	words := r.text.between(from, r.at)
	if words == "" {
		return say(theme.Soon, "There is no word here to take out.")
	}
	r.anchor = -1
	return push(r.marking(words, "", ""))
}

// move goes to another word. While a mark is drawn it stays in its passage, and stops at a gap.
func (r *redaction) move(a widget.Action) {
	if len(r.text.words) == 0 {
		return
	}
	switch a {
	case widget.Left:
		r.to(r.at - 1)
	case widget.Right:
		r.to(r.at + 1)
	case widget.Up:
		r.to(r.text.over(r.at, -1))
	case widget.Down:
		r.to(r.text.over(r.at, 1))
	case widget.PageUp:
		r.to(r.text.over(r.at, -max(1, r.height-2)))
	case widget.PageDown:
		r.to(r.text.over(r.at, max(1, r.height-2)))
	case widget.First:
		r.to(0)
	case widget.Last:
		r.to(len(r.text.words) - 1)
	default:
	}
}

func (r *redaction) to(word int) {
	word = max(0, min(word, len(r.text.words)-1))
	if r.anchor < 0 {
		r.at = word
		return
	}
	step := 1
	if word < r.at {
		step = -1
	}
	for r.at != word {
		next := r.text.words[r.at+step]
		if next.gap || next.passage != r.text.words[r.anchor].passage {
			return
		}
		r.at += step
	}
}
