package tui_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"custos/internal/register"
)

// scraps are what texts are put together from that terminals stumble over: letters of two columns, piles of marks,
// joined emoji, letters from right to left and what turns them, controls, control sequences, and bytes that are no text.
func scraps() []string {
	return []string{
		"plain", " ", "a\x1b]52;c;eA==\ab\u202e\xff", "日本語", "ｆｕｌｌ", "한국", "e\u0301", "a" + strings.Repeat("\u0301", 12), "\u0301",
		"👩\u200d👧", "🏳\ufe0f\u200d🌈", "🇬🇧", "🇬", "1\ufe0f\u20e3", "👍🏽", "✂\ufe0f", "m\ufe0f", "שלום", "مرحبا", "می\u200cخواهم", "\ufdfd",
		"\u202eevil", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\ufeff", "\U000E0041", "\t", "\r\n", "\n\n", "\x00", "\x7f", "\b\b\b",
		"\x1b", "\x1b[2J", "\x1b[31m", "\x1b[1;1H", "\x1b]0;t\a", "\x1b]8;;x\x1b\\", "\x1bP1$r\x1b\\", "\x9b31m", "\u009b31m", "\xc3", "\xed\xa0\x80",
		"นำ้", "ﷺ", "𝒳", "\U0001F9D1\U0001F3FF", strings.Repeat("verylong", 30), "[OK]", "{name}", "%s%n", "=1+1",
	}
}

// scrappy draws a text of them.
func scrappy(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps()), 1, 12).Draw(t, label), "")
}

// pushed are the keys that lead about.
func pushed() []string {
	return []string{
		"enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pgdown", "pgup", "space", "shift+down", "backspace",
		"delete", "ctrl+p", "ctrl+s", "f1", "?", "/", ":", "1", "2", "3", "4", "5", "7", "8", "9", "v", "s", "S", "n", "e", "f", "d", "m", "W", "F", ".", "b", "x",
	}
}

var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// fault is what is wrong with a frame of a size; empty: nothing.
func fault(view string, width, height int) string {
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		return "it has another number of lines"
	}
	for _, l := range lines {
		if ansi.StringWidth(l) > width {
			return "a line is too long: " + l
		}
		for _, r := range sgr.ReplaceAllString(l, "") {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' {
				return "a line does more than it shows: " + l
			}
		}
	}
	return ""
}

// Whatever is held, wherever one is, whatever is pressed or pasted there and whatever the terminal's size: a frame has as
// many lines as the terminal, none is longer than it is wide, and nothing in it but colours is for the terminal.
func TestAnyScreenFitsAnySizeWithAnyText(t *testing.T) {
	g := hostileOffice(t)
	rows := must[register.Rows[register.DelegateRow]](t)(g.Delegates(register.Query{Filter: g.person}))
	who, all := rows.Row(0).ID, screens()
	rapid.Check(t, func(r *rapid.T) {
		text, s := scrappy(r, "text"), rapid.SampledFrom(all).Draw(r, "screen")
		// What may not be typed is refused, and what was held stays: it is hostile as well.
		_ = g.ChangeDelegate(t.Context(), who, register.DelegateInput{Values: map[string]string{"name": text, "job_title": text}})
		_ = g.RenameOffice(t.Context(), text)
		d := s.at(t, g, rapid.SampledFrom([]string{"mono", "dark", "light"}).Draw(r, "theme"))
		var did []string
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			width, height := rapid.IntRange(20, 200).Draw(r, "width"), rapid.IntRange(5, 60).Draw(r, "height")
			d.size(width, height)
			if rapid.IntRange(0, 3).Draw(r, "pastes") == 0 {
				pasted := scrappy(r, "pasted")
				did = append(did, "paste")
				d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(pasted), Paste: true})
			} else {
				key := rapid.SampledFrom(pushed()).Draw(r, "key")
				did = append(did, key)
				d.keys(key)
			}
			if what := fault(d.m.View(), width, height); what != "" {
				r.Fatalf("%s at %dx%d after %q: %q\n%s", s.name, width, height, did, what, d.m.View())
			}
		}
	})
}
