package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// alikeWithin is how many days apart two requests under one name may be the same.
const alikeWithin = 90

// alikeTo are the open cases that a new one may be over again: of the same person and kind, or under the same name and
// near in time.
func alikeTo(desk requestDesk, in register.RequestInput) ([]register.RequestRow, error) {
	list, err := desk.Cases(register.CaseQuery{OnlyOpen: true})
	if err != nil {
		return nil, err
	}
	var alike []register.RequestRow
	for i := range list.Len() {
		r := list.Row(i)
		apart := r.Received.DaysUntil(in.Received)
		same := in.Delegate != "" && r.Delegate == in.Delegate && r.Right == in.Right
		near := apart >= -alikeWithin && apart <= alikeWithin
		named := in.Name != "" && strings.EqualFold(strings.TrimSpace(in.Name), r.Name)
		if same || named && near {
			alike = append(alike, r)
		}
	}
	return alike, nil
}

// alikeCases shows what a new case may be over again, before it is opened.
type alikeCases struct {
	kit   *kit
	desk  intakeDesk
	in    register.RequestInput
	form  string        // its draft
	again func() Screen // the form
	table *widget.Table
	busy  bool
}

func newAlike(k *kit, in register.RequestInput, alike []register.RequestRow) *alikeCases {
	a := &alikeCases{kit: k, desk: k.desk, in: in, table: widget.NewTable(k.theme,
		widget.Column{Title: "Case", Min: 12},
		widget.Column{Title: "Kind", Min: 13, Priority: 3},
		widget.Column{Title: "Person", Min: 12, Weight: 1},
		widget.Column{Title: "State", Min: 17, Priority: 2},
		widget.Column{Title: "Received", Min: 11, Priority: 1},
	)}
	a.table.SetRows(alikeRows(alike))
	return a
}

// alikeMsg are the cases that are alike now.
type alikeMsg []register.RequestRow

type caseOpenedMsg struct {
	page register.RequestPage
	err  error
}

func (a *alikeCases) Init() tea.Cmd { return nil }

// Refresh looks again which cases are alike, after a commit that may have changed that.
func (a *alikeCases) Refresh(note register.Note) tea.Cmd {
	if a.busy || !touches(note, "requests", "delegates") {
		return nil
	}
	desk, in := a.desk, a.in
	return func() tea.Msg {
		alike, err := alikeTo(desk, in)
		if err != nil {
			return fail(err)()
		}
		return alikeMsg(alike)
	}
}

func (a *alikeCases) Title() string { return "The same again?" }

func (a *alikeCases) At() widget.Where { return widget.Where{Scope: scopeAlike} }

// Selection is the number of the selected case.
func (a *alikeCases) Selection() (word, text string) { return "case", a.table.SelectedID() }

func (a *alikeCases) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case alikeMsg:
		a.table.SetRows(alikeRows(msg))
	case caseOpenedMsg:
		a.busy = false
		if msg.err != nil {
			return a, tea.Batch(swap(a.again()), fail(msg.err))
		}
		return a, tea.Batch(a.kit.drafts.drop(a.form), swap(newCase(a.kit, msg.page.Ref)), say(theme.Good, opened(msg.page)))
	case actMsg:
		return a, a.act(msg.action)
	}
	return a, nil
}

func (a *alikeCases) act(act widget.Action) tea.Cmd {
	switch {
	case a.busy, a.table.Act(act):
		return nil
	case act == widget.Back:
		return swap(a.again())
	case act == widget.Open:
		return a.kit.show(theCase, a.table.SelectedID())
	case act == requestAnyway:
		a.busy = true
		desk, in := a.desk, a.in
		return func() tea.Msg {
			page, err := desk.OpenRequest(context.Background(), in)
			return caseOpenedMsg{page, err}
		}
	}
	return nil
}

func (a *alikeCases) View(width, height int) string {
	th := a.kit.theme
	var out []string
	for _, l := range theme.Wrap("These open cases may be this request over again. Nothing is written yet: Enter reads one, Ctrl+S opens"+
		" the new case all the same, Esc goes back to the form.", width) {
		out = append(out, th.Soon.Render(l))
	}
	a.table.SetSize(width, max(1, height-len(out)))
	return fit(th, append(out, splitLines(a.table.View())...), width, height)
}

// alikeRows shows the cases in a table.
type alikeRows []register.RequestRow

// Len is the number of cases.
func (r alikeRows) Len() int { return len(r) }

// ID is the number of a case.
func (r alikeRows) ID(i int) string { return r[i].Ref }

// Row is a case as the table shows it.
func (r alikeRows) Row(i int) []string {
	x := r[i]
	return []string{x.Ref, string(x.Right), x.Name, stateWords(x.State), short(x.Received)}
}
