package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// erasureDesk plans the erasure of a case, carries it out, and searches for what is left of somebody.
type erasureDesk interface {
	Request(ref string) (register.RequestPage, error)
	ErasurePlan(ctx context.Context, ref string, told func(done, total int)) (register.ErasurePlan, error)
	KeepInErasure(ctx context.Context, ref string, choices []register.ErasureChoice) (register.RequestPage, error)
	Erase(ctx context.Context, ref string, in register.EraseInput, told func(done, total int)) (register.ErasureReport, error)
	ResidueScan(ctx context.Context, in register.ResidueInput, told func(done, total int)) (register.ResidueReport, error)
}

// erasurePlan shows what an erasure would remove, mask and keep, and why. What is chosen otherwise is chosen here, and
// the approved plan is carried out from here.
type erasurePlan struct {
	finder
	desk  erasureDesk
	ref   string
	page  register.RequestPage
	plan  register.ErasurePlan
	all   erasureRows
	shown erasureRows
	part  int
	err   error
	ready bool
	stale bool // something was committed while the search ran
	job   *job // nil while nothing is searched
}

func newErasurePlan(k *kit, ref string) Screen {
	p := &erasurePlan{desk: k.desk, ref: ref, finder: newFinder(k,
		widget.Column{Title: "Becomes", Min: 10},
		widget.Column{Title: "Where", Min: 14, Weight: 1},
		widget.Column{Title: "No.", Min: 4, Right: true, Priority: 2},
		widget.Column{Title: "What", Min: 20, Weight: 2},
		widget.Column{Title: "Why", Min: 32, Weight: 2, Priority: 1},
	)}
	p.table.Markable = true
	p.table.Empty = ""
	return p
}

type (
	erasurePlannedMsg struct {
		page register.RequestPage
		plan register.ErasurePlan
		err  error
	}
	erasureChosenMsg struct{ said string }
)

// Init searches everything held: that may take a while, and can be cancelled.
func (p *erasurePlan) Init() tea.Cmd {
	p.job, p.stale = newReadingJob(p.kit, "Looking for the person in every record"), false
	desk, ref := p.desk, p.ref
	return p.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		var msg erasurePlannedMsg
		if msg.page, msg.err = desk.Request(ref); msg.err == nil {
			msg.plan, msg.err = desk.ErasurePlan(ctx, ref, func(done, total int) { tell("", done, total) })
		}
		return msg
	})
}

// Refresh searches anew after a commit that may change the plan.
func (p *erasurePlan) Refresh(note register.Note) tea.Cmd {
	switch {
	case len(note.Collections) == 1 && touches(note, "drafts"):
		return nil
	case p.job != nil:
		p.stale = true
		return nil
	}
	return p.Init()
}

func (p *erasurePlan) Title() string { return "Erasure plan" }

func (p *erasurePlan) At() widget.Where {
	return widget.Where{Scope: scopeErasure, Typing: p.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, erasureKeep:
			return !p.kit.may(register.RequestSelect) || len(p.choosable()) == 0
		case erasureAgain:
			return !p.settled() || p.plan.Approved || !p.decided()
		case erasureRun:
			return p.whyNot(a) != ""
		default:
			return false
		}
	}}
}

// settled reports whether the plan on the screen is the plan as it is.
func (p *erasurePlan) settled() bool { return p.ready && p.err == nil && p.job == nil }

// decided reports whether the decision of the case is to erase.
func (p *erasurePlan) decided() bool {
	return p.page.Outcome == register.Fulfil || p.page.Outcome == register.Partly
}

// whyNot says why the plan cannot be carried out.
func (p *erasurePlan) whyNot(a widget.Action) string {
	switch {
	case a == erasureKeep && p.settled() && len(p.shown) > 0:
		return "Nothing can be chosen about this line."
	case a != erasureRun:
		return ""
	case !p.settled():
		return "The plan is not there yet."
	case len(p.plan.Blocked) > 0:
		return "It cannot run now: " + p.plan.Blocked[0] + "."
	case !p.decided():
		return "The case has no decision to erase."
	case len(p.page.Pending) > 0:
		return "The decision waits for another operator's approval."
	case !p.plan.Approved:
		return "This plan is not the one that was approved: look at it again, and have it approved anew."
	}
	return ""
}

