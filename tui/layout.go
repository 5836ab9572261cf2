package tui

import (
	"fmt"
	"strings"

	"custos/tui/theme"
	"custos/tui/widget"
)

// twoPanes is the width from which a page is shown in two panes side by side.
const twoPanes = 120

// beside puts two panes next to each other with a line between.
func beside(th *theme.Theme, left, right []string, width int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = th.Fit(l, width) + " " + th.Border.Render(th.Lines.Left) + " " + r
	}
	return out
}

// scrolled shows lines in a pane, with where it is in the last line when they do not fit.
func scrolled(th *theme.Theme, p *widget.Pane, all []string, width, height int) []string {
	p.SetLines(all)
	if len(all) <= height {
		p.SetSize(width, height)
		return splitLines(p.View())
	}
	p.SetSize(width, height-1) // never taller meanwhile: the pane would scroll back from its last line
	return append(splitLines(p.View()), th.Muted.Render(th.Cut(p.Position(), width)))
}

// labelWidth is what the labels of a page take.
const labelWidth = 19

// labelled is a label with a value beside it, the value wrapped under itself.
func labelled(th *theme.Theme, label, value string, width int, tone theme.Tone) []string {
	if th.Spoken {
		return []string{th.Clean(label) + ": " + th.Clean(value)}
	}
	var out []string
	lead := th.Cell(label, labelWidth)
	for _, l := range theme.Wrap(th.Clean(value), max(1, width-labelWidth-1)) {
		out = append(out, th.Key.Render(lead)+" "+th.Paint(tone, l))
		lead = strings.Repeat(" ", labelWidth)
	}
	return out
}

// dated is a date with a text beside it, the text wrapped under itself.
func dated(th *theme.Theme, date, text string, width int) []string {
	const dateWidth = 11
	var out []string
	for _, l := range theme.Wrap(th.Clean(text), max(1, width-dateWidth-1)) {
		out = append(out, th.Fit(date, dateWidth)+" "+l)
		date = ""
	}
	return out
}

func heading(th *theme.Theme, text string, width int) string {
	return th.Title.Render(th.Cut(text, width))
}

// count says a number of things: "1 record", "2 records".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%s %ss", widget.Count(n), thing)
}
