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

// marking asks under which exemption words are taken out, and why.
func (r *redaction) marking(words, code, reason string) Screen {
	return newMarking(r.kit, r.ref, register.RedactionInput{Words: words, Code: code, Reason: reason}, r.codes, r.text.passages)
}

// newMarking is the form for a mark. The texts say where the words would go; there may be none.
func newMarking(
	k *kit, ref string, in register.RedactionInput, codes []register.Exemption, texts []register.Passage,
) Screen {
	desk := redactionDesk(k.desk)
	id := "case:" + ref + ":redact"
	if in.Words != "" {
		id += ":" + register.TextDigest(in.Words)[:16]
	}
	return newForm(k, formSpec{
		id: id, title: "Take out", intro: "The words vanish from everywhere in the pack, whole, in any case, with or without accents." +
			" The gap says under which exemption.",
		load: asked(
			widget.Field{ID: "words", Label: "Words", Required: true, Value: in.Words},
			widget.Field{
				ID: "code", Label: "Exemption", Kind: widget.Choice, Required: true, Options: exemptionOptions(codes), Value: in.Code,
			},
			widget.Field{
				ID: "reason", Label: "Reason", Kind: widget.LongText, Required: true, Value: in.Reason,
				Note: "The reply tells the person, so it must not give away what is taken out.",
			},
		),
		remark: func(v widget.Values) string { return standsIn(texts, v["words"]) },
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Redact(ctx, ref, register.RedactionInput{Words: v["words"], Code: v["code"], Reason: v["reason"]})
			return formDone{said: "Taken out; the release has to be approved with it."}, err
		},
	})
}

// standsIn says in how many texts of the pack words stand.
func standsIn(texts []register.Passage, words string) string {
	if strings.TrimSpace(words) == "" || len(texts) == 0 {
		return ""
	}
	finder, n := register.NewRedactor([]register.Redaction{{Words: words}}, nil), 0
	for i := range texts {
		if len(finder.Finds(texts[i].Text)) > 0 {
			n++
		}
	}
	return fmt.Sprintf("Stands in %s of the pack.", count(n, "text"))
}

// takingOff asks which mark made the gap under the cursor, where that is not plain, and why it comes off.
func (r *redaction) takingOff() tea.Cmd {
	gap := r.text.text(r.at)
	var made []register.Redaction
	for _, m := range r.marks {
		for i := range r.codes {
			if r.codes[i].Code == m.Code && r.codes[i].Gap() == gap {
				made = append(made, m)
			}
		}
	}
	switch len(made) {
	case 0:
		return say(theme.Soon, "No mark of this case made this gap.")
	case 1:
		return push(newUnmarking(r.kit, r.ref, made[0]))
	}
	options := make([]widget.Option, len(made))
	for i, m := range made {
		options[i] = widget.Option{Value: string(m.ID), Label: m.Words}
	}
	kit, ref := r.kit, r.ref
	return choose(widget.NewPicker(kit.theme, "Which words may stand again?", options, ""), func(o widget.Option) tea.Cmd {
		for _, m := range made {
			if string(m.ID) == o.Value {
				return push(newUnmarking(kit, ref, m))
			}
		}
		return nil
	})
}

// newUnmarking asks why words may stand again.
func newUnmarking(k *kit, ref string, m register.Redaction) Screen {
	desk := redactionDesk(k.desk)
	return newForm(k, formSpec{
		id: "case:" + ref + ":unredact:" + string(m.ID), title: "Take a mark off",
		intro: "The words stand in the pack again: " + m.Words,
		load: asked(widget.Field{
			ID: "reason", Label: "Why they may stand", Kind: widget.LongText, Required: true, Note: "The case keeps it.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Unredact(ctx, ref, m.ID, v["reason"])
			return formDone{said: "The mark is off: the words stand again."}, err
		},
	})
}
