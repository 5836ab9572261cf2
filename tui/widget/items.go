package widget

import (
	"fmt"

	"custos/tui/theme"
)

// Item is one thing of a list that takes several lines, cleaned and no wider than the list less two columns.
type Item struct {
	Lines []string
	Tone  theme.Tone
}

// Items shows things of several lines each with a cursor on one of them. The one the cursor is on is in sight, from
// its first line.
type Items struct {
	Empty string // shown where there are none

	theme  *theme.Theme
	items  []Item
	cursor int
	first  int // the line on top
	width  int
	height int
}

// NewItems makes an empty list; give it a size and items.
func NewItems(th *theme.Theme) *Items { return &Items{Empty: "Nothing to show.", theme: th} }

// SetItems replaces the items. The cursor keeps its place in the list.
func (l *Items) SetItems(items []Item) {
	l.items = items
	l.move(l.cursor)
}

// SetSize sets the columns and lines the list fills.
func (l *Items) SetSize(width, height int) {
	l.width, l.height = width, max(0, height)
	l.move(l.cursor)
}

// Len is the number of items.
func (l *Items) Len() int { return len(l.items) }

// Cursor is the index of the selected item, 0 when there is none.
func (l *Items) Cursor() int { return l.cursor }

func (l *Items) move(to int) {
	l.cursor = clamp(to, 0, max(0, len(l.items)-1))
	if len(l.items) == 0 {
		l.first = 0
		return
	}
	top, all := 0, 0
	for i, item := range l.items {
		if i == l.cursor {
			top = all
		}
		all += len(item.Lines)
	}
	bottom := top + len(l.items[l.cursor].Lines)
	l.first = min(max(l.first, bottom-l.height), top, max(0, all-l.height))
}

// Act moves the cursor and reports whether the action was one for a list.
func (l *Items) Act(a Action) bool {
	page := max(1, l.height/3)
	switch a {
	case Up:
		l.move(l.cursor - 1)
	case Down:
		l.move(l.cursor + 1)
	case PageUp:
		l.move(l.cursor - page)
	case PageDown:
		l.move(l.cursor + page)
	case First:
		l.move(0)
	case Last:
		l.move(len(l.items) - 1)
	default:
		return false
	}
	return true
}

// Position says which item the cursor is on: "2 of 7".
func (l *Items) Position() string {
	if len(l.items) == 0 {
		return "0 of 0"
	}
	return fmt.Sprintf("%d of %d", l.cursor+1, len(l.items))
}

// View is exactly the size set.
func (l *Items) View() string {
	if l.theme.Spoken {
		return l.spoken()
	}
	if len(l.items) == 0 {
		return block(l.theme, []string{l.theme.Muted.Render(l.theme.Cut("  "+l.Empty, l.width))}, l.width, l.height)
	}
	var lines []string
	for i, item := range l.items {
		for n, text := range item.Lines {
			lines = append(lines, l.line(i, n, text))
		}
	}
	return block(l.theme, lines[min(l.first, len(lines)):], l.width, l.height)
}

// line draws a line of an item; the selected one is reversed as a whole and has the cursor on its first line.
func (l *Items) line(i, n int, text string) string {
	switch {
	case i == l.cursor && n == 0:
		return l.theme.Selected.Render(l.theme.Fit(l.theme.Glyphs.Cursor+" "+text, l.width))
	case i == l.cursor:
		return l.theme.Selected.Render(l.theme.Fit("  "+text, l.width))
	}
	return l.theme.Paint(l.items[i].Tone, l.theme.Cut("  "+text, l.width))
}
