package tui

import (
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

func (t *templateEditor) View(width, height int) string {
	th := t.kit.theme
	if !t.ready {
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	heading := th.Cut("  Heading: "+th.Clean(t.heading.Value()), width)
	if t.above {
		heading = th.Cut(th.Glyphs.Cursor+" "+t.heading.View(max(1, width-2)), width)
	}
	out := []string{heading, t.standing(width)}
	below := t.wrong(width, max(1, height/3))
	t.body.SetSize(width, max(1, height-len(out)-len(below)))
	return fit(th, append(append(out, splitLines(t.body.View())...), below...), width, height)
}

func (t *templateEditor) standing(width int) string {
	th := t.kit.theme
	words := fmt.Sprintf("Line %d.  Tab goes to the heading; {name} is a field, Ctrl+F inserts one.", t.body.Line())
	switch {
	case t.saving:
		words = "Saving ..."
	case t.resumed:
		return th.Soon.Render(th.Cut("Taken up where it was left, NOT IN USE YET. "+
			t.kit.keyed("Ctrl+R starts afresh.", "start afresh forgets what was typed."), width))
	}
	return th.Muted.Render(th.Cut(words, width))
}

// wrong lists what keeps the words from being used, by their lines.
func (t *templateEditor) wrong(width, height int) []string {
	th := t.kit.theme
	if len(t.problems) == 0 {
		return []string{th.Good.Render(th.Cut("The words can be used: Ctrl+S saves them, Ctrl+O shows the letter.", width))}
	}
	lines := &text{th: th, width: width}
	for i := range t.problems {
		lines.add("", theme.Bad, problemAt(&t.problems[i]))
	}
	if len(lines.lines) > height {
		more := fmt.Sprintf("... %s in all", count(len(t.problems), "problem"))
		lines.lines = append(lines.lines[:height-1], th.Bad.Render(th.Cut(more, width)))
	}
	return lines.lines
}

func problemAt(p *register.Problem) string {
	where := "Heading: "
	switch {
	case p.Line > 0:
		where = fmt.Sprintf("Line %d: ", p.Line)
	case p.Field != "subject":
		where = ""
	}
	return where + strings.TrimSpace(p.Reason)
}
