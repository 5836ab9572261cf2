package tui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// report writes what came of a piece of work.
type report func(*text)

// doing carries one piece of work out, which Esc cancels, and shows what came of it.
type doing struct {
	kit    *kit
	title  string
	label  string // while it runs and tells no steps
	work   func(ctx context.Context, tell Tell) (report, error)
	job    *job // nil once it has ended
	report report
	err    error
	pane   *widget.Pane
}

func newDoing(k *kit, title, label string, work func(ctx context.Context, tell Tell) (report, error)) Screen {
	return &doing{kit: k, title: title, label: label, work: work, pane: widget.NewPane(k.theme)}
}

type doneMsg struct {
	report report
	err    error
}

func (d *doing) Init() tea.Cmd {
	if d.work == nil {
		return nil // told already
	}
	d.job = newJob(d.kit, d.label)
	work := d.work
	return d.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		r, err := work(ctx, tell)
		return doneMsg{r, err}
	})
}

func (d *doing) Title() string { return d.title }

func (d *doing) At() widget.Where {
	return widget.Where{Scope: scopeDoing, Typing: d.job != nil, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (d *doing) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case doneMsg:
		d.job, d.report, d.err = nil, msg.report, msg.err
		if errors.Is(msg.err, context.Canceled) {
			return d, tea.Batch(pop(), say(theme.Soon, d.title+": stopped. Nothing was changed."))
		}
	case stepMsg:
		if d.job != nil {
			return d, d.job.Update(msg)
		}
	case tea.KeyMsg:
		if msg.Type == tea.KeyEsc && d.job != nil {
			d.job.stop()
		}
	case actMsg:
		if msg.action == widget.Back {
			return d, pop()
		}
		d.pane.Act(msg.action)
	}
	return d, nil
}

func (d *doing) View(width, height int) string {
	th := d.kit.theme
	if d.job != nil {
		return fit(th, []string{"", d.job.progress().View(th, width)}, width, height)
	}
	t := &text{th: th, width: width}
	if d.err != nil {
		t.add("", theme.Bad, problem(d.err))
	} else if d.report != nil {
		d.report(t)
	}
	return fit(th, scrolled(th, d.pane, t.lines, width, height), width, height)
}