func (p *erasurePlan) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case erasurePlannedMsg:
		return p, p.planned(msg)
	case stepMsg:
		if p.job != nil {
			return p, p.job.Update(msg)
		}
	case erasureChosenMsg:
		p.table.ClearMarks()
		return p, tea.Batch(p.Refresh(register.Note{}), say(theme.Good, msg.said))
	case tea.KeyMsg:
		if p.key(msg, p.At()) {
			p.show()
		}
	case actMsg:
		return p, p.act(msg)
	}
	return p, nil
}

func (p *erasurePlan) planned(msg erasurePlannedMsg) tea.Cmd {
	p.job, p.err, p.ready = nil, msg.err, true
	p.page, p.plan = msg.page, msg.plan
	p.all = nil
	if msg.err == nil {
		p.all = erasureRowsOf(&p.plan)
	}
	p.show()
	if p.stale {
		return p.Init()
	}
	return nil
}

func (p *erasurePlan) show() {
	part, words := erasureParts()[p.part], p.words()
	p.shown = nil
	for i := range p.all {
		r := &p.all[i]
		if (part == "" || r.becomes == part) && holds(strings.ToLower(strings.Join(r.cells(), " ")), words) {
			p.shown = append(p.shown, *r)
		}
	}
	if p.table.Empty = ""; p.ready {
		p.table.Empty = "The plan has nothing of this kind."
	}
	p.table.SetRows(p.shown)
}

func (p *erasurePlan) act(msg actMsg) tea.Cmd {
	taken, changed := p.finder.act(msg.action)
	switch {
	case changed:
		p.show()
	case taken:
	case msg.action == widget.Back:
		if p.job != nil {
			p.job.stop()
		}
		return pop()
	case msg.action == viewNext:
		p.part = (p.part + 1) % len(erasureParts())
		p.show()
	case p.At().Off(msg.action):
	case msg.action == widget.Open, msg.action == erasureKeep:
		return push(p.keeping(p.choosable()))
	case msg.action == erasureAgain:
		return p.askAgain(msg.key)
	case msg.action == erasureRun:
		return swap(newCertificate(p.kit, p.ref))
	}
	return nil
}

// choosable are the lines marked, or the selected one, as far as something can be chosen about them.
func (p *erasurePlan) choosable() []register.ErasureLine {
	if !p.settled() || p.table.Cursor() >= len(p.shown) {
		return nil
	}
	marked := p.table.MarkedIDs()
	if len(marked) == 0 {
		marked = []string{p.table.SelectedID()}
	}
	var lines []register.ErasureLine
	for i := range p.shown {
		if r := &p.shown[i]; r.line != nil && mayChoose(r.line) && slices.Contains(marked, r.id) {
			lines = append(lines, *r.line)
		}
	}
	return lines
}

// askAgain has the plan confirmed as it is now, with nothing chosen otherwise.
func (p *erasurePlan) askAgain(key string) tea.Cmd {
	desk, ref := p.desk, p.ref
	return ask(widget.Question{
		Title: "Looked at again", Yes: "I looked at it", AskedBy: key,
		Text: "You say that you looked at the plan as it is now: " + p.counted() + " An approval is for this plan then.",
	}, func() tea.Msg {
		if _, err := desk.KeepInErasure(context.Background(), ref, nil); err != nil {
			return fail(err)()
		}
		return erasureChosenMsg{"The plan is confirmed as it is now; it has to be approved."}
	})
}

// counted is how much the plan is about, in a sentence.
func (p *erasurePlan) counted() string {
	return fmt.Sprintf("%s removed, %s masked, %s kept.", widget.Count(p.plan.Count(register.ErasureRemoves)),
		widget.Count(p.plan.Count(register.ErasureMasks)), widget.Count(p.plan.Count(register.ErasureKeeps)))
}

// state says in words whether the plan can be carried out, and what is missing.
func (p *erasurePlan) state() (string, theme.Tone) {
	switch {
	case len(p.plan.Blocked) > 0:
		return "IT CANNOT RUN NOW: " + counted(len(p.plan.Blocked), "thing stands", "things stand") +
			" in the way, at the top of the list.", theme.Late
	case p.page.Outcome == register.Refuse:
		return "REFUSED: the decision is to erase nothing.", theme.Late
	case !p.decided():
		return "A DRAFT: the case is not decided yet. d on the case decides it.", theme.Soon
	case len(p.page.Pending) > 0:
		return "NOT APPROVED YET: p on the case approves it, by another operator where there is one.", theme.Soon
	case !p.plan.Approved:
		return "NOT APPROVED AS IT IS NOW: what is masked or kept has changed. c says you looked at it; then it is approved anew.",
			theme.Late
	}
	return "APPROVED, this very plan. ctrl+s carries it out, after you type the case number.", theme.Good
}
