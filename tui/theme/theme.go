// Package theme knows how things look: the styles of every theme, borders and marks for terminals with and without
// UTF-8, how a string from outside is made safe to show, and how it is fitted to a width. It uses the terminal's own
// sixteen colours and never a background fill. It knows nothing of requests or delegates, reads no environment by
// itself, and never changes the value it is asked to show.
package theme

import (
	"strings"

	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/lipgloss"

	_ "custos/internal/backdrop" // settles the terminal before bubbletea can ask it
)

// Names of the themes, in the order they are offered.
const (
	Auto         = "auto"
	Light        = "light"
	Dark         = "dark"
	Mono         = "mono"
	HighContrast = "high-contrast"
)

// Names lists the themes a person may choose.
func Names() []string { return []string{Auto, Light, Dark, Mono, HighContrast} }

// Theme is one look. It is made by Choose, shared by every widget of a session and never changed afterwards.
type Theme struct {
	Name   string // the palette in use: light, dark, mono, high-contrast, or auto for one that suits both backgrounds
	ASCII  bool   // the locale is not UTF-8
	Spoken bool   // it is said, not drawn: see Spoken
	Lines  lipgloss.Border
	Glyphs Glyphs

	Plain, Title, Breadcrumb, Muted lipgloss.Style
	Selected, Key, Border, Match    lipgloss.Style
	Calm, Soon, Late, Good, Bad     lipgloss.Style

	huh     *huh.Theme
	strokes [Bad + 1]stroke
}

// stroke is what a style writes before and after a text, kept because rendering a style anew for every cell is dear.
type stroke struct{ before, after string }

// Glyphs are the marks a theme draws with; each is one column wide unless said otherwise.
type Glyphs struct {
	Cursor   string // before the selected row
	Ellipsis string // where text is cut
	Bar      string // done part of a bar
	Rest     string // remaining part of a bar
	Up       string // sorted upwards; more above
	Down     string // sorted downwards; more below
	Marked   string // three columns
	Unmarked string // three columns
}

// Tone is what a piece of text means, from which a theme takes its style. Data never carries a colour.
type Tone int

// The tones. Calm, Soon and Late are the pressure of a due date; Good and Bad are outcomes.
const (
	Plain Tone = iota
	Muted
	Calm
	Soon
	Late
	Good
	Bad
)

// Word says a tone in words, because colour alone is never enough. Plain and Muted have none.
func (t Tone) Word() string {
	switch t {
	case Calm:
		return "ON TIME"
	case Soon:
		return "DUE SOON"
	case Late:
		return "OVERDUE"
	case Good:
		return "OK"
	case Bad:
		return "PROBLEM"
	case Plain, Muted:
		return ""
	}
	return ""
}

// Style is the style of a tone.
func (t *Theme) Style(tone Tone) lipgloss.Style {
	switch tone {
	case Muted:
		return t.Muted
	case Calm:
		return t.Calm
	case Soon:
		return t.Soon
	case Late:
		return t.Late
	case Good:
		return t.Good
	case Bad:
		return t.Bad
	case Plain:
		return t.Plain
	}
	return t.Plain
}

// Paint gives one line of text the style of a tone.
func (t *Theme) Paint(tone Tone, s string) string {
	if tone <= Plain || tone > Bad || s == "" {
		return s
	}
	return t.strokes[tone].before + s + t.strokes[tone].after
}

// HuhTheme is this theme for forms. It is built once, because huh without a theme builds one per option per frame.
func (t *Theme) HuhTheme() *huh.Theme { return t.huh }

// Choose returns the named theme for a terminal described by env, a lookup such as os.Getenv or that of an SSH
// session. An unknown or empty name means auto. NO_COLOR and terminals without colours always give mono: reverse, bold
// and the ">" cursor remain. Auto looks at COLORFGBG and, where that says nothing, takes colours that read on either
// background.
func Choose(name string, env func(string) string) *Theme {
	t := &Theme{Name: resolve(name, env), ASCII: !utf8Locale(env)}
	t.Lines, t.Glyphs = lipgloss.NormalBorder(), unicodeGlyphs()
	if t.ASCII {
		t.Lines, t.Glyphs = lipgloss.ASCIIBorder(), asciiGlyphs()
	}
	t.paint()
	t.huh = t.forms()
	return t
}

func resolve(name string, env func(string) string) string {
	if env("NO_COLOR") != "" || colourless(env("TERM")) {
		return Mono
	}
	switch name {
	case Light, Dark, Mono, HighContrast:
		return name
	}
	_, back, found := cutLast(env("COLORFGBG"), ";")
	switch {
	case !found:
		return Auto
	case back == "7" || back == "15":
		return Light
	}
	return Dark
}

// colourless reports whether a terminal of that name draws no colours. A clone of an old one that does says so in its
// name, as vt220-color.
func colourless(name string) bool {
	return name == "dumb" || strings.HasPrefix(name, "vt") && len(name) > 2 && name[2] >= '0' && name[2] <= '9' &&
		!strings.Contains(name, "color") || strings.HasSuffix(name, "-m") || strings.HasSuffix(name, "-mono")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// palette holds colour numbers of the terminal's own sixteen; empty means the default colour.
type palette struct{ accent, soon, late, good string }

func palettes(name string) palette {
	switch name {
	case Light:
		return palette{accent: "4", soon: "5", late: "1", good: "2"}
	case Dark:
		return palette{accent: "14", soon: "11", late: "9", good: "10"}
	case HighContrast:
		return palette{late: "9", good: "10"}
	case Mono:
		return palette{}
	}
	return palette{accent: "6", soon: "3", late: "1", good: "2"}
}

func (t *Theme) paint() {
	p := palettes(t.Name)
	plain, bold := lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true)
	t.Plain, t.Calm, t.Border = plain, plain, plain
	t.Title, t.Match = bold, bold.Underline(true)
	t.Selected = lipgloss.NewStyle().Reverse(true)
	t.Muted = plain.Faint(true)
	t.Breadcrumb, t.Key = tint(bold, p.accent), tint(bold, p.accent)
	t.Soon, t.Late = tint(bold, p.soon), tint(bold, p.late)
	t.Good, t.Bad = tint(plain, p.good), tint(bold, p.late)
	if t.Name == HighContrast {
		t.Muted, t.Selected = plain, t.Selected.Bold(true)
	}
	for tone := range t.strokes {
		before, after, _ := strings.Cut(t.Style(Tone(tone)).Render("x"), "x")
		t.strokes[tone] = stroke{before, after}
	}
}

func tint(s lipgloss.Style, colour string) lipgloss.Style {
	if colour == "" {
		return s
	}
	return s.Foreground(lipgloss.Color(colour))
}
