package tui

import (
	"fmt"
	"slices"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// besideHome is what the charts take beside the day's work.
const besideHome = 42

func (h *home) View(width, height int) string {
	th := h.kit.theme
	if h.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(h.err), width))}, width, height)
	}
	out := []string{
		th.Cut(th.Title.Render(th.Clean(h.data.Office))+"  "+th.Muted.Render(th.Clean(h.data.Profile)+", "+day(h.data.Today)), width),
		th.Cut(h.standing(), width), th.Cut(h.safe(), width), "",
	}
	room := max(1, height-len(out))
	switch {
	case th.Spoken:
		h.size(width, room)
		out = append(out, splitLines(h.table.View())...)
		out = append(out, h.charts(width, room)...)
	case width >= twoPanes && h.charted():
		left := width - besideHome - 3
		h.size(left, room)
		out = append(out, beside(th, splitLines(h.table.View()), h.charts(besideHome, room), left)...)
	default:
		below := h.below(width, room-h.table.Len()-2)
		h.size(width, room-len(below))
		out = append(append(out, splitLines(h.table.View())...), below...)
	}
	return fit(th, out, width, height)
}

// size sets the room of the list. At first the line under the first heading is selected, with the heading in sight.
func (h *home) size(width, height int) {
	h.table.SetSize(width, height)
	if h.fresh && height > 2 {
		h.fresh = false
		h.table.SetCursor(0)
		h.table.SetCursor(1)
	}
}

// charted reports whether there is anything to draw.
func (h *home) charted() bool { return h.received() || len(h.data.ByState) > 0 || h.answered() }

// received reports whether a request came in during the weeks that are counted.
func (h *home) received() bool {
	return slices.ContainsFunc(h.data.ByWeek, func(w register.WeekCount) bool { return w.Count > 0 })
}

// answered reports whether anybody said yes or no in the months that are counted.
func (h *home) answered() bool {
	o := h.data.Outlook
	return o != nil && slices.ContainsFunc(o.Months, func(m register.ConsentIn) bool { return m.Yes > 0 || m.No > 0 })
}

// below draws the requests by week under the list, where that leaves room for it.
func (h *home) below(width, room int) []string {
	const tall = 6
	if room < tall || !h.received() {
		return nil
	}
	th := h.kit.theme
	title := th.Title.Render(th.Cut("Requests received, by week beginning", width))
	return append([]string{"", title}, splitLines(widget.BarsUp(th, h.weeks(), width, tall-2))...)
}

func (h *home) weeks() []widget.Bar {
	bars := make([]widget.Bar, len(h.data.ByWeek))
	for i, w := range h.data.ByWeek {
		bars[i] = widget.Bar{Label: fmt.Sprintf("%d/%d", w.From.Day(), w.From.Month()), Value: w.Count}
	}
	return bars
}

// charts draws what is better seen than read, as much as there is room for.
func (h *home) charts(width, height int) []string {
	th := h.kit.theme
	var out []string
	add := func(title string, lines []string) {
		if len(lines) > 0 && (th.Spoken || len(out)+len(lines)+2 <= height) {
			out = append(append(out, th.Title.Render(th.Cut(title, width))), append(lines, "")...)
		}
	}
	if h.received() {
		values := make([]int, len(h.data.ByWeek))
		for i, w := range h.data.ByWeek {
			values[i] = w.Count
		}
		add("Requests by week, since "+short(h.data.ByWeek[0].From), []string{widget.Spark(th, values, width)})
	}
	states := make([]register.HomeCount, len(h.data.ByState))
	for i, c := range h.data.ByState {
		states[i] = register.HomeCount{Label: stateWords(register.RequestState(c.Label)), Count: c.Count}
	}
	add("Open cases by state", across(th, states, width))
	add("Open cases by right", across(th, h.data.ByRight, width))
	if o := h.data.Outlook; h.answered() {
		yes, no := make([]int, len(o.Months)), make([]int, len(o.Months))
		for i, m := range o.Months {
			yes[i], no[i] = m.Yes, m.No
		}
		add("Answers by month: yes, and no", []string{
			"yes " + widget.Spark(th, yes, width-4), "no  " + widget.Spark(th, no, width-4),
		})
	}
	return out
}

// across draws counts as bars with their labels.
func across(th *theme.Theme, counts []register.HomeCount, width int) []string {
	if len(counts) == 0 {
		return nil
	}
	bars := make([]widget.Bar, len(counts))
	for i, c := range counts {
		bars[i] = widget.Bar{Label: c.Label, Value: c.Count}
	}
	return splitLines(widget.BarsAcross(th, bars, width, len(bars)))
}
