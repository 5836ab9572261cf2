package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// lettersDesk shows and writes the letters of a case.
type lettersDesk interface {
	Request(ref string) (register.RequestPage, error)
	PreviewLetter(ref string, k register.LetterKind, own map[string][]string) (register.LetterPreview, error)
	WriteLetter(ctx context.Context, in register.LetterInput) (register.Disclosure, error)
	Draft(form string) (register.Draft, bool, error)
}

// letters lists the letters a case may need, those that are due first, and shows the selected one as it will read.
type letters struct {
	kit    *kit
	desk   lettersDesk
	ref    string
	table  *widget.Table
	rows   letterRows
	who    register.ID
	shown  register.LetterPreview // of the kind it says
	pane   *widget.Pane
	inText bool // the arrows scroll the letter
	err    error
	wrong  error // why the selected letter cannot be shown
	ready  bool
}

func newLetters(k *kit, ref string) Screen {
	return &letters{kit: k, desk: k.desk, ref: ref, pane: widget.NewPane(k.theme), table: widget.NewTable(k.theme,
		widget.Column{Title: "", Min: 3},
		widget.Column{Title: "Letter", Min: 24, Weight: 1},
		widget.Column{Title: "Written", Min: 11, Priority: 1},
	)}
}

type (
	lettersMsg struct {
		page register.RequestPage
		err  error
	}
	letterShownMsg struct {
		kind    register.LetterKind
		preview register.LetterPreview
		err     error
	}
)

func (l *letters) Init() tea.Cmd {
	desk, ref := l.desk, l.ref
	return func() tea.Msg {
		page, err := desk.Request(ref)
		return lettersMsg{page, err}
	}
}

// Refresh looks at the case anew.
func (l *letters) Refresh(register.Note) tea.Cmd { return l.Init() }

func (l *letters) Title() string { return "Letters" }

func (l *letters) waits() bool { return !l.ready }

// draft is what the unfinished values of a letter are kept under.
func (l *letters) draft(k register.LetterKind) string { return "letter:" + l.ref + ":" + string(k) }

// preview shows the selected letter with what was said for it so far.
func (l *letters) preview() tea.Cmd {
	kind, ok := l.selected()
	if !ok {
		return nil
	}
	desk, ref, drafts, form := l.desk, l.ref, l.kit.drafts, l.draft(kind)
	return func() tea.Msg {
		if err := drafts.flush(); err != nil {
			return letterShownMsg{kind: kind, err: err}
		}
		own, _, err := desk.Draft(form)
		if err != nil {
			return letterShownMsg{kind: kind, err: err}
		}
		p, err := desk.PreviewLetter(ref, kind, fieldLists(kind, own.Values))
		return letterShownMsg{kind, p, err}
	}
}

func (l *letters) selected() (register.LetterKind, bool) {
	if l.table.Cursor() >= len(l.rows) {
		return "", false
	}
	return l.rows[l.table.Cursor()].Kind, true
}

func (l *letters) At() widget.Where {
	return widget.Where{Scope: scopeLetters, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return !l.current() || l.shown.Text == ""
		case letterFill:
			return !l.current()
		case letterWrite:
			return !l.writable()
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// current reports whether the letter shown is the selected one.
func (l *letters) current() bool {
	kind, ok := l.selected()
	return ok && l.wrong == nil && l.shown.Kind == kind
}

func (l *letters) writable() bool {
	return l.current() && len(l.shown.Missing) == 0 && !l.shown.Draft
}

// whyNot says what keeps the selected letter from being written.
func (l *letters) whyNot(a widget.Action) string {
	switch {
	case a != letterWrite && a != widget.Open || !l.current():
		return ""
	case len(l.shown.Missing) > 0:
		return "The letter has to say more first: e fills it in."
	case l.shown.Draft && a == letterWrite:
		return "What this letter announces is not approved yet: until then it can only be read."
	}
	return ""
}

func (l *letters) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case lettersMsg:
		l.err, l.ready = msg.err, true
		if msg.err == nil {
			l.rows, l.who = msg.page.Letters(), msg.page.Delegate
		}
		l.table.SetRows(l.rows)
		return l, l.preview()
	case letterShownMsg:
		if kind, _ := l.selected(); kind == msg.kind {
			same := l.shown.Kind == msg.kind && l.shown.Text == msg.preview.Text
			l.shown, l.wrong = msg.preview, msg.err
			l.shown.Kind = msg.kind
			if !same {
				l.pane.SetText(msg.preview.Text)
			}
		}
	case actMsg:
		return l, l.act(msg.action)
	}
	return l, nil
}

