package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// The answers to whether a finding goes into the pack.
const (
	findingTake  = "take"
	findingLeave = "leave"
)

// judging shows one finding in full and asks whether it goes into the pack.
func (f *findings) judging(x finding) Screen {
	do := ""
	switch {
	case x.judged && x.in:
		do = findingTake
	case x.judged:
		do = findingLeave
	}
	take := "Take it in"
	fields := []widget.Field{}
	if x.sort == mentionFinding {
		take = "Quote the passage below"
		fields = append(fields, widget.Field{
			ID: "passage", Label: "Passage", Kind: widget.LongText, Value: x.choice.Passage,
			Note: "What the reply quotes: only what is about the person.", Below: func(widget.Values) []string { return x.full },
		})
	}
	fields = append([]widget.Field{{
		ID: "do", Label: "In the pack", Kind: widget.Choice, Required: true, Value: do, Options: []widget.Option{
			{Value: findingTake, Label: take}, {Value: findingLeave, Label: "Leave it out"},
		},
	}}, append(fields, whyOut(f.codes, &x)...)...)
	if x.sort != mentionFinding {
		fields[0].Below = func(widget.Values) []string { return x.full }
	}
	desk, ref := f.desk, f.ref
	return newForm(f.kit, formSpec{
		id: "case:" + ref + ":finding:" + x.id(), title: "Judge", intro: x.what, load: asked(fields...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			x.in = v["do"] == findingTake
			x.choice.Reason, x.choice.Code = v["reason"], v["code"]
			if x.in {
				x.choice.Reason, x.choice.Code = "", ""
			}
			if passage, ok := v["passage"]; ok {
				x.choice.Passage = passage
			}
			return formDone{said: chose(1, x.in)}, choosing(ctx, desk, ref, []finding{x})
		},
	})
}

// whyOut asks for the reason that something is left out for.
func whyOut(codes []register.Exemption, x *finding) []widget.Field {
	fields := []widget.Field{{
		ID: "reason", Label: "Why it is left out", Kind: widget.LongText, Value: x.choice.Reason,
		Note: "Needed where it is left out: the reply tells the person.",
	}}
	if x.sort == documentFinding {
		return fields
	}
	return append(fields, widget.Field{
		ID: "code", Label: "Under which exemption", Kind: widget.Choice, Options: exemptionOptions(codes), Value: x.choice.Code,
		Note: "Where one covers it.",
	})
}

func exemptionOptions(codes []register.Exemption) []widget.Option {
	all := make([]widget.Option, len(codes))
	for i, x := range codes {
		all[i] = widget.Option{Value: x.Code, Label: x.Code + ": " + x.Title + " (" + x.Source + ")"}
	}
	return all
}

// leavingOut asks once for the reason that several findings are left out for.
func (f *findings) leavingOut(all []finding) Screen {
	desk, ref, first := f.desk, f.ref, all[0]
	intro := fmt.Sprintf("%s left out of the pack for the same reason.", are(len(all)))
	if len(all) == 1 {
		intro = "Left out: " + first.what + ": " + first.which
	}
	return newForm(f.kit, formSpec{
		id: "case:" + ref + ":left-out", title: "Leave out", intro: intro, load: func() ([]widget.Field, error) {
			fields := whyOut(f.codes, &finding{sort: first.sort})
			fields[0].Required = true
			return fields, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			for i := range all {
				all[i].in, all[i].choice.Reason, all[i].choice.Code = false, v["reason"], v["code"]
			}
			f.table.ClearMarks()
			return formDone{said: chose(len(all), false)}, choosing(ctx, desk, ref, all)
		},
	})
}

func are(n int) string {
	if n == 1 {
		return "1 finding is"
	}
	return widget.Count(n) + " findings are"
}

// chose says what was chosen of how many.
func chose(n int, in bool) string {
	if in {
		return are(n) + " taken in."
	}
	return are(n) + " left out."
}

// takeIn takes the chosen findings in; for more than one it asks.
func (f *findings) takeIn(key string) tea.Cmd {
	desk, ref, all := f.desk, f.ref, f.chosen()
	quoted := 0
	for i := range all {
		all[i].in, all[i].choice.Reason, all[i].choice.Code = true, "", ""
		if all[i].sort == mentionFinding {
			quoted++
		}
	}
	do := func() tea.Msg {
		if err := choosing(context.Background(), desk, ref, all); err != nil {
			return fail(err)()
		}
		return chosenFindingsMsg{chose(len(all), true)}
	}
	if len(all) == 1 {
		return do
	}
	return ask(widget.Question{
		Title: "Take in", Yes: fmt.Sprintf("Take in %d", len(all)), AskedBy: key,
		Text: fmt.Sprintf("%s taken into the pack. %d of them quote others' records, with the sentences that name the person.",
			are(len(all)), quoted),
	}, do)
}

// choosing keeps what was chosen of findings of all sorts.
func choosing(ctx context.Context, desk findingsDesk, ref string, all []finding) error {
	var choices []register.FindingChoice
	for i := range all {
		c := all[i].choice
		c.Include = all[i].in
		if all[i].sort != documentFinding {
			choices = append(choices, c)
			continue
		}
		if _, err := desk.TakeDocument(ctx, ref, register.ID(c.Record), c.Include, c.Reason); err != nil {
			return err
		}
	}
	if len(choices) == 0 {
		return nil
	}
	_, err := desk.Choose(ctx, ref, choices)
	return err
}

// attaching lists a copy of something held elsewhere.
func (f *findings) attaching() Screen {
	desk, ref := f.desk, f.ref
	return newForm(f.kit, formSpec{
		id: "case:" + ref + ":attach", title: "Attach",
		intro: "A copy of something held elsewhere is listed in the case, with the digest of the file. The file itself is read and not kept.",
		load: asked(
			widget.Field{ID: "file", Label: "File", File: true, Required: true, Note: "With its path."},
			widget.Field{ID: "title", Label: "What it is", Required: true, Note: "As the reply prints it."},
			widget.Field{
				ID: "where", Label: "Where it is held", Required: true, Note: "The filing cabinet, the mailbox, the other system.",
			},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in := register.AttachInput{File: strings.TrimSpace(v["file"]), Title: v["title"], Where: v["where"]}
			_, err := desk.Attach(ctx, ref, in)
			return formDone{said: "The document is listed in the case, with its digest."}, err
		},
	})
}
