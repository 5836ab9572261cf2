package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

func envOf(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestChooseTakesThePaletteTheTerminalCanShow(t *testing.T) {
	tests := []struct {
		name, ask string
		env       map[string]string
		want      string
	}{
		{"nothing known", "", nil, Auto},
		{"unknown name", "solarised", nil, Auto},
		{"asked for", "light", nil, Light},
		{"dark by hint", "auto", map[string]string{"COLORFGBG": "15;0"}, Dark},
		{"light by hint", "auto", map[string]string{"COLORFGBG": "0;default;15"}, Light},
		{"no colour", "", map[string]string{"NO_COLOR": "1"}, Mono},
		{"no colour beats a name", "dark", map[string]string{"NO_COLOR": "1"}, Mono},
		{"empty NO_COLOR says nothing", "dark", map[string]string{"NO_COLOR": ""}, Dark},
		{"dumb", "high-contrast", map[string]string{"TERM": "dumb"}, Mono},
		{"a terminal without colours", "dark", map[string]string{"TERM": "vt100"}, Mono},
		{"one of that family with colours", "dark", map[string]string{"TERM": "vt220-color"}, Dark},
		{"a name that only begins so", "dark", map[string]string{"TERM": "vte-256color"}, Dark},
		{"colours or more", "dark", map[string]string{"TERM": "linux", "COLORTERM": "truecolor"}, Dark},
		{"high contrast", "high-contrast", nil, HighContrast},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Choose(tt.ask, envOf(tt.env)).Name; got != tt.want {
				t.Errorf("palette %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBordersFollowTheLocale(t *testing.T) {
	tests := []struct {
		env   map[string]string
		ascii bool
	}{
		{map[string]string{"LANG": "en_GB.UTF-8"}, false},
		{map[string]string{"LANG": "en_GB.utf8"}, false},
		{map[string]string{"LANG": "en_GB.ISO-8859-1"}, true},
		{map[string]string{"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, true},
		{map[string]string{"LC_CTYPE": "C.UTF-8", "LANG": "C"}, false},
	}
	for _, tt := range tests {
		got := Choose("", envOf(tt.env))
		if got.ASCII != tt.ascii {
			t.Errorf("%v: ASCII %v, want %v", tt.env, got.ASCII, tt.ascii)
		}
		box := got.Glyphs.Ellipsis + got.Glyphs.Bar + got.Lines.Top + got.Lines.Left + got.Glyphs.Up
		if isASCII := strings.IndexFunc(box, func(r rune) bool { return r > 0x7e }) < 0; isASCII != tt.ascii {
			t.Errorf("%v: drawn with %q", tt.env, box)
		}
	}
}

func TestTrap2SelectionIsSeenWithoutColour(t *testing.T) {
	mono := Choose("", envOf(map[string]string{"NO_COLOR": "1", "TERM": "dumb"}))
	if got := mono.Selected.Render("x"); !strings.Contains(got, "\x1b[7m") {
		t.Errorf("selected row is %q, want reverse", got)
	}
	if mono.Glyphs.Cursor != ">" {
		t.Errorf("cursor mark %q", mono.Glyphs.Cursor)
	}
	for tone := Plain; tone <= Bad; tone++ {
		if got := mono.Style(tone).Render("x"); strings.Contains(got, "[3") || strings.Contains(got, "[9") {
			t.Errorf("tone %d is coloured in the mono theme: %q", tone, got)
		}
	}
}

func TestPaintIsTheStyleOfTheTone(t *testing.T) {
	for _, name := range Names() {
		th := Choose(name, envOf(nil))
		for tone := Plain; tone <= Bad; tone++ {
			if got, want := th.Paint(tone, "OVERDUE"), th.Style(tone).Render("OVERDUE"); got != want {
				t.Errorf("%s, tone %d: %q, want %q", name, tone, got, want)
			}
		}
	}
}

func TestNoThemeFillsTheBackground(t *testing.T) {
	for _, name := range Names() {
		th := Choose(name, envOf(nil))
		styles := []lipgloss.Style{
			th.Plain, th.Title, th.Breadcrumb, th.Muted, th.Selected, th.Key, th.Border, th.Match,
			th.Calm, th.Soon, th.Late, th.Good, th.Bad, th.HuhTheme().Focused.FocusedButton,
			th.HuhTheme().Focused.BlurredButton, th.HuhTheme().Focused.SelectedOption,
		}
		for i, s := range styles {
			if _, none := s.GetBackground().(lipgloss.NoColor); !none {
				t.Errorf("%s: style %d has a background", name, i)
			}
		}
	}
}

func TestEveryPressureHasAWord(t *testing.T) {
	seen := map[string]bool{}
	for _, tone := range []Tone{Calm, Soon, Late, Good, Bad} {
		word := tone.Word()
		if word == "" || seen[word] {
			t.Errorf("tone %d: word %q is empty or taken", tone, word)
		}
		seen[word] = true
	}
}

func TestTrap6TheFormThemeIsBuiltOnce(t *testing.T) {
	th := Choose("", envOf(nil))
	if first := th.HuhTheme(); first == nil || th.HuhTheme() != first {
		t.Error("the form theme must be one value, built when the theme is chosen")
	}
}