func (l *letters) act(a widget.Action) tea.Cmd {
	switch a {
	case widget.Back:
		return pop()
	case widget.NextField, widget.PrevField:
		l.inText = !l.inText
		return nil
	case widget.Open:
		if l.current() && l.shown.Text != "" {
			return push(newReading(l.kit, l.shown.Kind.Title(), l.shown.Text))
		}
		return nil
	case letterFill:
		if l.current() {
			return push(l.filling())
		}
		return nil
	case letterWrite:
		if l.writable() {
			return push(l.writing())
		}
		return nil
	case widget.PageUp, widget.PageDown:
		l.pane.Act(a)
		return nil
	default:
	}
	if l.inText {
		l.pane.Act(a)
		return nil
	}
	was := l.table.Cursor()
	l.table.Act(a)
	if l.table.Cursor() == was {
		return nil
	}
	return l.preview()
}

func (l *letters) View(width, height int) string {
	th := l.kit.theme
	switch {
	case l.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(l.err), width))}, width, height)
	case !l.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	if width >= twoPanes {
		one := min(width*2/5, width-letterWidth-3)
		l.table.SetSize(one, height)
		return fit(th, beside(th, splitLines(l.table.View()), l.letter(width-one-3, height), one), width, height)
	}
	most := min(len(l.rows)+1, max(3, height/3))
	l.table.SetSize(width, most)
	rule := th.Border.Render(th.Cut(ruled(th, width), width))
	return fit(th, append(append(splitLines(l.table.View()), rule), l.letter(width, height-most-1)...), width, height)
}

// letter is the selected letter, or what it still has to say.
func (l *letters) letter(width, height int) []string {
	th := l.kit.theme
	t := &text{th: th, width: width}
	switch {
	case l.wrong != nil:
		t.add("", theme.Bad, problem(l.wrong))
		return t.lines
	case !l.current():
		return []string{th.Muted.Render(th.Cut("Reading ...", width))}
	case len(l.shown.Missing) > 0:
		t.add("", theme.Soon, "THE LETTER HAS TO SAY MORE: e fills it in.")
		for _, f := range l.shown.Missing {
			t.add("  - ", theme.Plain, f.About)
		}
		return t.lines
	case l.shown.Draft:
		t.add("", theme.Soon, "DRAFT: what it announces is not approved, so it can only be read.")
	}
	l.pane.SetSize(width, max(1, height-len(t.lines)-1))
	at := l.pane.Position()
	if l.inText && at != "" {
		at += ", the arrows scroll"
	} else if at != "" {
		at += ", PgDn goes on, Tab lets the arrows scroll"
	}
	return append(append(t.lines, splitLines(l.pane.View())...), th.Muted.Render(th.Cut(at, width)))
}

// letterWidth is how wide the lines of a letter are.
const letterWidth = 76

// letterRows shows the letters of a case in a table.
type letterRows []register.CaseLetter

func (r letterRows) Len() int        { return len(r) }
func (r letterRows) ID(i int) string { return string(r[i].Kind) }

func (r letterRows) Row(i int) []string {
	due := ""
	if r[i].Due {
		due = "DUE"
	}
	return []string{due, r[i].Kind.Title(), short(r[i].Made)}
}

// Tone brings out what is due.
func (r letterRows) Tone(row, _ int) theme.Tone {
	if r[row].Due {
		return theme.Soon
	}
	return theme.Plain
}
