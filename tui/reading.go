package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// reading is a long text.
type reading struct {
	kit   *kit
	title string
	pane  *widget.Pane
}

func newReading(k *kit, title, text string) Screen {
	r := &reading{k, title, widget.NewPane(k.theme)}
	r.pane.SetText(text)
	return r
}

func (r *reading) Init() tea.Cmd { return nil }

func (r *reading) Title() string { return r.title }

func (r *reading) At() widget.Where {
	return widget.Where{Scope: scopeText, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (r *reading) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if act, ok := msg.(actMsg); ok {
		if act.action == widget.Back {
			return r, pop()
		}
		r.pane.Act(act.action)
	}
	return r, nil
}

func (r *reading) View(width, height int) string {
	th := r.kit.theme
	r.pane.SetSize(width, max(1, height-1))
	return fit(th, append(splitLines(r.pane.View()), th.Muted.Render(th.Cut(r.pane.Position(), width))), width, height)
}
