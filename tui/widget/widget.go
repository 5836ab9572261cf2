// Package widget holds the parts every screen of the console is built from: the table of key bindings, the virtual
// table, line inputs, pickers, dialogs, forms, and boxes of text.
//
// A widget is dumb: its size is set from outside, its View is cheap, returns exactly the lines and at most the columns
// it was given, and changes nothing. It does no I/O, starts no goroutine, reads no clock, knows nothing of the domain,
// and every string it shows passes theme.Clean. What was decided comes back as a message or a return value.
package widget

import (
	"strings"

	"custos/tui/theme"
)

// block makes lines into exactly height lines of at most width columns. Filling lines are empty.
func block(th *theme.Theme, lines []string, width, height int) string {
	for i, line := range lines {
		lines[i] = th.Cut(line, width)
	}
	return stack(lines, height)
}

// stack is block for lines that are known to fit.
func stack(lines []string, height int) string {
	if height <= 0 {
		return ""
	}
	out := make([]string, height)
	copy(out, lines)
	return strings.Join(out, "\n")
}

// window is the first of size rows to show so that cursor is among them, moving as little as possible from first.
func window(first, cursor, size, total int) int {
	switch {
	case size <= 0:
		return cursor
	case cursor < first:
		first = cursor
	case cursor >= first+size:
		first = cursor - size + 1
	}
	return max(0, min(first, total-size))
}

func clamp(v, low, high int) int { return max(low, min(v, high)) }

func splitLines(s string) []string { return strings.Split(s, "\n") }
