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

// findingsDesk finds what there is on a person and keeps what is chosen of it.
type findingsDesk interface {
	Findings(ctx context.Context, ref string, told func(done, total int)) (register.Findings, error)
	Choose(ctx context.Context, ref string, choices []register.FindingChoice) (register.RequestPage, error)
	Attach(ctx context.Context, ref string, in register.AttachInput) (register.RequestPage, error)
	TakeDocument(ctx context.Context, ref string, id register.ID, include bool, reason string) (register.RequestPage, error)
	Exemptions() ([]register.Exemption, error)
}

// findings lists what is held on the person of a case, where others' records mention them, and documents held
// elsewhere: each is taken into the pack or left out of it.
type findings struct {
	finder
	desk  findingsDesk
	ref   string
	part  int
	all   []finding
	shown findingRows
	codes []register.Exemption
	err   error
	ready bool
	stale bool // something was committed while the search ran
	job   *job // nil while nothing is searched
}

func newFindings(k *kit, ref string) Screen {
	f := &findings{desk: k.desk, ref: ref, finder: newFinder(k,
		widget.Column{Title: "State", Min: 8},
		widget.Column{Title: "Where", Min: 22, Weight: 1},
		widget.Column{Title: "What", Min: 24, Weight: 2},
		widget.Column{Title: "Why it is left out", Min: 20, Weight: 1, Priority: 1},
	)}
	f.table.Markable = true
	return f
}

type (
	foundMsg struct {
		found register.Findings
		codes []register.Exemption
		err   error
	}
	chosenFindingsMsg struct{ said string }
)

// Init searches everything: that may take a while, and can be cancelled.
func (f *findings) Init() tea.Cmd {
	f.job, f.stale = newReadingJob(f.kit, "Searching every record"), false
	desk, ref := f.desk, f.ref
	return f.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		var msg foundMsg
		if msg.codes, msg.err = desk.Exemptions(); msg.err == nil {
			msg.found, msg.err = desk.Findings(ctx, ref, func(done, total int) { tell("", done, total) })
		}
		return msg
	})
}

// Refresh searches anew after a commit that may have changed what is found.
func (f *findings) Refresh(note register.Note) tea.Cmd {
	switch {
	case touches(note, "drafts") && len(note.Collections) == 1:
		return nil
	case f.job != nil:
		f.stale = true
		return nil
	}
	return f.Init()
}

func (f *findings) Title() string { return "Findings" }

func (f *findings) At() widget.Where {
	return widget.Where{Scope: scopeFindings, Typing: f.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, findingIn, findingOut:
			return len(f.shown) == 0 || a == widget.Open && !f.kit.may(register.RequestSelect)
		case documentAttach:
			return !f.ready || f.err != nil
		default:
			return false
		}
	}}
}

func (f *findings) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case foundMsg:
		return f, f.read(msg)
	case stepMsg:
		if f.job != nil {
			return f, f.job.Update(msg)
		}
	case chosenFindingsMsg:
		f.table.ClearMarks()
		return f, tea.Batch(f.Refresh(register.Note{}), say(theme.Good, msg.said))
	case tea.KeyMsg:
		if f.key(msg, f.At()) {
			f.show()
		}
	case actMsg:
		return f, f.act(msg)
	}
	return f, nil
}

func (f *findings) read(msg foundMsg) tea.Cmd {
	f.job, f.err, f.ready = nil, msg.err, true
	if msg.err == nil {
		f.all, f.codes = findingsOf(&msg.found), msg.codes
	}
	f.show()
	if f.stale {
		return f.Init()
	}
	return nil
}

func (f *findings) show() {
	part, words := findingParts()[f.part], f.words()
	f.shown = nil
	for i := range f.all {
		x := &f.all[i]
		if part.in(x) && holds(strings.ToLower(x.state()+" "+x.what+" "+x.which), words) {
			f.shown = append(f.shown, *x)
		}
	}
	f.table.Empty = "Nothing of this kind is found."
	f.table.SetRows(f.shown)
}

func (f *findings) act(msg actMsg) tea.Cmd {
	taken, changed := f.finder.act(msg.action)
	switch {
	case changed:
		f.show()
	case taken:
	case msg.action == widget.Back:
		if f.job != nil {
			f.job.stop()
		}
		return pop()
	case msg.action == viewNext:
		f.part = (f.part + 1) % len(findingParts())
		f.show()
	case msg.action == documentAttach:
		return push(f.attaching())
	case msg.action == requestRedact:
		return push(newRedaction(f.kit, f.ref))
	case len(f.shown) == 0:
	case msg.action == widget.Open:
		return push(f.judging(f.shown[f.table.Cursor()]))
	case msg.action == findingIn:
		return f.takeIn(msg.key)
	case msg.action == findingOut:
		return push(f.leavingOut(f.chosen()))
	}
	return nil
}

// chosen are the findings an action is about, in the order of the list.
func (f *findings) chosen() []finding {
	marked := map[string]bool{}
	for _, id := range f.table.MarkedIDs() {
		marked[id] = true
	}
	if len(marked) == 0 {
		return []finding{f.shown[f.table.Cursor()]}
	}
	var all []finding
	for i := range f.shown {
		if marked[f.shown[i].id()] {
			all = append(all, f.shown[i])
		}
	}
	return all
}

func (f *findings) View(width, height int) string {
	th := f.kit.theme
	head := []string{th.Title.Render(th.Cut(f.counted(), width)), f.second(width)}
	if f.err != nil {
		return fit(th, append(head[:1], th.Bad.Render(th.Cell(problem(f.err), width))), width, height)
	}
	side := width >= twoPanes
	if side {
		one := width * 3 / 5
		left := f.view(one, height-len(head))
		return fit(th, append(head, beside(th, left, f.detail(width-one-3, height-len(head)), one)...), width, height)
	}
	foot := f.detail(width, min(7, max(3, height/4)))
	return fit(th, append(append(head, f.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

// counted says how much was found and how much of it waits.
func (f *findings) counted() string {
	waiting := 0
	for i := range f.all {
		if !f.all[i].judged {
			waiting++
		}
	}
	if !f.ready {
		return "Looking for the person in every record"
	}
	return fmt.Sprintf("%s found; %s to judge.", count(len(f.all), "thing"), count(waiting, "mention"))
}

func (f *findings) second(width int) string {
	th := f.kit.theme
	if f.job != nil {
		return f.job.progress().View(th, width)
	}
	return th.Muted.Render(th.Cut(fmt.Sprintf("Showing %s: %s.  v shows another part.", findingParts()[f.part].name,
		f.table.Position()), width))
}

// detail is the selected finding in full, as far as there is room.
func (f *findings) detail(width, height int) []string {
	out := make([]string, height)
	if f.table.Cursor() >= len(f.shown) {
		return out
	}
	x := &f.shown[f.table.Cursor()]
	t := &text{th: f.kit.theme, width: width}
	t.lines = append(t.lines, heading(t.th, t.th.Clean(x.what), width))
	if x.judged && !x.in {
		t.add("", theme.Muted, "Left out: "+x.choice.Reason)
	}
	for _, l := range x.full {
		for _, s := range t.th.CleanLines(l) {
			t.add("", theme.Plain, s)
		}
	}
	if len(t.lines) > height {
		t.lines = append(t.lines[:max(0, height-1)], t.th.Muted.Render(t.th.Glyphs.Ellipsis+" Enter shows all of it"))
	}
	copy(out, t.lines)
	return out
}
