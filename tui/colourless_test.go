package tui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
)

// TestTrap2WhatIsSelectedShowsWithoutColours holds every screen to a selected row that is reversed and has the cursor,
// on terminals that want no colours and in the colours for weak eyes.
func TestTrap2WhatIsSelectedShowsWithoutColours(t *testing.T) {
	bare := map[string]map[string]string{
		theme.Mono:         {"LANG": "en_GB.UTF-8", "NO_COLOR": "1", "TERM": "dumb"},
		theme.HighContrast: {"LANG": "en_GB.UTF-8"},
	}
	for colours, values := range bare {
		g := tidy(t)
		for _, s := range screens() {
			g.env.Getenv = func(name string) string { return values[name] }
			d := s.at(t, g, colours)
			if d.m.Colours() != colours {
				t.Fatalf("%s is in the colours %s", s.name, d.m.Colours())
			}
			frame := d.m.View()
			if colours == theme.Mono && coloured(frame) {
				t.Errorf("%s has colours where none are wanted: %q", s.name, frame)
			}
			if len(d.m.Rows()) > 0 && !selectionShows(frame) {
				t.Errorf("%s in %s does not show which row is selected:\n%q", s.name, colours, frame)
			}
		}
	}
}

// coloured reports whether a colour of the sixteen is asked for by itself; 4 alone underlines.
func coloured(frame string) bool {
	for _, c := range []string{"\x1b[3", "\x1b[4", "\x1b[9"} {
		for rest := frame; ; {
			at := strings.Index(rest, c)
			if at < 0 {
				break
			}
			rest = rest[at+len(c):]
			if rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// selectionShows reports whether a line has the cursor and is reversed.
func selectionShows(frame string) bool {
	for _, l := range strings.Split(frame, "\n") {
		plain := ansi.Strip(l)
		reversed := strings.Contains(l, "\x1b[7m") || strings.Contains(l, ";7m") || strings.Contains(l, "[1;7")
		if reversed && strings.Contains(plain, "> ") {
			return true
		}
	}
	return false
}
