package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
)

// keyed is what tells of keys, or the same in words where the console is worked in lines.
func (k *kit) keyed(keys, words string) string {
	if k.theme.Spoken {
		return words
	}
	return keys
}

// wrapped breaks a line between words alone; a word that is longer than width is cut into pieces.
func wrapped(l string, width int) []string {
	var out []string
	line, wide := "", 0
	for _, word := range strings.Fields(l) {
		for _, piece := range theme.Wrap(word, width) {
			w := theme.Width(piece)
			if wide > 0 && wide+1+w > width {
				out, line, wide = append(out, line), "", 0
			}
			if wide > 0 {
				line, wide = line+" ", wide+1
			}
			line, wide = line+piece, wide+w
		}
	}
	if wide > 0 {
		out = append(out, line)
	}
	return out
}

// plainLines are the lines of what a screen shows as a voice says them: without attributes, rules and empty lines, and
// the space between columns as a comma.
func plainLines(th *theme.Theme, text string) []string {
	var out []string
	for _, l := range splitLines(text) {
		l = plainLine(ansi.Strip(th.CleanStyled(l)))
		if l == "" {
			continue
		}
		out = append(out, l)
	}
	return out
}

func plainLine(l string) string {
	l = strings.TrimPrefix(strings.TrimSpace(l), "> ")
	if strings.Trim(l, "-=_+| ") == "" && len(l) > 1 {
		return ""
	}
	var b strings.Builder
	for rest := l; rest != ""; {
		at := strings.Index(rest, "  ")
		if at < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:at])
		rest = strings.TrimLeft(rest[at:], " ")
		if at > 0 && !strings.ContainsRune(".,:;?", rune(l[len(l)-len(rest)-1])) && !endsPart(b.String()) {
			b.WriteByte(',')
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func endsPart(s string) bool {
	return s == "" || strings.ContainsRune(".,:;?>", rune(s[len(s)-1]))
}
