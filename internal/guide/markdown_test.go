package guide

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

const marked = `# A title

Some words with ` + "`d`" + `, a **strong** one
and a [link](start).

- first entry that is longer than a line
  and goes on
- second
1. counted

    custos due --received 2026-03-02 --paused 2026-03-09..2026-03-19

` + "```text" + `
Custos > Home      a screen that is never wrapped
` + "```" + `
`

func TestAPageInLines(t *testing.T) {
	var got []string
	for _, l := range Lines(marked, 30) {
		got = append(got, l.String())
	}
	want := []string{
		"A title", "",
		"Some words with d, a strong", "one and a link.", "",
		"- first entry that is longer", "  than a line and goes on", "- second", "1. counted", "",
		"    custos due --received 2026-03-02 --paused 2026-03-09..2026-03-19", "",
		"Custos > Home      a screen that is never wrapped", "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestStylesSurviveWrapping(t *testing.T) {
	want := []Line{
		{Body, []Span{{Text: "Press "}, {Text: "Enter", Style: Code}, {Text: ": see"}}},
		{Body, []Span{{"what comes", Link, "start"}}},
		{Body, []Span{{"after", Link, "start"}, {Text: "."}}},
	}
	if diff := cmp.Diff(want, Lines("Press `Enter`: see [what comes after](start).", 16)); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
}

func TestTextSaysWhatStylesShow(t *testing.T) {
	got := Text("Press `d`, then see [letters](letters).", 60)
	if want := "Press 'd', then see letters (custos help letters).\n"; got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func TestLinksAreListedOnce(t *testing.T) {
	if diff := cmp.Diff([]string{"b", "a"}, Links("[x](b) [y](a)\n\n- [z](b)\n")); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

// shown leaves out what is cleaned away before a page is shown.
func shown(r rune) rune {
	if r == '\n' || unicode.IsPrint(r) && !unicode.Is(unicode.M, r) {
		return r
	}
	return -1
}

func FuzzLines(f *testing.F) {
	f.Add(marked, 30)
	f.Add("- `a`[b](c)**d**\n```\n    x", 0)
	f.Add("日本語のとても長い言葉 e\u0301e\u0301", 17)
	f.Fuzz(func(t *testing.T, text string, width int) {
		width %= 200
		text = strings.ToValidUTF8(strings.Map(shown, text), "?")
		for _, l := range Lines(text, width) {
			if l.Kind == Command || l.Kind == Picture {
				continue
			}
			if got := ansi.StringWidth(l.String()); got > max(width, least) {
				t.Errorf("a line of %q is %d columns wide, not %d: %q", text, got, max(width, least), l)
			}
			if strings.Contains(l.String(), "\n") {
				t.Errorf("a line holds a line break: %q", l)
			}
		}
		_ = Text(text, width)
	})
}
