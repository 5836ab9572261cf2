package theme

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func utf8Theme() *Theme { return Choose(Dark, envOf(map[string]string{"LANG": "en_GB.UTF-8"})) }

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

func TestTrap9ThemesCleanWhatTheyShow(t *testing.T) {
	ascii := Choose("", envOf(map[string]string{"LANG": "C"}))
	for _, tt := range []struct{ name, got, want string }{
		{"a line", utf8Theme().Clean("a\x1bb\u202e"), "a␛b\uFFFD"},
		{"in ASCII", ascii.Clean("a\x1bb\u202e"), "a?b?"},
		{"lines", strings.Join(utf8Theme().CleanLines("a\n\x1b"), "|"), "a|␛"},
		{"a styled line", utf8Theme().CleanStyled("\x1b[1ma\u202e"), "\x1b[1ma\uFFFD"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestFitIsExactlyAsWideAsAsked(t *testing.T) {
	th := utf8Theme()
	rapid.Check(t, func(t *rapid.T) {
		s, w := hostile().Draw(t, "s"), rapid.IntRange(0, 60).Draw(t, "w")
		for name, got := range map[string]string{
			"Fit": th.Fit(th.Clean(s), w), "FitRight": th.FitRight(th.Clean(s), w), "Cell": th.Cell(s, w),
			"styled": th.Fit(th.Late.Render(th.Clean(s)), w),
		} {
			if Width(got) != w {
				t.Fatalf("%s(%q, %d) = %q, %d wide", name, s, w, got, Width(got))
			}
		}
		if got := Width(th.Cut(th.Clean(s), w)); got > w {
			t.Fatalf("Cut(%q, %d) is %d wide", s, w, got)
		}
	})
}

func TestFitExamples(t *testing.T) {
	th := utf8Theme()
	tests := []struct {
		in    string
		width int
		want  string
	}{
		{"abc", 5, "abc  "},
		{"abcdef", 5, "abcd…"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日… "},
		{"Zoe\u0308", 4, "Zoe\u0308 "},
		{"abc", 0, ""},
		{"abc", -3, ""},
	}
	for _, tt := range tests {
		if got := th.Fit(tt.in, tt.width); got != tt.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
	}
}

func TestWrapStaysWithinTheWidth(t *testing.T) {
	th := utf8Theme()
	rapid.Check(t, func(t *rapid.T) {
		s, w := th.Clean(hostile().Draw(t, "s")), rapid.IntRange(2, 40).Draw(t, "w")
		for _, line := range Wrap(s, w) {
			if Width(line) > w {
				t.Fatalf("Wrap(%q, %d) has a line %q of %d columns", s, w, line, Width(line))
			}
		}
	})
}

func TestADateIsNotBroken(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"(batch IT0001 (2026-11-23))", 20, []string{"(batch IT0001", "(2026-11-23))"}},
		{"given 2026-11-23", 8, []string{"given", "2026-11-", "23"}}, // wider than the line
		{"its case AR-2026-0001", 13, []string{"its case", "AR-2026-0001"}},
		{"a well-known one", 8, []string{"a well-", "known", "one"}},
		{"some\u2011words of 2026", 10, []string{"some\u2011words", "of 2026"}},
	} {
		if got := Wrap(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d: %q", tt.text, tt.width, got)
		}
	}
}
