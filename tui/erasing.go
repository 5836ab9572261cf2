package tui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// newCertificate asks where the certificate for the person goes, then has the case number typed, and erases. Nothing of
// it is kept as a draft: a draft of the person would be one more thing to erase.
func newCertificate(k *kit, ref string) Screen {
	name := filepath.Join(k.exports(), "certificate-"+ref+".pdf")
	return newForm(k, formSpec{
		title: "Erase", back: func() Screen { return newErasurePlan(k, ref) },
		intro: "The contact details go with the record, so the certificate is written first; where it cannot be, nothing is erased." +
			" Send it when the search afterwards has found nothing.",
		load: asked(widget.Field{
			ID: "certificate", Label: "File of the certificate", File: true, Value: name, Validate: certificateName,
			Note: "Ends in .pdf, .docx, .html or .txt. A file that exists is never written over. Empty: none is written.",
		}),
		confirm: func(v widget.Values) widget.Question {
			return widget.Question{Title: "Erase for good", Word: ref, Unasked: true, Text: erasingWords(v["certificate"])}
		},
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			in := register.EraseInput{Certificate: strings.TrimSpace(v["certificate"])}
			return formDone{next: newErasing(k, ref, in)}, nil
		},
	})
}

func erasingWords(certificate string) string {
	words := "Everything the plan removes is gone for good, and with it the key that opens it. Nobody can undo this.\n\n"
	if strings.TrimSpace(certificate) == "" {
		return words + "NO certificate is written: the name and address of the person are known nowhere afterwards."
	}
	return words + "The certificate is " + filepath.Base(certificate) + "."
}

func certificateName(name string) error {
	if slices.Contains([]string{".pdf", ".docx", ".html", ".txt"}, strings.ToLower(filepath.Ext(strings.TrimSpace(name)))) {
		return nil
	}
	return errors.New("the name has to end in .pdf, .docx, .html or .txt")
}

// erasing carries an erasure out and shows what came of it.
type erasing struct {
	kit    *kit
	desk   erasureDesk
	ref    string
	in     register.EraseInput
	job    *job
	report register.ErasureReport
	err    error
	pane   *widget.Pane
}

func newErasing(k *kit, ref string, in register.EraseInput) Screen {
	return &erasing{kit: k, desk: k.desk, ref: ref, in: in, pane: widget.NewPane(k.theme)}
}

type (
	erasedMsg struct {
		report register.ErasureReport
		err    error
	}
	stopErasingMsg struct{} // agreed to
)

// Init begins at once: the case number has been typed.
func (e *erasing) Init() tea.Cmd {
	e.job, e.err = newJob(e.kit, "Looking for the person in every record"), nil
	desk, ref, in := e.desk, e.ref, e.in
	return e.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		at := erasurePhases{gone: in.Certificate == "" && len(in.Values) > 0}
		report, err := desk.Erase(ctx, ref, in, func(done, total int) { tell(at.name(done, total), done, total) })
		return erasedMsg{report, err}
	})
}

// erasurePhases names what an erasure is doing by how its counts go: it reads every record, erases, reads every record
// again, and then every byte. An erasure whose records are gone begins with the second.
type erasurePhases struct {
	gone       bool
	phase      int
	done, last int
}

func (p *erasurePhases) name(done, total int) string {
	if done < p.done || p.last != 0 && total != p.last {
		p.phase++
	}
	p.done, p.last = done, total
	names := []string{
		"Looking for the person in every record", "Searching every record for what is left",
		"Searching every byte of the files for what is left",
	}
	if p.gone {
		names = names[1:]
	}
	if p.phase == 0 && done >= total && !p.gone {
		return "Erasing, and overwriting what was freed"
	}
	return names[min(p.phase, len(names)-1)]
}

// gone reports whether the records are erased, whatever came after.
func (e *erasing) gone() bool { return e.report.Ref != "" }

func (e *erasing) Title() string { return "Erase" }

func (e *erasing) At() widget.Where {
	return widget.Where{Scope: scopeErasing, Typing: e.job != nil, Off: func(a widget.Action) bool {
		return a == widget.Open || a == widget.Quit && e.job != nil || a == erasureRun && (e.job != nil || e.err == nil || !e.gone())
	}}
}

func (e *erasing) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case erasedMsg:
		e.job, e.err = nil, msg.err
		if msg.report.Ref != "" {
			e.report = msg.report
		}
	case stepMsg:
		if e.job != nil {
			return e, e.job.Update(msg)
		}
	case stopErasingMsg:
		if e.job != nil {
			e.job.stop()
		}
	case tea.KeyMsg:
		if msg.Type == tea.KeyEsc && e.job != nil {
			return e, e.askStop()
		}
	case actMsg:
		return e, e.act(msg)
	}
	return e, nil
}

func (e *erasing) askStop() tea.Cmd {
	return ask(widget.Question{
		Title: "Stop the erasure", Yes: "Stop it", AskedBy: "esc",
		Text: "Until the records are gone, nothing is erased by it. Once they are, they stay gone; " +
			"what is then left to do is overwriting and searching, and it can be completed from here or from the case.",
	}, send(stopErasingMsg{}))
}

func (e *erasing) act(msg actMsg) tea.Cmd {
	switch {
	case msg.action == widget.Back && !e.gone():
		return swap(newErasurePlan(e.kit, e.ref))
	case msg.action == widget.Back:
		return pop()
	case msg.action == erasureRun && !e.At().Off(erasureRun):
		e.in = register.EraseInput{} // the certificate is written already
		return e.Init()
	}
	e.pane.Act(msg.action)
	return nil
}

func (e *erasing) View(width, height int) string {
	th := e.kit.theme
	if e.job != nil {
		t := &text{th: th, width: width}
		t.head(e.ref)
		t.lines = append(t.lines, e.job.progress().View(th, width))
		t.add("", theme.Muted, "First the plan once more, then the records, the freed pages of the store, and the search for what is left.")
		return fit(th, t.lines, width, height)
	}
	return fit(th, scrolled(th, e.pane, e.lines(width), width, height), width, height)
}
