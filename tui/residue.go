package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// newResidueForm asks what to look for everywhere. Nothing that is typed is kept: it would itself be found.
func newResidueForm(k *kit, ref string) Screen {
	intro := "Every record, every former version and every byte of the store is searched for what you type, in all its variants." +
		" It is kept nowhere, not even as a draft: leaving the form forgets it."
	if ref != "" {
		intro += " The outcome is noted in " + ref + "; a clean search completes the erasure."
	}
	return newForm(k, formSpec{
		title: "Search for what is left", intro: intro, doing: "Searching",
		load: asked(widget.Field{
			ID: "value", Label: "What to look for", Kind: widget.LongText, Required: true,
			Note: "One in a line: full names, email addresses, telephone numbers, a street with its number.",
		}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			in := register.ResidueInput{Ref: ref, Values: valuesOf(v["value"])}
			if len(register.NeedlesOfValues(in.Values)) == 0 {
				return formDone{}, register.Errorf(register.Invalid, "value",
					"type a full name, an email address or a number; nothing shorter than five letters")
			}
			return formDone{next: newResidue(k, in)}, nil
		},
	})
}

// valuesOf are the lines typed that are not empty.
func valuesOf(typed string) []string {
	var values []string
	for l := range strings.Lines(typed) {
		if l = strings.TrimSpace(l); l != "" {
			values = append(values, l)
		}
	}
	return values
}

// residue searches everything for typed values and shows where they stand.
type residue struct {
	kit    *kit
	desk   erasureDesk
	in     register.ResidueInput // in memory only
	job    *job
	report register.ResidueReport
	err    error
	pane   *widget.Pane
}

func newResidue(k *kit, in register.ResidueInput) Screen {
	return &residue{kit: k, desk: k.desk, in: in, pane: widget.NewPane(k.theme)}
}

type residueMsg struct {
	report register.ResidueReport
	err    error
}

func (r *residue) Init() tea.Cmd {
	r.job = newJob(r.kit, "Searching every record")
	desk, in := r.desk, r.in
	return r.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		at := erasurePhases{gone: true}
		report, err := desk.ResidueScan(ctx, in, func(done, total int) { tell(at.name(done, total), done, total) })
		return residueMsg{report, err}
	})
}

func (r *residue) Title() string { return "Search for what is left" }

func (r *residue) At() widget.Where {
	return widget.Where{Scope: scopeResidue, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (r *residue) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case residueMsg:
		r.job, r.report, r.err = nil, msg.report, msg.err
	case stepMsg:
		if r.job != nil {
			return r, r.job.Update(msg)
		}
	case actMsg:
		if msg.action == widget.Back {
			if r.job != nil {
				r.job.stop()
			}
			return r, pop()
		}
		r.pane.Act(msg.action)
	}
	return r, nil
}

func (r *residue) View(width, height int) string {
	th := r.kit.theme
	if r.job != nil {
		return fit(th, []string{r.job.progress().View(th, width)}, width, height)
	}
	t := &text{th: th, width: width}
	switch {
	case r.err != nil:
		t.add("", theme.Bad, problem(r.err))
	default:
		t.residue(&r.report)
	}
	return fit(th, scrolled(th, r.pane, t.lines, width, height), width, height)
}
