package theme

import "custos/internal/display"

// Clean makes s safe to show on one line; see display.Cleaner. Every string that comes from a file, a form or the store
// passes here on its way to the screen.
func (t *Theme) Clean(s string) string { return t.cleaner().Clean(s) }

// CleanLines makes a longer text safe to show: line breaks end a line, tabs become four spaces, and each line is
// cleaned.
func (t *Theme) CleanLines(s string) []string { return t.cleaner().Lines(s) }

// CleanStyled is Clean for a line that is already styled: colours and attributes stay, all else is cleaned as if they
// were not there. It is for what other components have drawn; text from outside goes through Clean before styling.
func (t *Theme) CleanStyled(s string) string { return t.cleaner().Styled(s) }

func (t *Theme) cleaner() display.Cleaner { return display.Cleaner{ASCII: t.ASCII} }
