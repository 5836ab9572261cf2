package widget

import "custos/tui/theme"

// list is a cursor over n lines in a window of some height: what pickers and the palette scroll with.
type list struct {
	n, cursor, first, height int
}

func (l *list) reset(n int) { l.n, l.cursor, l.first = n, 0, 0 }

func (l *list) resize(height int) {
	l.height = max(0, height)
	l.move(l.cursor)
}

func (l *list) move(to int) {
	l.cursor = clamp(to, 0, max(0, l.n-1))
	l.first = window(l.first, l.cursor, l.height, l.n)
}

func (l *list) act(a Action) bool {
	page := max(1, l.height-1)
	switch a {
	case Up:
		l.move(l.cursor - 1)
	case Down:
		l.move(l.cursor + 1)
	case PageUp:
		l.move(l.cursor - page)
	case PageDown:
		l.move(l.cursor + page)
	default:
		return false
	}
	return true
}

// lines draws the window; text gives the plain text of a line, already cleaned.
func (l *list) lines(th *theme.Theme, width int, text func(i int) string) []string {
	var out []string
	for i := l.first; i < min(l.first+l.height, l.n); i++ {
		if i == l.cursor {
			out = append(out, th.Selected.Render(th.Fit(th.Glyphs.Cursor+" "+text(i), width)))
			continue
		}
		out = append(out, th.Cut("  "+text(i), width))
	}
	return out
}
