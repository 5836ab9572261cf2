package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// asking chooses what a group is asked on paper, and goes on with it.
type asking struct {
	finder
	who  []register.ID
	rows askRows
	next func(keys []register.ConsentKey) Screen
}

// newAsking is what leads to a screen about people and questions.
func newAsking(open func(k *kit, who []register.ID, keys []register.ConsentKey) Screen) func(*kit, []register.ID) Screen {
	return func(k *kit, who []register.ID) Screen {
		a := &asking{who: who, finder: newFinder(k,
			widget.Column{Title: "Question", Min: 24, Weight: 1},
			widget.Column{Title: "By", Min: 8, Weight: 1},
		)}
		a.next = func(keys []register.ConsentKey) Screen { return open(k, who, keys) }
		a.rows = askRows{k.desk.Settings().Profile, k.desk.ConsentKeys()}
		a.table.Markable = true
		a.table.Empty = "The profile of this office asks nobody for consent."
		a.table.SetRows(a.rows)
		return a
	}
}

func (a *asking) Init() tea.Cmd { return nil }

func (a *asking) Title() string { return "Questions" }

func (a *asking) At() widget.Where {
	return widget.Where{Scope: scopeAsk, Off: func(x widget.Action) bool {
		return x == widget.Open && a.table.Len() == 0 || x == widget.OpenFilter
	}}
}

func (a *asking) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	if !ok {
		return a, nil
	}
	switch act.action {
	case widget.Back:
		return a, pop()
	case widget.Open:
		if keys := a.chosen(); len(keys) > 0 {
			return a, push(a.next(keys))
		}
	case widget.OpenFilter:
	default:
		a.table.Act(act.action)
	}
	return a, nil
}

// chosen are the questions marked, in the order of the profile, or the selected one.
func (a *asking) chosen() []register.ConsentKey {
	marked := map[string]bool{}
	for _, id := range a.marked() {
		marked[string(id)] = true
	}
	var keys []register.ConsentKey
	for _, key := range a.rows.keys {
		if marked[keyText(key)] {
			keys = append(keys, key)
		}
	}
	return keys
}

func (a *asking) View(width, height int) string {
	th := a.kit.theme
	head := th.Muted.Render(th.Cut("Asked: "+howMany(len(a.who))+". Space marks what they are asked, Enter goes on. "+a.table.Position(), width))
	return fit(th, append([]string{head}, append(a.view(width, height-2), a.wording(width))...), width, height)
}

// wording is what the selected question says on the paper.
func (a *asking) wording(width int) string {
	th, i := a.kit.theme, a.table.Cursor()
	if i >= len(a.rows.keys) {
		return ""
	}
	x, _ := a.rows.profile.Purpose(a.rows.keys[i].Purpose)
	return th.Muted.Render(th.Cell(x.Wording, width))
}

// askRows shows questions in a table.
type askRows struct {
	profile register.Profile
	keys    []register.ConsentKey
}

func (r askRows) Len() int        { return len(r.keys) }
func (r askRows) ID(i int) string { return keyText(r.keys[i]) }

func (r askRows) Row(i int) []string {
	return []string{purposeName(&r.profile, r.keys[i].Purpose), askedBy(&r.profile, r.keys[i])}
}
