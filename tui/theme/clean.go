package theme

import (
	"strings"

	"custos/internal/display"
)

// Clean makes s safe to show on one line; see display.Cleaner. Every string that comes from a file, a form or the store
// passes here on its way to the screen.
func (t *Theme) Clean(s string) string { return t.cleaner().Clean(s) }

// CleanLines makes a longer text safe to show: line breaks end a line, tabs become four spaces, and each line is
// cleaned.
func (t *Theme) CleanLines(s string) []string { return t.cleaner().Lines(s) }

// CleanStyled is Clean for a line that is already styled: colours and attributes stay, all else is cleaned as if they
// were not there. It is for what other components have drawn; text from outside goes through Clean before styling.
func (t *Theme) CleanStyled(s string) string { return t.cleaner().Styled(s) }

// Colourless takes out of a styled line the colours that other components put in by themselves, where the theme has
// none; attributes stay.
func (t *Theme) Colourless(s string) string {
	if t.Name != Mono || !strings.Contains(s, "\x1b[3") && !strings.Contains(s, "\x1b[4") {
		return s
	}
	for _, ground := range []string{"3", "4"} {
		for colour := '0'; colour <= '7'; colour++ {
			s = strings.ReplaceAll(s, "\x1b["+ground+string(colour)+"m", "")
		}
	}
	return s
}

func (t *Theme) cleaner() display.Cleaner { return display.Cleaner{ASCII: t.ASCII} }
