package tui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// paperDesk records the answers that came back on paper.
type paperDesk interface {
	SheetPeople(in register.SheetInput) ([]register.SheetRow, error)
	RecordConsents(ctx context.Context, all []register.ConsentInput) ([]register.ConsentEvent, []register.Problem, error)
	Draft(form string) (register.Draft, bool, error)
}

// paper is the grid for answers on paper: a row per person, a column per question. Nothing is recorded before it is
// saved, and what is typed is kept as a draft of each person, at every key.
type paper struct {
	kit  *kit
	desk paperDesk
	who  []register.ID
	keys []register.ConsentKey
	head paperHead
	rows []*paperRow
	err  error

	row, col int
	first    int // question that is shown first
	number   int // of a row, as far as it is typed
	left     int // people of the group who are not put these questions
	resumed  int // answers taken up from drafts
	ready    bool
	busy     bool

	entry *widget.Prompt // what is typed into; nil for nothing
	then  func(answer string, given bool) tea.Cmd
	wrong string // what is wrong with the entry
}

// paperHead is what holds for every answer of the grid.
type paperHead struct {
	on       calendar.Date // the day on the paper
	evidence string        // where the paper lies, or its code
}

// paperRow is one person and what is typed about them.
type paperRow struct {
	register.SheetRow
	number    int // on the paper, from 1
	answers   []register.ConsentAct
	givenBy   string
	authority string
	reasons   []string // by question: why it could not stand
}

func newPaper(k *kit, who []register.ID, keys []register.ConsentKey, code string) Screen {
	return &paper{
		kit: k, desk: k.desk, who: who, keys: keys, head: paperHead{on: k.desk.Today(), evidence: code},
	}
}

func newPaperOf(k *kit, who []register.ID, keys []register.ConsentKey) Screen {
	return newPaper(k, who, keys, "")
}

type (
	paperReadMsg struct {
		rows   []register.SheetRow
		drafts map[register.ID]register.Draft
		err    error
	}
	paperStandMsg struct{ rows []register.SheetRow }
	paperSaveMsg  struct{} // agreed to
	paperSavedMsg struct {
		cells    []paperCell
		events   int
		problems []register.Problem // Line is the place in cells, from 1
		err      error
	}
)

func (p *paper) Init() tea.Cmd {
	desk, drafts := p.desk, p.kit.may(register.DraftSave)
	in := register.SheetInput{Delegates: p.who, Keys: p.keys}
	return func() tea.Msg {
		rows, err := desk.SheetPeople(in)
		msg := paperReadMsg{rows: rows, err: err, drafts: map[register.ID]register.Draft{}}
		for i := 0; drafts && i < len(rows) && msg.err == nil; i++ {
			d, found, err := desk.Draft(paperDraft(rows[i].Delegate))
			if msg.err = err; found {
				msg.drafts[rows[i].Delegate] = d
			}
		}
		return msg
	}
}

// Refresh looks again how everybody on the paper stands, after a commit that may have changed it. What is typed stays.
func (p *paper) Refresh(note register.Note) tea.Cmd {
	if !p.ready || p.err != nil || !touches(note, "consents", "delegates", "suppressions", "memberships", "settings") {
		return nil
	}
	desk, in := p.desk, register.SheetInput{Delegates: p.who, Keys: p.keys}
	return func() tea.Msg {
		rows, err := desk.SheetPeople(in)
		if err != nil {
			return fail(err)()
		}
		return paperStandMsg{rows}
	}
}

// stand shows how they stand now. The paper is printed: nobody comes onto it, and saving tells of who has to go.
func (p *paper) stand(rows []register.SheetRow) {
	for i := range rows {
		at := slices.IndexFunc(p.rows, func(r *paperRow) bool { return r.Delegate == rows[i].Delegate })
		if at >= 0 && rows[i].LeftOut == "" {
			p.rows[at].SheetRow = rows[i]
		}
	}
}

func (p *paper) Title() string { return "Answers on paper" }

// Selection is the id of the person whose row is selected.
func (p *paper) Selection() (word, text string) {
	if len(p.rows) == 0 {
		return "id", ""
	}
	return "id", string(p.rows[p.row].Delegate)
}

// waits keeps keys that are typed before there is a row for them.
func (p *paper) waits() bool { return !p.ready || p.busy }

func (p *paper) At() widget.Where {
	return widget.Where{Scope: scopeGrid, Typing: p.entry != nil, Off: func(a widget.Action) bool {
		switch a {
		case goHome, goDelegates, goOrganisations, goRequests, goConsents, goImports, goAudit, goSettings, goCourses, widget.Open:
			return true // their digits are numbers of rows here
		case gridYes, gridNo, gridSkip, gridBack, gridGiven:
			return len(p.rows) == 0
		case gridSave:
			return p.typed() == 0
		default:
			return false
		}
	}}
}

func (p *paper) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case paperReadMsg:
		p.read(msg)
	case paperStandMsg:
		p.stand(msg.rows)
	case paperSaveMsg:
		return p, p.save()
	case paperSavedMsg:
		return p, p.saved(msg)
	case tea.KeyMsg:
		return p, p.press(msg)
	case actMsg:
		return p, p.act(msg)
	}
	return p, nil
}

func (p *paper) read(msg paperReadMsg) {
	if p.err, p.ready = msg.err, true; msg.err != nil {
		return
	}
	for _, r := range msg.rows {
		if r.LeftOut != "" {
			p.left++
			continue
		}
		p.rows = append(p.rows, &paperRow{
			SheetRow: r, number: len(p.rows) + 1, answers: make([]register.ConsentAct, len(p.keys)), reasons: make([]string, len(p.keys)),
		})
	}
	p.row, p.col = 0, -1
	p.takeUp(msg.drafts)
	p.forward()
}
