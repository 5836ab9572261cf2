package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// lines are what came of an erasure.
func (e *erasing) lines(width int) []string {
	t := &text{th: e.kit.theme, width: width}
	if e.err != nil {
		e.failed(t)
	}
	if e.gone() {
		t.erasure(&e.report)
	}
	return t.lines
}

// failed says what went wrong, and how far it had come.
func (e *erasing) failed(t *text) {
	switch {
	case !e.gone() && errors.Is(e.err, context.Canceled):
		t.add("", theme.Soon, "STOPPED: nothing is erased. Esc goes back to the plan.")
	case !e.gone():
		t.add("", theme.Bad, "NOT ERASED: "+problem(e.err))
		t.add("", theme.Plain, "Nothing is erased. Esc goes back to the plan.")
	default:
		t.add("", theme.Late, "NOT COMPLETE: the records are gone; overwriting and searching are not done.")
		t.add("", theme.Bad, problem(e.err))
		t.add("", theme.Plain, "ctrl+s goes on with what is left to do.")
	}
}

func (t *text) erasure(r *register.ErasureReport) {
	tone := theme.Good
	if !r.Complete {
		tone = theme.Late
	}
	t.add("", tone, r.Words)
	t.head("What was done")
	for _, f := range [][2]string{
		{"Removed", count(r.Removed, "record")}, {"Masked", count(r.Masked, "record") + " of others"},
		{"Kept", count(r.Kept, "line") + " of the plan"}, {"Suppressed", counted(r.Suppress, "address", "addresses")},
		{"Pages overwritten", widget.Count(r.Pages)}, {"Certificate", certificateWords(r)},
	} {
		t.lines = append(t.lines, labelled(t.th, f[0], f[1], t.width, theme.Plain)...)
	}
	t.residue(&r.Residue)
}

func certificateWords(r *register.ErasureReport) string {
	if r.Certificate == "" {
		return "none was written"
	}
	return "written, disclosure " + string(r.Certificate)
}

// residue says what was searched, what was found, and where.
func (t *text) residue(r *register.ResidueReport) {
	t.head("What was searched")
	t.add("", theme.Plain, fmt.Sprintf("%s and their variants, in %s and %s.", counted(r.Looked, "value", "values"),
		count(r.Records, "record"), count(r.Bytes, "byte")))
	switch {
	case len(r.Residue) > 0:
		t.head("Left behind")
		t.add("", theme.Late, "NOT COMPLETE: "+counted(len(r.Residue), "place still holds", "places still hold")+" something.")
		for i := range r.Residue {
			t.add("  ", theme.Bad, findWords(&r.Residue[i]))
		}
	case r.Searched:
		t.add("", theme.Good, "Nothing was found that is not explained.")
	default:
		t.add("", theme.Late, "The values were not known, so only the person's own records were looked for.")
	}
	if len(r.Explained) > 0 {
		t.head("Found, and explained")
	}
	for i := range r.Explained {
		t.add("  ", theme.Plain, findWords(&r.Explained[i]))
	}
}

// findWords is where something was found; the value itself is not known here.
func findWords(x *register.ResidueFind) string {
	place := strings.Join(strings.Fields(x.Collection+" "+x.Record+" "+x.Field), " ")
	if x.File != "" {
		place = x.File + " at byte " + widget.Count(int(x.Offset))
	}
	words := place + ": " + x.What
	if x.Why != "" {
		words += " (" + x.Why + ")"
	}
	return words
}
