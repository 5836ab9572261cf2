package display

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTrap9ImportedTextIsCleaned(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Amina O'Neill-Grey", "Amina O'Neill-Grey"},
		{"accents", "Zoë Łukasz Nguyễn", "Zoë Łukasz Nguyễn"},
		{"decomposed", "Zoe\u0308", "Zoe\u0308"},
		{"clipboard write", "a\x1b]52;c;ZXZpbA==\ab", "a␛]52;c;ZXZpbA==␇b"},
		{"colour", "\x1b[31mred", "␛[31mred"},
		{"C1 control sequence", "a\u009b31m", "a\uFFFD31m"},
		{"raw C1 byte", "a\x9bb", "a\uFFFDb"},
		{"line break and tab", "a\nb\tc\r", "a␊b␉c␍"},
		{"delete", "a\x7f", "a␡"},
		{"bidi override", "invoice\u202efdp.exe", "invoice\uFFFDfdp.exe"},
		{"bidi isolate", "\u2067abc\u2069", "\uFFFDabc\uFFFD"},
		{"zero width space", "pay\u200bpal", "pay\uFFFDpal"},
		{"joiner between Latin letters", "pay\u200dpal", "pay\uFFFDpal"},
		{"joiner that spells", "می\u200cخواهم", "می\u200cخواهم"},
		{"joined emoji", "👩\u200d👧", "👩\uFFFD👧"},
		{"leading mark", "\u0301a", "\uFFFDa"},
		{"emoji form of a symbol", "✂\ufe0f", "✂\ufe0f"},
		{"emoji form of a letter", "m\ufe0f", "m\uFFFD"},
		{"pile of marks", "a" + strings.Repeat("\u0301", 6), "a" + strings.Repeat("\u0301", 4) + "\uFFFD\uFFFD"},
		{"byte order mark", "\ufeffId", "\uFFFDId"},
		{"tag characters", "a\U000E0041", "a\uFFFD"},
		{"not UTF-8", "caf\xe9", "caf\uFFFD"},
		{"a true replacement character", "a\uFFFD", "a\uFFFD"},
	}
	c := Cleaner{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCleanShowsAQuestionMarkInASCII(t *testing.T) {
	c := Cleaner{ASCII: true}
	if got := c.Clean("a\x1bb\u202ec\x07"); got != "a?b?c?" {
		t.Errorf("got %q", got)
	}
}

func TestLinesKeepsLineBreaks(t *testing.T) {
	got := Cleaner{}.Lines("one\r\n\ttwo\x1b[2J\n")
	want := []string{"one", "    two␛[2J", ""}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCleanStringIsReturnedWithoutAllocating(t *testing.T) {
	c := Cleaner{}
	for _, s := range []string{"Plain text 123", "Zoë Łukasz"} {
		if n := testing.AllocsPerRun(100, func() { c.Clean(s) }); n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

// hostile draws strings in which controls, marks, wide and invisible characters are far more common than in life.
func hostile() *rapid.Generator[string] {
	odd := []string{
		"\x1b[31m", "\x1b]52;c;eA==\a", "\u202e", "\u2066", "\u200d", "\u200b", "\u0301", "\ufe0f", "👩‍👧", "🇬", "🇧", "日", "한",
		"\x00", "\x9b", "\xff", "\u0600", "\u200f", "\U000E0067", "e", " ", "\t", "\n", "\r", "~", "ﷺ", "\u1160", "🏻", "✂", "ﾞ",
	}
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(odd), rapid.String()), 0, 12).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

func TestCleanLeavesNothingThatActsOnATerminal(t *testing.T) {
	c := Cleaner{}
	rapid.Check(t, func(t *rapid.T) {
		s := hostile().Draw(t, "s")
		got := c.Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) is not UTF-8", s)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
				t.Fatalf("Clean(%q) leaves %U", s, r)
			}
		}
		if again := c.Clean(got); again != got {
			t.Fatalf("cleaning twice changes %q to %q", got, again)
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("plain")
	f.Add("a\x1b]52;c;eA==\ab\u202e\xff")
	c := Cleaner{}
	f.Fuzz(func(t *testing.T, s string) {
		got := c.Clean(s)
		if c.Clean(got) != got || strings.ContainsAny(got, "\x1b\x07\n\u202e\u009b") {
			t.Errorf("Clean(%q) = %q", s, got)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	c := Cleaner{}
	for b.Loop() {
		c.Clean("Amina O'Neill-Grey, Head of Year 9")
	}
}

func TestStyledKeepsOnlyStyling(t *testing.T) {
	c := Cleaner{}
	tests := []struct{ in, want string }{
		{"\x1b[1mTitle\x1b[0m", "\x1b[1mTitle\x1b[0m"},
		{"\x1b[7ma\u202eb\x1b[0m", "\x1b[7ma\uFFFDb\x1b[0m"},
		{"\x1b[7me\x1b[0m\u0301", "\x1b[7me\x1b[0m\u0301"},
		{"\x1b[2J\x1b[31mx", "␛[2J\x1b[31mx"},
		{"\x1b]52;c;eA==\a", "␛]52;c;eA==␇"},
		{"a\x1b[", "a␛["},
		{"a\u202e\x1b[0m", "a\uFFFD\x1b[0m"},
	}
	for _, tt := range tests {
		if got := c.Styled(tt.in); got != tt.want {
			t.Errorf("Styled(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
