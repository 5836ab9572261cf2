package theme

import "github.com/charmbracelet/lipgloss"

// Spoken returns the theme for a voice, on a terminal described by env: no colour or attribute, no border, and nothing
// is cut to a width, since what does not fit on a line is still to be said. The cursor and other marks are plain ASCII;
// the text is UTF-8 where the locale is. Widgets of this theme give what they show in words.
func Spoken(env func(string) string) *Theme {
	t := &Theme{Name: Mono, ASCII: !utf8Locale(env), Spoken: true, Lines: lipgloss.HiddenBorder(), Glyphs: asciiGlyphs()}
	t.Glyphs.Ellipsis, t.Glyphs.Marked, t.Glyphs.Unmarked = "", "DONE:", "to do:"
	plain := lipgloss.NewStyle()
	for _, style := range []*lipgloss.Style{
		&t.Plain, &t.Title, &t.Breadcrumb, &t.Muted, &t.Selected, &t.Key, &t.Border, &t.Match,
		&t.Calm, &t.Soon, &t.Late, &t.Good, &t.Bad,
	} {
		*style = plain
	}
	t.huh = t.forms()
	return t
}
