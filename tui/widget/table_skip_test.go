package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
)

// parted is a Rows with a heading over every three rows.
type parted struct{ cases }

func (parted) Heading(i int) string {
	if i%4 == 0 {
		return "Part"
	}
	return ""
}

func TestTheCursorPassesOverHeadings(t *testing.T) {
	table := NewTable(named(theme.Mono), columns()...)
	table.Skips = true
	table.SetRows(parted{cases{n: 12}})
	table.SetSize(60, 5)
	for _, step := range []struct {
		act  Action
		want int
	}{{"", 1}, {Up, 1}, {Down, 2}, {Down, 3}, {Down, 5}, {Up, 3}, {Last, 11}, {PageUp, 7}, {PageDown, 10}, {First, 1}} {
		table.Act(step.act)
		if table.Cursor() != step.want {
			t.Errorf("%q leads to row %d, not %d", step.act, table.Cursor(), step.want)
		}
	}
	if view := ansi.Strip(table.View()); !strings.Contains(view, "Part") {
		t.Errorf("the heading over the first row is out of sight:\n%s", view)
	}
}
