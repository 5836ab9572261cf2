package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// handoverDesk hands cases to a data protection officer elsewhere and takes in what comes from there.
type handoverDesk interface {
	Request(ref string) (register.RequestPage, error)
	HandOver(ctx context.Context, ref string, in register.HandOverInput) (register.Disclosure, error)
	HandBack(ctx context.Context, ref string, in register.HandOverInput) (register.Disclosure, error)
	TakeIn(ctx context.Context, data []byte, with sealed.Key) (register.RequestPage, error)
	TakeBack(ctx context.Context, data []byte, with sealed.Key, dry bool) (register.AdvicePlan, error)
}

// handingOver asks what is asked of whoever decides the case elsewhere, and how its file is protected.
func (c *caseScreen) handingOver() Screen {
	desk, ref := handoverDesk(c.kit.desk), c.ref
	question := widget.Field{
		ID: "question", Label: "What is asked of them", Kind: widget.LongText, Required: true,
		Note: "They read it at the top of the case.",
	}
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":handed-over", title: "Hand over", subject: c.page.Delegate, doing: "Sealing the case",
		intro: "All it takes to decide the case goes into one sealed file: what happened, how its date is counted, and what is" +
			" held on the person. The case stays open here, and the file is recorded as a disclosure.",
		load: asked(append([]widget.Field{question, sealedFile(c.sealedName("case"))}, sealing()...)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := handed(v, "the case")
			if err != nil {
				return formDone{}, err
			}
			defer clear(in.Password)
			d, err := desk.HandOver(ctx, ref, in)
			return formDone{said: left("The case", d, in.To)}, err
		},
	})
}

// handingBack asks where the advice on another office's case goes, and how its file is protected.
func (c *caseScreen) handingBack() Screen {
	desk, ref, v := handoverDesk(c.kit.desk), c.ref, c.page.Visit
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":handed-back", title: "Send back", doing: "Sealing the decision",
		intro: "What was noted, found and decided here goes to " + v.Office + " for its case " + v.Ref +
			", in one sealed file. They approve the decision before it counts.",
		load: asked(append([]widget.Field{sealedFile(c.sealedName("advice"))}, sealing()...)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := handed(v, "the decision")
			if err != nil {
				return formDone{}, err
			}
			defer clear(in.Password)
			d, err := desk.HandBack(ctx, ref, in)
			return formDone{said: left("The decision", d, in.To)}, err
		},
	})
}

func sealedFile(name string) widget.Field {
	return widget.Field{
		ID: "to", Label: "File", File: true, Required: true, Value: name, Note: "A file that exists is never written over.",
	}
}

// sealedName is a name for the next file that leaves with a case or the advice on it, which no earlier one has.
func (c *caseScreen) sealedName(what string) string {
	name := c.ref + "-" + what
	sent := c.page.Events
	if c.page.Visit != nil {
		sent = c.since()
	}
	n := 1
	for _, e := range sent {
		if e.Kind == register.HandedOver {
			n++
		}
	}
	if n > 1 {
		name += fmt.Sprintf("-%d", n)
	}
	return filepath.Join(c.kit.exports(), name+".age")
}

func handed(v widget.Values, what string) (in register.HandOverInput, err error) {
	in.To, in.Question = strings.TrimSpace(v["to"]), strings.TrimSpace(v["question"])
	in.Password, in.Recipients, err = sealedWith(v, what)
	return in, err
}

// left says what left and where it is, the name of the file first, since a line may be cut.
func left(what string, d register.Disclosure, to string) string {
	return fmt.Sprintf("%s is %s, %s bytes%s", what, filepath.Base(to), widget.Count(int(d.Bytes)), inFolder(to))
}

// visitFacts are whose case it is, what is asked, and by whom; nothing for a case of this office.
func (c *caseScreen) visitFacts(width int) []string {
	v := c.page.Visit
	if v == nil {
		return nil
	}
	t := &text{th: c.kit.theme, width: width}
	t.head("ANOTHER OFFICE'S CASE, handed over to be decided here")
	for _, f := range [][2]string{
		{"Office", v.Office}, {"Its case", v.Ref}, {"Handed over by", v.By + ", on " + moment(v.At)},
		{"Question", strings.ReplaceAll(v.Question, "\n", " ")},
	} {
		t.lines = append(t.lines, labelled(t.th, f[0], f[1], width, theme.Plain)...)
	}
	return append(t.lines, "")
}

// visitHoldings is what the other office holds on the person, as it came with the case.
func (c *caseScreen) visitHoldings(width int) []string {
	t := &text{th: c.kit.theme, width: width}
	for _, h := range c.page.Visit.Held {
		t.head(h.Title + ": " + count(len(h.Entries), "record"))
		for i, e := range h.Entries {
			if i > 0 {
				t.lines = append(t.lines, "")
			}
			for _, l := range e.Lines {
				t.lines = append(t.lines, labelled(t.th, l.Label, l.Value, width, theme.Plain)...)
			}
		}
	}
	if len(c.page.Visit.Held) == 0 {
		t.add("", theme.Plain, "Nothing came with the case.")
	}
	return t.lines
}
