package tui

import (
	"fmt"

	"custos/tui/theme"
)

func (p *erasurePlan) View(width, height int) string {
	th := p.kit.theme
	head := p.head(width)
	if p.err != nil {
		head = append(head, theme.Wrap(th.Clean(problem(p.err)), width)...)
		return fit(th, head, width, height)
	}
	if width >= twoPanes {
		one := width * 3 / 5
		left := p.view(one, height-len(head))
		return fit(th, append(head, beside(th, left, p.detail(width-one-3, height-len(head)), one)...), width, height)
	}
	foot := p.detail(width, min(7, max(3, height/4)))
	return fit(th, append(append(head, p.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

// head says whom the plan is about, whether it can be carried out, and how much it is about.
func (p *erasurePlan) head(width int) []string {
	th := p.kit.theme
	title := p.ref + ": what erasing does"
	if p.plan.Name != "" {
		title = p.ref + ": what erasing does to " + p.plan.Name + " (" + string(p.plan.Delegate) + ")"
	}
	head := []string{th.Title.Render(th.Cell(title, width))}
	switch {
	case p.job != nil:
		return append(head, p.job.progress().View(th, width))
	case p.err != nil:
		return head
	}
	words, tone := p.state()
	for _, l := range theme.Wrap(th.Clean(words), width) {
		head = append(head, th.Paint(tone, l))
	}
	shown := erasureParts()[p.part]
	if shown == "" {
		shown = "everything"
	}
	return append(head, th.Muted.Render(th.Cut(fmt.Sprintf("%s  Showing %s: %s.  v: another part", p.counted(), shown, p.table.Position()), width)))
}

// detail is the selected line in full, as far as there is room.
func (p *erasurePlan) detail(width, height int) []string {
	out := make([]string, max(0, height))
	if p.table.Cursor() >= len(p.shown) {
		return out
	}
	t := &text{th: p.kit.theme, width: width}
	p.shown[p.table.Cursor()].full(t)
	copy(out, t.lines)
	return out
}
