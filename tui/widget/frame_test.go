package widget

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"custos/tui/theme"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// named gives the theme of a name on a UTF-8 terminal; "ascii" is the mono theme on a terminal without UTF-8.
func named(name string) *theme.Theme {
	return theme.Choose(name, func(v string) string {
		switch {
		case v == "LANG" && name != "ascii":
			return "en_GB.UTF-8"
		case v == "NO_COLOR" && name == "ascii":
			return "1"
		case v == "LANG":
			return "C"
		}
		return ""
	})
}

// hostile are strings that have broken screens before.
var hostile = []string{
	"\x1b]52;c;ZXZpbA==\a", "\x1b[2J\x1b[H", "a\u202eb\u2066c", "日本語のとても長い名前がここに入ります",
	"e\u0301\u0301\u0301\u0301\u0301\u0301",
	"\u0301", "👩\u200d👧\u200d👦", "🇬🇧🇬", "caf\xe9\x9b31m",
	"line\nbreak\ttab\r", "", strings.Repeat("wide 宽 ", 60), "ﷺﷺﷺ", "m\ufe0f✂\ufe0f",
}

// strip removes styling, so that golden frames can be read; trailing blanks are cut.
func strip(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// golden compares the frames at the five usual widths with testdata.
func golden(t *testing.T, name string, height int, view func(width, height int) string) {
	t.Helper()
	var b strings.Builder
	for _, width := range []int{60, 80, 100, 120, 160} {
		frame := view(width, height)
		fits(t, frame, width, height)
		fmt.Fprintf(&b, "== %dx%d\n%s\n", width, height, strip(frame))
	}
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("%s differs from its golden frame (-want +got):\n%s", name, diff)
	}
}

// fits checks what every View promises: exactly height lines, none wider than width, and nothing that acts on a
// terminal but styling.
func fits(t *testing.T, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Fatalf("%dx%d: %d lines\n%s", width, height, len(lines), frame)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Fatalf("%dx%d: line %d is %d wide: %q", width, height, i, w, line)
		}
		if text := ansi.Strip(line); strings.ContainsAny(text, "\x1b\x07\r\t\u202e\u2066\u009b") {
			t.Fatalf("%dx%d: line %d lets a control through: %q", width, height, i, line)
		}
		if strings.Contains(line, "\x1b]") || strings.Contains(line, "\x1b[2J") {
			t.Fatalf("%dx%d: line %d lets a sequence through: %q", width, height, i, line)
		}
	}
}

// sweep draws at sizes from 20x5 to 200x60 in the mono theme and in ASCII.
func sweep(t *testing.T, build func(th *theme.Theme) func(width, height int) string, cursor bool) {
	t.Helper()
	for _, name := range []string{theme.Mono, "ascii"} {
		view := build(named(name))
		for _, width := range []int{20, 21, 33, 60, 80, 100, 119, 120, 160, 200} {
			for _, height := range []int{5, 6, 9, 15, 24, 40, 60} {
				frame := view(width, height)
				fits(t, frame, width, height)
				if cursor && !cursorShown(frame) {
					t.Fatalf("%s %dx%d: no selected row\n%s", name, width, height, frame)
				}
			}
		}
	}
}

// cursorShown finds a line with the ">" mark that is reversed as well.
func cursorShown(frame string) bool {
	for _, line := range strings.Split(frame, "\n") {
		if strings.Contains(line, "\x1b[7m") && strings.Contains(ansi.Strip(line), "> ") {
			return true
		}
	}
	return false
}

// press makes the message of a key as bubbletea names it.
func press(name string) tea.KeyMsg {
	switch name {
	case "up":
		return tea.KeyMsg{Type: tea.KeyUp}
	case "down":
		return tea.KeyMsg{Type: tea.KeyDown}
	case "left":
		return tea.KeyMsg{Type: tea.KeyLeft}
	case "right":
		return tea.KeyMsg{Type: tea.KeyRight}
	case "pgup":
		return tea.KeyMsg{Type: tea.KeyPgUp}
	case "pgdown":
		return tea.KeyMsg{Type: tea.KeyPgDown}
	case "home":
		return tea.KeyMsg{Type: tea.KeyHome}
	case "end":
		return tea.KeyMsg{Type: tea.KeyEnd}
	case "enter":
		return tea.KeyMsg{Type: tea.KeyEnter}
	case "esc":
		return tea.KeyMsg{Type: tea.KeyEsc}
	case "tab":
		return tea.KeyMsg{Type: tea.KeyTab}
	case "shift+tab":
		return tea.KeyMsg{Type: tea.KeyShiftTab}
	case "shift+up":
		return tea.KeyMsg{Type: tea.KeyShiftUp}
	case "shift+down":
		return tea.KeyMsg{Type: tea.KeyShiftDown}
	case "space":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	case "backspace":
		return tea.KeyMsg{Type: tea.KeyBackspace}
	case "ctrl+u":
		return tea.KeyMsg{Type: tea.KeyCtrlU}
	case "ctrl+p":
		return tea.KeyMsg{Type: tea.KeyCtrlP}
	case "ctrl+s":
		return tea.KeyMsg{Type: tea.KeyCtrlS}
	case "ctrl+c":
		return tea.KeyMsg{Type: tea.KeyCtrlC}
	case "ctrl+e":
		return tea.KeyMsg{Type: tea.KeyCtrlE}
	case "f1":
		return tea.KeyMsg{Type: tea.KeyF1}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
